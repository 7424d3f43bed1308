"""Whether the network answers in our server's place, as hotels and trains do until one signs in.

Only the Samebox server's own host is asked, without a key and without following where it points.
"""

from collections.abc import Callable, Iterable
from typing import ClassVar
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import plain_http
from samebox_agent.collectors.plain_http import Answer

NAME = "captive portal"
FACTS = frozenset({"network.captive_portal"})
_SIGN_IN_FIRST = 511
PATIENCE = 0.6
"""Seconds. A sign-in page is in the next room and answers at once; where a firewall swallows the
question, the whole look must not wait for it."""


def ask(host: str) -> Answer | None:
    """Who answers to plain HTTP in the name of the host. Looking the name up cannot be cancelled:
    run it in a thread of its own."""
    named = f"[{host}]" if ":" in host else host
    return plain_http.ask((host, 80), "GET /api/about", {"Host": named})


class CaptivePortal(Struct, frozen=True):
    """All systems. No server, no answer or a refusal says nothing about the network."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.NETWORK
    facts: ClassVar[frozenset[str]] = FACTS
    host: str | None = None
    ask: Callable[[str], Answer | None] = ask
    patience: float = PATIENCE

    def collect(self) -> Iterable[Fact]:
        from threading import Thread

        host = self.host
        if host is None or host in ("", "localhost", "127.0.0.1", "::1"):
            return
        answers: list[Answer | None] = []
        asking = Thread(target=lambda: answers.append(self.ask(host)), daemon=True)
        asking.start()
        asking.join(self.patience)
        for answer in answers:
            portal = None if answer is None else is_portal(host, answer)
            if portal is not None:
                yield Fact(name="network.captive_portal", value=portal)


def is_portal(host: str, answer: Answer) -> bool | None:
    """A server behind a balancer often answers plain HTTP by pointing at itself with TLS."""
    if answer.status == _SIGN_IN_FIRST:
        return True
    if 300 <= answer.status < 400 and answer.location:
        return (urlsplit(answer.location).hostname or host) != host.casefold()
    if 200 <= answer.status < 300:
        return not _is_ours(answer.body)
    return None


class _About(Struct):
    product: str


def _is_ours(page: bytes) -> bool:
    try:
        return msgspec.json.decode(page, type=_About).product == "samebox"
    except msgspec.DecodeError:
        return False
