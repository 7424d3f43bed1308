"""Draws every screen from view data, light and dark, and saves a picture of each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from samebox_agent.core.intents import Appearance, HideWindow, Intent, SawMessages
from samebox_agent.presenters.views import Button, Card, Choice, Switch
from samebox_agent.ui.offer import OfferWindow
from samebox_agent.ui.stage import parts, picture, texts_of, windows
from samebox_agent.ui.theme import DARK, LIGHT

from tests.agent.ui import help_scenes, live_scenes, scenes
from tests.agent.ui.company import Company

LOOKS = (Appearance.LIGHT, Appearance.DARK)
PAGES = scenes.pages()
SESSIONS = scenes.sessions()
OFFERS = {"offer": scenes.offer(), **live_scenes.offers()}
TALL = {
    "volunteering": 1700,
    "volunteering-mistake": 1750,
    "people": 860,
    "ask-along": 1100,
    "draft": 1350,
    "draft-chosen": 1350,
    "remedy-confirm": 960,
    "remedy-failed": 960,
    "remedy-folders": 1000,
}
"""Pages of which the picture should show all, in logical pixels."""
SMALLEST = 0  # PNG "quality": the smaller, the harder it is compressed


def keep(window: QWidget, gallery: Path, name: str, look: Appearance) -> None:
    """Save the picture, once its ground has the colour it should have."""
    gallery.mkdir(parents=True, exist_ok=True)
    tokens = DARK if look is Appearance.DARK else LIGHT
    ground = QColor(tokens.surface if isinstance(window, OfferWindow) else tokens.window)
    assert picture(window).toImage().pixelColor(40, 8) == ground
    file = gallery / f"{name}.png"
    assert picture(window).save(str(file), "PNG", SMALLEST)
    assert file.stat().st_size > 0


def nameless(window: QWidget) -> list[str]:
    """The controls a screen reader could not name."""
    kinds = (QAbstractButton, QLineEdit, QTextEdit, QPlainTextEdit)
    return [
        f"{type(part).__name__} in {type(part.parent()).__name__}"
        for part in parts(window)
        if isinstance(part, kinds)
        and not part.accessibleName()
        and not (isinstance(part, QAbstractButton) and part.text())
    ]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_draws(company: Company, gallery: Path, name: str, look: Appearance) -> None:
    page = PAGES[name]
    company.show(scenes.screens(page, appearance=look))
    window = company.window(page.title)
    if name in TALL:
        window.resize(window.width(), TALL[name])
        company.settle()
    keep(window, gallery, f"{name}-{look}", look)
    assert page.title in texts_of(window)
    assert nameless(window) == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", SESSIONS)
def test_a_session_draws(company: Company, gallery: Path, name: str, look: Appearance) -> None:
    view = SESSIONS[name]
    company.show(scenes.screens(sessions=(view,), appearance=look))
    window = company.window(view.title)
    keep(window, gallery, f"{name}-{look}", look)
    shown = texts_of(window)
    assert {view.title, view.state.title, view.entries[-1].text} <= set(shown)
    assert nameless(window) == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", OFFERS)
def test_an_offer_draws(company: Company, gallery: Path, name: str, look: Appearance) -> None:
    view = OFFERS[name]
    company.show(scenes.screens(offers=(view,), appearance=look))
    window = company.window(view.heading)
    keep(window, gallery, f"{name}-{look}", look)
    assert {view.heading, view.device, view.line} <= set(texts_of(window))
    assert not view.reason or view.reason in texts_of(window)
    assert nameless(window) == []


@pytest.mark.parametrize("look", LOOKS)
def test_trouble_stands_over_the_page(company: Company, gallery: Path, look: Appearance) -> None:
    main = scenes.main(help_scenes.help_page(), trouble=scenes.TROUBLE)
    company.show(scenes.screens(main=main, appearance=look))
    window = company.window("How can we help?")
    keep(window, gallery, f"trouble-{look}", look)
    assert scenes.TROUBLE.title in texts_of(window)


def test_no_text_is_cut_off_sideways(company: Company) -> None:
    for page in PAGES.values():
        company.show(scenes.screens(page))
        window = company.window(page.title)
        wide = [part for part in parts(window) if part.isVisible() and sticks_out(part, window)]
        assert wide == []


def sticks_out(part: QWidget, window: QWidget) -> bool:
    right = part.mapTo(window, part.rect().topRight()).x() if part is not window else 0
    return right > window.width()


def test_an_equal_view_is_not_drawn_again(company: Company) -> None:
    page = help_scenes.help_page(text="hello")
    company.show(scenes.screens(page))
    field = company.named(QLineEdit, "What is wrong?")
    field.setText("somebody else wrote here")
    company.show(scenes.screens(help_scenes.help_page(text="hello")))
    assert field.text() == "somebody else wrote here"


def test_two_hundred_screens_leave_nothing_behind(company: Company) -> None:
    sizes = []
    for turn in range(4):
        for page in PAGES.values():
            company.show(scenes.screens(page))
        for number in range(20):
            live = replace(scenes.session(), key=f"s{number % 3}")
            notices = (replace(scenes.offer(), key=f"o{turn}-{number}"),)
            company.show(scenes.screens(sessions=(live,), offers=notices))
        company.show(scenes.screens())
        sizes.append(sum(1 + len(w.findChildren(QObject)) for w in every_window()))
    assert sizes[1] == sizes[-1]


def meant(value: object) -> Iterator[tuple[str, Intent]]:
    """Everything in a view that can be clicked: what it is called, and what it means."""
    match value:
        case Button() if value.enabled:
            yield value.label, value.intent
        case Switch() if value.enabled:
            yield value.label, value.turn_off if value.on else value.turn_on
        case Choice():
            yield value.label, value.intent
        case Card() if value.open is not None:
            yield value.title, value.open
    if isinstance(value, tuple):
        for part in value:
            yield from meant(part)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from meant(getattr(value, name))


def clicked(company: Company, title: str, name: str) -> list[Intent]:
    """What clicking everything of this name sends."""
    company.intents.clear()
    for button in list(company.all_of(QAbstractButton, title)):
        if name in (button.accessibleName(), button.text()):
            button.click()
    return [intent for intent in company.intents if not isinstance(intent, SawMessages)]


@pytest.mark.parametrize("name", PAGES)
def test_a_click_sends_exactly_what_the_view_says(company: Company, name: str) -> None:
    page = PAGES[name]
    company.show(scenes.screens(page))
    expected: dict[str, list[Intent]] = {}
    for label, intent in meant(page):
        expected.setdefault(label, []).append(intent)
    assert {label: clicked(company, page.title, label) for label in expected} == expected


@pytest.mark.parametrize("name", SESSIONS)
def test_a_click_in_a_session_sends_what_the_view_says(company: Company, name: str) -> None:
    view = SESSIONS[name]
    company.show(scenes.screens(sessions=(view,)))
    expected: dict[str, list[Intent]] = {}
    for label, intent in meant(view):
        expected.setdefault(label, []).append(intent)
    assert {label: clicked(company, view.title, label) for label in expected} == expected


def every_window() -> list[QWidget]:
    return QApplication.topLevelWidgets()


def test_closing_the_window_says_so_and_leaves_the_tray(company: Company) -> None:
    company.show(scenes.screens())
    company.window("How can we help?").close()
    company.settle()
    assert company.intents == [HideWindow()]
    assert windows() == []
