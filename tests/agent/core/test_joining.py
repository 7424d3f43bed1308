"""Joining and agreeing: nothing about the laptop leaves it before the sheet was read (J1)."""

import math

import msgspec
from msgspec.structs import replace
from samebox_agent.core import fixes, intents, joining
from samebox_agent.core.commands import (
    Connect,
    ForgetFeed,
    JoinServer,
    KeepAct,
    KeepMe,
    KeepSetting,
    KeepSharing,
    KeepText,
    MakeInviteFor,
    ReadFacts,
    Remembered,
    SendAct,
    SettleAct,
)
from samebox_agent.core.events import (
    FactsRead,
    InviteFailed,
    InviteMade,
    JoinFailed,
    JoinSucceeded,
)
from samebox_agent.core.intents import Page
from samebox_agent.core.state import (
    InviteForm,
    JoinForm,
    LinkState,
    Phase,
    Problem,
    Snoozed,
    Trouble,
)
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.facts import FactKind
from samebox_shared.model.ids import DeviceId
from samebox_shared.protocol.acts import Ask, TellDeviceType
from samebox_shared.protocol.http import Invite, Joined, ServerKey

from tests.support.builders import (
    ANA,
    DISK,
    QUESTION,
    T14_FACTS,
    a_conversation,
    a_device_type,
    ana_here,
    joined_state,
    waiting,
    welcome,
)
from tests.support.playbook import Playbook

LINK = "https://help.example.com/join/abc"
SERVER = "https://help.example.com"
WELCOME = JoinSucceeded(
    SERVER, Joined(person=ANA, device_id=DeviceId("d1"), organisation="Example")
)
TROUBLE = Trouble(Problem.UNREACHABLE)


def told(device_type: DeviceType, play: Playbook) -> KeepAct:
    return KeepAct(play.txn, TellDeviceType(device_type=device_type), play.wall)


def test_an_invite_is_used_once_pressed() -> None:
    play = Playbook()
    play >> intents.Join()
    assert play.commands == ()
    play >> intents.TypeInvite(f" {LINK} ") << KeepText(joining.INVITE_FIELD, f" {LINK} ")
    play >> intents.Join() << JoinServer(LINK)
    play >> intents.Join()
    assert play.commands == ()


def test_a_failed_join_keeps_the_invite_and_says_why() -> None:
    play = Playbook()
    play >> intents.TypeInvite(LINK) >> intents.Join() >> JoinFailed(TROUBLE)
    assert play.state.join == JoinForm(LINK, trouble=TROUBLE)
    play >> intents.TypeInvite("x")
    assert play.state.join.trouble is None


def test_the_key_of_the_server_comes_with_the_join() -> None:
    key = ServerKey(key_id="k", public="a" * 64)
    joined = msgspec.structs.replace(WELCOME.joined, server_key=key)
    play = Playbook() >> JoinSucceeded(SERVER, joined)
    play << KeepSetting(Remembered.SERVER_KEY, "a" * 64)


def test_joined_means_connect_look_and_show_the_sheet() -> None:
    play = Playbook()
    play >> intents.TypeInvite(LINK) >> intents.Join() >> WELCOME
    play << KeepMe(ana_here()) << KeepSetting(Remembered.SERVER, SERVER)
    play << KeepSetting(Remembered.SERVER_KEY, "")
    (
        play
        << KeepText(joining.INVITE_FIELD, "")
        << Connect()
        << ReadFacts(fixes.ALL_KINDS, asked=True)
    )
    assert play.state.window.pages == (Page.SHARING,)
    assert play.state.link.state is LinkState.CONNECTING
    assert not any(isinstance(command, KeepAct) for command in play.commands)


def test_only_the_agreement_tells_the_device_type() -> None:
    play = Playbook()
    play >> WELCOME >> FactsRead(T14_FACTS, 0.1)
    assert play.commands == ()
    play >> intents.SetSharing(FactKind.STORAGE, True) << KeepSharing(FactKind.STORAGE, True)
    assert len(play.commands) == 1
    play >> intents.FinishSharing()
    play << KeepSharing(FactKind.STORAGE, True) << KeepSharing(FactKind.BATTERY, False)
    play << KeepSetting(Remembered.SHARING_AGREED, "yes") << told(a_device_type(), play)
    assert play.state.window.pages == (Page.HELP,)
    play >> intents.GoTo(Page.SHARING) >> intents.FinishSharing()
    assert play.commands == ()


def test_one_who_agrees_faster_than_the_laptop_is_read_is_still_found_by_helpers() -> None:
    play = Playbook()
    play >> WELCOME >> intents.FinishSharing() << told(DeviceType(), play)
    play >> FactsRead(T14_FACTS, 0.1) << told(a_device_type(), play)
    play >> FactsRead(T14_FACTS, 0.1)
    assert play.commands == ()


def test_what_is_not_shared_is_not_told_when_it_is_read() -> None:
    play = Playbook()
    play >> WELCOME >> intents.SetSharing(FactKind.DEVICE_TYPE, False) >> intents.FinishSharing()
    play << told(DeviceType(), play)
    play >> FactsRead(T14_FACTS, 0.1)
    assert play.commands == ()


def test_before_the_agreement_a_switch_is_only_written_down() -> None:
    play = Playbook()
    play >> WELCOME >> intents.SetSharing(FactKind.DEVICE_TYPE, False)
    assert play.commands == (KeepSharing(FactKind.DEVICE_TYPE, False),)


def test_taking_back_the_device_type_is_told_at_once() -> None:
    play = Playbook(joined_state())
    play >> intents.SetSharing(FactKind.DEVICE_TYPE, False) << told(DeviceType(), play)
    play >> intents.SetSharing(FactKind.DEVICE_TYPE, True) << told(a_device_type(), play)


def test_a_kind_taken_back_leaves_the_open_sheet_too() -> None:
    play = Playbook(joined_state())
    play >> intents.StartAsking() >> intents.SetSharing(FactKind.STORAGE, False)
    assert play.state.ask.included == {FactKind.DEVICE_TYPE}


def test_reading_turned_off_takes_nothing_back_by_itself() -> None:
    play = Playbook(joined_state())
    play >> intents.SetSharing(FactKind.DEVICE_TYPE, True) >> intents.SetReading(False)
    play >> FactsRead(T14_FACTS, 0.1)
    assert play.commands == ()


def test_joining_anew_asks_anew_what_may_be_shared() -> None:
    play = Playbook(replace(joined_state(), told=a_device_type()))
    play >> WELCOME << KeepSetting(Remembered.SHARING_AGREED, "no")
    play >> FactsRead(T14_FACTS, 0.1)
    assert play.commands == ()
    play >> intents.FinishSharing() << told(a_device_type(), play)


def test_an_invite_for_a_colleague() -> None:
    play = Playbook(joined_state())
    play >> intents.MakeInvite()
    assert play.commands == ()
    play >> intents.TypeInvitee(" Bo ") >> intents.MakeInvite() << MakeInviteFor("Bo")
    play >> intents.MakeInvite()
    assert play.commands == ()
    failed = Playbook(play.state)
    failed >> InviteFailed(TROUBLE)
    assert failed.state.invite == InviteForm(" Bo ", trouble=TROUBLE)
    play >> InviteMade(Invite(link=LINK, expires_at=0.0))
    assert play.state.invite == InviteForm(" Bo ", LINK)


def test_what_one_person_still_wanted_to_send_is_never_sent_by_the_next() -> None:
    ask = Ask(question_id=QUESTION, text="No sound", device_type=DeviceType())
    asked = a_conversation(Phase.KEPT)
    play = Playbook(replace(joined_state(), outbox=(waiting(ask),)).with_conversation(asked))
    play >> WELCOME << SettleAct(waiting(ask).txn_id) << ForgetFeed("")
    assert (play.state.outbox, dict(play.state.conversations)) == ((), {})
    assert (play.state.epoch, play.state.ask.text) == ("", "No sound")
    play.hear(welcome())
    assert not [command for command in play.commands if isinstance(command, SendAct)]


def test_what_was_put_away_stays_away_after_joining_another_server() -> None:
    never = Snoozed(DISK, math.inf)
    state = joined_state()
    play = Playbook(replace(state, fixes=replace(state.fixes, snoozed=(never,))))
    play >> WELCOME
    assert play.state.fixes.snoozed == (never,)
