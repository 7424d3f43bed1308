"""The story itself, step by step. Every step does what a person would do, and looks."""

import time
from pathlib import Path

from tasks.demo.company import ORGANISATION, OWNER, Company
from tasks.demo.report import Report
from tasks.stage.laptop import Laptop

QUESTION = "Laptop very slow since this morning"
SEARCH = "my disk is full"
HELLO = "Hi Noor, I had this too. Is OneDrive still syncing?"
ANSWER = "Yes! It has been at it for an hour."
ADVICE = "Pause it for two hours, then empty the recycle bin. That gave me 40 GB back."
THANKS = "That did it. 52 GB free now."
GONE_SECONDS = 5.0
LEFT, TOP, COLUMN = 24, 48, 480
"""Where windows stand on a screen that somebody looks at, in pixels."""
FIXED_BY = "Pause OneDrive for two hours, as Ana said\nEmpty the recycle bin"


class Story:
    """Plays the company through one question. Pictures go to `pictures`.

    `pace` is how many seconds somebody who looks on gets at each picture; 0 when nobody does.
    """

    def __init__(self, company: Company, report: Report, pictures: Path, pace: float = 0.0) -> None:
        self._company = company
        self._report = report
        self._pictures = pictures
        self._pace = pace

    def play(self) -> None:
        """From an empty server to a draft article."""
        self._open_the_server()
        self._join()
        self._find_a_fix()
        self._ask()
        self._answer()
        self._talk()
        self._solve()
        self._look_around()

    def _open_the_server(self) -> None:
        server = self._company.server
        with self._report.step("The server starts") as step:
            seconds = server.start()
            step.says(f"first answer after {seconds:.1f} s")
        with self._report.step("The owner opens the one-time link") as step:
            self._owner_invite = server.set_up(ORGANISATION, OWNER)
            step.says(f"{ORGANISATION} is set up; no password exists")

    def _join(self) -> None:
        company = self._company
        with self._report.step("Five laptops start and join") as step:
            for person in company.everybody():
                person.start()
            company.it.joins(self._owner_invite)
            for person in company.colleagues():
                person.joins(company.server.invite(person.person))
            self._picture(company.asker, "sharing", "What Samebox may share")
            for person in company.everybody():
                person.agrees()
            self._make_room()
            step.says("each with a single-use invite and a look at the sharing sheet")
        with self._report.step("Three colleagues volunteer") as step:
            for person in (company.same, company.same_too, company.other):
                person.volunteers()
            step.says("two have the asker's ThinkPad, one a MacBook")

    def _find_a_fix(self) -> None:
        asker = self._company.asker
        with self._report.step("A fix is found from facts") as step:
            asker.sees("Seen on this laptop")
            step.says(_first(asker, "is free on"))
            self._picture(asker, "fix-found", "How can we help?")
            asker.clicks("Show the steps")
            asker.sees("Done, look again")
            self._picture(asker, "article", "Samebox")
            asker.clicks("Done, look again")
            asker.sees("Not yet")
            self._picture(asker, "not-yet", "Samebox")
            asker.clicks("Back")
        with self._report.step("Fixes appear while typing") as step:
            asker.types("What is wrong?", SEARCH)
            asker.sees("Try this first")
            self._picture(asker, "typing", "How can we help?")
            step.says(f'"{SEARCH}" is answered on the laptop')

    def _ask(self) -> None:
        company = self._company
        with self._report.step("A question is written") as step:
            company.asker.types("What is wrong?", QUESTION, clear=True)
            company.asker.clicks("Ask a colleague")
            company.asker.sees("Show the exact text")
            self._picture(company.asker, "ask", "Ask a colleague")
            company.asker.clicks("Disk space")
            company.asker.clicks("Show the exact text")
            company.asker.sees("question_id")
            self._picture(company.asker, "ask-preview", "Ask a colleague")
            step.says("the sheet shows exactly what is sent")
        with self._report.step("It is asked of the right two") as step:
            began = time.monotonic()
            company.asker.clicks("Send")
            company.same.sees("A colleague asks for help")
            step.says(f"first notice after {_milliseconds(began)}")
            company.same_too.sees("A colleague asks for help")
            company.asker.sees("Asking 2 colleagues with the same ThinkPad T14 Gen 3")
            self._place(company.asker, "Your question", 1)
            self._place(company.same, "A colleague asks", 2)
            self._place(company.same_too, "A colleague asks", 3)
            self._picture(company.asker, "asking", "Your question")
            self._picture(company.same, "offer", "A colleague asks")
            if any("asks for help" in text for text in company.other.texts()):
                raise AssertionError("a colleague with another laptop was asked")

    def _answer(self) -> None:
        company = self._company
        with self._report.step("Ana accepts; the notice at Ben's goes away") as step:
            began = time.monotonic()
            company.same.clicks("Accept")
            company.asker.sees("You are talking with Ana Ruiz")
            step.says(f"the asker sees it after {_milliseconds(began)}")
            self._place(company.same, company.asker.person, 2)
            wait_until_gone(company.same_too)

    def _talk(self) -> None:
        company = self._company
        with self._report.step("They talk, both ways") as step:
            began = time.monotonic()
            self._say(company.same, company.asker, HELLO)
            company.asker.sees(HELLO)
            step.says(f"a message shows after {_milliseconds(began)}")
            self._say(company.asker, company.same, ANSWER)
            company.same.sees(ANSWER)
            self._say(company.same, company.asker, ADVICE)
            company.asker.sees(ADVICE)
            company.same.sees("Seen")
            self._say(company.asker, company.same, THANKS)
            company.same.sees(THANKS)
            company.asker.sees("Seen")
            self._picture(company.asker, "session-asker", "Ana Ruiz")
            self._picture(company.same, "session-helper", "Noor de Vries")

    def _solve(self) -> None:
        company = self._company
        with self._report.step("Solved, with thanks") as step:
            company.asker.clicks("Solved")
            company.asker.sees("What fixed it?")
            company.asker.types("What fixed it", FIXED_BY)
            self._picture(company.asker, "solving", "Ana Ruiz")
            company.asker.clicks("Say solved")
            company.asker.sees("Look at the draft")
            company.same.sees("Solved, with thanks")
            self._picture(company.same, "solved", "Noor de Vries")
            step.says("only the asker can say so")
        with self._report.step("The answer becomes a draft article") as step:
            company.asker.clicks("Look at the draft")
            company.asker.sees("Only on this laptop")
            company.asker.sees("Pause OneDrive")
            company.asker.sees("Taken out: 1 name")
            self._picture(company.asker, "draft", "Draft article")
            step.says("on the asker's laptop, without names; it has not left it")
        with self._report.step("It is handed over, and Ana finds it right") as step:
            company.asker.clicks("Hand over for review")
            company.asker.sees("Waiting for Ana Ruiz to look")
            company.same.clicks("See the draft")
            company.same.clicks("It is right")
            company.asker.sees("Waiting for a moderator")
            self._picture(company.asker, "draft-review", "Draft article")
            step.says("a moderator who had no part in it is next")

    def _look_around(self) -> None:
        asker = self._company.asker
        with self._report.step("What left the laptop is on a page") as step:
            asker.cue("menu", name="What was shared")
            asker.sees("A question, to")
            self._picture(asker, "shared", "What was shared")
            step.says("every byte, exactly as it was sent")
        with self._report.step("It has a dark side") as step:
            asker.cue("menu", name="Settings")
            asker.clicks("Dark")
            self._picture(asker, "settings-dark", "Settings")
            asker.clicks("Back")
            self._picture(asker, "draft-dark", "Samebox")
            step.says("and follows the system by itself")

    def _say(self, person: Laptop, to: Laptop, text: str) -> None:
        person.types("Message", text, window=to.person)
        person.cue("press", key="Return", window=to.person)

    def _make_room(self) -> None:
        """Side by side: the asker on the left; who is not on stage yet goes to the tray."""
        company = self._company
        company.asker.cue("place", window="How can we help?", x=LEFT, y=TOP)
        for person in (company.it, company.same, company.same_too, company.other):
            person.cue("close", window="How can we help?")

    def _place(self, person: Laptop, window: str, column: int) -> None:
        person.cue("place", window=window, x=LEFT + column * COLUMN, y=TOP)

    def _picture(self, person: Laptop, name: str, window: str) -> None:
        person.picture(window, self._pictures / f"{name}.png")
        self._report.pictured()
        time.sleep(self._pace)


def wait_until_gone(person: Laptop) -> None:
    """The notice is off the screen, and perhaps the last window with it."""
    deadline = time.monotonic() + GONE_SECONDS
    while "A colleague asks for help" in person.texts():
        if time.monotonic() > deadline:
            raise AssertionError(f"{person.person} still sees the notice")
        time.sleep(0.02)


def _first(person: Laptop, word: str) -> str:
    return next((text for text in person.texts() if word in text), "")


def _milliseconds(began: float) -> str:
    return f"{(time.monotonic() - began) * 1000:.0f} ms"
