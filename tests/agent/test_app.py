"""A start that fails says so; an icon that does nothing would be worse than none."""

from pytestqt.qtbot import QtBot
from samebox_agent.app import EngineStarter
from samebox_agent.core import intents
from samebox_agent.runtime.engine import Engine
from samebox_agent.storage.trouble import StorageTrouble, TroubleKind


class Stubborn(Engine):
    """An engine that does not start."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def start(self) -> None:
        raise self._error


def failure_of(qtbot: QtBot, error: Exception) -> list[str]:
    starter = EngineStarter(lambda: Stubborn(error))
    starter.submit(intents.OpenHelp())
    with qtbot.waitSignal(starter.failed) as failed:
        starter.start()
    return [str(word) for word in failed.args or ()]


def test_a_bug_at_the_start_is_told(qtbot: QtBot) -> None:
    title, sentence = failure_of(qtbot, ImportError("no module"))
    assert title == "Samebox could not start"
    assert "no module" in sentence
    assert "Nothing of yours is lost" in sentence


def test_a_disk_that_keeps_nothing_is_told_in_its_own_words(qtbot: QtBot) -> None:
    trouble = StorageTrouble(
        TroubleKind.NEWER, title="Too new", what="A file.", kept="Kept.", next="Update."
    )
    assert failure_of(qtbot, trouble) == ["Too new", "A file. Kept. Update."]
