"""The portal in a real browser: written with the preview at one's side, reviewed, published."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from samebox_shared.model.articles import Tried
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import ArticleId
from samebox_shared.protocol.acts import ReportOutcome
from samebox_shared.protocol.messages import Done

from tests.server.browsing import portal_link
from tests.server.running import Person, RunningServer, join, running, set_up
from tests.server.scripted import connected

TEXT = """\
The dock lost its picture.

## Steps

1. Unplug the dock.
2. [Open display settings](settings:displays) and look for the screen.

## Undo

Nothing has to be put back.
"""
SAID = (
    ReportOutcome(
        article_id=ArticleId("battery-worn"),
        version=1,
        device_type=DeviceType(),
        tried=Tried.NOT_HELPED,
        why="There is no energy saver on this page.",
    ),
    ReportOutcome(
        article_id=ArticleId("battery-very-worn"),
        version=1,
        device_type=DeviceType(),
        tried=Tried.WORSE,
        why="Now it does not charge at all.",
    ),
)
PHONE = {"width": 360, "height": 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Company:
    """A server of its own, and everybody's browser."""

    def __init__(self, server: RunningServer, chromium: Browser) -> None:
        self.server = server
        self._chromium = chromium
        self.owner = set_up(server)
        self.moderator = join(server, self.owner.invite("Mo Okafor", "moderator"))
        self.colleague = join(server, self.owner.invite("Ada Lund"))
        self._contexts: list[BrowserContext] = []

    def opens(self, person: Person, to: str = "/portal", **options: object) -> Page:
        """This person's browser, signed in by the link of their tray."""
        context = self._chromium.new_context(**options)  # type: ignore[arg-type]
        self._contexts.append(context)
        page = context.new_page()
        page.goto(portal_link(person, to))
        return page

    def newcomer(self, version: str) -> None:
        """Somebody joins with a MacBook of this version of macOS."""
        kind = DeviceType(system=System.MACOS, system_version=version)
        join(self.server, self.owner.invite(f"Mac {version}"), device_type=kind)

    def says_of_articles(self, *said: ReportOutcome) -> None:
        """The colleague's laptop reports what came of articles."""

        async def report() -> None:
            async with connected(self.colleague) as (agent,):
                for act in said:
                    assert isinstance(await agent.do(act), Done)

        with ThreadPoolExecutor(1) as beside_the_browser:
            beside_the_browser.submit(asyncio.run, report()).result()

    def close(self) -> None:
        """Close every browser."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def company(tmp_path: Path, chromium: Browser) -> Iterator[Company]:
    with running(tmp_path / "data") as server:
        found = Company(server, chromium)
        yield found
        found.close()


def writes(page: Page, title: str = "The wall stays dark while I present") -> None:
    """Fills in the form, as far as it has to be."""
    page.get_by_label("What goes wrong").fill(title)
    page.get_by_label("About").select_option("displays")
    page.get_by_label("Risk").select_option("Can be undone")
    page.get_by_label("How people say it").fill("Nothing on the wall\nThe beamer sleeps")
    page.get_by_label("What to do, in Markdown").fill(TEXT)


def test_what_is_written_is_drawn_beside_it_and_a_fault_stands_at_its_field(
    company: Company,
) -> None:
    page = company.opens(company.colleague, "/portal/write")
    writes(page)
    preview = page.locator("#preview")
    expect(
        preview.get_by_role("heading", name="The wall stays dark while I present")
    ).to_be_visible()
    expect(preview.get_by_text("Opens settings: displays")).to_be_visible()
    field = page.get_by_label("What to do, in Markdown")
    field.fill(TEXT.replace("1. Unplug", "1. <b>Unplug</b>"))
    expect(page.locator("#fault-text")).to_have_text(
        "Line 5: HTML is not shown. Write it in plain words."
    )
    expect(preview.get_by_text("Unplug the dock.")).to_be_visible()  # the last that could be read
    field.fill(TEXT)
    expect(page.locator("#fault-text")).to_be_empty()


def test_buttons_write_the_markdown_for_whoever_does_not_know_it(company: Company) -> None:
    page = company.opens(company.colleague, "/portal/write")
    writes(page)
    field = page.get_by_label("What to do, in Markdown")
    field.fill("The dock lost its picture.")
    page.get_by_role("button", name="Another step").click()
    page.keyboard.type("Unplug the dock.")
    page.get_by_role("button", name="How to go back").click()
    page.keyboard.type("Nothing has to be put back.")
    page.get_by_role("button", name="Another step").click()
    page.keyboard.type("Look. ")
    page.get_by_label("A button that opens a settings page").select_option("wifi")
    expect(field).to_have_value(
        "The dock lost its picture.\n\n## Steps\n\n1. Unplug the dock.\n"
        "2. Look. [Open Wi-Fi settings](settings:wifi)\n\n"
        "## Undo\n\nNothing has to be put back."
    )
    expect(page.locator("#preview").get_by_text("Opens settings: Wi-Fi")).to_be_visible()


def test_four_eyes_bring_an_article_to_everybody(company: Company) -> None:
    page = company.opens(company.colleague, "/portal/write")
    writes(page)
    page.get_by_role("button", name="Hand over for review").click()
    expect(page.get_by_text("Waits for a moderator")).to_be_visible()
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)

    theirs = company.opens(company.moderator)
    theirs.get_by_role("link", name="1 draft waits").click()
    theirs.get_by_role("link", name="The wall stays dark while I present").click()
    theirs.get_by_role("button", name="Publish").click()
    expect(theirs.get_by_text("It reaches every laptop")).to_be_visible()

    page.get_by_role("link", name="Knowledge").click()
    page.get_by_label("What is wrong?").fill("the beamer sleeps")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="The wall stays dark while I present").click()
    page.get_by_role("link", name="Suggest a change").click()
    page.get_by_label("What to do, in Markdown").fill(TEXT.replace("dock.\n2", "dock and wait.\n2"))
    page.get_by_label("What you changed").fill("It needs a moment")
    page.get_by_role("button", name="Hand over for review").click()
    expect(page.get_by_text("A change of version 1")).to_be_visible()

    theirs.get_by_role("link", name="Review").click()
    theirs.get_by_role("link", name="The wall stays dark while I present").click()
    expect(theirs.locator(".compare ins").filter(has_text="and wait")).to_be_visible()
    theirs.get_by_role("button", name="Publish").click()
    theirs.get_by_role("link", name="Read it").click()
    theirs.get_by_role("link", name="Versions").click()
    expect(theirs.get_by_role("cell", name="It needs a moment")).to_be_visible()
    expect(theirs.locator(".compare ins").filter(has_text="and wait")).to_be_visible()
    theirs.get_by_role("button", name="Go back to 1").click()
    expect(theirs.get_by_text("Back to version 1")).to_be_visible()
    expect(theirs.get_by_text("somebody else decides")).to_be_visible()


def test_the_keyboard_alone_is_enough(company: Company) -> None:
    page = company.opens(company.colleague)
    expect(page.get_by_label("What is wrong?")).to_be_focused()
    page.keyboard.type("worn battery")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("for “worn battery”")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    link = page.locator(".cards a").first
    for _ in range(12):
        page.keyboard.press("Tab")
        if link.evaluate("one => one === document.activeElement"):
            break
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Suggest a change")).to_be_visible()


def test_without_scripts_it_is_written_and_handed_over_all_the_same(company: Company) -> None:
    page = company.opens(company.colleague, "/portal/write", java_script_enabled=False)
    writes(page, title="")
    page.get_by_label("What goes wrong").fill(" ")
    page.get_by_role("button", name="Hand over for review").click()
    expect(page.get_by_text("Write what goes wrong, in one line.")).to_be_visible()
    expect(page.get_by_label("What to do, in Markdown")).to_have_value(TEXT.strip())
    writes(page)
    page.get_by_role("button", name="Hand over for review").click()
    expect(page.get_by_text("Waits for a moderator")).to_be_visible()


def test_a_server_that_is_gone_takes_no_words_with_it(company: Company) -> None:
    page = company.opens(company.colleague, "/portal/write")
    writes(page)
    expect(page.locator("#preview h1")).to_be_visible()
    company.server.kill()
    page.get_by_label("What goes wrong").fill("The wall stays dark, again")
    expect(page.get_by_text("What you wrote is still here")).to_be_visible()
    company.server.start()
    page.get_by_label("What goes wrong").fill("The wall stays dark, again and again")
    expect(page.get_by_role("heading", name="again and again")).to_be_visible()
    expect(page.get_by_label("What to do, in Markdown")).to_have_value(TEXT)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_drawn_without_a_word_of_complaint(
    company: Company, gallery: Path, scheme: str
) -> None:
    said: list[str] = []
    company.newcomer("15.6")
    writer = company.opens(company.colleague, "/portal/write", color_scheme=scheme)
    reviewer = company.opens(company.moderator, color_scheme=scheme)

    def keep(page: Page, name: str) -> None:
        page.evaluate("scrollTo(0, 0)")
        picture = page.screenshot(path=gallery / f"portal-{name}-{scheme}.png")
        assert len(picture) > 10_000

    for page in (writer, reviewer):
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
    writes(writer, "The dock does not charge or shows no picture")
    expect(writer.locator("#preview .notice")).to_be_visible()
    keep(writer, "write")
    writes(writer)
    writer.get_by_role("button", name="Hand over for review").click()
    expect(writer.get_by_text("Waits for a moderator")).to_be_visible()
    reviewer.goto(writer.url)
    reviewer.get_by_role("button", name="Publish").click()
    reviewer.get_by_role("link", name="Read it").click()
    reviewer.get_by_role("link", name="Suggest a change").click()
    expect(reviewer.locator("#preview h1")).to_be_visible()
    reviewer.get_by_label("What to do, in Markdown").fill(
        TEXT.replace("dock.\n2", "dock and wait.\n2")
    )
    reviewer.get_by_label("What you changed").fill("It needs a moment")
    reviewer.get_by_role("button", name="Hand over for review").click()
    expect(reviewer.get_by_text("A change of version 1")).to_be_visible()
    owner = company.opens(company.owner, reviewer.url.removeprefix(company.server.url))
    owner.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    keep(owner, "review")
    owner.goto(f"{company.server.url}/portal/articles/battery-worn")
    keep(owner, "read")
    company.newcomer("26.1")
    company.says_of_articles(*SAID)
    owner.goto(f"{company.server.url}/portal/tasks")
    keep(owner, "tasks")
    assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_by_everybody(company: Company, scheme: str) -> None:
    page = company.opens(company.colleague, "/portal/write", color_scheme=scheme)
    writes(page)
    page.get_by_role("button", name="Hand over for review").click()
    expect(page.get_by_text("Waits for a moderator")).to_be_visible()
    theirs = company.opens(company.moderator, "/portal/review", color_scheme=scheme)
    theirs.get_by_role("link", name="The wall stays dark while I present").click()
    proposal = theirs.url.removeprefix(company.server.url)
    paths = (
        *("/portal", "/portal/articles?q=dock", "/portal/articles/battery-worn"),
        *("/portal/articles/battery-worn/versions", "/portal/write?article=battery-worn"),
        *("/portal/review", "/portal/tasks", "/portal/articles/none", proposal),
    )
    troubles = {path: _troubles(theirs, company.server.url + path) for path in paths}
    assert {path: found for path, found in troubles.items() if found} == {}


def _troubles(page: Page, url: str) -> list[str]:
    """What axe finds, and whether a telephone has to scroll sideways."""
    page.goto(url)
    found = Axe().run(page, options={"runOnly": RULES})
    troubles = [
        f"{one['id']}: {node['html'][:120]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]
    wide = page.viewport_size
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if overflow > 0:
        troubles.append(f"{overflow} px too wide for a telephone")
    if wide is not None:
        page.set_viewport_size(wide)
    return troubles
