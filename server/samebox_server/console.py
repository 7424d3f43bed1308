"""What the commands of the console share: one way to the running server, and a counter."""

import json
import sys
import urllib.error
import urllib.request
from typing import Any

from samebox_server.settings import Settings

OK, FAILED = 0, 1


class Failed(Exception):
    """The command ends here. The text is for the person at the console."""


def ask(settings: Settings, what: str, body: dict[str, Any]) -> dict[str, Any]:
    """One request to the server that runs on this data folder."""
    file = settings.data / "local.json"
    try:
        local = json.loads(file.read_bytes())
    except (OSError, ValueError):
        raise Failed(
            f"No server runs on {settings.data}, or its data is not readable for you. "
            "Start it with: samebox-server serve"
        ) from None
    request = urllib.request.Request(
        f"{local['url']}/api/local/{what}",
        data=json.dumps(body, ensure_ascii=False).encode(),
        headers={
            "Authorization": f"Bearer {local['key']}",
            "Content-Type": "application/json",
        },
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
    except urllib.error.HTTPError as error:
        with error:
            raise Failed(json.load(error).get("message", "The server refused.")) from None
    except OSError as error:
        raise Failed(f"The server at {local['url']} does not answer ({error}).") from None


class Counter:
    """Says on a terminal how far a long command is; nothing where nobody watches."""

    def __init__(self, whole: int) -> None:
        self.done = 0
        self._whole = whole
        self._is_watched = sys.stderr.isatty()

    def add(self, amount: int) -> None:
        self.done += amount
        if self._is_watched:
            of = f" of {self._whole}" if self._whole else ""
            print(f"\r{self.done}{of} ", end="", file=sys.stderr, flush=True)

    def wipe(self) -> None:
        """Clears the line for what is said next."""
        if self._is_watched:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
