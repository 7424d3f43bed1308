"""The process that matches: answers the newest text, encodes in between, and mends its index."""

import os
import threading
from pathlib import Path

import pytest
from samebox_agent.matching.dialogue import Asked, Ready, Shelf, line, to_agent
from samebox_agent.matching.documents import Document, Found
from samebox_agent.matching.serving import ALONG, SILENT, serve, sure

PRINTER = Document(id="printer", title="The printer is offline", examples=("It does not print",))
WIFI = Document(id="wifi", title="Wi-Fi drops in meetings", examples=("The connection is lost",))


class Conversation:
    """One life of the process, in a thread, with a pipe at each end."""

    def __init__(self, file: Path) -> None:
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        self._out, self._in = os.fdopen(ours_out, "wb"), os.fdopen(ours_in, "rb")
        self._ends = (os.fdopen(theirs_in, "rb"), os.fdopen(theirs_out, "wb"))
        self.stepped_back = 0
        self._thread = threading.Thread(target=serve, args=(file, *self._ends, self._step_back))

    def __enter__(self) -> "Conversation":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._out.close()
        self._thread.join(60)
        for end in (self._in, *self._ends):
            end.close()
        assert not self._thread.is_alive()

    def _step_back(self) -> None:
        self.stepped_back += 1

    def say(self, *said: Shelf | Asked) -> None:
        for each in said:
            self._out.write(line(each))
        self._out.flush()

    def say_half(self, said: Shelf) -> None:
        self._out.write(line(said)[:20])

    def until_ready(self) -> None:
        while not isinstance(to_agent.decode(self._in.readline()), Ready):
            pass

    def answer(self) -> tuple[str, list[str]]:
        while isinstance(said := to_agent.decode(self._in.readline()), Ready):
            pass
        return said.text, [found.id for found in said.found]


def test_what_is_on_the_shelf_is_found_once_it_is_encoded(tmp_path: Path) -> None:
    with Conversation(tmp_path / "m.sqlite") as process:
        process.say(Shelf((PRINTER, WIFI)))
        process.until_ready()
        process.say(Asked("the printer is offline"))
        text, found = process.answer()
        assert (text, found[0]) == ("the printer is offline", "printer")


def test_the_next_process_knows_what_this_one_encoded(tmp_path: Path) -> None:
    file = tmp_path / "m.sqlite"
    with Conversation(file) as process:
        process.say(Shelf((PRINTER, WIFI)))
        process.until_ready()
    with Conversation(file) as process:
        process.say(Asked("my connection is gone during a call"))
        assert process.answer()[1][0] == "wifi"


def test_it_leaves_the_processor_to_others_only_where_something_is_to_be_encoded(
    tmp_path: Path,
) -> None:
    file = tmp_path / "m.sqlite"
    with Conversation(file) as process:
        process.say(Shelf((PRINTER, WIFI)))
        process.until_ready()
        assert process.stepped_back == 1
    with Conversation(file) as process:
        process.say(Shelf((PRINTER, WIFI)))
        process.until_ready()
        assert process.stepped_back == 0
        process.say(Shelf((PRINTER,)))
        process.until_ready()
        assert process.stepped_back == 0


def test_half_a_line_of_an_agent_that_was_killed_is_the_end(tmp_path: Path) -> None:
    with Conversation(tmp_path / "m.sqlite") as process:
        process.say_half(Shelf((PRINTER,)))


def test_a_damaged_index_is_made_again(tmp_path: Path) -> None:
    file = tmp_path / "m.sqlite"
    file.write_bytes(b"no database at all" * 400)
    with Conversation(file) as process:
        process.say(Shelf((PRINTER,)))
        process.until_ready()
        process.say(Asked("printer offline"))
        assert process.answer()[1][0] == "printer"


@pytest.mark.parametrize(
    ("scores", "shown"),
    [
        ((), 0),
        ((SILENT - 0.01, ALONG), 0),
        ((SILENT, ALONG), 2),
        ((0.9, ALONG, ALONG - 0.01, -0.3), 2),
    ],
)
def test_what_is_not_sure_is_not_shown(scores: tuple[float, ...], shown: int) -> None:
    found = tuple(Found(str(place), score) for place, score in enumerate(scores))
    assert len(sure(found)) == shown
