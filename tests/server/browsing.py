"""A browser without a screen: it follows links and fills in forms of the portal."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.server.running import Person

_TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')
_SEEN = re.compile(r'name="seen" value="([0-9a-f]*)"')


class Browser(httpx.Client):
    """Signed in; `send_form` carries the token of the page that was seen last, and which words it
    showed."""

    token = ""
    words = ""

    def get(self, url: str) -> httpx.Response:  # type: ignore[override]
        """A page; its token is remembered."""
        return self._seen(super().get(url))

    def send_form(self, path: str, **fields: str) -> httpx.Response:
        """A form as it is sent by a button."""
        hidden = {"token": self.token, "seen": self.words}
        return self._seen(self.post(path, data={**hidden, **fields}))

    def _seen(self, answer: httpx.Response) -> httpx.Response:
        found = _TOKEN.search(answer.text)
        if found:
            self.token = found[1]
        words = _SEEN.search(answer.text)
        if words:
            self.words = words[1]
        return answer


def portal_link(person: Person, to: str = "/portal") -> str:
    """As the tray asks for it."""
    answer = person.server.post("/api/portal-links", {"to": to}, person.token)
    assert answer.status_code == 201, answer.text
    link: str = answer.json()["link"]
    return link


@contextmanager
def portal_of(person: Person) -> Iterator[Browser]:
    """This person's browser, signed in by a link from their tray."""
    with Browser(base_url=person.server.url, follow_redirects=True) as browser:
        assert browser.get(portal_link(person)).status_code == 200
        yield browser
