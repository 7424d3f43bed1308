"""The tray icon of a real panel, clicked by a tool outside our processes, and what follows."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from tasks.stage.laptop import Laptop
from tests.end_to_end.office import Office, until
from tests.end_to_end.screen import PANEL_TOP, Box, Screen, missing

pytestmark = pytest.mark.skipif(
    bool(missing()), reason=f"a screen of our own needs {', '.join(missing())}"
)

HELP = "How can we help?"
JOIN = "Welcome to Samebox"


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    screen = Screen(tmp_path / "screen")
    try:
        screen.open()
        yield screen
    finally:
        screen.close()


def icon(laptop: Laptop) -> Box:
    """Where the panel has put the icon, once it has."""
    places: list[Box] = [(0, 0, 0, 0)]

    def is_placed() -> bool:
        places[0] = cast("Box", tuple(laptop.cue("tray")["tray"]))
        return places[0][2] > 0 and places[0][1] >= PANEL_TOP

    until(is_placed, "the icon has a place in the panel")
    return places[0]


def appears(screen: Screen, title: str) -> None:
    until(lambda: bool(screen.windows(title)), f"a window titled {title}")


def test_a_click_opens_help_and_a_screen_reader_finds_its_way(
    office: Office, screen: Screen
) -> None:
    asker = office.laptop("Noor de Vries", screen=screen.environment)
    screen.open_tray()
    asker.start()
    place = icon(asker)
    assert screen.windows(JOIN) == []
    screen.click(place)
    appears(screen, JOIN)
    found = until_accessible(screen, ("push button", "Join"))
    assert ("text", "Invite") in found
    office.lets_in(asker)
    screen.press("Escape")
    until(lambda: not screen.windows(HELP), "the window is closed")
    screen.click(icon(asker))
    appears(screen, HELP)
    found = until_accessible(screen, ("push button", "Ask a colleague"))
    assert {("text", "What is wrong?"), ("push button", "Settings")} <= found
    picture = office.folder / "screen.png"
    screen.picture(picture)
    assert picture.stat().st_size > 0


def until_accessible(screen: Screen, wanted: tuple[str, str]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()

    def is_there() -> bool:
        found.clear()
        found.update(screen.accessible("samebox"))
        return wanted in found

    until(is_there, f"a screen reader finds {wanted}")
    return found


def test_a_question_typed_on_a_real_keyboard_is_answered_by_another_process(
    office: Office, screen: Screen
) -> None:
    screen.open_tray()
    asker = office.laptop("Noor de Vries", screen=screen.environment)
    asker.start()
    helper = office.helper("Ana Ruiz")
    office.lets_in(asker)
    asker.closes(HELP)
    screen.click(icon(asker))
    appears(screen, HELP)
    screen.raise_window(HELP)
    screen.type("The dock is dead")
    asker.sees("The dock is dead")
    asker.clicks("Ask a colleague")
    asker.sees("Show the exact text")
    screen.press("ctrl+Return")
    helper.sees("The dock is dead")
    helper.clicks("Accept")
    appears(screen, "Ana Ruiz")
    helper.types("Message", "Unplug it for ten seconds.")
    helper.cue("press", key="Return", window="Noor")
    asker.sees("Unplug it for ten seconds.")
    screen.raise_window("Ana Ruiz")
    screen.type("It lives again")
    screen.press("Return")
    helper.sees("It lives again")


def test_a_panel_that_comes_late_or_crashes_gets_the_icon(office: Office, screen: Screen) -> None:
    laptop = office.laptop("Noor de Vries", screen=screen.environment)
    laptop.start()
    laptop.opens_help()
    closes(laptop, screen)
    assert laptop.cue("tray")["tray"][2] == 0
    screen.open_tray()
    screen.click(icon(laptop))
    closes(laptop, screen)
    screen.close_tray()
    until(lambda: laptop.cue("tray")["tray"][2] == 0, "the icon has lost its place")
    screen.open_tray()
    screen.click(icon(laptop))
    appears(screen, JOIN)


def closes(laptop: Laptop, screen: Screen) -> None:
    appears(screen, JOIN)
    laptop.closes(JOIN)
    until(lambda: not screen.windows(JOIN), "the window is closed")
