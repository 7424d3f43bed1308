"""The last day of a certificate (X.509 in DER), and nothing else of it: what stands before is
stepped over."""

from datetime import UTC, datetime

from msgspec import Struct

_VERSION = 0xA0
_FORMATS = {0x17: "%y%m%d%H%M%SZ", 0x18: "%Y%m%d%H%M%SZ"}
"""UTCTime and GeneralizedTime."""


class _Part(Struct, frozen=True):
    """One value: its tag, and where it begins and ends."""

    tag: int
    begin: int
    end: int


def not_after(certificate: bytes) -> datetime | None:
    """None for what is no certificate."""
    try:
        body = _part(certificate, _part(certificate, 0).begin)
        first = _part(certificate, body.begin)
        number = _part(certificate, first.end) if first.tag == _VERSION else first
        signature = _part(certificate, number.end)
        issuer = _part(certificate, signature.end)
        dates = _part(certificate, issuer.end)
        last = _part(certificate, _part(certificate, dates.begin).end)
        told = certificate[last.begin : last.end].decode("ascii")
        return datetime.strptime(told, _FORMATS[last.tag]).replace(tzinfo=UTC)
    except (IndexError, KeyError, ValueError):
        return None


def _part(data: bytes, place: int) -> _Part:
    """Lengths over 127 are told in as many bytes as the first one says."""
    tag, size, begin = data[place], data[place + 1], place + 2
    if size > 0x7F:
        more = size & 0x7F
        size = int.from_bytes(data[begin : begin + more], "big")
        begin += more
    return _Part(tag, begin, begin + size)
