"""What a person pastes to join: an invite link, read generously and checked strictly. Pure."""

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

LONGEST_CODE = 200
_LINK = re.compile(r"[^\s<>\"'()\[\]]*(?:\[[0-9a-fA-F:.]+\])?[^\s<>\"'()]*/join/[^\s<>\"'()]*")
_JOIN = re.compile(r"^(?P<prefix>(?:/[\w.~-]+)*)/join/(?P<code>[^/]*)/?$")
_CODE = re.compile(r"[A-Za-z0-9_-]+")
_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*\.?")
_AFTER_A_LINK = ".,;:!?"


class AddressFault(StrEnum):
    """What is wrong with a pasted link."""

    EMPTY = "empty"
    NOT_A_LINK = "not_a_link"
    NO_CODE = "no_code"
    BAD_CODE = "bad_code"
    NOT_SAFE = "not_safe"
    HAS_PASSWORD = "has_password"


SENTENCES = {
    AddressFault.EMPTY: "Paste the invite link you were given.",
    AddressFault.NOT_A_LINK: "This is not an invite link. It looks like"
    " https://samebox.example.com/join/… Copy the whole link and paste it again.",
    AddressFault.NO_CODE: "The end of the link is missing: after /join/ comes a code."
    " Copy the whole link and paste it again.",
    AddressFault.BAD_CODE: "The code at the end of the link has a character that codes never have."
    " Copy the link again from where you got it.",
    AddressFault.NOT_SAFE: "This link is not safe: it starts with http:// and anyone on the way"
    " could read along. Ask for a link that starts with https://.",
    AddressFault.HAS_PASSWORD: "This link has a name or password in it, which an invite never has."
    " Do not use it; ask the person who sent it.",
}


@dataclass(frozen=True)
class Invitation:
    """A link taken apart. `base_url` has no trailing slash; `code` is the single-use secret."""

    base_url: str
    code: str


@dataclass(frozen=True)
class BadAddress:
    """Not an invite link; the sentence tells the person what to do."""

    reason: AddressFault
    sentence: str


def parse_invitation(text: str, *, allow_http: bool = False) -> Invitation | BadAddress:
    """`https://host[:port][/prefix]/join/CODE`, with or without scheme, alone or amid other text.

    `http` is taken only for this very machine, or with `allow_http`.
    """
    if not text.strip():
        return _bad(AddressFault.EMPTY)
    found = _LINK.search(text)
    if found is None:
        return _bad(AddressFault.NOT_A_LINK)
    try:
        link = urlsplit(_with_scheme(found.group().rstrip(_AFTER_A_LINK)))
        host, port = _host(link), link.port
    except ValueError:
        return _bad(AddressFault.NOT_A_LINK)
    if link.scheme not in ("http", "https") or not host:
        return _bad(AddressFault.NOT_A_LINK)
    if link.username is not None:
        return _bad(AddressFault.HAS_PASSWORD)
    if link.scheme == "http" and not (allow_http or is_loopback(host)):
        return _bad(AddressFault.NOT_SAFE)
    return _invitation(link, host if port is None else f"{host}:{port}")


def socket_url(base_url: str) -> str:
    """Where the device's WebSocket is."""
    return "ws" + base_url.removeprefix("http") + "/agent"


def is_loopback(host: str) -> bool:
    """Whether the host is this very machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _invitation(link: SplitResult, place: str) -> Invitation | BadAddress:
    path = _JOIN.match(link.path)
    if path is None:
        return _bad(AddressFault.NOT_A_LINK)
    code = path["code"]
    if not code:
        return _bad(AddressFault.NO_CODE)
    if len(code) > LONGEST_CODE or not _CODE.fullmatch(code):
        return _bad(AddressFault.BAD_CODE)
    return Invitation(f"{link.scheme}://{place}{path['prefix']}", code)


def _with_scheme(link: str) -> str:
    if "://" in link:
        return link
    host = urlsplit("//" + link).hostname or ""
    return ("http://" if is_loopback(host) else "https://") + link


def _host(link: SplitResult) -> str:
    """The host in small ASCII letters; raises ValueError (UnicodeError too) when it is none."""
    host = link.hostname or ""
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host)}]"
    ascii_host = host.encode("idna").decode("ascii").lower()
    return ascii_host if _HOST.fullmatch(ascii_host) else ""


def _bad(fault: AddressFault) -> BadAddress:
    return BadAddress(fault, SENTENCES[fault])
