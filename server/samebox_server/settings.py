"""The server's settings: one frozen value, read once in cli.py and passed down.

Each field carries its sentence; docs/operations.md prints the same table (guarded by a test).
Every one can be set as an environment variable: SAMEBOX_ and the name in capitals.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from samebox_server.logs import FORMATS

PREFIX = "SAMEBOX_"
SHORTEST_TOKEN = 20
REDIS = ("redis://", "rediss://", "valkey://", "valkeys://", "unix://")
POSTGRESQL = ("postgresql://", "postgres://")


class BadSetting(Exception):
    """A setting that cannot be read. The text is for the person at the console."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that can be set. Times are seconds unless the name says otherwise."""

    host: Annotated[str, "Address to listen on; 0.0.0.0 for every one."] = "127.0.0.1"
    port: Annotated[int, "Port to listen on; 0 takes a free one."] = 8470
    data: Annotated[Path, "Folder with the database and the local key."] = Path("samebox-data")
    database_url: Annotated[
        str, "postgresql://user:password@host/database; empty: a SQLite file in the data folder."
    ] = ""
    redis_url: Annotated[
        str, "redis://host:6379/0; lets several servers on PostgreSQL hear of each other at once."
    ] = ""
    replicas: Annotated[int, "How many servers share the database; more than 1 on PostgreSQL."] = 1
    lease_seconds: Annotated[float, "How long a server that says nothing counts as alive."] = 15.0
    public_url: Annotated[str, "Address people reach the server by; empty: where it listens."] = ""
    wave_size: Annotated[int, "How many helpers the first wave asks; later ones widen."] = 2
    wave_seconds: Annotated[float, "How long before more helpers are asked."] = 30.0
    offer_seconds: Annotated[float, "How long an offer stands."] = 60.0
    it_seconds: Annotated[float, "How long IT has to answer before it is asked again."] = 60.0
    not_now_minutes: Annotated[float, "How long nobody is asked who said Not now."] = 15.0
    silence_seconds: Annotated[float, "How long a helper may be gone from a session."] = 120.0
    parked_minutes: Annotated[
        float,
        "When a parked question is first looked at again; then each time twice as long.",
    ] = 10.0
    parked_most_hours: Annotated[
        float, "The longest such time; whoever comes meanwhile is asked at once anyway."
    ] = 24.0
    rest_minutes: Annotated[
        float, "How long a helper who left is not asked about the same question."
    ] = 60.0
    join_seconds: Annotated[
        float, "How long somebody has who is asked to join; no hurry, as help is there already."
    ] = 60.0
    session_seats: Annotated[
        int, "People in one session at most; more would be a meeting, not help for one person."
    ] = 4
    answers_per_hour: Annotated[
        int, "Answers one person can write on the board in an hour; more is no longer help."
    ] = 20
    heartbeat_seconds: Annotated[float, "How often each laptop gets a sign of life."] = 20.0
    gone_seconds: Annotated[float, "Silence after which a connection counts as lost."] = 50.0
    grace_seconds: Annotated[float, "How long old timers wait for everyone after a start."] = 10.0
    hello_seconds: Annotated[float, "How long a new connection has to say hello."] = 10.0
    send_queue: Annotated[int, "Frames that may wait for one slow connection."] = 256
    socket: Annotated[str, "How laptops are served: lean, or plain as a fallback."] = "lean"
    strangers: Annotated[int, "Connections of one address that have not said who they are."] = 1000
    invite_hours: Annotated[float, "How long an invite works."] = 72.0
    setup_minutes: Annotated[float, "How long the owner's setup link works."] = 15.0
    portal_hours: Annotated[float, "How long a browser stays signed in to the portal."] = 8.0
    failed_joins: Annotated[int, "Wrong invites taken from one address in five minutes."] = 20
    free_megabytes: Annotated[int, "With less room on the disk the server is not ready."] = 200
    metrics_token: Annotated[str, "Who reads /metrics sends it; empty: this machine only."] = ""
    log_level: Annotated[str, "DEBUG, INFO, WARNING or ERROR."] = "INFO"
    log_format: Annotated[str, "json or text."] = "json"


def read(environment: Mapping[str, str], given: Mapping[str, object]) -> Settings:
    """Defaults, then the environment, then what was `given` on the command line (None: not).

    Raises BadSetting."""
    values: dict[str, Any] = {}
    for option in dataclasses.fields(Settings):
        name = PREFIX + option.name.upper()
        if given.get(option.name) is not None:
            values[option.name] = given[option.name]
        elif name in environment:
            values[option.name] = _typed(name, environment[name], type(option.default))
    settings = Settings(**values)
    _check(settings)
    return settings


def _typed(name: str, text: str, kind: type) -> object:
    try:
        return kind(text)
    except ValueError:
        raise BadSetting(f"{name} is {text!r}, which is no {kind.__name__}. Correct it.") from None


def _check(settings: Settings) -> None:
    _check_numbers(settings)
    _check_addresses(settings)
    _check_sharing(settings)
    if settings.socket not in ("lean", "plain"):
        raise BadSetting(f"socket is {settings.socket!r}; use lean or plain.")
    if settings.log_format not in FORMATS:
        raise BadSetting(f"log_format is {settings.log_format!r}; use json or text.")
    if settings.log_level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise BadSetting(f"log_level is {settings.log_level!r}; use DEBUG, INFO, WARNING or ERROR.")
    if settings.metrics_token and len(settings.metrics_token) < SHORTEST_TOKEN:
        raise BadSetting(f"metrics_token is easy to guess; use {SHORTEST_TOKEN} letters or more.")


def _check_numbers(settings: Settings) -> None:
    for option in dataclasses.fields(Settings):
        value = getattr(settings, option.name)
        if isinstance(value, int | float) and option.name != "port" and value <= 0:
            raise BadSetting(f"{option.name} is {value}; it must be more than 0.")
    if not 0 <= settings.port <= 65535:
        raise BadSetting(f"port is {settings.port}; it must lie between 0 and 65535.")


def _check_addresses(settings: Settings) -> None:
    if settings.database_url and not settings.database_url.startswith(POSTGRESQL):
        raise BadSetting("database_url must start with postgresql:// or postgres://.")
    if settings.redis_url and not settings.redis_url.startswith(REDIS):
        raise BadSetting("redis_url must start with redis://, rediss://, valkey:// or unix://.")
    if settings.public_url and not settings.public_url.startswith(("http://", "https://")):
        raise BadSetting("public_url must start with http:// or https://.")


def _check_sharing(settings: Settings) -> None:
    """One SQLite file has one server; it would be silently lost work to find out later."""
    if settings.database_url:
        return
    if settings.replicas > 1:
        raise BadSetting(
            f"replicas is {settings.replicas}, but SQLite is for one server. Nothing was started. "
            "Give every server the same SAMEBOX_DATABASE_URL on PostgreSQL, or run only one."
        )
    if settings.redis_url:
        raise BadSetting(
            "redis_url is set, but SQLite is for one server, which has nobody to talk to. Nothing "
            "was started. Set SAMEBOX_DATABASE_URL on PostgreSQL, or take SAMEBOX_REDIS_URL away."
        )
