"""When the next personal certificate expires, in three stores."""

import base64
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from samebox_agent.collectors.certificates import (
    LinuxCertificates,
    MacCertificates,
    WindowsCertificates,
    soonest,
)

from tests.agent.collectors.certificate_samples import certificate
from tests.agent.collectors.machine_fakes import FakePrograms, as_table, tree, values

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
FACT = "certificates.soonest_expiry"


def now() -> float:
    return NOW.timestamp()


def ends_in(days: float) -> bytes:
    return certificate(NOW + timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "told"),
    [([200, 9.5, 30], 9), ([-400, 30], 30), ([-400, -2.5], -3), ([0.5], 0)],
)
def test_the_soonest_of_those_that_are_valid(days: list[float], told: int) -> None:
    assert as_table(soonest(map(ends_in, days), now())) == {FACT: told}


def test_without_any_there_is_no_day() -> None:
    assert as_table(soonest([b"no certificate"], now())) == {}


CERTIFICATE, AUTHORITY, KEY = b"\0\0\0\1", b"\xce\x53\x43\x53", b"\0\0\0\3"
Row = tuple[bytes, bytes | None, bytes | None]


def nss(path: Path, table: str, *rows: Row) -> None:
    """A store as NSS makes it: class, value, and the mark of a pair."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as store, store:
        store.execute(f"CREATE TABLE {table} (id PRIMARY KEY, a0, a11, a102)")
        store.executemany(f"INSERT INTO {table} (a0, a11, a102) VALUES (?, ?, ?)", rows)


def test_linux_only_those_with_a_key(tmp_path: Path) -> None:
    store = tmp_path / ".pki/nssdb"
    nss(
        store / "cert9.db",
        "nssPublic",
        (CERTIFICATE, ends_in(40), b"ana"),
        (CERTIFICATE, ends_in(5), b"authority"),
        (CERTIFICATE, ends_in(3), None),
        (AUTHORITY, ends_in(1), b"ana"),
    )
    nss(store / "key4.db", "nssPrivate", (KEY, b"sealed", b"ana"), (AUTHORITY, b"", b"authority"))
    assert values(LinuxCertificates(tmp_path, now)) == {FACT: 40}


def test_linux_without_a_store_or_with_a_broken_one(tmp_path: Path) -> None:
    assert values(LinuxCertificates(tmp_path, now)) == {}
    tree(tmp_path, {".pki/nssdb/cert9.db": "broken", ".pki/nssdb/key4.db": "broken"})
    assert values(LinuxCertificates(tmp_path, now)) == {}


def stored(*properties: tuple[int, bytes]) -> bytes:
    """A certificate's file on Windows."""
    return b"".join(
        b"".join(number.to_bytes(4, "little") for number in (kind, 1, len(data))) + data
        for kind, data in properties
    )


def test_windows_only_those_with_a_key(tmp_path: Path) -> None:
    folder = tmp_path / "Microsoft/SystemCertificates/My/Certificates"
    folder.mkdir(parents=True)
    (folder / "AA").write_bytes(stored((3, b"hash"), (2, b"key"), (32, ends_in(9.5))))
    (folder / "BB").write_bytes(stored((3, b"hash"), (32, ends_in(4))))
    (folder / "CC").write_bytes(stored((2, b"key")) + b"torn")
    (folder / "DD").mkdir()
    assert values(WindowsCertificates({"APPDATA": str(tmp_path)}, now)) == {FACT: 9}


@pytest.mark.parametrize("environment", [{}, {"APPDATA": "/nowhere"}])
def test_windows_without_a_store(environment: dict[str, str]) -> None:
    assert values(WindowsCertificates(environment, now)) == {}


MINE, THEIRS = "A1" * 20, "B2" * 20
IDENTITIES = f"""
Policy: X.509 Basic
  Matching identities
  1) {MINE} "Ana" (CSSMERR_TP_CERT_EXPIRED)
     1 identities found
""".encode()


def keychain(**certificates: bytes) -> bytes:
    return b"".join(
        b"SHA-256 hash: CC\nSHA-1 hash: %s\n-----BEGIN CERTIFICATE-----\n%s"
        b"-----END CERTIFICATE-----\n" % (mark.encode(), base64.encodebytes(data))
        for mark, data in certificates.items()
    )


def test_macos_only_identities() -> None:
    printed = keychain(**{THEIRS: ends_in(2), MINE: ends_in(20)})
    programs = FakePrograms({"find-identity": IDENTITIES, "find-certificate": printed})
    assert values(MacCertificates(programs, now)) == {FACT: 20}


def test_macos_without_identities_looks_no_further() -> None:
    programs = FakePrograms({"find-identity": b"     0 identities found\n"})
    assert values(MacCertificates(programs, now)) == {}
    assert len(programs.ran) == 1
