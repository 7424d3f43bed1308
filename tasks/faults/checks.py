"""Decides whether a promise was broken. Pure: a world in, breaches out; no breach, no harm."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tasks.faults.world import MESSAGE, OPENED, World

MOST = 20
"""Breaches of one check that are told one by one."""


@dataclass(frozen=True)
class Breach:
    """A broken promise: which check saw it, what it is, and the words by which the history can be
    searched for it."""

    check: str
    what: str
    about: tuple[str, ...] = ()


Check = Callable[[World], Iterable[Breach]]


def lost(world: World) -> Iterable[Breach]:
    """Every message that was acknowledged is with everybody in its session (I1)."""
    has = {person: {kept.label for kept in found} for person, found in world.kept.items()}
    for label, message in world.messages.items():
        if message.answered is None or message.answered.code:
            continue
        if any(since < message.answered.at < until for since, until in world.forgotten):
            continue
        for person in sorted(world.members.get(message.said.session, {message.said.person})):
            if label not in has.get(person, ()):
                yield Breach("lost", f"{person} does not have {label}", (label,))


def twice(world: World) -> Iterable[Breach]:
    """No message and no event stands twice in anybody's feed (I2)."""
    for person, found in world.kept.items():
        labels = Counter(kept.label for kept in found if kept.kind == MESSAGE)
        events = Counter(kept.event for kept in found)
        for name, count in (labels + events).items():
            if count > 1:
                yield Breach("twice", f"{person} has {name} {count} times", (name,))


def gaps(world: World) -> Iterable[Breach]:
    """Feeds are numbered from 1 without gaps (I3)."""
    for person, found in world.kept.items():
        for place, kept in enumerate(found, 1):
            if kept.seq != place:
                what = f"{person} has number {kept.seq} where {place} should be"
                yield Breach("gap", what, (person,))
                break


def order(world: World) -> Iterable[Breach]:
    """Everybody in a session has its messages in the same order (I3)."""
    said: dict[str, dict[str, list[str]]] = {}
    for person, found in world.kept.items():
        for kept in found:
            if kept.kind == MESSAGE:
                said.setdefault(kept.subject, {}).setdefault(person, []).append(kept.label)
    for session, by in said.items():
        (first, *others) = by.items()
        for person, labels in others:
            differ = next(
                (
                    n
                    for n, pair in enumerate(zip(first[1], labels, strict=False))
                    if pair[0] != pair[1]
                ),
                None,
            )
            if differ is not None:
                what = f"{first[0]} and {person} differ from message {differ} of {session}"
                yield Breach("order", what, (first[1][differ], labels[differ]))


def moved(world: World) -> Iterable[Breach]:
    """What was shown at a place stays there, on the screen and in the store (I9)."""
    for got in world.moved:
        what = f"{got.person} was shown two events as number {got.seq}"
        yield Breach("moved", what, (got.event,))
    kept = {
        (one.person, one.epoch, one.seq): one.event
        for found in world.kept.values()
        for one in found
    }
    epochs = {(person, epoch) for person, epoch, _ in kept}
    for place, event in world.places.items():
        if place[:2] in epochs and kept.get(place) != event:
            what = f"{place[0]} was shown number {place[2]} and no longer has it"
            yield Breach("forgotten", what, (event,))


def phantom(world: World) -> Iterable[Breach]:
    """Nothing is shown that nobody said, and nothing to somebody outside the session (I4)."""
    for got in world.unsaid:
        yield Breach("phantom", f"{got.person} was shown {got.label}", (got.label,))
    for person, found in world.kept.items():
        for kept in found:
            if kept.kind != MESSAGE:
                continue
            if kept.label not in world.messages:
                yield Breach("phantom", f"{person} has {kept.label}", (kept.label,))
            elif person not in world.members.get(kept.subject, ()):
                what = f"{person} has {kept.label} of a session of others"
                yield Breach("outsider", what, (kept.label,))


def one_claim(world: World) -> Iterable[Breach]:
    """One winner for each question and fence, and the winner's session is there (I5, I6)."""
    sessions: dict[tuple[str, int], set[str]] = {}
    helpers: dict[str, set[str]] = {}
    for opened in world.opened:
        sessions.setdefault((opened.question, opened.number), set()).add(opened.subject)
        helpers.setdefault(opened.question, set()).add(opened.helper)
    for (question, fence), found in sessions.items():
        if len(found) > 1:
            what = f"question {question} has {len(found)} sessions with fence {fence}"
            yield Breach("split", what, (question,))
    won = Counter(claim.question for claim in world.claims if not claim.code)
    for question, count in won.items():
        if count > 1:
            yield Breach("split", f"question {question} was won {count} times", (question,))
    for claim in world.claims:
        if not claim.code and claim.person not in helpers.get(claim.question, ()):
            what = f"{claim.person} won question {claim.question} and has no session"
            yield Breach("won nothing", what, (claim.question,))


def stale_fence(world: World) -> Iterable[Breach]:
    """What carries an old fence is refused and shown to nobody (I5)."""
    for label, message in world.messages.items():
        if not message.said.stale:
            continue
        if message.answered is not None and not message.answered.code:
            yield Breach("stale fence", f"{label} was taken with an old fence", (label,))
        for person in message.shown:
            yield Breach("stale fence", f"{person} was shown {label}", (label,))


def unanswered(world: World) -> Iterable[Breach]:
    """When it is quiet, every outbox is empty."""
    for item in world.waiting:
        yield Breach("unanswered", f"{item.person} still waits for {item.what}", (item.what,))


def resync(world: World) -> Iterable[Breach]:
    """Nobody is told to forget a feed that is still the same."""
    epochs = {epoch for _, epoch, _ in world.places}
    if len(epochs) > 1:
        return
    for person, ups in world.ups.items():
        if any(up.resync for up in ups):
            yield Breach("resync", f"{person} had to begin anew in the same epoch", (person,))


def refused(world: World) -> Iterable[Breach]:
    """What is said in a live session with its own fence is never refused."""
    for label, message in world.messages.items():
        answer = message.answered
        if answer is not None and answer.code and not message.said.stale:
            yield Breach("refused", f"{label} was refused: {answer.code}", (label,))


def everyone_kept(world: World) -> Iterable[Breach]:
    """Both ends of every session have it."""
    for session, members in world.members.items():
        if len(members) < 2:
            what = f"only {', '.join(members)} knows of session {session}"
            yield Breach("half a session", what, (session, OPENED))


CHECKS: tuple[Check, ...] = (
    lost,
    twice,
    gaps,
    order,
    moved,
    phantom,
    one_claim,
    stale_fence,
    unanswered,
    resync,
    refused,
    everyone_kept,
)


def breaches(world: World, checks: Iterable[Check] = CHECKS) -> list[Breach]:
    """What every check has to say."""
    return [breach for check in checks for breach in check(world)]
