"""How a person wants to be asked (J9): the form, what it says, and when it goes to the server."""

import re

from msgspec.structs import replace
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import DeviceId
from samebox_shared.model.people import Volunteering
from samebox_shared.protocol.acts import AddDevice, RemoveDevice, SetVolunteering

from samebox_agent.core import helping_intents as wants
from samebox_agent.core import hours, languages, outbox, session
from samebox_agent.core.commands import Step
from samebox_agent.core.events import Moment
from samebox_agent.core.facts import by_name
from samebox_agent.core.helping_intents import Pause
from samebox_agent.core.state import AgentState, DeviceForm, HelpingForm

HOUR = 3600.0
DAY = 24 * HOUR
PLACE_LENGTH = 80
_ZONE = re.compile(r"[A-Za-z_]+(?:/[A-Za-z0-9_+-]+){0,2}")
PHONES = (System.IOS, System.ANDROID)


def on_changed(state: AgentState, wish: Volunteering) -> AgentState:
    """The server has it. A form that is being changed stays as it is."""
    form = state.helping.form
    form = form if form.touched else form_of(wish)
    helping = replace(state.helping, volunteering=wish, form=form)
    preferences = replace(state.preferences, helping=wish.helping)
    return replace(state, helping=helping, preferences=preferences)


def form_of(wish: Volunteering) -> HelpingForm:
    """The form as it stands before anything is changed."""
    return HelpingForm(
        wish,
        languages.in_words(wish.languages),
        tuple(hours.in_words(wish.hours, day) for day in range(7)),
    )


def zone_here(state: AgentState) -> str:
    """The time zone of this laptop, if its name is one that everybody knows. Only offered: it is a
    fact like others, and leaves when the person puts it into the form."""
    zone = str(by_name(state.facts.values).get("time.timezone", ""))
    return zone if "/" in zone and _ZONE.fullmatch(zone) else ""


def said(form: HelpingForm) -> Volunteering | None:
    """What the form says, or None while one of its fields cannot be read."""
    tags = languages.parse(form.languages)
    days = [hours.parse_day(day, text) for day, text in enumerate(form.days)]
    spans = tuple(span for day in days if day is not None for span in day)
    zone = form.wish.time_zone.strip()
    if tags is None or None in days or (spans and not zone_is_readable(zone)):
        return None
    place = form.wish.place.strip()[:PLACE_LENGTH]
    kept_zone = zone if spans else ""
    return replace(form.wish, languages=tags, hours=spans, time_zone=kept_zone, place=place)


def zone_is_readable(zone: str) -> bool:
    """Whether it looks like a name of the IANA database; whether it is one the server knows."""
    return bool(_ZONE.fullmatch(zone))


def open_form(state: AgentState) -> AgentState:
    """The page comes to the front; what was changed and not saved is still there."""
    if state.helping.form.touched:
        return state
    form = form_of(state.helping.volunteering)
    return replace(state, helping=replace(state.helping, form=form))


def change(state: AgentState, intent: wants.FormIntent, moment: Moment) -> Step:
    """Change the form; a pause counts at once."""
    match intent:
        case wants.PauseHelping(pause=pause):
            return _pause(state, pause, moment)
        case wants.SaveHelping():
            return _save(state, moment)
        case wants.TypeLanguages(text=text):
            return _with_form(state, languages=text), ()
        case wants.TypeDay(day=day, text=text):
            return _type_day(state, day, text), ()
        case _:
            return _change_wish(state, intent), ()


WishIntent = (
    wants.SetTopic
    | wants.TypeTimeZone
    | wants.SetWeeklyMinutes
    | wants.SetAtOnce
    | wants.TypePlace
    | wants.SetWatching
)


def _change_wish(state: AgentState, intent: WishIntent) -> AgentState:
    wish = state.helping.form.wish
    match intent:
        case wants.SetTopic(topic=topic, on=on):
            others = tuple(item for item in wish.topics if item is not topic)
            wish = replace(wish, topics=(*others, topic) if on else others)
        case wants.TypeTimeZone(text=text):
            wish = replace(wish, time_zone=text)
        case wants.SetWeeklyMinutes(minutes=minutes):
            wish = replace(wish, weekly_minutes=minutes)
        case wants.SetAtOnce(count=count):
            wish = replace(wish, sessions_at_once=count)
        case wants.TypePlace(text=text):
            wish = replace(wish, place=text)
        case wants.SetWatching(on=on):
            wish = replace(wish, watches_newcomers=on)
    return _with_form(state, wish=wish)


def _type_day(state: AgentState, day: int, text: str) -> AgentState:
    days = tuple(text if at == day else old for at, old in enumerate(state.helping.form.days))
    return _with_form(state, days=days)


def _with_form(
    state: AgentState,
    *,
    wish: Volunteering | None = None,
    languages: str | None = None,
    days: tuple[str, ...] | None = None,
) -> AgentState:
    form = state.helping.form
    form = HelpingForm(
        form.wish if wish is None else wish,
        form.languages if languages is None else languages,
        form.days if days is None else days,
        touched=True,
    )
    return replace(state, helping=replace(state.helping, form=form))


def _save(state: AgentState, moment: Moment) -> Step:
    wish = said(state.helping.form)
    if wish is None:
        return state, ()
    wish = replace(
        wish,
        helping=state.preferences.helping,
        paused_until=state.helping.volunteering.paused_until,
    )
    form = form_of(wish)
    state = replace(state, helping=replace(state.helping, volunteering=wish, form=form))
    return outbox.act(state, SetVolunteering(volunteering=wish), moment)


def _pause(state: AgentState, pause: Pause, moment: Moment) -> Step:
    until = {
        Pause.NONE: 0.0,
        Pause.HOUR: moment.wall + HOUR,
        Pause.TOMORROW: _midnight(moment),
    }[pause]
    known = replace(state.helping.volunteering, helping=state.preferences.helping)
    wish = replace(known, paused_until=until)
    state = replace(state, helping=replace(state.helping, volunteering=wish))
    return outbox.act(state, SetVolunteering(volunteering=wish), moment)


def _midnight(moment: Moment) -> float:
    days = (moment.wall + moment.utc_offset) // DAY
    return (days + 1) * DAY - moment.utc_offset


def change_devices(state: AgentState, intent: wants.DeviceIntent, moment: Moment) -> Step:
    """Devices without an agent, and people who were blocked."""
    form = state.helping.device_form
    match intent:
        case wants.SayPhoneSystem(system=system):
            return _with_device(state, replace(form, system=system)), ()
        case wants.TypePhoneVendor(text=text):
            return _with_device(state, replace(form, vendor=text)), ()
        case wants.TypePhoneModel(text=text):
            return _with_device(state, replace(form, model=text)), ()
        case wants.AddPhone():
            return _add_phone(state, moment)
        case wants.RemovePhone(device_id=device_id):
            return outbox.act_once(state, RemoveDevice(device_id=device_id), moment)
        case wants.Unblock(person_id=person_id):
            return session.block(state, person_id, moment, blocked=False)


def can_add(form: DeviceForm) -> bool:
    """Whether enough is said to find somebody with the same."""
    return form.system in PHONES and bool(form.model.strip())


def _add_phone(state: AgentState, moment: Moment) -> Step:
    form = state.helping.device_form
    if not can_add(form):
        return state, ()
    device_type = DeviceType(
        system=System(form.system), vendor=form.vendor.strip(), model=form.model.strip()
    )
    add = AddDevice(device_id=DeviceId(moment.fresh), device_type=device_type)
    return outbox.act(_with_device(state, DeviceForm()), add, moment)


def _with_device(state: AgentState, form: DeviceForm) -> AgentState:
    return replace(state, helping=replace(state.helping, device_form=form))
