"""Bad input at the door: each gets its own sentence, and the invite that was typed stays."""

import contextlib
import json
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from samebox_shared.protocol.versions import PROTOCOL

from tasks.stage.laptop import Laptop
from tasks.stage.server import Server
from tests.end_to_end.office import Office, no_screen, until

CODE = "NoSuchInviteAtAll0123456789"
QUICK_NAMES = {"RES_OPTIONS": "timeout:1 attempts:1"}
"""For machines without any name server: give up on a name at once."""


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    """A laptop that never gets in; the tests take turns at its join page."""
    folder = tmp_path_factory.mktemp("newcomer")
    laptop = Office(folder).laptop("Nadia Omar", screen=no_screen(folder) | QUICK_NAMES)
    try:
        laptop.start()
        laptop.opens_help()
        laptop.sees("Welcome to Samebox")
        yield laptop
    finally:
        laptop.kill()


def tries(laptop: Laptop, invite: str, *sentences: str) -> None:
    """Type an invite; see the sentences, the invite still there, and the page ready to go on."""
    laptop.types("Invite", invite, clear=True)
    laptop.clicks("Join")
    for sentence in sentences:
        laptop.sees(sentence)
    assert invite in laptop.texts("Welcome to Samebox")
    laptop.clicks("Join")
    laptop.sees(sentences[0])


def test_an_invite_that_was_used(office: Office, newcomer: Laptop) -> None:
    invite = office.server.invite("Ana Ruiz")
    first = office.laptop("Ana Ruiz")
    first.start()
    first.joins(invite)
    tries(newcomer, invite, "This invite was used already", "Ask for a new one")


def test_an_invite_that_is_too_old(tmp_path: Path, newcomer: Laptop) -> None:
    hours = 0.0001
    with Server(tmp_path / "server", {"SAMEBOX_INVITE_HOURS": str(hours)}) as server:
        invite = server.set_up("Harbour & Vine", "Imran Aziz")
        over = time.time() + hours * 3600
        until(lambda: time.time() > over, "the invite has run out")
        tries(newcomer, invite, "This invite is too old", "for a new one")


def test_a_mistyped_invite_can_be_corrected(office: Office) -> None:
    laptop = office.laptop("Ana Ruiz")
    laptop.start()
    laptop.opens_help()
    invite = office.server.invite("Ana Ruiz")
    wrong = invite[:-1] + ("a" if invite[-1] != "a" else "b")
    tries(laptop, wrong, "This invite is not known", "Check that the whole link was pasted")
    laptop.types("Invite", invite, clear=True)
    laptop.clicks("Join")
    laptop.sees("What Samebox may share")


def test_what_was_typed_is_there_after_a_restart(office: Office) -> None:
    laptop = office.laptop("Ana Ruiz")
    laptop.start()
    laptop.opens_help()
    tries(laptop, f"{office.server.url}/join/{CODE}", "This invite is not known")
    laptop.quit()
    laptop.start()
    laptop.opens_help()
    laptop.sees(CODE)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("please let me in", "This is not an invite link"),
        ("https://help.example.com/join/", "The end of the link is missing"),
    ],
)
def test_what_is_no_invite(newcomer: Laptop, typed: str, sentence: str) -> None:
    tries(newcomer, typed, "This is not an invite", sentence)


def test_a_link_that_is_not_safe(newcomer: Laptop) -> None:
    tries(newcomer, "http://192.0.2.1/join/abcdef", "This link is not safe", "starts with https://")


def test_an_address_where_nobody_listens(newcomer: Laptop) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    invite = f"http://127.0.0.1:{port}/join/{CODE}"
    tries(newcomer, invite, "The server does not answer", "What you typed is kept here")


def test_a_name_that_does_not_exist(newcomer: Laptop) -> None:
    invite = f"https://samebox.invalid/join/{CODE}"
    tries(newcomer, invite, "The server's name was not found", "The invite is kept here")


def test_something_that_is_not_samebox(newcomer: Laptop) -> None:
    with web_server(b"<h1>It works!</h1>", "text/html") as address:
        tries(newcomer, f"{address}/join/{CODE}", "There is no Samebox at this address")


@pytest.mark.parametrize(
    ("protocol", "sentence"),
    [
        (PROTOCOL - 1, "The server is too old for this Samebox"),
        (PROTOCOL + 1, "This Samebox is too old for the server"),
    ],
)
def test_a_server_of_another_time(newcomer: Laptop, protocol: int, sentence: str) -> None:
    about = {
        "product": "samebox",
        "version": "0",
        "oldest_protocol": protocol,
        "protocol": protocol,
        "organisation": "Harbour & Vine",
        "server_time": 0.0,
    }
    with web_server(json.dumps(about).encode(), "application/json") as address:
        tries(newcomer, f"{address}/join/{CODE}", sentence, "Fixes on this laptop still work")


def test_a_certificate_that_is_wrong(newcomer: Laptop, tmp_path: Path) -> None:
    with web_server(b"{}", "application/json", self_signed(tmp_path)) as address:
        invite = f"{address}/join/{CODE}"
        tries(newcomer, invite, "The server could not prove who it is", "vouches only for itself")


def self_signed(folder: Path) -> ssl.SSLContext:
    """Made by the command of OpenSSL, as a hurried administrator would."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *names, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


@contextlib.contextmanager
def web_server(body: bytes, kind: str, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Answers everything with the same page; its address."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    class Quiet(HTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """Somebody who hangs up on us is what some of these tests are about."""

    server = Quiet(("127.0.0.1", 0), Page)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        scheme = "http" if tls is None else "https"
        yield f"{scheme}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
