"""How a person wants to be asked (J9): nothing counts before it is saved, but the pause."""

import pytest
from msgspec.structs import replace
from samebox_agent.core import helping_intents as wants
from samebox_agent.core import intents, volunteering
from samebox_agent.core.commands import KeepAct
from samebox_agent.core.events import Moment
from samebox_agent.core.helping_intents import Pause
from samebox_agent.core.intents import Intent, Page
from samebox_agent.core.state import AgentState, DeviceForm
from samebox_agent.core.wishes import on_intent
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.facts import Fact
from samebox_shared.model.ids import DeviceId, PersonId
from samebox_shared.model.people import Hours, OwnDevice, Volunteering
from samebox_shared.model.topics import Topic
from samebox_shared.protocol.acts import (
    AddDevice,
    BlockPerson,
    RemoveDevice,
    SetVolunteering,
)
from samebox_shared.protocol.events import BlockedChanged, DevicesChanged, VolunteeringChanged

from tests.support.builders import BO, NOW, T14_FACTS, a_device_type, joined_state
from tests.support.playbook import Playbook


def helper() -> AgentState:
    state = joined_state()
    return replace(state, preferences=replace(state.preferences, helping=True))


def filled(*more: Intent) -> Playbook:
    play = Playbook(helper())
    play >> intents.GoTo(Page.VOLUNTEERING)
    for intent in more:
        play >> intent
    return play


def test_the_form_is_sent_as_a_whole_when_it_is_saved() -> None:
    play = filled(
        wants.SetTopic(Topic.NETWORK, True),
        wants.SetTopic(Topic.PRINTING, True),
        wants.SetTopic(Topic.NETWORK, False),
        wants.TypeLanguages("Dutch, en"),
        wants.TypeDay(0, "9-12"),
        wants.TypeTimeZone(" Europe/Amsterdam "),
        wants.SetWeeklyMinutes(120),
        wants.SetAtOnce(2),
        wants.TypePlace(" Building B "),
        wants.SetWatching(True),
    )
    assert play.commands == ()
    wish = Volunteering(
        helping=True,
        topics=(Topic.PRINTING,),
        languages=("nl", "en"),
        hours=(Hours(day=0, start=540, until=720),),
        time_zone="Europe/Amsterdam",
        weekly_minutes=120,
        sessions_at_once=2,
        place="Building B",
        watches_newcomers=True,
    )
    play >> wants.SaveHelping() << KeepAct(play.txn, SetVolunteering(volunteering=wish), play.wall)
    assert not play.state.helping.form.touched
    assert play.state.helping.volunteering == wish


@pytest.mark.parametrize(
    "mistake",
    [
        (wants.TypeLanguages("Dutch, Klingonese"),),
        (wants.TypeDay(3, "nine to five"),),
        (wants.TypeDay(3, "9-17"), wants.TypeTimeZone("")),
        (wants.TypeDay(3, "9-17"), wants.TypeTimeZone("UTC+1!")),
    ],
)
def test_what_cannot_be_read_is_not_sent(mistake: tuple[Intent, ...]) -> None:
    play = filled(*mistake) >> wants.SaveHelping()
    assert play.commands == ()
    assert play.state.helping.form.touched


def test_without_hours_no_time_zone_is_told() -> None:
    play = filled(wants.TypeTimeZone("Europe/Amsterdam"))
    said = volunteering.said(play.state.helping.form)
    assert said is not None
    assert said.time_zone == ""


def test_the_server_fills_the_form_unless_it_is_being_changed() -> None:
    wish = Volunteering(helping=True, languages=("nl",))
    play = Playbook(joined_state()).feed(VolunteeringChanged(volunteering=wish))
    assert play.state.preferences.helping
    assert play.state.helping.form.languages == "Dutch"
    play >> wants.TypeLanguages("Dutch, English")
    play.feed(VolunteeringChanged(volunteering=replace(wish, languages=("de",))))
    assert play.state.helping.form.languages == "Dutch, English"
    play >> intents.GoTo(Page.HELP) >> intents.GoTo(Page.VOLUNTEERING)
    assert play.state.helping.form.languages == "Dutch, English"


@pytest.mark.parametrize(
    ("pause", "until"),
    [
        (Pause.NONE, 0.0),
        (Pause.HOUR, NOW + 3600),
        # NOW is 8:00 in UTC, so 10:00 where the clock is two hours ahead.
        (Pause.TOMORROW, NOW + 14 * 3600),
    ],
)
def test_a_pause_counts_at_once(pause: Pause, until: float) -> None:
    moment = Moment(NOW, 0.0, "f" * 32, 2 * 3600.0)
    state, (keep,) = on_intent(helper(), wants.PauseHelping(pause), moment)
    assert isinstance(keep, KeepAct)
    assert isinstance(keep.act, SetVolunteering)
    assert keep.act.volunteering == Volunteering(helping=True, paused_until=until)
    assert state.helping.volunteering.paused_until == until


def test_saving_the_form_does_not_end_a_pause() -> None:
    play = filled(wants.PauseHelping(Pause.HOUR), wants.SetAtOnce(2), wants.SaveHelping())
    assert play.state.helping.volunteering.paused_until > NOW


@pytest.mark.parametrize(
    ("zone", "offered"),
    [("Europe/Amsterdam", "Europe/Amsterdam"), ("W. Europe Standard Time", ""), ("UTC", "")],
)
def test_a_time_zone_is_offered_when_everybody_knows_its_name(zone: str, offered: str) -> None:
    facts = (*T14_FACTS, Fact(name="time.timezone", value=zone))
    assert volunteering.zone_here(joined_state(facts=facts)) == offered


def test_a_phone_is_added_by_hand_and_taken_back() -> None:
    play = Playbook(joined_state())
    play >> wants.AddPhone()
    assert play.commands == ()
    play >> wants.SayPhoneSystem("android") >> wants.TypePhoneVendor(" Samsung ")
    play >> wants.TypePhoneModel("Galaxy S24") >> wants.AddPhone()
    phone = DeviceType(system=System.ANDROID, vendor="Samsung", model="Galaxy S24")
    add = AddDevice(device_id=DeviceId(play.txn), device_type=phone)
    play << KeepAct(play.txn, add, play.wall)
    assert play.state.helping.device_form == DeviceForm()
    device = OwnDevice(device_id=DeviceId("d2"), device_type=a_device_type(), by_hand=True)
    play.feed(DevicesChanged(devices=(device,)))
    assert play.state.helping.devices == (device,)
    remove = RemoveDevice(device_id=DeviceId("d2"))
    play >> wants.RemovePhone(DeviceId("d2")) << KeepAct(play.txn, remove, play.wall)


def test_whom_i_blocked_can_be_met_again() -> None:
    play = Playbook(joined_state()).feed(BlockedChanged(people=(BO,)))
    assert play.state.helping.blocked == (BO,)
    unblock = BlockPerson(person_id=PersonId("bo"), blocked=False)
    play >> wants.Unblock(PersonId("bo")) << KeepAct(play.txn, unblock, play.wall)
