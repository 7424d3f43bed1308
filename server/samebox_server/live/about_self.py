"""What people say of themselves: how they want to be asked, their devices, whom not to meet."""

from typing import assert_never

from samebox_shared.protocol.acts import (
    AddDevice,
    BlockPerson,
    RemoveDevice,
    SetHelping,
    SetVolunteering,
    TellDeviceType,
)
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import (
    BlockedChanged,
    DevicesChanged,
    HelpingChanged,
    VolunteeringChanged,
)

from samebox_server.core.checking import check_device_type, check_id, check_volunteering
from samebox_server.live.work import Work
from samebox_server.store import devices, own, people, profiles
from samebox_server.store.devices import Caller

MOST_DEVICES = 10
"""Devices one person adds by hand."""

AboutSelf = SetHelping | SetVolunteering | TellDeviceType | AddDevice | RemoveDevice | BlockPerson


def carry_out(work: Work, caller: Caller, act: AboutSelf) -> ErrorCode | None:
    """Does it and reads the person again for the routing; or why not."""
    refusal = _carry_out(work, caller, act)
    if refusal is None:
        changed = [caller.person_id]
        if isinstance(act, BlockPerson):
            changed.append(act.person_id)
        work.touched.update(changed)
        work.whereabouts.refresh(work.connection, changed, work.now)
        work.freed.append(caller.person_id)
    return refusal


def _carry_out(work: Work, caller: Caller, act: AboutSelf) -> ErrorCode | None:
    match act:
        case SetHelping(helping=helping):
            _set_helping(work, caller, helping)
            return None
        case SetVolunteering():
            return _set_volunteering(work, caller, act)
        case TellDeviceType() | AddDevice() | RemoveDevice():
            return _about_device(work, caller, act)
        case BlockPerson():
            return _block(work, caller, act)
        case _:
            assert_never(act)


def _set_helping(work: Work, caller: Caller, helping: bool) -> None:
    if people.is_helping(work.connection, caller.person_id) != helping:
        people.set_helping(work.connection, caller.person_id, helping)
        work.tell((caller.person_id,), HelpingChanged(helping=helping))


def _set_volunteering(work: Work, caller: Caller, act: SetVolunteering) -> ErrorCode | None:
    refusal = check_volunteering(act.volunteering)
    if refusal is not None:
        return refusal
    before = profiles.volunteering(work.connection, caller.person_id)
    profiles.set_volunteering(work.connection, caller.person_id, act.volunteering)
    if before.helping != act.volunteering.helping:
        work.tell((caller.person_id,), HelpingChanged(helping=act.volunteering.helping))
    work.tell((caller.person_id,), VolunteeringChanged(volunteering=act.volunteering))
    return None


def _about_device(
    work: Work, caller: Caller, act: TellDeviceType | AddDevice | RemoveDevice
) -> ErrorCode | None:
    connection, me = work.connection, caller.person_id
    if not isinstance(act, RemoveDevice):
        refusal = check_device_type(act.device_type)
        if refusal is not None:
            return refusal
    match act:
        case TellDeviceType(device_type=device_type):
            devices.tell_type(connection, caller.device_id, device_type)
            return None
        case AddDevice(device_id=device_id, device_type=device_type):
            if check_id(device_id) is not None or own.is_taken(connection, device_id):
                return ErrorCode.MALFORMED
            if own.count(connection, me) >= MOST_DEVICES:
                return ErrorCode.TOO_MANY
            own.add_device(connection, me, device_id, device_type, work.now)
        case RemoveDevice(device_id=device_id):
            if not own.remove_device(connection, me, device_id):
                return ErrorCode.NOT_FOUND
        case _:
            assert_never(act)
    work.tell((me,), DevicesChanged(devices=own.devices(connection, me)))
    return None


def _block(work: Work, caller: Caller, act: BlockPerson) -> ErrorCode | None:
    """The other one is not told. An open offer between them stands until it ends by itself."""
    connection, me = work.connection, caller.person_id
    if act.person_id == me or not people.exists(connection, act.person_id):
        return ErrorCode.NOT_FOUND
    own.set_blocked(connection, me, act.person_id, act.blocked, work.now)
    cards = tuple(people.card(connection, other) for other in own.blocked(connection, me))
    work.tell((me,), BlockedChanged(people=cards))
    return None
