"""Who may be asked. Every "no" is a value, so that tests and "why was nobody asked" can read it."""

from dataclasses import dataclass
from enum import StrEnum

from samebox_shared.model.devices import DeviceType
from samebox_shared.model.ids import PersonId
from samebox_shared.model.topics import Topic

from samebox_server.core.routing.hours import Clocks, is_open
from samebox_server.core.routing.profile import Helper
from samebox_server.core.routing.settings import Limits


@dataclass(frozen=True, kw_only=True)
class Asking:
    """The question, as far as routing cares. `language` is an IETF tag, `place` the asker's own
    word; both are empty when not told. `others` are in the session already, when somebody more is
    brought in; `without` are those who have left this question alone for now.
    `busy` and `being_asked` are told where the Directory does not count sessions and offers."""

    asker: PersonId
    device_type: DeviceType
    topic: Topic = Topic.OTHER
    language: str = ""
    place: str = ""
    others: frozenset[PersonId] = frozenset()
    without: frozenset[PersonId] = frozenset()
    busy: frozenset[PersonId] = frozenset()
    being_asked: frozenset[PersonId] = frozenset()


class Unfit(StrEnum):
    """Why somebody is not asked."""

    ASKER = "asker"
    THERE = "there"
    LEFT_IT = "left_it"
    ASKED_BEFORE = "asked_before"
    AWAY = "away"
    BUSY = "busy"
    BEING_ASKED = "being_asked"
    BLOCKED = "blocked"
    PAUSED = "paused"
    RESTING = "resting"
    NOT_HELPING = "not_helping"
    OTHER_TOPICS = "other_topics"
    OTHER_LANGUAGES = "other_languages"
    OVER_BUDGET = "over_budget"
    CLOSED = "closed"


def unfit_colleague(
    helper: Helper, asking: Asking, asked: frozenset[PersonId], clocks: Clocks, limits: Limits
) -> Unfit | None:
    """Why this volunteer is not asked now; None if they are. `asked` had this question before."""
    if helper.person_id in asked:
        return Unfit.ASKED_BEFORE
    return (
        unfit(helper, asking, clocks, limits)
        or _unwilling(helper, asking)
        or _spent(helper, clocks, limits)
    )


def is_out(helper: Helper, clocks: Clocks, limits: Limits) -> bool:
    """Whether this person is asked nothing now, whatever the question."""
    if _engaged(helper, clocks, limits):
        return True
    if helper.is_it:
        return _shut(helper, clocks) is not None
    return not helper.volunteering.helping or _spent(helper, clocks, limits) is not None


def unfit_it(helper: Helper, asking: Asking, clocks: Clocks, limits: Limits) -> Unfit | None:
    """Why this member of IT is not asked now. Helping is their work: topics, languages and budget
    do not count, and they may be asked again; their hours and pauses count (P19)."""
    if not helper.is_it:
        return Unfit.NOT_HELPING
    return unfit(helper, asking, clocks, limits) or _shut(helper, clocks)


def unfit(helper: Helper, asking: Asking, clocks: Clocks, limits: Limits) -> Unfit | None:
    """What holds for everybody: here, free, at peace with the asker and with themselves."""
    return _engaged(helper, clocks, limits) or _taken(helper, asking) or _strangers(helper, asking)


def _engaged(helper: Helper, clocks: Clocks, limits: Limits) -> Unfit | None:
    now = clocks.now
    if helper.present_until <= now:
        return Unfit.AWAY
    if helper.rest_until > now:
        return Unfit.RESTING
    if helper.sessions and helper.sessions >= helper.at_once(limits):
        return Unfit.BUSY
    if helper.offers and not helper.is_it:
        return Unfit.BEING_ASKED
    return None


def _taken(helper: Helper, asking: Asking) -> Unfit | None:
    """By what the database says, where several servers write to it."""
    if helper.person_id in asking.busy:
        return Unfit.BUSY
    if helper.person_id in asking.being_asked and not helper.is_it:
        return Unfit.BEING_ASKED
    return None


def _strangers(helper: Helper, asking: Asking) -> Unfit | None:
    if helper.person_id == asking.asker:
        return Unfit.ASKER
    if helper.person_id in asking.others:
        return Unfit.THERE
    if helper.person_id in asking.without:
        return Unfit.LEFT_IT
    blocked = helper.blocked
    if blocked and (asking.asker in blocked or not asking.others.isdisjoint(blocked)):
        return Unfit.BLOCKED
    return None


def _unwilling(helper: Helper, asking: Asking) -> Unfit | None:
    volunteering = helper.volunteering
    if not volunteering.helping:
        return Unfit.NOT_HELPING
    if volunteering.topics and asking.topic not in volunteering.topics:
        return Unfit.OTHER_TOPICS
    if asking.language and volunteering.languages:
        return None if helper.speaks(asking.language) else Unfit.OTHER_LANGUAGES
    return None


def _spent(helper: Helper, clocks: Clocks, limits: Limits) -> Unfit | None:
    """A usual session must fit into what is left of the week's budget, beside those that run. A
    budget smaller than that is good for one session a week."""
    budget = helper.volunteering.weekly_minutes
    usual = min(limits.session_minutes, budget)
    if not budget or helper.minutes_in(clocks.week) + (helper.sessions + 1) * usual > budget:
        return Unfit.OVER_BUDGET
    return _shut(helper, clocks)


def _shut(helper: Helper, clocks: Clocks) -> Unfit | None:
    if helper.volunteering.paused_until > clocks.now:
        return Unfit.PAUSED
    if helper.opening and not is_open(helper.opening, clocks.minute(helper.volunteering.time_zone)):
        return Unfit.CLOSED
    return None
