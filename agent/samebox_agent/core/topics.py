"""A guess at what a question is about, from its words; the asker can change it (J4)."""

import re

from samebox_shared.model.topics import Topic

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")

# The first letters of words that speak for a topic; those of the rarer topics stand first, so that
# "printer is not on the network" is about printing.
_BEGINNINGS: tuple[tuple[Topic, tuple[str, ...]], ...] = (
    (Topic.PRINTING, ("print", "scanner", "scan", "toner", "paper")),
    (
        Topic.SOUND_AND_CAMERA,
        (
            "sound",
            "audio",
            "speaker",
            "microphone",
            "mic",
            "headset",
            "headphone",
            "camera",
            "webcam",
            "mute",
        ),
    ),
    (Topic.MAIL_AND_CALENDAR, ("mail", "email", "e-mail", "outlook", "inbox", "calendar", "invit")),
    (
        Topic.SIGN_IN,
        (
            "password",
            "login",
            "log-in",
            "logon",
            "signin",
            "sign-in",
            "mfa",
            "locked",
            "pin",
            "fingerprint",
        ),
    ),
    (Topic.ACCESS, ("permission", "access", "denied", "share", "licen", "folder")),
    (Topic.DISPLAY, ("screen", "display", "monitor", "flicker", "resolution", "dock", "hdmi")),
    (Topic.STORAGE, ("disk", "storage", "space", "drive", "full")),
    (Topic.BATTERY, ("battery", "charg", "power", "adapter")),
    (Topic.UPDATES, ("update", "upgrad", "restart", "reboot", "driver")),
    (
        Topic.NETWORK,
        (
            "wifi",
            "wi-fi",
            "wlan",
            "network",
            "internet",
            "vpn",
            "ethernet",
            "cable",
            "dns",
            "router",
            "proxy",
            "online",
            "offline",
        ),
    ),
    (Topic.BROWSER, ("browser", "chrome", "edge", "firefox", "safari", "website", "tab", "cookie")),
    (
        Topic.APPLICATION,
        ("app", "program", "excel", "word", "teams", "crash", "install", "plugin", "macro"),
    ),
)
_WHOLE = frozenset(
    {"mic", "pin", "tab", "app", "word", "edge", "share", "full", "scan", "mail", "drive", "mute"}
)
"""These count as whole words and their plural only: "pinned" is not about a PIN."""


def guess(text: str) -> Topic:
    """The topic most words speak for; the one listed first wins a tie, no word gives OTHER."""
    words = _WORD.findall(text.casefold())
    best, most = Topic.OTHER, 0
    for topic, beginnings in _BEGINNINGS:
        count = sum(any(_speaks(word, start) for start in beginnings) for word in words)
        if count > most:
            best, most = topic, count
    return best


def _speaks(word: str, start: str) -> bool:
    return word in (start, f"{start}s") if start in _WHOLE else word.startswith(start)
