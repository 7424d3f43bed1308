"""The server is away or killed, or the agent is: people go on, nothing is lost or doubled."""

import re
import threading
from functools import partial

import pytest

from tasks.stage.laptop import Laptop
from tests.end_to_end.ledger import questions, rows
from tests.end_to_end.office import THINKPAD_FULL, Office, brings_together, says, until

MESSAGES = 40
KILLS = 3
SPOKEN = re.compile(r"(Noor|Ana) says \d+")
"""A message of these tests, so that times and states are left out."""


def test_without_a_server_fixes_are_found_and_a_question_is_sent_once_later(
    own_office: Office,
) -> None:
    asker, helper = own_office.joined("Noor de Vries", THINKPAD_FULL), own_office.helper("Ana Ruiz")
    own_office.server.stop()
    asker.kill()
    asker.start()
    asker.opens_help()
    asker.sees("Seen on this laptop")
    asker.types("What is wrong?", "no sound in calls")
    asker.sees("Try this first")
    asker.types("What is wrong?", "It smells of smoke", clear=True)
    asker.clicks("Ask a colleague")
    asker.clicks("Keep and send later")
    asker.sees("You are offline; your question is kept")
    asker.kill()
    asker.start()
    asker.opens_help()
    asker.sees("Your question is kept and will be sent")
    own_office.server.start()
    helper.sees("It smells of smoke")
    asker.sees("Your question is being asked")
    own_office.server.kill()
    own_office.server.start()
    helper.clicks("Accept")
    asker.sees("Ana Ruiz is helping you")
    assert questions(own_office.server) == ["It smells of smoke"]


class Writer(threading.Thread):
    """Somebody who goes on writing, whatever happens to the server. `lead` is how many messages
    they may write before the server was killed once more."""

    def __init__(self, person: Laptop, to: str) -> None:
        super().__init__(daemon=True)
        self._person = person
        self._to = to
        self.written = 0
        self.may_write = 0
        self.failure: Exception | None = None

    def run(self) -> None:
        try:
            while self.written < MESSAGES:
                until(lambda: self.written < self.may_write, "allowed to write on")
                says(self._person, self._to, text_of(self._person, self.written))
                self.written += 1
        except Exception as error:
            self.failure = error
            raise


def text_of(person: Laptop, number: int) -> str:
    return f"{person.person.split()[0]} says {number}"


def spoken(laptop: Laptop) -> list[str]:
    """The messages in a laptop's window, in order."""
    return [text for text in laptop.texts() if SPOKEN.fullmatch(text)]


@pytest.mark.filterwarnings("default::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_server_killed_in_mid_chat_loses_and_doubles_nothing(own_office: Office) -> None:
    asker, helper = own_office.joined("Noor de Vries"), own_office.helper("Ana Ruiz")
    brings_together(asker, helper)
    writers = (Writer(asker, "Ana"), Writer(helper, "Noor"))
    for writer in writers:
        writer.start()
    step = MESSAGES // (KILLS + 1)
    for kill in range(1, KILLS + 1):
        lets_write(writers, step * kill + step // 2, wait_for=step * kill)
        own_office.server.kill()
        lets_write(writers, step * kill + step // 2, wait_for=step * kill + step // 2)
        own_office.server.start()
    lets_write(writers, MESSAGES, wait_for=MESSAGES)
    for writer in writers:
        writer.join()
        assert writer.failure is None
    agree(own_office, asker, helper)
    for laptop, other in ((asker, helper), (helper, asker)):
        mine = [text for text in spoken(laptop) if text not in texts_by(other)]
        assert mine == texts_by(laptop)


def lets_write(writers: tuple[Writer, ...], up_to: int, wait_for: int) -> None:
    """Let everybody write on, and wait until each has written so many."""
    for writer in writers:
        writer.may_write = up_to
    until(lambda: all(writer.written >= wait_for for writer in writers), f"{wait_for} written")


def texts_by(laptop: Laptop) -> list[str]:
    return [text_of(laptop, number) for number in range(MESSAGES)]


def agree(office: Office, asker: Laptop, helper: Laptop) -> None:
    """Wait until both show the same; it is what the server has, each message once."""
    asker.sees(text_of(helper, MESSAGES - 1))
    helper.sees(text_of(asker, MESSAGES - 1))
    until(lambda: spoken(asker) == spoken(helper), "both sides show the same")
    stored = [text for (text,) in rows(office.server, "SELECT text FROM message")]
    assert sorted(spoken(asker)) == sorted(stored)
    assert len(stored) == len(set(stored))


def test_an_agent_killed_in_mid_chat_loses_and_doubles_nothing(own_office: Office) -> None:
    asker, helper = own_office.joined("Noor de Vries"), own_office.helper("Ana Ruiz")
    brings_together(asker, helper)
    writer = Writer(asker, "Ana")
    writer.may_write = MESSAGES
    writer.start()
    promised: list[str] = []
    for number in range(MESSAGES):
        text = text_of(helper, number)
        says(helper, "Noor", text)
        if number % (MESSAGES // (KILLS + 1)) == 0 and number:
            helper.kill()
            helper.start()
            helper.cue("menu", name="Noor de Vries: My screen flickers")
            helper.sees("You are helping Noor de Vries")
            # On a slow machine half of the last words were kept before the program was killed.
            helper.types("Message", "", window="Noor", clear=True)
        else:
            until(partial(is_kept, helper, text), "the message is on the disk")
            promised.append(text)
    writer.join()
    assert writer.failure is None
    agree(own_office, asker, helper)
    seen = spoken(asker)
    assert [text for text in seen if text in texts_by(asker)] == texts_by(asker)
    assert [text for text in seen if text in promised] == promised


def is_kept(laptop: Laptop, text: str) -> bool:
    """Whether a message says that it is more than about to be saved."""
    shown = laptop.texts()
    return text in shown and shown[shown.index(text) + 2] != "Saving…"
