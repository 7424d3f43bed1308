"""The device token in a real key store where there is one, and in a private file otherwise."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from samebox_agent.storage.token_store import (
    Found,
    Kept,
    KeyStore,
    NoKeyStore,
    NotKept,
    NoToken,
    TokenPlace,
    TokenStore,
    find_key_store,
)

SERVICE, SERVER, TOKEN = "samebox", "https://help.example.com", "k" * 43


class FakeKeyStore:
    """A key store that can be told to fail."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.fails: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._fail()
        del self.kept[service, username]

    def _fail(self) -> None:
        if self.fails is not None:
            raise self.fails


def keyring_error() -> Exception:
    from keyring.errors import KeyringLocked

    return KeyringLocked("closed")


def finds(store: KeyStore | NoKeyStore) -> Callable[[], KeyStore | NoKeyStore]:
    return lambda: store


NONE = NoKeyStore("this session has no key store")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "token"


def test_a_key_store_keeps_it_and_no_file_is_written(file: Path) -> None:
    store = TokenStore(file, find=finds(FakeKeyStore()))
    kept = store.save(SERVICE, SERVER, TOKEN)
    assert isinstance(kept, Kept)
    assert kept.where is TokenPlace.KEYRING
    assert store.load(SERVICE, SERVER) == Found(TOKEN, TokenPlace.KEYRING)
    assert store.load(SERVICE, "https://elsewhere.example.com") == NoToken()
    assert not file.exists()
    store.delete(SERVICE, SERVER)
    assert store.load(SERVICE, SERVER) == NoToken()


def test_without_a_key_store_a_file_that_only_its_owner_can_read(file: Path) -> None:
    store = TokenStore(file, find=finds(NONE))
    kept = store.save(SERVICE, SERVER, TOKEN)
    assert isinstance(kept, Kept)
    assert kept.where is TokenPlace.FILE
    assert "because this session has no key store." in kept.sentence
    assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o600
    assert store.load(SERVICE, SERVER) == Found(TOKEN, TokenPlace.FILE)
    store.delete(SERVICE, SERVER)
    assert not file.exists()
    store.delete(SERVICE, SERVER)


def test_a_file_keeps_the_tokens_of_two_servers(file: Path) -> None:
    store = TokenStore(file, find=finds(NONE))
    store.save(SERVICE, SERVER, TOKEN)
    store.save(SERVICE, "https://two.example.com", "second")
    store.save(SERVICE, SERVER, "changed")
    store.delete(SERVICE, "https://two.example.com")
    assert store.load(SERVICE, SERVER) == Found("changed", TokenPlace.FILE)
    assert [path.name for path in file.parent.iterdir()] == ["token"]


def test_a_key_store_that_fails_gives_way_to_the_file(file: Path) -> None:
    keys = FakeKeyStore()
    keys.fails = keyring_error()
    kept = TokenStore(file, find=finds(keys)).save(SERVICE, SERVER, TOKEN)
    assert isinstance(kept, Kept)
    assert kept.where is TokenPlace.FILE
    assert TokenStore(file, find=finds(keys)).load(SERVICE, SERVER) == Found(TOKEN, TokenPlace.FILE)


def test_once_there_is_a_key_store_the_file_goes(file: Path) -> None:
    TokenStore(file, find=finds(NONE)).save(SERVICE, SERVER, TOKEN)
    TokenStore(file, find=finds(FakeKeyStore())).save(SERVICE, SERVER, TOKEN)
    assert not file.exists()


def test_a_locked_key_store_is_not_called_empty(file: Path) -> None:
    locked = TokenStore(file, find=finds(NoKeyStore("it is locked", locked=True)))
    answer = locked.load(SERVICE, SERVER)
    assert isinstance(answer, NoToken)
    assert "Unlock it" in answer.sentence
    keys = FakeKeyStore()
    keys.fails = keyring_error()
    failing = TokenStore(file, find=finds(keys))
    assert failing.load(SERVICE, SERVER) == answer
    failing.delete(SERVICE, SERVER)


def test_no_key_store_and_no_file_means_no_token(file: Path) -> None:
    assert TokenStore(file, find=finds(NONE)).load(SERVICE, SERVER) == NoToken()
    TokenStore(file, find=finds(NONE)).delete(SERVICE, SERVER)
    file.write_text("not ours")
    assert TokenStore(file, find=finds(NONE)).load(SERVICE, SERVER) == NoToken()


def test_nowhere_to_keep_it_is_said_in_words(tmp_path: Path) -> None:
    kept = TokenStore(tmp_path / "gone" / "token", find=finds(NONE)).save(SERVICE, SERVER, TOKEN)
    assert isinstance(kept, NotKept)
    assert "join again" in kept.sentence


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the Secret Service")


@linux
def test_without_a_session_bus_there_is_no_key_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nobody'}")
    assert find_key_store() == NONE
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert find_key_store() == NONE


PROGRAM = """
import pathlib, sys
from samebox_agent.storage.token_store import TokenStore, find_key_store
store = TokenStore(pathlib.Path(sys.argv[1]))
print(find_key_store())
print(store.load("samebox", "server"))
print(store.save("samebox", "server", "secret"))
print(store.load("samebox", "server"))
store.delete("samebox", "server")
print(store.load("samebox", "server"))
"""


def in_a_session(tmp_path: Path, before: str, *, settings: dict[str, str]) -> list[str]:
    """What PROGRAM prints in a session bus of its own, after `before` ran there."""
    (tmp_path / "home").mkdir()
    (tmp_path / "run").mkdir(mode=0o700)
    script = f'{before}\nexec "{sys.executable}" -c "$PROGRAM" "{tmp_path / "token"}"'
    own = {"HOME": tmp_path / "home", "XDG_RUNTIME_DIR": tmp_path / "run", "PROGRAM": PROGRAM}
    environment = os.environ | {name: str(value) for name, value in own.items()} | settings
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_DATA_HOME"):
        environment.pop(name, None)
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.splitlines()


session = pytest.mark.skipif(
    shutil.which("dbus-run-session") is None, reason="needs dbus-run-session (package dbus)"
)
keyring_daemon = pytest.mark.skipif(
    shutil.which("gnome-keyring-daemon") is None, reason="needs gnome-keyring-daemon"
)
UNLOCKED = "printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null"


@session
@keyring_daemon
def test_a_real_key_store_keeps_it(tmp_path: Path) -> None:
    first, empty, kept, found, gone = in_a_session(tmp_path, UNLOCKED, settings={})
    assert "SecretService" in first
    assert empty == gone == "NoToken(sentence='')"
    assert "KEYRING" in kept
    assert "Found(token='secret', where=<TokenPlace.KEYRING" in found
    assert not (tmp_path / "token").exists()


@session
@keyring_daemon
def test_a_configured_plain_or_null_backend_is_not_used(tmp_path: Path) -> None:
    null = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    lines = in_a_session(tmp_path, UNLOCKED, settings=null)
    assert "SecretService" in lines[0]


@session
@keyring_daemon
def test_a_key_store_never_set_up_or_locked_opens_no_prompt(tmp_path: Path) -> None:
    lines = in_a_session(tmp_path, "gnome-keyring-daemon --start >/dev/null", settings={})
    assert "NoKeyStore" in lines[0]
    assert "FILE" in lines[2]


LOCK = f"""{UNLOCKED}
"{sys.executable}" -c '
import secretstorage
bus = secretstorage.dbus_init()
secretstorage.Collection(bus).lock()
bus.close()'
"""


@session
@keyring_daemon
def test_a_locked_key_store_opens_no_prompt(tmp_path: Path) -> None:
    lines = in_a_session(tmp_path, LOCK, settings={})
    assert lines[0].startswith("NoKeyStore")
    assert "locked=True" in lines[0]
    assert "Unlock it" in lines[1]
    assert "FILE" in lines[2]
    assert "FILE" in lines[3]


@session
def test_a_session_without_a_key_store_uses_the_file(tmp_path: Path) -> None:
    nothing = {"XDG_DATA_DIRS": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    lines = in_a_session(tmp_path, "", settings=nothing)
    assert lines[0].startswith("NoKeyStore")
    assert "FILE" in lines[2]


THROUGH_A_PROCESS = """
import pathlib, sys
from samebox_agent.storage.key_process import KeyProcess
keys = KeyProcess((sys.executable, "-m", "samebox_agent", "--keys"), pathlib.Path(sys.argv[1]))
print(keys.save("samebox", "server", "secret"))
print(keys.load("samebox", "server"))
print([name for name in sys.modules if name in ("keyring", "secretstorage", "cryptography")])
"""


@session
@keyring_daemon
def test_a_process_of_its_own_reaches_the_real_key_store(tmp_path: Path) -> None:
    kept, found, loaded = in_a_session(tmp_path, UNLOCKED, settings={"PROGRAM": THROUGH_A_PROCESS})
    assert "KEYRING" in kept
    assert "Found(token='secret', where=<TokenPlace.KEYRING" in found
    assert loaded == "[]"
