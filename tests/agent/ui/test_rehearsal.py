"""The rehearsal does what a person would do, and says clearly what it could not do."""

import json
import queue
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from samebox_agent.core.intents import GoTo, OpenHelp, Page, SendQuestion, StartAsking, TypeQuestion
from samebox_agent.core.session_intents import AskToConfirm, Confirm
from samebox_agent.presenters.views import MenuItem
from samebox_agent.ui.rehearsal import Rehearsal
from samebox_shared.model.ids import QuestionId

from tests.agent.ui import help_scenes, scenes
from tests.agent.ui.company import Company


class Script:
    """Lines that come one by one, as from a pipe."""

    def __init__(self) -> None:
        self._lines: queue.Queue[str | None] = queue.Queue()

    def write(self, line: str) -> None:
        self._lines.put(line)

    def end(self) -> None:
        self._lines.put(None)

    def __iter__(self) -> Iterator[str]:
        while (line := self._lines.get()) is not None:
            yield line


class Player:
    """Gives cues and waits for their answers."""

    def __init__(self, company: Company, qtbot: QtBot) -> None:
        self._script = Script()
        self._qtbot = qtbot
        self.answers: list[dict[str, Any]] = []
        take = self.answers.append
        self._rehearsal = Rehearsal(
            company.shell, self._script, lambda line: take(json.loads(line))
        )
        self.ended: list[bool] = []
        self._rehearsal.ended.connect(lambda: self.ended.append(True))
        self._rehearsal.start()

    def line(self, line: str) -> dict[str, Any]:
        before = len(self.answers)
        self._script.write(line)
        self._qtbot.waitUntil(lambda: len(self.answers) > before)
        return self.answers[-1]

    def wait_for(self, count: int) -> None:
        self._qtbot.waitUntil(lambda: len(self.answers) >= count)

    def cue(self, **cue: object) -> dict[str, Any]:
        return self.line(json.dumps(cue))

    def later(self, **cue: object) -> None:
        self._script.write(json.dumps(cue))

    def end(self) -> None:
        self._script.end()


@pytest.fixture
def player(company: Company, qtbot: QtBot, qapp: QApplication) -> Iterator[Player]:
    player = Player(company, qtbot)
    yield player
    player.end()
    qtbot.waitUntil(lambda: player.ended != [])


def test_it_clicks_types_and_presses(company: Company, player: Player) -> None:
    company.show(scenes.screens())
    assert player.cue(do="click", name="Ask a colleague") == {"cue": 1, "ok": True}
    assert player.cue(do="type", name="What is wrong?", text="wifi")["ok"]
    assert player.cue(do="press", key="Ctrl+Return")["ok"]
    typed = [TypeQuestion(text) for text in ("w", "wi", "wif", "wifi")]
    assert company.intents == [StartAsking(), *typed, StartAsking()]


def test_it_scrolls_to_what_it_clicks(company: Company, player: Player) -> None:
    company.show(scenes.screens(help_scenes.ask()))
    assert player.cue(do="click", name="See exactly what is sent", window="Ask")["ok"]
    assert player.cue(do="click", name="Send question")["ok"]
    assert company.intents[-1] == SendQuestion()


def test_it_waits_until_something_appears(company: Company, player: Player) -> None:
    player.later(do="wait", window="How can we help?", text="nearly full", name="Settings")
    company.settle()
    assert player.answers == []
    company.bridge.screens.emit(scenes.screens())
    player.wait_for(1)
    assert player.answers == [{"cue": 1, "ok": True, "window": "How can we help? – Samebox"}]


def test_it_says_what_is_there_when_something_is_not(company: Company, player: Player) -> None:
    company.show(scenes.screens())
    answer = player.cue(do="wait", text="unicorn", seconds=0)
    assert not answer["ok"]
    assert "'unicorn' is not to be seen" in answer["error"]
    assert "How can we help?" in answer["error"]


def test_it_refuses_nonsense_in_words(player: Player) -> None:
    assert "not a JSON line" in player.line("hello")["error"]
    assert "no cue named 'dance'" in player.cue(do="dance")["error"]


def test_it_uses_the_tray(company: Company, player: Player) -> None:
    company.show(scenes.screens())
    assert player.cue(do="tray_click")["ok"]
    assert player.cue(do="menu", name="Settings")["ok"]
    assert player.cue(do="tray")["menu"][0] == "Get help…"
    assert company.intents == [OpenHelp(), GoTo(Page.SETTINGS)]


def test_it_takes_a_sharp_picture(company: Company, player: Player, tmp_path: Path) -> None:
    company.show(scenes.screens())
    file = tmp_path / "help.png"
    assert player.cue(do="picture", window="How can", file=str(file))["ok"]
    assert (QImage(str(file)).width(), QImage(str(file)).height()) == (880, 1440)


def test_it_tells_all_that_can_be_read(company: Company, player: Player) -> None:
    company.show(scenes.screens())
    (window,) = player.cue(do="windows")["windows"]
    assert window["title"] == "How can we help? – Samebox"
    assert {"Ask a colleague", "4 helpers online", "Your disk is nearly full"} <= set(
        window["texts"]
    )


def test_a_cue_without_its_parts_is_refused(company: Company, player: Player) -> None:
    company.show(scenes.screens())
    assert "KeyError: 'name'" in player.cue(do="click")["error"]
    assert "could not be written" in player.cue(do="picture", file="/nowhere/at/all.png")["error"]


def test_quit_ends_it(player: Player) -> None:
    assert player.cue(do="quit")["ok"]
    assert player.ended == [True]


def test_it_chooses_a_line_behind_the_three_dots(company: Company, player: Player) -> None:
    bring = AskToConfirm(QuestionId("q1"), Confirm.IT)
    view = scenes.session(menu=(MenuItem("Bring in IT…", bring),))
    company.show(scenes.screens(sessions=(view,)))
    assert player.cue(do="choose", name="Bring in IT…", window="Mira")["ok"]
    assert company.intents[-1] == bring
    assert not player.cue(do="choose", name="Something else", seconds=0)["ok"]
