"""The whole loop (J8): what two colleagues solved is a fix that finds a third one, within a minute
of the moderator's click in a real browser."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tasks.stage.laptop import Laptop
from tests.end_to_end.ledger import rows
from tests.end_to_end.office import Office, brings_together, says, until
from tests.end_to_end.test_fix_finds_you import FIXED, FULL_DISK, Recording
from tests.server.browsing import portal_link
from tests.server.running import Person, RunningServer, join

MINUTE = 60.0
TITLE = "Teams says it cannot save its pictures"
CONDITION = "mounts.system_free_percent < 10.0"
REASON = "Only {mounts.system_free} of the disk is free, so Teams keeps nothing."


def moderator(office: Office, name: str) -> Person:
    """Somebody who reviews, with a browser and no laptop of ours."""
    server = RunningServer(office.server.data)
    server.url = f"http://127.0.0.1:{office.server.port}"
    return join(server, office.server.invite(name, "moderator").rsplit("/", 1)[1])


def opens(chromium: Browser, person: Person, to: str) -> Page:
    page = chromium.new_context().new_page()
    page.goto(portal_link(person, to))
    return page


def solve_and_hand_over(asker: Laptop, helper: Laptop) -> None:
    """Two colleagues solve it, the asker hands the draft over, the helper says that it is right."""
    brings_together(asker, helper, f"{TITLE}. Noor's laptop is slow too.")
    says(helper, "Noor", "Empty the bin, Noor")
    asker.sees("Empty the bin")
    asker.clicks("Solved")
    asker.types("What fixed it", "I emptied the bin, as Ana said on +31 6 1234 5678.")
    asker.clicks("Say solved")
    asker.clicks("Look at the draft")
    asker.sees("Taken out: 1 telephone number and 2 names")
    asker.types("How does one go back", "Nothing comes back out of the bin.")
    asker.clicks("Hand over for review")
    helper.clicks("See the draft")
    helper.clicks("It is right")
    asker.sees("Waiting for a moderator")


def give_it_a_condition(page: Page) -> None:
    """A moderator changes the words, and so is no one to publish them."""
    page.get_by_role("link", name=TITLE).click()
    for word in ("Noor", "Ana", "1234"):
        expect(page.locator(".sheet")).not_to_contain_text(word)
    page.get_by_role("link", name="Change the words").click()
    page.get_by_text("Found by itself, translated").click()
    page.get_by_label("Holds on a laptop when").fill(CONDITION)
    page.get_by_label("Then the laptop says").fill(REASON)
    page.get_by_label("What you changed").fill("It finds the laptop now")
    page.get_by_role("button", name="Hand over for review").click()
    expect(page.get_by_text("somebody else decides")).to_be_visible()


def test_what_two_solved_finds_a_third_within_a_minute_of_the_click(
    own_office: Office, chromium: Browser, tmp_path: Path
) -> None:
    office = own_office
    asker, helper = office.joined("Noor de Vries"), office.helper("Ana Ruiz")
    recording = Recording(tmp_path, FULL_DISK.machine)
    third = office.joined("Cem Kaya", recording.file)
    solve_and_hand_over(asker, helper)
    give_it_a_condition(opens(chromium, moderator(office, "Mo Okafor"), "/portal/review"))
    asker.sees("Somebody changed the words of your draft")
    asker.clicks("It is right")
    helper.clicks("It is right")
    asker.sees("Waiting for a moderator")

    last = opens(chromium, moderator(office, "Mia Lund"), "/portal/review")
    last.get_by_role("link", name=TITLE).click()
    last.get_by_role("button", name="Publish").click()
    third.sees(TITLE, seconds=MINUTE)
    third.sees("Only 8.9 GB of the disk is free, so Teams keeps nothing.")
    asker.sees("Published")

    third.clicks(TITLE)
    third.sees("Version 1")
    recording.change(FULL_DISK.repair)
    third.clicks("Done, look again")
    third.sees(FIXED)
    counted = "SELECT version, tried, amount FROM article_outcome WHERE article_id LIKE 'teams%'"
    until(
        lambda: rows(office.server, counted, ()) == [(1, "verified", 1)],
        "the first outcome is counted",
    )
    last.get_by_role("link", name="Read it").click()
    helped = last.locator(".outcomes tbody tr", has_text="ThinkPad T14 Gen 3")
    expect(helped.get_by_role("cell").nth(1)).to_have_text("1")
    expect(last.get_by_text(CONDITION)).to_be_visible()
