"""View data of a remedy under its step: offered, asked, running, done, failed."""

from samebox_agent.core.remedy_intents import AskRemedy, DoRemedy, LeaveRemedy
from samebox_agent.core.remedy_list import RemedyKey
from samebox_agent.presenters.views import (
    ArticleView,
    Banner,
    Button,
    RemedyView,
    StepView,
    Tone,
    Weight,
)

from tests.agent.ui.help_scenes import DISK, article

CLOSE = Button("Close", LeaveRemedy(7), Weight.QUIET)
FOLDERS = (
    ("Videos/Holiday in Portugal", "42 GB"),
    (".local/share/containers", "31 GB"),
    ("Documents/Archive/a-very-long-name-of-a-project-that-nobody-shortened", "12 GB"),
    ("Downloads", "8.4 GB"),
    ("Pictures/2023", "900 MB"),
)


def steps(*, bin_: StepView, folders: StepView | None = None) -> tuple[StepView, ...]:
    """The steps of a full disk, two of them with a remedy."""
    show = Button("Show the largest folders", AskRemedy(DISK, RemedyKey.BIGGEST_FOLDERS))
    return (
        bin_,
        folders or StepView(2, "Let Samebox show the largest folders.", show),
        StepView(3, "Move what is large to the company's file storage."),
    )


def bin_step(remedy: RemedyView | None = None, note: str = "") -> StepView:
    """The step about the bin."""
    ask = Button("Empty the bin", AskRemedy(DISK, RemedyKey.EMPTY_BIN))
    text = "Look at what is in the Trash. Then empty it, or let Samebox empty the bin."
    return StepView(1, text, None if remedy else ask, note, remedy)


CONFIRM = Banner(
    "Empty the bin?",
    "All that lies in your own bin is deleted for good.\nFound: 312 items, 4.1 GB.\n"
    "This cannot be undone. If you are not sure, look into the bin yourself first.",
    Tone.WARN,
    (
        Button("Do it", DoRemedy(7), Weight.DANGER, hint="Empty the bin"),
        Button("Not now", LeaveRemedy(7), Weight.QUIET),
    ),
)
RUNNING = Banner("Emptying the bin…", "It can take up to 2 minutes.", busy=True)
DONE = Banner("The bin is empty", "Deleted: 312 items, 4.1 GB.", Tone.GOOD, (CLOSE,))
FAILED = Banner(
    "Not all of it could be deleted",
    "Deleted so far: 300 items, 3.9 GB. What is left is in use or protected. Close your programs "
    "and try again.",
    Tone.WARN,
    (Button("Try again", AskRemedy(DISK, RemedyKey.EMPTY_BIN)), CLOSE),
)
LARGEST = Banner(
    "The largest folders below your home folder",
    "Only you see this. Nothing was changed.",
    Tone.GOOD,
    (CLOSE,),
)


def pages() -> dict[str, ArticleView]:
    """The article in each state of its remedies."""
    busy = Button(
        "Show the largest folders", AskRemedy(DISK, RemedyKey.BIGGEST_FOLDERS), enabled=False
    )
    waiting = StepView(2, "Let Samebox show the largest folders.", busy)
    largest = StepView(
        2, "Let Samebox show the largest folders.", remedy=RemedyView(LARGEST, FOLDERS)
    )
    tried = bin_step(note="Done here on 27 Nov 2026, 14:03.")
    return {
        "remedy": article(steps=steps(bin_=tried)),
        "remedy-confirm": article(steps=steps(bin_=bin_step(RemedyView(CONFIRM)))),
        "remedy-running": article(steps=steps(bin_=bin_step(RemedyView(RUNNING)), folders=waiting)),
        "remedy-done": article(steps=steps(bin_=bin_step(RemedyView(DONE)))),
        "remedy-failed": article(steps=steps(bin_=bin_step(RemedyView(FAILED)))),
        "remedy-folders": article(steps=steps(bin_=tried, folders=largest)),
    }
