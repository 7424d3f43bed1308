"""View data of the quiet sheets: sharing, joining, settings, the log, an invite."""

from samebox_agent.core.intents import (
    Appearance,
    CopyText,
    FinishSharing,
    GoTo,
    Join,
    MakeInvite,
    Page,
    SetAppearance,
    SetAutostart,
    SetHelpingWish,
    SetReading,
    SetSharing,
)
from samebox_agent.presenters.views import (
    Banner,
    Button,
    Choice,
    InviteView,
    JoinView,
    LogEntry,
    SettingsView,
    SharedLogView,
    SharingRow,
    SharingView,
    Switch,
    Tone,
    Weight,
)
from samebox_shared.model.facts import FactKind

from tests.agent.ui.help_scenes import PREVIEW

KINDS = (
    (
        FactKind.DEVICE_TYPE,
        "Device type",
        True,
        "Finds a colleague with the same laptop.",
        "Lenovo ThinkPad T14 Gen 3, Windows 11",
        ("On this laptop: Lenovo ThinkPad T14 Gen 3, Windows 11 24H2",),
        "Read in 31 ms",
    ),
    (
        FactKind.STORAGE,
        "Storage",
        True,
        "Finds fixes for a full or slow disk.",
        "6.2 GB free of 238 GB",
        ("On this laptop: 6.2 GB free of 238 GB",),
        "Read in 2 ms",
    ),
    (
        FactKind.BATTERY,
        "Battery",
        False,
        "Tells a worn battery from a wrong setting.",
        "wear 18 %, 412 charging cycles",
        ("Not read while this is off",),
        "",
    ),
    (
        FactKind.NETWORK,
        "Network",
        True,
        "Shows whether the trouble is Wi-Fi, name lookup or the far end.",
        "Wi-Fi, signal −61 dBm; never the name of the network",
        ("On this laptop: Wi-Fi, signal −78 dBm",),
        "Read in 12 ms",
    ),
)


def sharing() -> SharingView:
    """The sharing sheet."""
    return SharingView(
        "What Samebox sees",
        "Facts are read and matched on this laptop. They leave it only when you press "
        "Send, to one person, until a stated time.",
        Switch(
            "Let Samebox read facts on this laptop",
            True,
            SetReading(True),
            SetReading(False),
            "Off: help still works, without fixes made for your laptop",
        ),
        tuple(
            SharingRow(
                Switch(label, on, SetSharing(kind, True), SetSharing(kind, False), purpose),
                "",
                f"For example: {example}",
                values,
                cost,
            )
            for kind, label, on, purpose, example, values, cost in KINDS
        ),
        "Samebox never sees",
        (
            "What you type outside Samebox",
            "Files, mail and web pages",
            "Where you are",
            "When you work",
        ),
        Button("Continue", FinishSharing(), Weight.PRIMARY),
        "You can change each of these at any time.",
    )


def join(**changes: object) -> JoinView:
    """First contact."""
    parts: dict[str, object] = {
        "title": "Welcome to Samebox",
        "intro": (
            "Help from a colleague who has the same computer. Paste the invite you were "
            "sent; it works once."
        ),
        "invite": "",
        "invite_placeholder": "samebox://join/…",
        "trouble": None,
        "join": Button("Join", Join(), Weight.PRIMARY, enabled=False),
        "busy": "",
        "footnote": "No password, no account to make.",
    }
    return JoinView(**(parts | changes))  # type: ignore[arg-type]


def joins() -> dict[str, JoinView]:
    """Empty, at work, refused."""
    ready = Button("Join", Join(), Weight.PRIMARY)
    link = "samebox://join/help.example/4K7M-QX2P"
    return {
        "join": join(),
        "join-busy": join(
            invite=link,
            busy="Joining help.example…",
            join=Button("Join", Join(), Weight.PRIMARY, enabled=False),
        ),
        "join-refused": join(
            invite=link,
            join=ready,
            trouble=Banner(
                "This invite was used already",
                "Nothing was changed. Ask the person who sent it for a new one.",
                Tone.BAD,
            ),
        ),
    }


def settings() -> SettingsView:
    """The settings."""
    return SettingsView(
        "Settings",
        (
            Switch(
                "I am glad to help others",
                True,
                SetHelpingWish(True),
                SetHelpingWish(False),
                "At most 3 notices a week, for laptops like yours",
            ),
            Switch("Start when I log in", False, SetAutostart(True), SetAutostart(False)),
        ),
        "Appearance",
        (
            Choice("System", True, SetAppearance(Appearance.SYSTEM)),
            Choice("Light", False, SetAppearance(Appearance.LIGHT)),
            Choice("Dark", False, SetAppearance(Appearance.DARK)),
        ),
        (
            "Samebox 0.1.0, connected to help.example.",
            "This minute: 2 ms of processor time, 57 MB of memory.",
            "Your key is kept in the system's key store.",
        ),
        (),
        (
            Button("What Samebox sees", GoTo(Page.SHARING)),
            Button("What was shared", GoTo(Page.SHARED_LOG)),
            Button("Invite a colleague", GoTo(Page.INVITE)),
        ),
    )


def shared_log(count: int = 3) -> SharedLogView:
    """What left the laptop."""
    entries = tuple(
        LogEntry(
            f"Today, 10:{41 - n:02}",
            f"To Mira, with your question: device type, network ({n + 1})",
            PREVIEW,
        )
        for n in range(count)
    )
    return SharedLogView(
        "What was shared",
        "Every byte of facts that left this laptop, with the time and the receiver.",
        entries,
        "Nothing has left this laptop.",
    )


def invite(**changes: object) -> InviteView:
    """The invite page."""
    parts: dict[str, object] = {
        "title": "Invite a colleague",
        "intro": "The link works once and for seven days. Send it to that person only.",
        "name": "Jonas Weber",
        "name_placeholder": "First and last name",
        "make": Button("Make an invite", MakeInvite(), Weight.PRIMARY),
        "link": "samebox://join/help.example/4K7M-QX2P-88TR-VVKD-0PQA-L2MN-ZZ31",
        "copy": Button("Copy the link", CopyText("samebox://join/help.example/4K7M-QX2P")),
        "trouble": None,
        "busy": "",
    }
    return InviteView(**(parts | changes))  # type: ignore[arg-type]
