"""What can be guessed about an article of another help desk from its words; a person decides."""

import re
from collections.abc import Iterable

from samebox_shared.model.devices import System

NO_TOPIC = "general"
_TOPICS = {
    "vpn": ("vpn",),
    "printing": ("print", "scanner", "scannen", "afdruk"),
    "bluetooth": ("bluetooth", "pairing", "koppelen"),
    "video-calls": ("teams", "zoom", "webcam", "camera", "video", "meeting", "vergader"),
    "sound": ("sound", "audio", "microphone", "headset", "speaker", "geluid", "microfoon"),
    "displays": ("monitor", "screen", "display", "dock", "scherm", "beeldscherm"),
    "network": ("wifi", "wi-fi", "wireless", "network", "internet", "proxy", "netwerk"),
    "battery": ("batter", "charger", "charging", "accu", "oplad"),
    "storage": ("disk", "storage", "onedrive", "folder", "schijf", "opslag"),
    "updates": ("update", "upgrade"),
    "browser": ("browser", "chrome", "edge", "firefox", "safari", "cookie"),
    "account": ("password", "account", "sign-in", "login", "authenticator", "wachtwoord", "inlog"),
    "input": ("keyboard", "mouse", "touchpad", "toetsenbord", "muis"),
    "notifications": ("notification", "melding"),
    "time": ("clock", "time zone", "klok", "tijdzone"),
}
_PROBLEM = re.compile(
    r"\?$|^(?:my|i|mijn|ik|mein|ich)\b|\b(?:not|no|cannot|\w+n['’]t|never|fail\w*|error|slow|stuck|lost|missing|broken|problem\w*"
    r"|trouble|niet|geen|nooit|fout\w*|traag|kwijt|probleem|problemen|nicht|kein\w*|fehler)\b",
    re.IGNORECASE,
)
_SYSTEMS = {
    System.WINDOWS: re.compile(r"\bwindows\b", re.IGNORECASE),
    System.MACOS: re.compile(r"\b(?:mac|macs|macos|macbooks?|os x)\b", re.IGNORECASE),
    System.LINUX: re.compile(r"\b(?:linux|ubuntu|fedora|debian)\b", re.IGNORECASE),
}
_RISKY = re.compile(
    r"\b(?:regedit|registry|register-editor|sudo|administrator\w*|admin|uninstall\w*|reinstall\w*"
    r"|format|formatteer\w*|drivers?|powershell|terminal|bios|firmware"
    r"|factory reset|verwijder\w*)\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d ()/-]{7,}\d(?!\w)")


def topic_of(section: str, labels: Iterable[str], title: str) -> str:
    """The topic that most of the words speak for; those of the title count most."""
    weighed = [(title, 3), (section, 2), *((label, 2) for label in labels)]
    points = {
        topic: sum(weight for words, weight in weighed if _speaks_for(starts, words))
        for topic, starts in _TOPICS.items()
    }
    best = max(points, key=lambda topic: points[topic])
    return best if points[best] else NO_TOPIC


def _speaks_for(starts: tuple[str, ...], words: str) -> bool:
    pattern = "|".join(re.escape(start) for start in starts)
    return re.search(rf"(?<!\w)(?:{pattern})", words, re.IGNORECASE) is not None


def is_problem(heading: str) -> bool:
    """Whether it says what goes wrong, and not what to do."""
    return _PROBLEM.search(heading) is not None


def systems_in(words: str) -> tuple[System, ...]:
    """The systems that are named."""
    return tuple(system for system, pattern in _SYSTEMS.items() if pattern.search(words))


def risky_words(text: str) -> tuple[str, ...]:
    """Words of steps that often need more rights or cannot be taken back."""
    return tuple(dict.fromkeys(word.lower() for word in _RISKY.findall(text)))


def personal_words(text: str) -> tuple[str, ...]:
    """What looks like an e-mail address or a telephone number."""
    return tuple(dict.fromkeys([*_EMAIL.findall(text), *_PHONE.findall(text)]))
