"""Joining, and what the person agrees to: the invite, the sharing sheet, invites for others."""

from types import MappingProxyType

from msgspec.structs import replace
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.facts import FactKind
from samebox_shared.protocol.acts import Ask, TellDeviceType
from samebox_shared.protocol.http import Invite

from samebox_agent.core import fixes, intents, outbox
from samebox_agent.core.asking import ASK_FIELD
from samebox_agent.core.commands import (
    AnyCommand,
    Connect,
    ForgetArticles,
    ForgetFeed,
    JoinServer,
    KeepMe,
    KeepSetting,
    KeepSharing,
    KeepText,
    MakeInviteFor,
    Remembered,
    SettleAct,
    Step,
)
from samebox_agent.core.events import FactsRead, JoinSucceeded, Moment
from samebox_agent.core.intents import Page
from samebox_agent.core.state import (
    AgentState,
    AskForm,
    BoardPage,
    Fixes,
    Helping,
    InviteForm,
    JoinForm,
    Link,
    LinkState,
    Me,
    Trouble,
)

INVITE_FIELD = "invite"
"""Where a pasted invite is kept until it is used."""


def type_invite(state: AgentState, intent: intents.TypeInvite) -> Step:
    """Keep the words; the last complaint is out of date."""
    join = replace(state.join, invite=intent.text, trouble=None)
    return replace(state, join=join), (KeepText(INVITE_FIELD, intent.text),)


def join(state: AgentState) -> Step:
    """Use the invite."""
    invite = state.join.invite.strip()
    if not invite or state.join.busy:
        return state, ()
    form = replace(state.join, busy=True, trouble=None)
    return replace(state, join=form), (JoinServer(invite),)


def on_joined(state: AgentState, event: JoinSucceeded) -> Step:
    """The server knows this laptop: connect, and show what may be shared.

    What was agreed to before was agreed with another server, or for another key: it is asked anew.
    What the person before still wanted to send is not sent by this one; an unsent question goes
    back on the sheet as words.
    """
    state, leaving = _leave_the_one_before(state)
    joined = event.joined
    me = Me(joined.person, joined.device_id, joined.organisation, joined.roles)
    state = replace(
        state,
        me=me,
        server=event.server,
        sharing_agreed=False,
        told=None,
        join=JoinForm(),
        link=Link(LinkState.CONNECTING),
        window=replace(state.window, pages=(Page.SHARING,)),
    )
    keep = (
        *leaving,
        KeepMe(me),
        KeepSetting(Remembered.SERVER, event.server),
        KeepSetting(Remembered.SERVER_KEY, joined.server_key.public if joined.server_key else ""),
        KeepSetting(Remembered.SHARING_AGREED, "no"),
        KeepText(INVITE_FIELD, ""),
    )
    state, reading = fixes.read(state, asked=True)
    return state, (*keep, Connect(), *reading)


def _leave_the_one_before(state: AgentState) -> Step:
    """Nothing of one membership may reach the next: not the feed, not the outbox with its facts."""
    unsent = [item.act.text for item in state.outbox if isinstance(item.act, Ask)]
    text = state.ask.text or "\n".join(unsent)
    leaving: tuple[AnyCommand, ...] = (
        *(SettleAct(item.txn_id) for item in state.outbox),
        ForgetFeed(""),
        ForgetArticles(),
        KeepText(ASK_FIELD, text),
    )
    state = replace(
        state,
        epoch="",
        outbox=(),
        conversations=MappingProxyType({}),
        offers=MappingProxyType({}),
        ask=AskForm(text=text),
        helping=Helping(away=state.helping.away),
        board=BoardPage(),
        fixes=Fixes(openable=state.fixes.openable, snoozed=state.fixes.snoozed),
    )
    return state, leaving


def on_join_failed(state: AgentState, trouble: Trouble) -> Step:
    """Say why; the invite stays in its field."""
    return replace(state, join=replace(state.join, busy=False, trouble=trouble)), ()


def set_sharing(state: AgentState, intent: intents.SetSharing, moment: Moment) -> Step:
    """Written to the ledger at once. Taking back the device type is told to the server."""
    kinds = state.sharing
    kinds = kinds | {intent.kind} if intent.on else kinds - {intent.kind}
    left = state.ask.included - {intent.kind} if not intent.on else state.ask.included
    state = replace(state, sharing=kinds, ask=replace(state.ask, included=left))
    keep = KeepSharing(intent.kind, intent.on)
    if intent.kind is not FactKind.DEVICE_TYPE or not state.sharing_agreed:
        return state, (keep,)
    state, commands = tell_device_type(state, moment)
    return state, (keep, *commands)


def finish_sharing(state: AgentState, moment: Moment) -> Step:
    """The sheet was read. Only now does anything about the laptop leave it."""
    first = not state.sharing_agreed
    window = replace(state.window, pages=(Page.HELP,))
    state = replace(state, sharing_agreed=True, window=window)
    if not first:
        return state, ()
    state, commands = tell_device_type(state, moment)
    switches = tuple(KeepSharing(kind, kind in state.sharing) for kind in FactKind)
    return state, (*switches, KeepSetting(Remembered.SHARING_AGREED, "yes"), *commands)


def tell_device_type(state: AgentState, moment: Moment) -> Step:
    """Tell the server what this laptop is, or take it back."""
    told = fixes.device_type(state) if FactKind.DEVICE_TYPE in state.sharing else DeviceType()
    return outbox.act(replace(state, told=told), TellDeviceType(device_type=told), moment)


def on_facts(state: AgentState, event: FactsRead, moment: Moment) -> Step:
    """New facts. They may say more of the device type than was told before they were there."""
    state, commands = fixes.on_facts(state, event, moment)
    here = fixes.device_type(state)
    if state.told in (None, here) or FactKind.DEVICE_TYPE not in state.sharing or not state.reading:
        return state, commands
    state, tells = tell_device_type(state, moment)
    return state, (*commands, *tells)


def make_invite(state: AgentState) -> Step:
    """Ask for a single-use invite (owner and IT)."""
    name = state.invite.name.strip()
    if not name or state.invite.busy:
        return state, ()
    form = replace(state.invite, busy=True, link="", trouble=None)
    return replace(state, invite=form), (MakeInviteFor(name),)


def on_invite(state: AgentState, invite: Invite | Trouble) -> Step:
    """Show the link to hand over, or why there is none."""
    if isinstance(invite, Trouble):
        form = replace(state.invite, busy=False, trouble=invite)
    else:
        form = InviteForm(name=state.invite.name, link=invite.link)
    return replace(state, invite=form), ()
