"""Everybody of one run: who they are, who belongs to whom, and which process each lives in."""

import json
import secrets
import urllib.request
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from samebox_agent.storage import settings
from samebox_agent.storage.paths import choose_paths
from samebox_agent.storage.store import open_store
from samebox_agent.storage.token_store import NoKeyStore, TokenStore
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.protocol.http import Joined, JoinRequest

from tasks.faults.plans import Errand, Place
from tasks.stage.server import Server


@dataclass
class Role:
    """One person before they have joined."""

    person: str
    errand: Errand
    group: str
    device_type: DeviceType


@dataclass
class Cast:
    """The people of one process, in order."""

    name: str
    roles: list[Role] = field(default_factory=list)
    real: bool = False


def pairs(first: str, second: str, count: int) -> tuple[Cast, Cast]:
    """Two processes whose people talk with each other across."""
    one, other = Cast(first), Cast(second)
    for number in range(count):
        group = f"{first}-{second}.{number}"
        kind = own_type(group)
        one.roles.append(Role(f"{first}.{number}", Errand.ASK_AND_TALK, group, kind))
        other.roles.append(Role(f"{second}.{number}", Errand.HELP_AND_TALK, group, kind))
    return one, other


def real_pairs(systems: Sequence[System]) -> list[Cast]:
    """Two real agents for each of these systems, which nobody else has."""
    casts = []
    for number, system in enumerate(systems):
        kind, group = DeviceType(system=system), f"real.{number}"
        for errand, half in ((Errand.ASK_AND_TALK, "a"), (Errand.HELP_AND_TALK, "b")):
            name = f"real{number}{half}"
            casts.append(Cast(name, [Role(name, errand, group, kind)], real=True))
    return casts


def racers(name: str, groups: int, helpers: int) -> Cast:
    """Groups of one asker and those who race for the question."""
    cast = Cast(name)
    for number in range(groups):
        group = f"{name}.{number}"
        kind = own_type(group)
        cast.roles.append(Role(f"{group}.asker", Errand.ASK_FOR_RACES, group, kind))
        for helper in range(helpers):
            cast.roles.append(Role(f"{group}.{helper}", Errand.RACE, group, kind))
    return cast


def waiters(name: str, count: int) -> Cast:
    """People who do not say what device they have: their questions go to IT, and there is none."""
    roles = [Role(f"{name}.{number}", Errand.WAIT, name, DeviceType()) for number in range(count)]
    return Cast(name, roles)


def own_type(group: str) -> DeviceType:
    """A model that only this group has; the system they share, so the nearest ring decides."""
    return DeviceType(
        system=System.LINUX, vendor=f"Maker {group}", family=f"Line {group}", model=f"Box {group}"
    )


def join(server: Server, role: Role, home: Path) -> Place:
    """Let one person in, over HTTP like everyone."""
    token = secrets.token_urlsafe(32)
    request = JoinRequest(
        code=invite(server, role.person).rsplit("/", 1)[1],
        device_token=token,
        device_type=role.device_type,
    )
    answer = server.request("POST", "/api/join", msgspec.json.encode(request))
    joined = msgspec.json.decode(answer, type=Joined)
    return Place(
        person=role.person,
        person_id=joined.person.person_id,
        device_id=joined.device_id,
        token=token,
        device_type=role.device_type,
        errand=role.errand,
        group=role.group,
        home=str(home),
    )


def invite(server: Server, name: str) -> str:
    """A link, asked for with the key in the server's own folder: quicker than the command."""
    key = json.loads((server.data / "local.json").read_bytes())["key"]
    asked = urllib.request.Request(
        f"{server.url}/api/local/invites",
        data=json.dumps({"name": name, "roles": []}).encode(),
        headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(asked, timeout=20) as answer:
        link: str = json.load(answer)["link"]
        return link


def furnish(place: Place, server: str) -> None:
    """Give a real agent's home what it would remember of joining: nothing is shared or read."""
    paths = choose_paths(Path(place.home))
    store = open_store(paths.database)
    put = store.settings.put
    put(settings.SERVER_ADDRESS, server)
    put(settings.DEVICE_ID, place.device_id)
    put(settings.PERSON_ID, place.person_id)
    put(settings.PERSON_NAME, place.person)
    put(settings.SHARING_SEEN, True)
    put(settings.READING, False)
    store.close()
    tokens = TokenStore(paths.token, find=lambda: NoKeyStore("this is a test"))
    tokens.save("samebox", server, place.token)


def everyone(casts: Iterable[Cast]) -> list[Role]:
    """All people."""
    return [role for cast in casts for role in cast.roles]
