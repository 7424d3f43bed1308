"""What the portal says: states, refusals, kinds of laptops, dates."""

from datetime import UTC, datetime

from samebox_shared.model.articles import AppliesTo, DraftState, Risk
from samebox_shared.model.devices import DeviceType, System

from samebox_server.core.proposals import WhyNot

SYSTEMS = {
    System.WINDOWS: "Windows",
    System.MACOS: "macOS",
    System.LINUX: "Linux",
    System.IOS: "iOS",
    System.ANDROID: "Android",
}
RISKS = {
    Risk.READ_ONLY: "Safe to try",
    Risk.REVERSIBLE: "Can be undone",
    Risk.RISKY: "Take care",
}
"""The words of the laptop."""
RISK_CHOICES = {
    Risk.READ_ONLY: "Safe to try: only looks",
    Risk.REVERSIBLE: "Can be undone",
    Risk.RISKY: "Take care: IT agrees first",
}
STATES = {
    DraftState.LOOKING: "Being looked at",
    DraftState.REVIEW: "Waits for a moderator",
    DraftState.SENT_BACK: "Sent back",
    DraftState.PUBLISHED: "Published",
    DraftState.WITHDRAWN: "Taken back",
}
WHY_NOT = {
    WhyNot.NOT_A_MODERATOR: "Only a moderator publishes.",
    WhyNot.CONTRIBUTED: "You contributed to it, so somebody else decides.",
    WhyNot.NOT_A_CONTRIBUTOR: "You did not contribute to it.",
    WhyNot.OTHERS_LOOK_FIRST: "Whoever contributed looks first, for three days at most.",
    WhyNot.SENT_BACK: "It was sent back. Somebody has to change it first.",
    WhyNot.NEEDS_IT: "It is risky: somebody of IT who did not contribute agrees first.",
    WhyNot.NOT_RISKY: "It is not risky, so IT does not have to agree.",
    WhyNot.NOT_IT: "Only IT agrees to a risk.",
    WhyNot.NEWER_VERSION: (
        "A newer version was published since this was written. Open it for changing, look at what "
        "is different, and save it again."
    ),
    WhyNot.UNWRITTEN: (
        "“Not written yet” still stands in it. Change the words: say how to go back, or that "
        "nothing has to be put back."
    ),
    WhyNot.CHANGED_MEANWHILE: (
        "Somebody changed the words after you opened this page. Nothing was decided: read them as "
        "they stand now, and choose again."
    ),
    WhyNot.OVER: "It is over: published or taken back already.",
}
TOPICS = {
    "account": "Account and sign-in",
    "battery": "Battery",
    "bluetooth": "Bluetooth",
    "browser": "Browser",
    "time": "Clock and time",
    "storage": "Disk space",
    "displays": "Displays",
    "input": "Keyboard, mouse, touchpad",
    "mail": "Mail and calendar",
    "memory": "Memory and speed",
    "network": "Network and Wi-Fi",
    "notifications": "Notifications",
    "printing": "Printing",
    "application": "Programs",
    "sound": "Sound and camera",
    "general": "Something else",
    "system": "System",
    "updates": "Updates",
    "video-calls": "Video calls",
    "vpn": "VPN",
}
"""Those that people choose and those of drafts, by their words."""
TURNED_AWAY = {
    401: "Sign in from your laptop",
    403: "Not open to you",
    404: "It is not here",
    409: "It changed meanwhile",
    413: "Too long",
}
_SPELLED = {"vpn": "VPN", "wifi": "Wi-Fi"}
NOT_DONE = "That was not done"
LANGUAGES = {"en": "English", "nl": "Nederlands", "de": "Deutsch", "fr": "Français"}
SOMEBODY_GONE = "a former colleague"
WRITTEN_OVER = (
    "Somebody else changed this after you opened it. What you wrote still stands here and is not "
    "handed over. Look at theirs in another window; hand over again to put yours in its place."
)
NO_CHANGE = "Nothing is different from the version that is published. Change something first."


def topic(code: str) -> str:
    """What an article is about; a company's own topic as it is written."""
    return TOPICS.get(code, code)


def key_in_words(key: str) -> str:
    """The key of a settings page: "screen_capture" is "Screen capture", "vpn" is "VPN"."""
    return _SPELLED.get(key, key.replace("_", " ").capitalize())


def times(amount: int) -> str:
    """ "once", "12 times" """
    return "once" if amount == 1 else f"{amount} times"


def kind_in_words(kind: AppliesTo) -> str:
    """ "Windows >=11 · Lenovo · ThinkPad T14" """
    system = SYSTEMS[kind.system] if kind.system else ""
    parts = (f"{system} {kind.versions}".strip(), kind.vendor, kind.family, kind.model)
    return " · ".join(part for part in parts if part) or "Every laptop"


def type_in_words(kind: DeviceType) -> str:
    """ "ThinkPad T14 Gen 3, Linux 12" """
    system = f"{SYSTEMS[kind.system]} {kind.system_version}".strip() if kind.system else ""
    laptop = kind.model or kind.family or kind.vendor
    return ", ".join(part for part in (laptop, system) if part) or "A laptop that is not told"


def day(seconds: float | None) -> str:
    """ "27 Nov 2026", in universal time."""
    if not seconds:
        return ""
    return f"{datetime.fromtimestamp(seconds, UTC):%d %b %Y}".lstrip("0")
