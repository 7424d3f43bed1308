"""A remedy beside the step that names it: what it will do, what it found, and how it ended."""

from datetime import tzinfo
from typing import assert_never

from msgspec.structs import replace
from samebox_shared.model.ids import ArticleId

from samebox_agent.core import facts
from samebox_agent.core.remedy_intents import AskRemedy, DoRemedy, LeaveRemedy
from samebox_agent.core.remedy_list import (
    REMEDIES,
    Attempt,
    Confirm,
    Done,
    Failed,
    Found,
    Look,
    Looking,
    RemedyKey,
    Running,
    WhyNot,
)
from samebox_agent.core.state import AgentState
from samebox_agent.presenters import wording
from samebox_agent.presenters.views import Banner, Button, RemedyView, StepView, Tone, Weight

_THINGS: dict[RemedyKey, tuple[str, str]] = {
    RemedyKey.EMPTY_BIN: ("item", "items"),
    RemedyKey.CLEAR_THUMBNAILS: ("folder or file", "folders and files"),
    RemedyKey.CLEAR_TEAMS_CACHE: ("folder or file", "folders and files"),
}
_DONE: dict[RemedyKey, tuple[str, str]] = {
    RemedyKey.FLUSH_DNS: (
        "The addresses are forgotten",
        "Try the website again, in a new window of the browser.",
    ),
    RemedyKey.EMPTY_BIN: ("The bin is empty", ""),
    RemedyKey.BIGGEST_FOLDERS: (
        "The largest folders below your home folder",
        "Only you see this. Nothing was changed.",
    ),
    RemedyKey.RESTART_AUDIO: (
        "The sound is started again",
        "Play something. Programs that stay silent have to be started again.",
    ),
    RemedyKey.RECONNECT_NETWORK: (
        "The network is on again",
        "It can take a minute until the laptop has joined it.",
    ),
    RemedyKey.CLEAR_THUMBNAILS: ("The small previews are gone", ""),
    RemedyKey.CLEAR_TEAMS_CACHE: (
        "The Teams cache is empty",
        "Start Teams. The first start takes longer.",
    ),
}
_NOTHING: dict[RemedyKey, str] = {
    RemedyKey.EMPTY_BIN: "The bin is empty already",
    RemedyKey.BIGGEST_FOLDERS: "No folder below your home folder takes up room",
    RemedyKey.CLEAR_THUMBNAILS: "There are no small previews",
    RemedyKey.CLEAR_TEAMS_CACHE: "The Teams cache is empty already",
}
_PARTIAL: dict[RemedyKey, str] = {
    RemedyKey.FLUSH_DNS: "Only in part: this system keeps some that only an administrator can "
    "clear. Restart the laptop if a website is still not found.",
    RemedyKey.BIGGEST_FOLDERS: "The time was over before all folders were looked at; others may "
    "be larger. Only you see this. Nothing was changed.",
}
_WHY_NOT: dict[WhyNot, tuple[str, str]] = {
    WhyNot.RECORDED: (
        "This is a recorded laptop",
        "Samebox never changes anything for a recording. Nothing was done.",
    ),
    WhyNot.NOT_HERE: (
        "This laptop does not have what it needs",
        "Nothing was changed. Do the step by hand, or go on to the next one.",
    ),
    WhyNot.NOT_ALLOWED: (
        "This laptop does not allow it",
        "It would need the rights of an administrator. Nothing was changed. Do the step by hand, "
        "or ask a colleague.",
    ),
    WhyNot.IN_USE: (
        "Teams is running",
        "Nothing was changed. Quit Teams with its icon beside the clock, and try again.",
    ),
    WhyNot.TOO_SLOW: (
        "It took too long",
        "Samebox stopped waiting. Try again; if it stays slow, restart the laptop first.",
    ),
    WhyNot.STILL_BUSY: (
        "The one before has not ended yet",
        "Nothing was begun. Wait a minute and try again, or restart the laptop.",
    ),
    WhyNot.LEFT_OVER: (
        "Not all of it could be deleted",
        "What is left is in use or protected. Close your programs and try again.",
    ),
    WhyNot.NOT_BACK: (
        "The network did not turn on again",
        "Turn it on in the menu where you choose a network. If that does not help, restart the "
        "laptop.",
    ),
    WhyNot.STRANGE: (
        "Something else stands where the folder should be",
        "To be safe nothing was deleted. Show this to a colleague or to IT.",
    ),
    WhyNot.BROKEN: (
        "That did not work",
        "Do the step by hand, or ask a colleague.",
    ),
}
_NO_SECOND_TRY = (WhyNot.RECORDED, WhyNot.NOT_HERE, WhyNot.NOT_ALLOWED, WhyNot.STRANGE)


def beside(
    state: AgentState, article_id: ArticleId, key: RemedyKey, step: StepView, zone: tzinfo
) -> StepView:
    """The step with the button of its remedy, or with how far that has come."""
    if key not in state.remedies.offered:
        return step
    attempt = state.remedies.attempt
    if attempt is not None and (attempt.article_id, attempt.key) == (article_id, key):
        return replace(step, remedy=present(attempt))
    busy = attempt is not None and attempt.is_busy
    ask = Button(REMEDIES[key].title, AskRemedy(article_id, key), enabled=not busy)
    return replace(step, button=ask, note=_last_time(state, key, zone))


def _last_time(state: AgentState, key: RemedyKey, zone: tzinfo) -> str:
    last = next((one for one in state.remedies.tried if one.key is key), None)
    if last is None:
        return ""
    when = wording.day_and_time(last.at, zone)
    return f"Done here on {when}." if last.done else f"Tried here on {when}; it did not work."


def present(attempt: Attempt) -> RemedyView:
    """How far it has come, and what the person can do now."""
    remedy = REMEDIES[attempt.key]
    match attempt.phase:
        case Looking():
            return RemedyView(Banner(_looking(attempt), _at_most(attempt), busy=True))
        case Confirm(found=found):
            lines = (remedy.does, _found(attempt.key, found), remedy.undo)
            return RemedyView(
                Banner(
                    f"{remedy.title}?",
                    "\n".join(line for line in lines if line),
                    Tone.WARN if remedy.for_good else Tone.NEUTRAL,
                    _do_or_not(attempt),
                )
            )
        case Running():
            return RemedyView(Banner(remedy.busy, _at_most(attempt), busy=True))
        case Done(found=found):
            return _done(attempt, found)
        case Failed(why=why, done=done):
            return _failed(attempt, why, done)
        case _ as never:
            assert_never(never)


def _looking(attempt: Attempt) -> str:
    remedy = REMEDIES[attempt.key]
    return remedy.busy if remedy.look is Look.ONLY else "Looking, nothing is changed yet…"


def _at_most(attempt: Attempt) -> str:
    seconds = REMEDIES[attempt.key].seconds
    words = f"{seconds:.0f} seconds" if seconds < 90 else wording.duration(seconds)
    return f"It can take up to {words}."


def _do_or_not(attempt: Attempt) -> tuple[Button, ...]:
    weight = Weight.DANGER if REMEDIES[attempt.key].for_good else Weight.PLAIN
    title = REMEDIES[attempt.key].title
    return (
        Button("Do it", DoRemedy(attempt.number), weight, hint=title),
        Button("Not now", LeaveRemedy(attempt.number), Weight.QUIET),
    )


def _found(key: RemedyKey, found: Found | None) -> str:
    if found is None:
        return ""
    more = "at least " if found.partial else ""
    return f"Found: {more}{_amount(key, found)}."


def _amount(key: RemedyKey, found: Found) -> str:
    one, several = _THINGS[key]
    noun = one if found.items == 1 else several
    return f"{found.items} {noun}, {facts.disk_space(found.size)}"


def _done(attempt: Attempt, found: Found) -> RemedyView:
    key = attempt.key
    close = (Button("Close", LeaveRemedy(attempt.number), Weight.QUIET),)
    if not found.items and key in _NOTHING:
        return RemedyView(Banner(_NOTHING[key], "Nothing was changed.", Tone.GOOD, close))
    title, detail = _DONE[key]
    if found.partial:
        detail = _PARTIAL.get(key, detail)
    if key in _THINGS:
        detail = f"Deleted: {_amount(key, found)}. {detail}".rstrip()
    rows = tuple((one.name, facts.disk_space(one.size)) for one in found.folders)
    return RemedyView(Banner(title, detail, Tone.GOOD, close), rows)


def _failed(attempt: Attempt, why: WhyNot, done: Found) -> RemedyView:
    title, detail = _WHY_NOT[why]
    if done.items and attempt.key in _THINGS:
        detail = f"Deleted so far: {_amount(attempt.key, done)}. {detail}"
    close = Button("Close", LeaveRemedy(attempt.number), Weight.QUIET)
    again = Button("Try again", AskRemedy(attempt.article_id, attempt.key))
    buttons = (close,) if why in _NO_SECOND_TRY else (again, close)
    return RemedyView(Banner(title, detail, Tone.WARN, buttons))
