"""A real server, shared where it is left alone, and an office of real agents for each test."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tasks.stage.server import Server
from tests.end_to_end.office import Office

ORGANISATION = "Harbour & Vine"


# Whoever is killed at the end of a test stays in its session: nobody else may be asked instead.
PATIENT = {"SAMEBOX_SILENCE_SECONDS": "3600"}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for many tests, each of which ends with its questions accepted or withdrawn, so that
    they are offered to nobody of the tests after it."""
    yield from open_server(tmp_path_factory.mktemp("server") / "data", PATIENT)


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """One that a test may stop and kill."""
    yield from open_server(tmp_path / "server")


def open_server(data: Path, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    server = Server(data, settings)
    try:
        server.start()
        server.set_up(ORGANISATION, "Imran Aziz")
        yield server
    finally:
        server.kill()


@pytest.fixture
def office(server: Server, tmp_path: Path) -> Iterator[Office]:
    yield from open_office(Office(tmp_path, server))


@pytest.fixture
def own_office(own_server: Server, tmp_path: Path) -> Iterator[Office]:
    yield from open_office(Office(tmp_path, own_server))


def open_office(office: Office) -> Iterator[Office]:
    try:
        yield office
    finally:
        office.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's own browser, without a screen. Not for the whole run: it keeps an event loop
    running, beside which no test of asyncio runs."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "no Chromium; python3 dev.py test installs it"
    with sync_playwright() as playwright:
        # As root, as in a container, Chromium starts only without its sandbox.
        sandbox = os.geteuid() != 0
        browser = playwright.chromium.launch(executable_path=program, chromium_sandbox=sandbox)
        yield browser
        browser.close()
