"""Where a link in somebody's HTML leads. No link is kept; each is named, odd ones as odd."""

import re

from samebox_shared.model.article_limits import without_hidden
from selectolax.lexbor import LexborNode

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = re.compile(r"(?:https?:)?//(?P<user>[^/?#]*@)?(?P<host>[^/:?#]+)", re.IGNORECASE)
_NAME_OF_HOST = re.compile(r"\b(?:[\w-]+\.)+[a-z]{2,}\b", re.IGNORECASE)
_USUAL = frozenset({"http", "https", "mailto", "tel"})
_SHOWN = 80  # characters of an address


def link_words(link: LexborNode, dropped: list[str]) -> None:
    """Names the link in `dropped`; its words stay where they are."""
    target = link.attributes.get("href")
    if not target or target.startswith("#"):
        return
    address = "".join(without_hidden(target).split())
    words = without_hidden(link.text(deep=True) or "")[:_SHOWN]
    why = _oddity(address, words)
    kind = f"an odd link ({why})" if why else "a link"
    dropped.append(f"{kind}: “{words}” to {address[:_SHOWN]}")


def _oddity(address: str, words: str) -> str:
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() not in _USUAL:
        return f"{scheme[1].lower()}:"
    found = _HOST.match(address)
    if found is None:
        return ""
    host = found["host"].lower()
    if found["user"]:
        return "a name before the host"
    if not host.isascii() or "xn--" in host:
        return "letters that look like others"
    said = _NAME_OF_HOST.search(words)
    if said and not _is_same_site(said[0].lower(), host):
        return f"its words say {said[0].lower()}"
    return ""


def _is_same_site(said: str, host: str) -> bool:
    return host == said or host.endswith(f".{said}") or said.endswith(f".{host}")
