"""Only pages of the joined server are opened, and never a program by an address."""

import os
import sys
from pathlib import Path

import pytest
from samebox_agent.desktop.browser import is_of, open_page, start_browser
from samebox_agent.desktop.deeplinks import Address, Program, Target

SERVER = "https://help.example.com"


@pytest.mark.parametrize(
    ("link", "server"),
    [
        ("https://help.example.com/portal?key=abc", SERVER),
        ("https://help.example.com:443/portal", SERVER),
        ("https://HELP.example.com/portal", SERVER),
        ("http://127.0.0.1:8123/portal/enter/abc", "http://127.0.0.1:8123"),
        ("https://example.com/samebox/portal", "https://example.com/samebox"),
    ],
)
def test_a_page_of_the_server_is_its_own(link: str, server: str) -> None:
    assert is_of(server, link)


@pytest.mark.parametrize(
    "link",
    [
        "http://help.example.com/portal",
        "https://help.example.com.evil.example/portal",
        "https://help.example.com@evil.example/portal",
        "https://user:pw@help.example.com/portal",
        "https://evil.example/https://help.example.com/",
        "https://help.example.com:8443/portal",
        "https://help.example.com:port/portal",
        "https://help.example.com\\@evil.example/portal",
        "https://help.examp1e.com/portal",
        "https://hеlp.example.com/portal",  # a Cyrillic letter
        "https://help.example.com/a b",
        "https://help.example.com/a\nb",
        "https://help.example.com",
        "file:///etc/passwd",
        "ms-msdt:/id PCWDiagnostic",
        "javascript:alert(1)",
        "--help",
        "",
    ],
)
def test_anything_else_is_not_opened(link: str) -> None:
    opened: list[Target] = []
    assert not open_page(link, SERVER, opened.append)
    assert opened == []


def test_a_page_below_the_servers_path_only() -> None:
    assert not is_of("https://example.com/samebox", "https://example.com/other/portal")
    assert not is_of("https://example.com/samebox", "https://example.com/sameboxes")


@pytest.mark.parametrize(
    ("platform", "target"),
    [
        ("linux", Program(("xdg-open", f"{SERVER}/portal"))),
        ("win32", Address(f"{SERVER}/portal")),
        ("darwin", Address(f"{SERVER}/portal")),
    ],
)
def test_the_system_chooses_the_browser(platform: str, target: Target) -> None:
    opened: list[Target] = []
    assert open_page(f"{SERVER}/portal", SERVER, opened.append, platform)
    assert opened == [target]


def test_a_laptop_without_a_browser_says_so() -> None:
    def refuse(target: Target) -> None:
        raise FileNotFoundError(target)

    assert not open_page(f"{SERVER}/portal", SERVER, refuse)


def python(code: str, *words: str) -> Program:
    return Program((sys.executable, "-c", code, *words))


def test_a_program_that_finds_no_browser_has_opened_none() -> None:
    def start(target: Target) -> None:
        start_browser(python("raise SystemExit(3)"), patience=60.0)

    assert not open_page(f"{SERVER}/portal", SERVER, start)
    start_browser(python("raise SystemExit(0)"), patience=60.0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows opens addresses by itself")
def test_a_browser_that_stays_open_is_not_waited_for(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    start_browser(python("import sys; open(sys.argv[1]).read()", str(gate)), patience=0.0)
    gate.write_text("the browser is closed", encoding="utf-8")
