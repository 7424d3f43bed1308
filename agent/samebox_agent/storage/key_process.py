"""The key store, asked in a short-lived process of its own.

What a key store needs (keyring, D-Bus, cryptography) is 13 MB that an idle laptop would keep for
one question a day, and a store that hangs or breaks ends with its process. The token travels
through pipes, never in an argument that other programs can see.
"""

import subprocess
from pathlib import Path
from typing import BinaryIO

import msgspec

from samebox_agent.storage.token_store import (
    Found,
    Kept,
    NoKeyStore,
    NotKept,
    NoToken,
    TokenPlace,
    TokenStore,
)

PATIENCE_SECONDS = 20.0


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One question to the process. An empty token asks for the one that is kept."""

    file: str
    service: str
    account: str
    token: str = ""


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """Its answer. `where` is None when the token is nowhere."""

    where: TokenPlace | None
    token: str = ""
    sentence: str = ""


class KeyProcess:
    """Like TokenStore. `command` starts this program so that it answers one question."""

    def __init__(self, command: tuple[str, ...], file: Path) -> None:
        self._command = command
        self._file = file

    def save(self, service: str, account: str, token: str) -> Kept | NotKept:
        """In the key store, or in the file where there is none or it does not answer."""
        answer = self._ask(service, account, token)
        if answer is None:
            return self._without_key_store().save(service, account, token)
        if answer.where is None:
            return NotKept(answer.sentence)
        return Kept(answer.where, answer.sentence)

    def load(self, service: str, account: str) -> Found | NoToken:
        """The file is looked into first, here: it has the token only where no key store had it."""
        found = self._without_key_store().load(service, account)
        if isinstance(found, Found):
            return found
        answer = self._ask(service, account, "")
        if answer is None:
            return NoToken("Your system's key store does not answer. Start Samebox again.")
        if answer.where is None:
            return NoToken(answer.sentence)
        return Found(answer.token, answer.where)

    def _ask(self, service: str, account: str, token: str) -> Answered | None:
        asked = Asked(file=str(self._file), service=service, account=account, token=token)
        try:
            done = subprocess.run(
                self._command,
                input=msgspec.json.encode(asked),
                capture_output=True,
                timeout=PATIENCE_SECONDS,
                check=True,
            )
            return msgspec.json.decode(done.stdout, type=Answered)
        except (OSError, subprocess.SubprocessError, msgspec.DecodeError):
            return None

    def _without_key_store(self) -> TokenStore:
        return TokenStore(self._file, find=lambda: NoKeyStore("your key store does not answer"))


def answer(question: BinaryIO, out: BinaryIO) -> None:
    """Be the process: read one question, write its answer. Raises msgspec.DecodeError."""
    asked = msgspec.json.decode(question.read(), type=Asked)
    store = TokenStore(Path(asked.file))
    if asked.token:
        said = _of_saving(store.save(asked.service, asked.account, asked.token))
    else:
        said = _of_loading(store.load(asked.service, asked.account))
    out.write(msgspec.json.encode(said))


def _of_saving(kept: Kept | NotKept) -> Answered:
    match kept:
        case Kept(where=where, sentence=sentence):
            return Answered(where=where, sentence=sentence)
        case NotKept(sentence=sentence):
            return Answered(where=None, sentence=sentence)


def _of_loading(found: Found | NoToken) -> Answered:
    match found:
        case Found(token=token, where=where):
            return Answered(where=where, token=token)
        case NoToken(sentence=sentence):
            return Answered(where=None, sentence=sentence)
