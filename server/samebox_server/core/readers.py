"""Who may have which article on their laptop: by role, and by the system it runs."""

import hashlib
from functools import lru_cache

import msgspec
from samebox_shared.model.articles import AppliesTo, Audience
from samebox_shared.model.devices import System
from samebox_shared.model.people import Role

ROLE_OF = {Audience.IT: Role.IT, Audience.MODERATOR: Role.MODERATOR}


class Reader(msgspec.Struct, frozen=True):
    """A device as articles see it. A system that was not told may be any."""

    roles: frozenset[Role] = frozenset()
    system: System | None = None


class Shelf(msgspec.Struct, frozen=True):
    """What of an article decides who gets it."""

    audience: Audience | msgspec.UnsetType = msgspec.UNSET
    applies_to: tuple[AppliesTo, ...] = ()


def may_have(reader: Reader, shelf: Shelf) -> bool:
    """Whether this reader may read it, and it could fit the device."""
    if shelf.audience is not msgspec.UNSET and ROLE_OF[shelf.audience] not in reader.roles:
        return False
    if reader.system is None or not shelf.applies_to:
        return True
    return any(kind.system in (None, reader.system) for kind in shelf.applies_to)


@lru_cache(maxsize=64)  # there are few of them
def scope(reader: Reader) -> str:
    """A short name of everything `may_have` looks at: other articles only under another name."""
    roles = sorted(role for role in ROLE_OF.values() if role in reader.roles)
    told = f"1 {reader.system or ''} {' '.join(roles)}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]
