"""A history, sorted into what the checks ask for. Pure: entries in, tables out."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tasks.faults.history import (
    Answered,
    AnyEntry,
    Claimed,
    Down,
    Fault,
    Got,
    Kept,
    Raced,
    Said,
    Up,
    Waiting,
)

MESSAGE = "message_posted"
OPENED = "session_opened"
RELEASED = "session_released"
SOLVED = "session_solved"
ASKED = "question_asked"
CANCELLED = "question_cancelled"
WAVE = "wave_started"
PARKED = "question_parked"


@dataclass
class Message:
    """One message, from its author's key to everybody's screen."""

    said: Said
    answered: Answered | None = None
    shown: dict[str, float] = field(default_factory=dict)
    """When each person was shown it first."""


@dataclass
class World:
    """Everything that the history tells, by what it is about."""

    messages: dict[str, Message] = field(default_factory=dict)
    unsaid: list[Got] = field(default_factory=list)
    """Messages that were shown and that nobody said."""
    kept: dict[str, list[Kept]] = field(default_factory=dict)
    places: dict[tuple[str, str, int], str] = field(default_factory=dict)
    """The event that was shown at each place of each feed."""
    moved: list[Got] = field(default_factory=list)
    """Events shown at a place where another one was shown before."""
    members: dict[str, set[str]] = field(default_factory=dict)
    """Who is in each session."""
    opened: list[Kept] = field(default_factory=list)
    claims: list[Claimed] = field(default_factory=list)
    races: list[Raced] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    ups: dict[str, list[Up]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def forgotten(self) -> list[tuple[float, float]]:
        """From when a backup was taken until a server runs on it: what was acknowledged between is
        gone, and everybody is told so by a new epoch."""
        found, since, is_old = [], 0.0, False
        for fault in self.faults:
            if fault.what == "backup":
                since = fault.at
            elif fault.what == "restored":
                is_old = True
            elif fault.what == "ready" and is_old:
                found.append((since, fault.at))
                is_old = False
        return found

    @property
    def ended(self) -> float:
        """When the harness said that it is over; 0 if it never did."""
        return max((fault.at for fault in self.faults if fault.what == "over"), default=0.0)


def look(entries: Iterable[AnyEntry]) -> World:
    """Sort. Entries of one process come in their order; the processes in any."""
    world = World()
    answers: list[Answered] = []
    shown: list[Got] = []
    for entry in entries:
        match entry:
            case Kept():
                _keep(world, entry)
            case Got():
                _show(world, entry)
                if entry.kind == MESSAGE:
                    shown.append(entry)
            case Said():
                world.messages[entry.label] = Message(entry)
            case Answered():
                answers.append(entry)
            case _:
                _rest(world, entry)
    for answer in answers:
        _answer(world, answer)
    for got in shown:
        _arrive(world, got)
    for kept in world.kept.values():
        kept.sort(key=lambda one: one.seq)
    world.faults.sort(key=lambda fault: fault.at)
    return world


def _keep(world: World, kept: Kept) -> None:
    world.kept.setdefault(kept.person, []).append(kept)
    if kept.kind == OPENED:
        world.opened.append(kept)
        world.members.setdefault(kept.subject, set()).add(kept.person)


def _show(world: World, got: Got) -> None:
    place = (got.person, got.epoch, got.seq)
    before = world.places.setdefault(place, got.event)
    if before != got.event:
        world.moved.append(got)


def _answer(world: World, answer: Answered) -> None:
    message = world.messages.get(answer.label)
    if message is not None and message.answered is None:
        message.answered = answer


def _arrive(world: World, got: Got) -> None:
    message = world.messages.get(got.label)
    if message is None:
        world.unsaid.append(got)
    else:
        first = message.shown.get(got.person, got.at)
        message.shown[got.person] = min(first, got.at)


def _rest(world: World, entry: AnyEntry) -> None:
    match entry:
        case Claimed():
            world.claims.append(entry)
        case Raced():
            world.races.append(entry)
        case Waiting():
            world.waiting.append(entry)
        case Up():
            world.ups.setdefault(entry.person, []).append(entry)
        case Fault():
            world.faults.append(entry)
        case Down() | _:
            return
