"""View data of the way to help: the help page, an article, the ask sheet."""

from samebox_agent.core.intents import (
    ForgetTried,
    GoTo,
    LookAgain,
    OpenArticle,
    OpenHelp,
    OpenSession,
    OpenSettingsPage,
    Page,
    SayNotSolved,
    SaySolved,
    SaySystem,
    SendQuestion,
    SetIncluded,
    SetLanguageAlong,
    SetNameHidden,
    SetPlaceAlong,
    ShowPreview,
    ShowTopics,
    Snooze,
    StartAsking,
)
from samebox_agent.presenters.views import (
    ArticleView,
    AskView,
    Banner,
    Button,
    Card,
    Choice,
    HelpView,
    Pill,
    Section,
    ShareRow,
    StepView,
    Switch,
    Tone,
    TriedRow,
    Weight,
)
from samebox_shared.model.facts import FactKind
from samebox_shared.model.ids import ArticleId, QuestionId, SessionId

DISK = ArticleId("disk-nearly-full")


WIFI = ArticleId("wifi-drops")


QUESTION = QuestionId("q1")


SESSION = SessionId("s1")


LONG_WORD = "https://intranet.example/knowledge/" + "very-long-path-segment-" * 5


def disk_card() -> Card:
    """A fix that fits a fact of this laptop."""
    return Card(
        title="Your disk is nearly full",
        body="Empty the bin and old downloads first. It takes about five minutes.",
        reason="Seen on this laptop: 6.2 GB free of 238 GB",
        proof="Helped 14 of 17 on ThinkPad T14 Gen 3 (likely 59 to 94%)",
        open=OpenArticle(DISK),
        buttons=(
            Button("Show the steps", OpenArticle(DISK)),
            Button("Later", Snooze(DISK), Weight.QUIET),
        ),
    )


def wifi_card() -> Card:
    """A fix that fits the words typed."""
    return Card(
        title="Wi-Fi drops in meetings",
        body="The driver turns the radio off to save power. One setting stops it.",
        reason="Fits your words “Wi-Fi” and “meetings”",
        pill=Pill("Needs restart", Tone.WARN),
        open=OpenArticle(WIFI),
        buttons=(Button("Show the steps", OpenArticle(WIFI)),),
    )


def help_page(**changes: object) -> HelpView:
    """The help page; any part can be replaced."""
    parts: dict[str, object] = {
        "title": "How can we help?",
        "text": "",
        "placeholder": "Say what is wrong, in your own words",
        "pill": Pill("4 helpers online", Tone.GOOD),
        "banners": (),
        "sections": (Section("Found on this laptop", (disk_card(),)),),
        "empty": "",
        "ask": Button("Ask a colleague", StartAsking(), Weight.PRIMARY),
        "footnote": "Usually answered in 3 minutes. Nothing is sent yet.",
        "links": (
            Button("What was shared", GoTo(Page.SHARED_LOG), Weight.QUIET),
            Button("What Samebox sees", GoTo(Page.SHARING), Weight.QUIET),
            Button("Settings", GoTo(Page.SETTINGS), Weight.QUIET),
        ),
    }
    return HelpView(**(parts | changes))  # type: ignore[arg-type]


def parked(title: str, text: str) -> Banner:
    """A question that waits while another can be asked."""
    return Banner(title, text, Tone.ACCENT, (Button("Open", OpenSession(QUESTION)),))


def help_pages() -> dict[str, HelpView]:
    """Typing, nothing found, offline, busy, long texts, many cards."""
    session = Banner(
        "Mira is helping you",
        "“Wi-Fi drops in every meeting”",
        Tone.ACCENT,
        (Button("Open the conversation", OpenHelp()),),
    )
    offline = Banner(
        "You are offline",
        "Fixes still work. A question is kept here and sent when the network is back.",
        Tone.WARN,
    )
    return {
        "help": help_page(
            text="My Wi-Fi keeps dropping in meetings",
            sections=(Section("Try this first", (wifi_card(), disk_card())),),
        ),
        "help-start": help_page(),
        "help-empty": help_page(
            text="The projector hums",
            sections=(),
            empty="No fix fits these words yet. A colleague with the same laptop may know.",
            pill=None,
        ),
        "help-offline": help_page(
            banners=(offline,),
            pill=Pill("Offline", Tone.NEUTRAL),
            footnote="Your question will wait on this laptop and go out once, by itself.",
        ),
        "help-talking": help_page(
            banners=(session,), ask=Button("Ask another question", StartAsking())
        ),
        "help-parked": help_page(
            banners=(
                parked("Your question was answered", "Printing is grey since Monday"),
                parked("Your question stands on the board", "The dock forgets my second screen"),
            ),
        ),
        "help-long": help_page(
            text="A very long question " * 6,
            sections=(
                Section(
                    "Try this first",
                    (
                        Card(
                            "A title that goes on " * 5,
                            LONG_WORD,
                            "Because " * 20,
                            Pill("A pill that is far too long for its card", Tone.BAD),
                            OpenArticle(WIFI),
                        ),
                    ),
                ),
                Section("More", (wifi_card(),) * 6),
            ),
        ),
    }


def article(**changes: object) -> ArticleView:
    """An article with steps."""
    parts: dict[str, object] = {
        "title": "Your disk is nearly full",
        "pills": (
            Pill("Low risk", Tone.GOOD),
            Pill("5 minutes"),
            Pill("Worked for 14 of 17", Tone.ACCENT),
        ),
        "reason": "Seen on this laptop: 6.2 GB free of 238 GB",
        "summary": (
            "When less than 10 GB are free, updates stop and programs get slow. Three "
            "places hold most of what you do not need."
        ),
        "steps": (
            StepView(1, "Empty the bin.", None),
            StepView(
                2,
                "Open the storage settings and remove temporary files.",
                Button("Open storage settings", OpenSettingsPage("storage")),
            ),
            StepView(
                3,
                "Sort the Downloads folder by size and move what is large to your drive on the "
                "server.",
            ),
        ),
        "undo": "Files in the bin can be restored until you empty it.",
        "outcome": None,
        "buttons": (
            Button("Look again", LookAgain(DISK), Weight.PRIMARY),
            Button("It helped", SaySolved(DISK)),
            Button("Did not help", SayNotSolved(DISK)),
        ),
        "links": (
            Button("Remind me in a week", Snooze(DISK), Weight.QUIET),
            Button("Never for this laptop", Snooze(DISK, for_ever=True), Weight.QUIET),
        ),
        "footnote": "Written by Mira and reviewed by IT, 3 November.",
    }
    return ArticleView(**(parts | changes))  # type: ignore[arg-type]


def share_rows() -> tuple[ShareRow, ...]:
    """What goes along with a question."""
    rows = (
        (
            FactKind.DEVICE_TYPE,
            "Device type",
            True,
            ("Lenovo ThinkPad T14 Gen 3", "Windows 11 24H2"),
        ),
        (
            FactKind.NETWORK,
            "Network",
            True,
            ("Wi-Fi, signal −78 dBm", "The internet can be reached"),
        ),
        (FactKind.STORAGE, "Storage", False, ()),
        (FactKind.BATTERY, "Battery", False, ()),
    )
    return tuple(
        ShareRow(
            Switch(
                label,
                on,
                SetIncluded(kind, True),
                SetIncluded(kind, False),
                "" if on else "Stays on this laptop",
            ),
            values,
        )
        for kind, label, on, values in rows
    )


PREVIEW = """{
  "question": "My Wi-Fi keeps dropping in meetings",
  "facts": {
    "system_info.hardware_model": "ThinkPad T14 Gen 3",
    "os_version.version": "11",
    "wifi_status.rssi": -78
  }
}"""


def ask(**changes: object) -> AskView:
    """The ask sheet."""
    parts: dict[str, object] = {
        "title": "Ask a colleague",
        "text": (
            "My Wi-Fi keeps dropping in meetings. It comes back after a minute, but the "
            "call is gone by then."
        ),
        "placeholder": "What happens, and since when?",
        "to_whom": (
            "To 2 colleagues with the same ThinkPad T14 Gen 3 first. If nobody is free: "
            "others with a T14, then IT."
        ),
        "systems": (),
        "topics_heading": "What it is about",
        "topics": (
            Choice("Wi-Fi and network", True, ShowTopics(True)),
            Choice("Something different…", False, ShowTopics(True)),
        ),
        "rows": share_rows(),
        "along": (
            Switch("Ask in English", True, SetLanguageAlong(True), SetLanguageAlong(False)),
            Switch("I am at: Building B", True, SetPlaceAlong(True), SetPlaceAlong(False)),
        ),
        "name_hidden": Switch(
            "My name stays hidden until someone accepts",
            True,
            SetNameHidden(True),
            SetNameHidden(False),
        ),
        "tried": (
            TriedRow(
                "Wi-Fi drops in meetings",
                Button("Leave out", ForgetTried(ArticleId("wifi-drops")), Weight.QUIET),
            ),
        ),
        "preview_button": Button("See exactly what is sent", ShowPreview(True), Weight.QUIET),
        "preview": "",
        "trouble": None,
        "send": Button("Send question", SendQuestion(), Weight.PRIMARY),
        "footnote": "Only the colleague who accepts sees the details, until Friday.",
    }
    return AskView(**(parts | changes))  # type: ignore[arg-type]


def asks() -> dict[str, AskView]:
    """Everything on, nothing shared, trouble, preview."""
    systems = tuple(
        Choice(name, name == "Windows", SaySystem(name.lower()))
        for name in ("Windows", "macOS", "Ubuntu", "Debian", "Something else")
    )
    return {
        "ask": ask(),
        "ask-preview": ask(
            preview=PREVIEW,
            preview_button=Button("Hide the preview", ShowPreview(False), Weight.QUIET),
        ),
        "ask-nothing-shared": ask(
            systems=systems,
            rows=(),
            tried=(),
            text="",
            send=Button(
                "Send question",
                SendQuestion(),
                Weight.PRIMARY,
                enabled=False,
                hint="Write your question first",
            ),
        ),
        "ask-trouble": ask(
            trouble=Banner(
                "The question could not be sent",
                "It is kept on this laptop and goes out by itself when the server answers again.",
                Tone.BAD,
            )
        ),
    }
