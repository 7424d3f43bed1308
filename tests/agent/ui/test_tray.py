"""The icon and its menu, without a panel."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from samebox_agent.core.intents import GoTo, Intent, OpenArticle, OpenHelp, Page, SetHelpingWish
from samebox_agent.presenters.views import TrayIcon, TrayNotice
from samebox_agent.ui.tray import Tray, tray_icon
from samebox_shared.model.ids import ArticleId

from tests.agent.ui import scenes


@pytest.fixture
def sent() -> list[Intent]:
    return []


@pytest.fixture
def tray(qapp: QApplication, sent: list[Intent]) -> Tray:
    return Tray(sent.append, patience=None)


def test_a_click_opens_help(tray: Tray, sent: list[Intent]) -> None:
    tray.draw(scenes.tray())
    tray.click()
    assert sent == [OpenHelp()]


def test_the_menu_is_drawn_as_it_is_told(tray: Tray, sent: list[Intent]) -> None:
    tray.draw(scenes.tray())
    assert tray.menu_labels() == [item.label for item in scenes.tray().menu]
    assert tray.menu_labels()[0] == "Get help…"
    assert tray.choose("I am glad to help others")
    assert tray.choose("What was shared")
    assert sent == [SetHelpingWish(False), GoTo(Page.SHARED_LOG)]


def test_a_sentence_in_the_menu_cannot_be_chosen(tray: Tray) -> None:
    tray.draw(scenes.tray())
    assert not tray.choose("Connected. 4 helpers have a ThinkPad T14 Gen 3.")
    assert not tray.choose("There is no such line")


def test_without_a_panel_help_opens_once(qtbot: QtBot, qapp: QApplication) -> None:
    sent: list[Intent] = []
    tray = Tray(sent.append, patience=1)
    tray.draw(scenes.tray())
    qtbot.waitUntil(lambda: sent == [OpenHelp()])


def test_a_click_on_the_notice_leads_to_its_card(tray: Tray, sent: list[Intent]) -> None:
    tray.draw(scenes.tray())
    assert (tray.notice(), tray.click_notice(), sent) == (("", ""), False, [])
    notice = TrayNotice(1, "The disk is full", "2 GB is left.", OpenArticle(ArticleId("disk")))
    tray.draw(replace(scenes.tray(count=2), notice=notice))
    assert (tray.notice(), tray.count()) == (("The disk is full", "2 GB is left."), 2)
    tray.tell(notice)
    assert tray.click_notice()
    assert sent == [OpenArticle(ArticleId("disk"))]


def test_every_state_and_count_has_its_own_picture(qapp: QApplication) -> None:
    pictures = {
        bytes(tray_icon(state, count).pixmap(32).toImage().constBits())
        for state in TrayIcon
        for count in (0, 3, 12)
    }
    # With a count, "ready" and "attention" mean the same and look the same.
    assert len(pictures) == len(TrayIcon) * 3 - 2
