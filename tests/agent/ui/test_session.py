"""The session window: sending, being seen, closing."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTextEdit
from samebox_agent.core.intents import (
    CloseSession,
    Intent,
    SawMessages,
    SendMessage,
    StopSolving,
    TypeFixedBy,
    TypeMessage,
)
from samebox_agent.core.session_intents import AskToConfirm, Confirm, StopEditing
from samebox_agent.presenters.views import Entry, MenuItem, SessionView, Side
from samebox_agent.ui.session import SessionWindow
from samebox_agent.ui.widgets.more import IntentMenu, MoreButton
from samebox_shared.model.ids import QuestionId, SessionId

from tests.agent.ui import scenes
from tests.agent.ui.company import Company

QUESTION = QuestionId("q1")


def open_session(company: Company, view: SessionView) -> SessionWindow:
    """A session with the main window closed."""
    closed = replace(scenes.screens(), main=replace(scenes.screens().main, open=False))
    company.show(replace(closed, sessions=(view,)))
    window = company.window(view.title)
    assert isinstance(window, SessionWindow)
    return window


def without_seeing(company: Company) -> list[Intent]:
    return [intent for intent in company.intents if not isinstance(intent, SawMessages)]


def test_enter_sends_and_clears_at_once(company: Company) -> None:
    open_session(company, scenes.session())
    field = company.named(QTextEdit, "Message")
    QTest.keyClicks(field, "Hi")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == ""
    assert without_seeing(company) == [
        TypeMessage(QUESTION, "H"),
        TypeMessage(QUESTION, "Hi"),
        SendMessage(QUESTION, "Hi"),
    ]
    open_session(company, scenes.session(composer="Hi", typing=""))
    assert field.toPlainText() == ""


def test_an_empty_message_is_not_sent(company: Company) -> None:
    open_session(company, scenes.session())
    field = company.named(QTextEdit, "Message")
    QTest.keyClicks(field, "  ")
    QTest.mouseClick(company.named(QPushButton, "Send message"), Qt.MouseButton.LeftButton)
    assert not any(isinstance(intent, SendMessage) for intent in company.intents)


def test_newest_entry_is_seen_once(company: Company) -> None:
    view = scenes.session()
    open_session(company, view)
    open_session(company, replace(view, typing=""))
    assert company.intents.count(SawMessages(QUESTION)) == 1
    more = (*view.entries, Entry("new", Side.THEIRS, "One more thing"))
    open_session(company, replace(view, entries=more))
    assert company.intents.count(SawMessages(QUESTION)) == 2


def test_my_own_message_is_nothing_to_see(company: Company) -> None:
    open_session(company, scenes.session(entries=(Entry("1", Side.MINE, "Hello"),)))
    assert company.intents == []


def test_escape_closes_but_first_leaves_the_sheet(company: Company) -> None:
    window = open_session(company, scenes.sessions()["session-solving"])
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert without_seeing(company) == [StopSolving(SessionId("s1"))]
    open_session(company, scenes.session())
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert without_seeing(company)[1:] == [CloseSession(QUESTION)]
    assert not window.isVisible()


def test_what_fixed_it_is_sent_as_it_is_typed(company: Company) -> None:
    open_session(company, scenes.sessions()["session-solving"])
    QTest.keyClicks(company.named(QTextEdit, "What fixed it?"), "!")
    said = "Turned off the power saving of the Wi-Fi adapter!"
    assert without_seeing(company) == [TypeFixedBy(SessionId("s1"), said)]


def test_the_safety_line_is_always_there(company: Company) -> None:
    for view in scenes.sessions().values():
        if view.solve is None:
            open_session(company, view)
            labels = list(company.all_of(QLabel, view.title))
            assert any(view.safety == label.text() for label in labels)


def test_a_long_head_leaves_half_of_the_window_to_talk(company: Company) -> None:
    window = open_session(company, scenes.sessions()["session-much"])
    assert window.chat.y() <= window.height() / 2


def test_many_facts_unfold_on_a_click(company: Company) -> None:
    open_session(company, scenes.sessions()["session-much"])
    before = len(list(company.all_of(QLabel)))
    for button in company.all_of(QPushButton):
        if button.text() == "Show all 24":
            button.click()
    assert len(list(company.all_of(QLabel))) == before + 2 * 21


def test_esc_first_leaves_what_was_begun(company: Company) -> None:
    stop = StopEditing(QUESTION)
    window = open_session(company, scenes.session(escape=stop))
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert without_seeing(company) == [stop]
    assert window.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one
def test_what_the_menu_holds_can_be_chosen_by_key_and_by_name(company: Company) -> None:
    bring = AskToConfirm(QUESTION, Confirm.IT)
    open_session(company, scenes.session(menu=(MenuItem("Bring in IT…", bring),)))
    more = company.named(MoreButton, "More for this conversation")
    assert more.choose("Bring in IT…")
    assert not more.choose("Something else")
    QTest.keyClick(more, Qt.Key.Key_Space)
    menu = next(child for child in more.children() if isinstance(child, IntentMenu))
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert without_seeing(company) == [bring, bring]
    open_session(company, scenes.session())
    assert not more.isVisible()
