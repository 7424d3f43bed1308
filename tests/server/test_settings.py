"""Settings: from the environment and the command line, refused in words, told in the manual."""

import dataclasses
from pathlib import Path
from typing import get_type_hints

import pytest
from samebox_server.settings import PREFIX, BadSetting, Settings, read

MANUAL = Path(__file__).parents[2] / "docs" / "operations.md"


def test_the_command_line_wins_over_the_environment_and_both_over_the_default() -> None:
    environment = {"SAMEBOX_PORT": "1", "SAMEBOX_WAVE_SECONDS": "5", "SAMEBOX_DATA": "/srv/x"}
    settings = read(environment, {"port": 2, "host": None, "command": "serve"})
    assert settings == Settings(port=2, wave_seconds=5.0, data=Path("/srv/x"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "many"),
        ("PORT", "70000"),
        ("WAVE_SECONDS", "0"),
        ("WAVE_SIZE", "-1"),
        ("PUBLIC_URL", "samebox.example"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "prose"),
        ("METRICS_TOKEN", "short"),
    ],
)
def test_what_cannot_be_read_is_named(name: str, text: str) -> None:
    with pytest.raises(BadSetting, match=f"(?i){name}"):
        read({PREFIX + name: text}, {})


@pytest.mark.parametrize("also", [{"REPLICAS": "2"}, {"REDIS_URL": "redis://localhost"}])
def test_sqlite_with_more_than_one_server_is_refused_in_words(also: dict[str, str]) -> None:
    environment = {PREFIX + name: value for name, value in also.items()}
    with pytest.raises(BadSetting, match=r"SQLite is for one server.*SAMEBOX_DATABASE_URL"):
        read(environment, {})
    shared = environment | {"SAMEBOX_DATABASE_URL": "postgresql://localhost/samebox"}
    assert read(shared, {}).database_url


def test_another_broker_is_not_taken_for_redis() -> None:
    environment = {"SAMEBOX_DATABASE_URL": "postgresql://x/y", "SAMEBOX_REDIS_URL": "amqp://x"}
    with pytest.raises(BadSetting, match="redis_url"):
        read(environment, {})


def test_the_manual_has_the_same_table() -> None:
    hints = get_type_hints(Settings, include_extras=True)
    rows = [
        f"| `{PREFIX}{option.name.upper()}` | `{option.default}` "
        f"| {hints[option.name].__metadata__[0]} |"
        for option in dataclasses.fields(Settings)
    ]
    table = [line for line in MANUAL.read_text("utf-8").splitlines() if f"`{PREFIX}" in line]
    assert [line for line in table if line.startswith("|")] == rows
