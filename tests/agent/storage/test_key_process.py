"""The key store is asked in a process of its own, and what it lacks is made good here."""

import io
import stat
import sys
from pathlib import Path

import msgspec
import pytest
from samebox_agent.storage import key_process
from samebox_agent.storage.key_process import Asked, KeyProcess
from samebox_agent.storage.token_store import Found, Kept, NotKept, NoToken, TokenPlace

SERVICE, SERVER, TOKEN = "samebox", "https://help.example.com", "k" * 43
OURS = (sys.executable, "-m", "samebox_agent", "--keys")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session without a key store."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    return tmp_path / "token"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a key store")
def test_without_a_key_store_the_file_has_it(file: Path) -> None:
    keys = KeyProcess(OURS, file)
    assert keys.load(SERVICE, SERVER) == NoToken()
    kept = keys.save(SERVICE, SERVER, TOKEN)
    assert isinstance(kept, Kept)
    assert kept.where is TokenPlace.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert keys.load(SERVICE, SERVER) == Found(TOKEN, TokenPlace.FILE)


@pytest.mark.parametrize(
    "command",
    [
        ("/no/such/program",),
        (sys.executable, "-c", "raise SystemExit(3)"),
        (sys.executable, "-c", "print('hello')"),
    ],
)
def test_a_process_that_breaks_costs_nothing_but_the_key_store(
    file: Path, command: tuple[str, ...]
) -> None:
    keys = KeyProcess(command, file)
    missing = keys.load(SERVICE, SERVER)
    assert isinstance(missing, NoToken)
    assert "does not answer" in missing.sentence
    kept = keys.save(SERVICE, SERVER, TOKEN)
    assert isinstance(kept, Kept)
    assert keys.load(SERVICE, SERVER) == Found(TOKEN, TokenPlace.FILE)


def test_a_process_that_hangs_is_ended(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_process, "PATIENCE_SECONDS", 0.2)
    keys = KeyProcess((sys.executable, "-c", "import time; time.sleep(60)"), file)
    assert isinstance(keys.load(SERVICE, SERVER), NoToken)


def test_what_the_process_says_is_what_is_told(tmp_path: Path) -> None:
    said = '{"where":null,"sentence":"No room."}'
    keys = KeyProcess((sys.executable, "-c", f"print({said!r})"), tmp_path / "token")
    assert keys.save(SERVICE, SERVER, TOKEN) == NotKept("No room.")
    assert keys.load(SERVICE, SERVER) == NoToken("No room.")
    found = '{"where":"keyring","token":"' + TOKEN + '"}'
    keys = KeyProcess((sys.executable, "-c", f"print({found!r})"), tmp_path / "token")
    assert keys.load(SERVICE, SERVER) == Found(TOKEN, TokenPlace.KEYRING)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a key store")
def test_the_process_answers_one_question(file: Path) -> None:
    def ask(token: str = "") -> bytes:
        asked = Asked(file=str(file), service=SERVICE, account=SERVER, token=token)
        out = io.BytesIO()
        key_process.answer(io.BytesIO(msgspec.json.encode(asked)), out)
        return out.getvalue()

    assert b'"where":null' in ask()
    assert b'"where":"file"' in ask(TOKEN)
    assert TOKEN.encode() in ask()
