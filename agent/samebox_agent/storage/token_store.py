"""The device token, in the system's key store or else in a file only its owner can read.

Blocking (up to some hundred milliseconds); call it in a worker thread. Never opens a prompt: a
locked key store counts as one that is not there. Only the three key stores of the systems
themselves are used, whatever else is installed or configured for `keyring`.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import msgspec


class TokenPlace(StrEnum):
    """Where a token is kept."""

    KEYRING = "keyring"
    FILE = "file"


@dataclass(frozen=True)
class Kept:
    """The token is safe; the sentence tells the person where, and why if not in the key store."""

    where: TokenPlace
    sentence: str


@dataclass(frozen=True)
class NotKept:
    """The token could be kept nowhere; the sentence says why and what to do."""

    sentence: str


@dataclass(frozen=True)
class Found:
    """The token."""

    token: str
    where: TokenPlace


@dataclass(frozen=True)
class NoToken:
    """There is none. `sentence` is not empty when a key store that may hold it is locked."""

    sentence: str = ""


class KeyStore(Protocol):
    """What we use of a backend of `keyring`."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


@dataclass(frozen=True)
class NoKeyStore:
    """None is usable; `why` is the middle of a sentence. `locked`: it is there but closed."""

    why: str
    locked: bool = False


class TokenStore:
    """Keeps tokens; `file` is used where there is no usable key store."""

    def __init__(
        self, file: Path, *, find: Callable[[], "KeyStore | NoKeyStore"] | None = None
    ) -> None:
        self._file = file
        self._find = find or find_key_store

    def save(self, service: str, account: str, token: str) -> Kept | NotKept:
        """`service` is the product's name, `account` the server's base address."""
        store = self._find()
        if isinstance(store, NoKeyStore):
            return self._save_in_file(service, account, token, store.why)
        try:
            store.set_password(service, account, token)
        except _failures() as error:
            why = f"the key store refused it ({type(error).__name__})"
            return self._save_in_file(service, account, token, why)
        self._change_file(_key(service, account), None)
        return Kept(TokenPlace.KEYRING, "This device's key is in your system's key store.")

    def load(self, service: str, account: str) -> Found | NoToken:
        """The file first, because it is there only when the key store was not; then the store."""
        token = self._tokens().get(_key(service, account))
        if token:
            return Found(token, TokenPlace.FILE)
        store = self._find()
        if isinstance(store, NoKeyStore):
            return NoToken(_LOCKED if store.locked else "")
        try:
            token = store.get_password(service, account)
        except _failures():
            return NoToken(_LOCKED)
        return Found(token, TokenPlace.KEYRING) if token else NoToken()

    def delete(self, service: str, account: str) -> None:
        """From both places; deleting what is not there is fine."""
        self._change_file(_key(service, account), None)
        store = self._find()
        if isinstance(store, NoKeyStore):
            return
        try:
            store.delete_password(service, account)
        except _failures():
            return  # it was not there, or the store was locked meanwhile; the server forgets it too

    def _save_in_file(self, service: str, account: str, token: str, why: str) -> Kept | NotKept:
        try:
            self._change_file(_key(service, account), token)
        except OSError as error:
            return NotKept(
                f"This device's key could not be kept: {why}, and {self._file} cannot be written"
                f" ({error.strerror}). Free some space or check the folder, then join again."
            )
        return Kept(
            TokenPlace.FILE,
            f"This device's key is in a file that only you can read, because {why}.",
        )

    def _tokens(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, str])
        except (OSError, msgspec.DecodeError):
            return {}  # no file, or not one of ours: no token

    def _change_file(self, key: str, token: str | None) -> None:
        """Replace the file in one step, so that a cut leaves the old or the new one."""
        tokens = self._tokens()
        if tokens.pop(key, None) is None and token is None:
            return
        if token is not None:
            tokens[key] = token
        if not tokens:
            self._file.unlink(missing_ok=True)
            return
        fresh = self._file.with_name(self._file.name + ".new")
        fresh.unlink(missing_ok=True)
        fresh.touch(0o600, exist_ok=False)
        with fresh.open("wb") as out:
            out.write(msgspec.json.encode(tokens))
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self._file)


_LOCKED = (
    "Your system's key store is locked, and this device's key is in it. Unlock it (signing out and"
    " in again does), then connect again. Nothing is lost."
)


def find_key_store() -> KeyStore | NoKeyStore:
    """The key store of this system, if it can be used without asking the person anything."""
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        vault: KeyStore = WinVaultKeyring()  # type: ignore[no-untyped-call]
        return vault
    if sys.platform == "darwin":
        from keyring.backends.macOS import Keyring as MacKeyring

        keychain: KeyStore = MacKeyring()  # type: ignore[no-untyped-call]
        return keychain
    return _secret_service()


def _secret_service() -> KeyStore | NoKeyStore:
    """The Secret Service, unless it is missing, empty or locked: `keyring` would open a prompt."""
    import secretstorage
    from keyring.backends.SecretService import Keyring

    try:
        bus = secretstorage.dbus_init()
    except (secretstorage.SecretStorageException, OSError):
        return NoKeyStore("this session has no key store")
    try:
        if not secretstorage.check_service_availability(bus):
            return NoKeyStore("this session has no key store")
        if secretstorage.Collection(bus).is_locked():
            return NoKeyStore("your system's key store is locked", locked=True)
    except (secretstorage.SecretStorageException, OSError):
        return NoKeyStore("your system's key store has not been set up")
    finally:
        bus.close()
    store: KeyStore = Keyring()  # type: ignore[no-untyped-call]
    return store


def _failures() -> tuple[type[Exception], ...]:
    """What a backend raises when it is the world's fault."""
    from keyring.errors import KeyringError

    if sys.platform.startswith("linux"):
        from secretstorage import SecretStorageException

        return (KeyringError, SecretStorageException, OSError)
    return (KeyringError, OSError)


def _key(service: str, account: str) -> str:
    return f"{service} {account}"
