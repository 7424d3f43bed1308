"""XMPP over plain TCP (RFC 6120): SASL PLAIN, one resource, stream management (XEP-0198).

A message counts as taken when the server acknowledges it with stream management, which it does
after its archive has it.
"""

import base64
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.load.client import Client, text_of, token_of

HOST = "localhost"
_STREAM = (
    f"<?xml version='1.0'?><stream:stream to='{HOST}' version='1.0' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams'>"
)
_BIND = (
    "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
    "<resource>bench</resource></bind></iq>"
)
_MANAGE = "<enable xmlns='urn:xmpp:sm:3'/>"
_HAVE_YOU = "<r xmlns='urn:xmpp:sm:3'/>"
_I_HAVE = "<a xmlns='urn:xmpp:sm:3' h='%d'/>"
_SESSION = "<iq type='set' id='session'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>"
_NAME = re.compile(rb"<([\w:-]+)")
_BODY = re.compile(rb"<body[^>]*>([^<]*)")
_COUNT = re.compile(rb"\sh=['\"](\d+)")


@dataclass(frozen=True)
class Element:
    """One whole element of the stream and where it ended in the data."""

    name: bytes
    text: bytes
    end: int


def elements(data: bytes) -> Iterator[Element]:
    """The whole elements at the start of `data`. None of them contains one of its own name:
    nothing here asks for forwarded messages."""
    start = 0
    while (found := _element(data, start)) is not None:
        yield found
        start = found.end


def _element(data: bytes, start: int) -> Element | None:
    opening = data.find(b"<", start)
    if opening < 0:
        return None
    close = data.find(b">", opening)
    if close < 0:
        return None
    name = _NAME.match(data, opening)
    if name is None or name[1] == b"stream:stream":  # <?xml … ?>, </…>, the stream itself
        tag = data[opening + 1 : close].split(b" ")[0]
        return Element(tag, data[opening : close + 1], close + 1)
    if data[close - 1 : close] == b"/":
        return Element(name[1], data[opening : close + 1], close + 1)
    ending = b"</" + name[1] + b">"
    last = data.find(ending, close)
    if last < 0:
        return None
    end = last + len(ending)
    return Element(name[1], data[opening:end], end)


class XmppClient(Client):
    """Signs in, binds, turns stream management on, says that it is available."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self._is_authenticated = False
        self._received = 0
        self._sent: deque[int] = deque()
        self._counted = 0

    def greet(self) -> None:
        self._say(_STREAM)

    def send(self, token: int) -> None:
        self._sent.append(token)
        self._say(
            f"<message to='user{self.partner}@{HOST}' type='chat' id='{token}'>"
            f"<body>{text_of(token)}</body></message>{_HAVE_YOU}"
        )

    def say_to_all(self, text: str) -> None:
        """The same for everybody who is connected; only an admin may."""
        self._sent.append(-1)
        self._say(f"<message to='{HOST}/announce/online'><body>{text}</body></message>")

    def take(self, data: bytes) -> bytes:
        end = 0
        for element in elements(data):
            end = element.end
            self._on_element(element.name, element.text)
        return data[end:]

    def _on_element(self, name: bytes, text: bytes) -> None:
        match name:
            case b"message":
                self._received += 1
                self._on_message(text)
            case b"a":
                self._on_count(text)
            case b"r":
                self._say(_I_HAVE % self._received)
            case b"iq":
                self._received += 1
                self._on_answer(text)
            case b"presence":
                self._received += 1
                self.is_ready()
            case _:
                self._on_greeting(name)

    def _on_greeting(self, name: bytes) -> None:
        match name:
            case b"stream:features" if not self._is_authenticated:
                secret = base64.b64encode(b"\0user%d\0secret" % self.number).decode()
                self._say(
                    "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>"
                    f"{secret}</auth>"
                )
            case b"success":
                self._is_authenticated = True
                self._say(_STREAM)
            case b"stream:features":
                self._say(_BIND)
            case b"enabled":
                self._received = 0
                self._say("<presence/>")
            case b"failure" | b"failed" | b"stream:error":
                raise ConnectionError(f"the server said {name.decode()}")
            case _:
                pass

    def _on_answer(self, text: bytes) -> None:
        if b"bind" in text:
            self._say(_SESSION)
        elif b"session" in text:
            self._say(_MANAGE)

    def _on_message(self, text: bytes) -> None:
        body = _BODY.search(text)
        if body is None:
            return
        if token_of(body[1]) < 0:
            self.ear.on_notice(self)
        else:
            self.ear.on_received(self, token_of(body[1]))

    def _on_count(self, text: bytes) -> None:
        """The server has so many of ours since stream management began; the first is presence."""
        count = _COUNT.search(text)
        while count is not None and self._counted < int(count[1]) - 1:
            self._counted += 1
            self.ear.on_ack(self, self._sent.popleft())

    def _say(self, text: str) -> None:
        self.write(text.encode())
