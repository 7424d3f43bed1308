"""When the next of the person's own certificates expires: Wi-Fi, VPN and signing in stop that day.

Own is one with a private key. Only dates are told: no name, no issuer, no key.
"""

import base64
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files
from samebox_agent.collectors.certificate_dates import not_after
from samebox_agent.collectors.system_command import Run, run

NAME = "certificates"
FACTS = frozenset({"certificates.soonest_expiry"})
_DAY = 86_400

_HAS_KEY, _CERTIFICATE = 2, 32
"""Properties of a stored certificate on Windows."""
_SECURITY = "/usr/bin/security"
_OWN = (_SECURITY, "find-identity")
_ALL = (_SECURITY, "find-certificate", "-a", "-Z", "-p")
_OF_CLASS = "SELECT {column}, a102 FROM {table} WHERE a0 = ?"
_IS_CERTIFICATE, _IS_PRIVATE_KEY = b"\0\0\0\1", b"\0\0\0\3"


def soonest(certificates: Iterable[bytes], now: float) -> Iterable[Fact]:
    """Old ones stay in the store when they are renewed: while any is valid, those are not meant."""
    moments = [moment for each in certificates if (moment := not_after(each)) is not None]
    if moments:
        valid = [moment for moment in moments if moment.timestamp() > now]
        day = min(valid) if valid else max(moments)
        yield Fact(name="certificates.soonest_expiry", value=_days(day, now))


def _days(until: datetime, now: float) -> int:
    return int((until.timestamp() - now) // _DAY)


class LinuxCertificates(Struct, frozen=True):
    """The store that Chrome and other programs share (NSS, in ~/.pki)."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SECURITY
    facts: ClassVar[frozenset[str]] = FACTS
    home: Path = field(default_factory=Path.home)
    now: Callable[[], float] = time.time

    def collect(self) -> Iterable[Fact]:
        store = self.home / ".pki/nssdb"
        if not (store / "cert9.db").exists():
            return
        keys = {key for _, key in _stored(store / "key4.db", "nssPrivate", _IS_PRIVATE_KEY)}
        all_of_them = _stored(store / "cert9.db", "nssPublic", _IS_CERTIFICATE)
        yield from soonest([data for data, key in all_of_them if key in keys], self.now())


def _stored(path: Path, table: str, kind: bytes) -> list[tuple[bytes, bytes]]:
    """The value of each object of a kind, and the mark that a certificate shares with its key.

    Of keys only the mark is taken.
    """
    import sqlite3
    from contextlib import closing

    column = "a11" if kind == _IS_CERTIFICATE else "a0"
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as store:
            found = store.execute(_OF_CLASS.format(column=column, table=table), (kind,))
            return [(bytes(value), bytes(mark)) for value, mark in found if mark]
    except sqlite3.Error:
        return []


class WindowsCertificates(Struct, frozen=True):
    """The person's own store, which Windows keeps as one file for each certificate."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SECURITY
    facts: ClassVar[frozenset[str]] = FACTS
    environment: Mapping[str, str] = field(default_factory=dict)
    now: Callable[[], float] = time.time

    def collect(self) -> Iterable[Fact]:
        roaming = self.environment.get("APPDATA")
        if roaming is None:
            return
        store = Path(roaming) / "Microsoft/SystemCertificates/My/Certificates"
        found = [dict(_properties(_bytes(path))) for path in files.entries(store)]
        own = [each[_CERTIFICATE] for each in found if {_HAS_KEY, _CERTIFICATE} <= set(each)]
        yield from soonest(own, self.now())


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each has a number, a word that is always 1, a length, and so many bytes."""
    place = 0
    while place + 12 <= len(data):
        number, _, size = (
            int.from_bytes(data[place + at : place + at + 4], "little") for at in (0, 4, 8)
        )
        yield number, data[place + 12 : place + 12 + size]
        place += 12 + size


class MacCertificates(Struct, frozen=True):
    """Of the keychains. Their password is not needed: no key is asked for."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SECURITY
    facts: ClassVar[frozenset[str]] = FACTS
    is_costly: ClassVar[bool] = True
    run: Run = run
    now: Callable[[], float] = time.time

    def collect(self) -> Iterable[Fact]:
        own = set(re.findall(rb"^ +\d+\) ([0-9A-F]{40}) ", self.run(_OWN), re.M))
        if not own:
            return
        told = re.findall(
            rb"SHA-1 hash: ([0-9A-F]{40})\n-----BEGIN CERTIFICATE-----(.+?)-----END",
            self.run(_ALL),
            re.S,
        )
        certificates = [base64.b64decode(text) for mark, text in told if mark in own]
        yield from soonest(certificates, self.now())
