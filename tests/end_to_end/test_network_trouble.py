"""Real trouble with a network of our own, seen by the real collectors (J2, J3).

A laptop without a cable, and one whose name server is nobody: what is said, what still works, what
is kept, and that the repair is seen by itself.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.faults.network import can_cut
from tasks.stage.laptop import Laptop
from tests.end_to_end.ledger import questions, rows
from tests.end_to_end.office import Office, until
from tests.support.cells import Place, place

pytestmark = pytest.mark.skipif(
    not can_cut(), reason="needs Linux, root and iproute2 for network namespaces"
)

NO_NAMES = "You are connected, but names are not found."
NO_CABLE = "No network cable and no Wi-Fi."
CARD = "Connected, but names of websites are not found (DNS)"
REASON = "There is a way out to the network, but the names of websites are not found."
FIXED = "Samebox looked again and it is gone."


@pytest.fixture
def somewhere(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path) as where:
        yield where


@pytest.fixture
def laptop(somewhere: Place, tmp_path: Path) -> Iterator[Laptop]:
    """This very machine in the cell: it has joined, and its articles have come."""
    office = Office(tmp_path, somewhere.server)
    try:
        laptop = office.laptop("Noor de Vries", None, command=somewhere.command)
        laptop.start()
        office.lets_in(laptop)
        laptop.types("What is wrong?", "no sound in calls")
        laptop.sees("Try this first")
        laptop.types("What is wrong?", "", clear=True)
        yield laptop
    finally:
        office.close()


def comes_back(laptop: Laptop) -> None:
    """A new day: nothing is connected yet."""
    laptop.kill()
    laptop.start()
    laptop.opens_help()


def keeps_a_question(laptop: Laptop, text: str) -> None:
    """The words find cards, and are kept when they are sent."""
    laptop.types("What is wrong?", "no sound in calls")
    laptop.sees("Try this first")
    laptop.types("What is wrong?", text, clear=True)
    laptop.clicks("Ask a colleague")
    laptop.clicks("Keep and send later")
    laptop.sees("You are offline; your question is kept")


def test_without_a_cable_it_says_so_and_a_question_is_sent_when_it_is_back(
    laptop: Laptop, somewhere: Place
) -> None:
    somewhere.pull_out()
    comes_back(laptop)
    laptop.sees(NO_CABLE)
    keeps_a_question(laptop, "It smells of smoke")
    assert questions(somewhere.server) == []
    comes_back(laptop)
    laptop.sees(NO_CABLE)
    laptop.sees("Your question is kept and will be sent")
    somewhere.plug_in()
    until(lambda: questions(somewhere.server) == ["It smells of smoke"], "it was sent, once")
    laptop.cue("wait", gone=NO_CABLE)


def test_a_wrong_name_server_is_seen_and_its_repair_too(laptop: Laptop, somewhere: Place) -> None:
    somewhere.names_fail()
    comes_back(laptop)
    laptop.sees(NO_NAMES)
    laptop.sees(CARD)
    laptop.sees(REASON)
    keeps_a_question(laptop, "Is the network down for you, too?")
    laptop.clicks(CARD)
    laptop.sees(REASON)
    somewhere.names_work()
    laptop.sees(FIXED)
    laptop.clicks("Back")
    laptop.cue("wait", gone=NO_NAMES)
    until(lambda: len(questions(somewhere.server)) == 1, "the question was sent")
    sql = "SELECT sum(amount) FROM article_outcome WHERE article_id = 'dns-fails'"
    until(lambda: rows(somewhere.server, sql) == [(1,)], "the outcome was told")


def test_when_only_the_server_is_down_nobody_is_sent_to_their_network(
    laptop: Laptop, somewhere: Place
) -> None:
    somewhere.server.kill()
    laptop.sees("The network works; only the Samebox server cannot be reached.")
    assert CARD not in laptop.texts()
