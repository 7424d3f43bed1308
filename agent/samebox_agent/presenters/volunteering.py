"""How the person wants to be asked: topics, languages, hours, a budget, a pause (J9)."""

from datetime import tzinfo

from samebox_agent.core import helping_intents as wants
from samebox_agent.core import hours, intents, languages, volunteering
from samebox_agent.core.helping_intents import Pause
from samebox_agent.core.intents import Page
from samebox_agent.core.state import AgentState, HelpingForm
from samebox_agent.presenters import reasons, wording
from samebox_agent.presenters.views import (
    Button,
    Choice,
    Field,
    Switch,
    VolunteeringView,
    Weight,
)

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MINUTES = (15, 30, 60, 120, 240)
AT_ONCE = (1, 2, 3)


def present(state: AgentState, wall: float, zone: tzinfo) -> VolunteeringView:
    """Nothing but the first switch and the pause counts before it is saved."""
    form = state.helping.form
    wish = form.wish
    return VolunteeringView(
        title="How I help",
        intro=(
            "You are asked quietly, about laptops like yours. Not now costs nothing, and no answer "
            "is Not now. What stands here is used to find the right person to ask, and shown to "
            "nobody."
        ),
        switches=(_helping(state),),
        pause_heading=_pause_heading(state, wall, zone),
        pause=_pauses(state, wall),
        topics_heading="Topics (none chosen: any)",
        topics=tuple(
            Choice(words, topic in wish.topics, wants.SetTopic(topic, topic not in wish.topics))
            for topic, words in reasons.TOPICS.items()
        ),
        languages=_languages(form),
        hours_heading="When I can be asked",
        hours_detail="Like 9-12, 13:30-17. Nothing written on any day: at all hours.",
        days=tuple(_day(form, day) for day in range(7)),
        time_zone=_time_zone(form),
        use_zone=_use_zone(state),
        minutes_heading="At most this much of my week",
        minutes=tuple(
            Choice(_minutes(each), each == wish.weekly_minutes, wants.SetWeeklyMinutes(each))
            for each in MINUTES
        ),
        at_once_heading="Conversations at once",
        at_once=tuple(
            Choice(str(count), count == wish.sessions_at_once, wants.SetAtOnce(count))
            for count in AT_ONCE
        ),
        place=Field(
            "Where I am (if I want to say)",
            wish.place,
            "Building B, second floor",
            "Your own words. Used when the trouble is of a place, such as a printer; a helper at "
            "the same place is told only that. On your own questions you decide each time.",
        ),
        watching=Switch(
            "Watch over newcomers",
            wish.watches_newcomers,
            wants.SetWatching(True),
            wants.SetWatching(False),
            "You may be asked to read along when somebody helps for the first time.",
        ),
        save=_save(form),
        footnote=_footnote(form),
        links=(Button("My devices and people", intents.GoTo(Page.PEOPLE), Weight.QUIET),),
    )


def _helping(state: AgentState) -> Switch:
    return Switch(
        "Help colleagues with the same laptop",
        state.preferences.helping,
        intents.SetHelpingWish(True),
        intents.SetHelpingWish(False),
        "Counts at once.",
        enabled=state.me is not None,
    )


def _pause_heading(state: AgentState, wall: float, zone: tzinfo) -> str:
    until = state.helping.volunteering.paused_until
    if until > wall:
        return f"Paused until {wording.near_time(until, wall, zone)}"
    return "Pause"


def _pauses(state: AgentState, wall: float) -> tuple[Choice, ...]:
    paused = state.helping.volunteering.paused_until > wall
    return (
        Choice("No pause", not paused, wants.PauseHelping(Pause.NONE)),
        Choice("1 hour", False, wants.PauseHelping(Pause.HOUR)),
        Choice("Until tomorrow", False, wants.PauseHelping(Pause.TOMORROW)),
    )


def _languages(form: HelpingForm) -> Field:
    unread = languages.parse(form.languages) is None
    return Field(
        "Languages I can help in",
        form.languages,
        "Any",
        "Nothing written: any.",
        "Write them in English with commas, like Dutch, English." if unread else "",
    )


def _day(form: HelpingForm, day: int) -> Field:
    unread = hours.parse_day(day, form.days[day]) is None
    return Field(
        DAYS[day],
        form.days[day],
        complaint="Write it like 9-12, 13:30-17." if unread else "",
    )


def _time_zone(form: HelpingForm) -> Field:
    zone = form.wish.time_zone.strip()
    needed = any(text.strip() for text in form.days)
    unread = needed and not volunteering.zone_is_readable(zone)
    return Field(
        "Time zone of these hours",
        form.wish.time_zone,
        "Europe/Amsterdam",
        complaint="Name a city of your zone, like Europe/Amsterdam." if unread else "",
    )


def _use_zone(state: AgentState) -> Button | None:
    here = volunteering.zone_here(state)
    if not here or state.helping.form.wish.time_zone:
        return None
    return Button(f"Use this laptop's: {here}", wants.TypeTimeZone(here), Weight.QUIET)


def _minutes(minutes: int) -> str:
    if minutes < 60:
        return f"{minutes} minutes"
    return "1 hour" if minutes == 60 else f"{minutes // 60} hours"


def _save(form: HelpingForm) -> Button:
    ready = form.touched and volunteering.said(form) is not None
    return Button("Save", wants.SaveHelping(), Weight.PRIMARY, enabled=ready)


def _footnote(form: HelpingForm) -> str:
    if not form.touched:
        return "This is how it counts now."
    if volunteering.said(form) is None:
        return "One of the fields cannot be read yet."
    return "Not saved yet."
