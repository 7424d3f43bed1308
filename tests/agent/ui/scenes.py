"""Hand-written view data: each screen in the states that matter, in the words of the product."""

from samebox_agent.core.intents import (
    Appearance,
    CancelAsking,
    CopyText,
    DismissTrouble,
    FinishSharing,
    GoBack,
    GoTo,
    HandBack,
    Join,
    LookAgain,
    MakeInvite,
    OpenArticle,
    OpenHelp,
    OpenSettingsPage,
    Page,
    PassOffer,
    Quit,
    SaySolved,
    SayNotSolved,
    SaySystem,
    SendQuestion,
    SetAppearance,
    SetAutostart,
    SetHelpingWish,
    SetIncluded,
    SetNameHidden,
    SetReading,
    SetSharing,
    SetThanks,
    ShowPreview,
    Snooze,
    SolveNow,
    StartAsking,
    StartSolving,
    StopSolving,
    TakeOffer,
)
from samebox_agent.presenters.views import (
    ArticleView,
    AskView,
    Banner,
    Button,
    Card,
    Choice,
    DraftView,
    Entry,
    HelpView,
    InviteView,
    JoinView,
    LogEntry,
    MainView,
    MenuItem,
    OfferView,
    PageView,
    Pill,
    Screens,
    Section,
    SessionView,
    SettingsView,
    SharedLogView,
    ShareRow,
    SharingRow,
    SharingView,
    Side,
    SolveView,
    StepView,
    Switch,
    Tone,
    TrayIcon,
    TrayView,
    Weight,
)
from samebox_shared.model.facts import FactKind
from samebox_shared.model.ids import ArticleId, OfferId, QuestionId, SessionId

DISK = ArticleId("disk-nearly-full")
WIFI = ArticleId("wifi-drops")
QUESTION = QuestionId("q1")
SESSION = SessionId("s1")
BACK = Button("Back", GoBack(), Weight.QUIET)
LONG_WORD = "https://intranet.example/knowledge/" + "very-long-path-segment-" * 5


def tray(icon: TrayIcon = TrayIcon.READY, count: int = 0) -> TrayView:
    """The icon with its whole menu."""
    return TrayView(
        icon,
        count,
        "Samebox: ready to help",
        (
            MenuItem("Get help…", OpenHelp()),
            MenuItem("Connected. 4 helpers have a ThinkPad T14 Gen 3.", separator_before=True),
            MenuItem("I am glad to help others", SetHelpingWish(False), checked=True),
            MenuItem("What was shared", GoTo(Page.SHARED_LOG)),
            MenuItem("Settings", GoTo(Page.SETTINGS)),
            MenuItem("Quit Samebox", Quit(), separator_before=True),
        ),
    )


def disk_card() -> Card:
    """A fix that fits a fact of this laptop."""
    return Card(
        title="Your disk is nearly full",
        body="Empty the bin and old downloads first. It takes about five minutes.",
        reason="Seen on this laptop: 6.2 GB free of 238 GB",
        pill=Pill("14 of 17 fixed", Tone.GOOD),
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
        "footnote": "Usually answered in 3 minutes. Nothing is sent before you say so.",
        "links": (
            Button("What was shared", GoTo(Page.SHARED_LOG), Weight.QUIET),
            Button("What Samebox sees", GoTo(Page.SHARING), Weight.QUIET),
            Button("Settings", GoTo(Page.SETTINGS), Weight.QUIET),
        ),
    }
    return HelpView(**(parts | changes))  # type: ignore[arg-type]


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
        "help-talking": help_page(banners=(session,), ask=Button("Ask another question", StartAsking())),
        "help-long": help_page(
            text="A very long question " * 6,
            sections=(
                Section("Try this first", (Card("A title that goes on " * 5, LONG_WORD, "Because " * 20, Pill("A pill that is far too long for its card", Tone.BAD), OpenArticle(WIFI)),)),
                Section("More", (wifi_card(),) * 6),
            ),
        ),
    }


def article(**changes: object) -> ArticleView:
    """An article with steps."""
    parts: dict[str, object] = {
        "title": "Your disk is nearly full",
        "pills": (Pill("Low risk", Tone.GOOD), Pill("5 minutes"), Pill("Worked for 14 of 17", Tone.ACCENT)),
        "reason": "Seen on this laptop: 6.2 GB free of 238 GB",
        "summary": "When less than 10 GB are free, updates stop and programs get slow. Three places hold most of what you do not need.",
        "steps": (
            StepView(1, "Empty the bin.", None),
            StepView(2, "Open the storage settings and remove temporary files.", Button("Open storage settings", OpenSettingsPage("storage"))),
            StepView(3, "Sort the Downloads folder by size and move what is large to your drive on the server."),
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
        (FactKind.DEVICE_TYPE, "Device type", True, ("Lenovo ThinkPad T14 Gen 3", "Windows 11 24H2")),
        (FactKind.NETWORK, "Network", True, ("Wi-Fi, signal −78 dBm", "The internet can be reached")),
        (FactKind.STORAGE, "Storage", False, ()),
        (FactKind.BATTERY, "Battery", False, ()),
    )
    return tuple(
        ShareRow(
            Switch(label, on, SetIncluded(kind, True), SetIncluded(kind, False), "" if on else "Stays on this laptop"),
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
        "text": "My Wi-Fi keeps dropping in meetings. It comes back after a minute, but the call is gone by then.",
        "placeholder": "What happens, and since when?",
        "to_whom": "To 2 colleagues with the same ThinkPad T14 Gen 3 first. If nobody is free: others with a T14, then IT.",
        "systems": (),
        "rows": share_rows(),
        "name_hidden": Switch("Hide my name until someone accepts", True, SetNameHidden(True), SetNameHidden(False)),
        "tried": ("Wi-Fi drops in meetings: did not help",),
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
        "ask-preview": ask(preview=PREVIEW, preview_button=Button("Hide the preview", ShowPreview(False), Weight.QUIET)),
        "ask-nothing-shared": ask(
            systems=systems,
            rows=(),
            tried=(),
            text="",
            send=Button("Send question", SendQuestion(), Weight.PRIMARY, enabled=False, hint="Write your question first"),
        ),
        "ask-trouble": ask(
            trouble=Banner(
                "The question could not be sent",
                "It is kept on this laptop and goes out by itself when the server answers again.",
                Tone.BAD,
            )
        ),
    }


def sharing() -> SharingView:
    """The sharing sheet."""
    rows = (
        (FactKind.DEVICE_TYPE, "Device type", True, "Finds a colleague with the same laptop.", "Lenovo ThinkPad T14 Gen 3, Windows 11", ("On this laptop: Lenovo ThinkPad T14 Gen 3, Windows 11 24H2",)),
        (FactKind.STORAGE, "Storage", True, "Finds fixes for a full or slow disk.", "6.2 GB free of 238 GB", ("On this laptop: 6.2 GB free of 238 GB",)),
        (FactKind.BATTERY, "Battery", False, "Tells a worn battery from a wrong setting.", "wear 18 %, 412 charging cycles", ("Not read while this is off",)),
        (FactKind.NETWORK, "Network", True, "Shows whether the trouble is Wi-Fi, name lookup or the far end.", "Wi-Fi, signal −61 dBm; never the name of the network", ("On this laptop: Wi-Fi, signal −78 dBm",)),
    )
    return SharingView(
        "What Samebox sees",
        "Facts are read and matched on this laptop. They leave it only when you press Send, to one person, until a stated time.",
        Switch("Let Samebox read facts on this laptop", True, SetReading(True), SetReading(False), "Off: help still works, without fixes made for your laptop"),
        tuple(
            SharingRow(Switch(label, on, SetSharing(kind, True), SetSharing(kind, False), purpose), "", f"For example: {example}", values)
            for kind, label, on, purpose, example, values in rows
        ),
        "Samebox never sees",
        ("What you type outside Samebox", "Files, mail and web pages", "Where you are", "When you work"),
        Button("Continue", FinishSharing(), Weight.PRIMARY),
        "You can change each of these at any time.",
    )


def join(**changes: object) -> JoinView:
    """First contact."""
    parts: dict[str, object] = {
        "title": "Welcome to Samebox",
        "intro": "Help from a colleague who has the same computer. Paste the invite you were sent; it works once.",
        "invite": "",
        "invite_placeholder": "samebox://join/…",
        "name": None,
        "name_placeholder": "How colleagues know you",
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
        "join-busy": join(invite=link, busy="Joining help.example…", join=Button("Join", Join(), Weight.PRIMARY, enabled=False)),
        "join-refused": join(
            invite=link,
            name="Ana Ruiz",
            join=ready,
            trouble=Banner("This invite was used already", "Nothing was changed. Ask the person who sent it for a new one.", Tone.BAD),
        ),
    }


def settings() -> SettingsView:
    """The settings."""
    return SettingsView(
        "Settings",
        (
            Switch("I am glad to help others", True, SetHelpingWish(True), SetHelpingWish(False), "At most 3 notices a week, for laptops like yours"),
            Switch("Start when I log in", False, SetAutostart(True), SetAutostart(False)),
        ),
        "Appearance",
        (
            Choice("System", True, SetAppearance(Appearance.SYSTEM)),
            Choice("Light", False, SetAppearance(Appearance.LIGHT)),
            Choice("Dark", False, SetAppearance(Appearance.DARK)),
        ),
        ("Samebox 0.1.0, connected to help.example.", "This minute: 2 ms of processor time, 57 MB of memory.", "Your key is kept in the system's key store."),
        (),
        (Button("What Samebox sees", GoTo(Page.SHARING)), Button("What was shared", GoTo(Page.SHARED_LOG)), Button("Invite a colleague", GoTo(Page.INVITE))),
    )


def shared_log(count: int = 3) -> SharedLogView:
    """What left the laptop."""
    entries = tuple(
        LogEntry(f"Today, 10:{41 - n:02}", f"To Mira, with your question: device type, network ({n + 1})", PREVIEW)
        for n in range(count)
    )
    return SharedLogView(
        "What was shared",
        "Every byte of facts that left this laptop, with the time and the receiver.",
        entries,
        "Nothing has left this laptop.",
    )


def draft() -> DraftView:
    """A draft article."""
    return DraftView(
        "Your answer, kept",
        "This is how your session reads for the next person. Names were taken out. A moderator looks at it before anyone else does.",
        "Wi-Fi drops in meetings on ThinkPad T14 Gen 3",
        (Pill("Draft"), Pill("Low risk", Tone.GOOD)),
        ("Wi-Fi is gone for about a minute, mostly in calls.", "Signal was −78 dBm."),
        (StepView(1, "Open the power settings of the Wi-Fi adapter."), StepView(2, "Turn off “Let the computer turn off this device”.")),
        ("Lenovo ThinkPad T14 Gen 3", "Windows 11 24H2"),
        "Worked once, on this device type.",
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


def pages() -> dict[str, PageView]:
    """Every page in every state."""
    fixed = Banner("Fixed, and checked", "31 GB are free now. Glad that worked.", Tone.GOOD)
    return {
        **help_pages(),
        **asks(),
        **joins(),
        "article": article(),
        "article-fixed": article(outcome=fixed, buttons=(Button("Done", GoBack(), Weight.PRIMARY),), links=()),
        "sharing": sharing(),
        "settings": settings(),
        "shared-log": shared_log(),
        "shared-log-empty": shared_log(0),
        "draft": draft(),
        "invite": invite(),
        "invite-empty": invite(name="", link="", copy=None),
    }


def main(page: PageView, raised: int = 1, trouble: Banner | None = None) -> MainView:
    """The main window on a page."""
    no_way_back = isinstance(page, HelpView | JoinView)
    return MainView(True, raised, page, None if no_way_back else BACK, trouble)


TROUBLE = Banner(
    "The server cannot be reached",
    "What you wrote is kept. Samebox goes on trying by itself.",
    Tone.WARN,
    (Button("Understood", DismissTrouble(), Weight.QUIET),),
)

ENTRIES = (
    Entry("1", Side.SYSTEM, "Mira has the same ThinkPad T14 Gen 3 and accepted after 40 seconds."),
    Entry("2", Side.THEIRS, "Hi! Mine did that too, after the October update. Does it happen on the cable as well?", "10:42"),
    Entry("3", Side.MINE, "No, only on Wi-Fi.", "10:43", "Seen"),
    Entry("4", Side.THEIRS, "Then it is the adapter going to sleep. Device Manager → Network adapters → Intel AX211 → Power management: untick “Allow the computer to turn off this device”.", "10:44"),
    Entry("5", Side.MINE, "Done. Do I have to restart?", "10:46", "Delivered"),
)


def session(**changes: object) -> SessionView:
    """A live session, seen by the asker."""
    parts: dict[str, object] = {
        "key": "q1",
        "title": "Wi-Fi keeps dropping in meetings",
        "subtitle": "Asked today at 10:41",
        "state": Banner("Mira is helping you", tone=Tone.GOOD),
        "peer": Pill("Mira is here", Tone.GOOD),
        "fact_rows": (),
        "facts_heading": "",
        "entries": ENTRIES,
        "typing": "Mira is typing…",
        "safety": "Samebox never asks for a password or a code. Do not run what you do not understand.",
        "composer": "",
        "composer_placeholder": "Write to Mira",
        "composer_enabled": True,
        "buttons": (Button("It is solved", StartSolving(SESSION), Weight.PRIMARY),),
        "solve": None,
        "raised": 1,
    }
    return SessionView(**(parts | changes))  # type: ignore[arg-type]


def sessions() -> dict[str, SessionView]:
    """Asking, live, as a helper, offline, solving, long."""
    asking = Banner(
        "Asking 2 colleagues with the same ThinkPad T14 Gen 3…",
        "They usually answer within 3 minutes. If nobody is free, others with a T14 are asked next, then IT.",
        Tone.ACCENT,
        busy=True,
    )
    cancel = (Button("Take the question back", CancelAsking(QUESTION), Weight.QUIET),)
    solve = SolveView(
        "Glad it works again",
        Switch("Say thanks to Mira", True, SetThanks(SESSION, True), SetThanks(SESSION, False)),
        "What fixed it?",
        "One sentence is enough. It helps the next person.",
        "Turned off the power saving of the Wi-Fi adapter",
        Button("Solved", SolveNow(SESSION), Weight.PRIMARY),
        Button("Not yet", StopSolving(SESSION)),
        "s1",
    )
    offline = Banner("You are offline", "What you write is kept and sent when the network is back.", Tone.WARN, busy=True)
    facts = (
        ("Model", "Lenovo ThinkPad T14 Gen 3"),
        ("System", "Windows 11 24H2"),
        ("Wi-Fi signal", "−78 dBm, weak"),
        ("Already tried", "Restart; Wi-Fi drops in meetings"),
    )
    mirrored = tuple(
        Entry(e.key, {Side.MINE: Side.THEIRS, Side.THEIRS: Side.MINE, Side.SYSTEM: Side.SYSTEM}[e.side], e.text, e.at, e.state if e.side is Side.THEIRS else "")
        for e in ENTRIES[1:4]
    )
    waiting = (*ENTRIES, Entry("6", Side.MINE, "Are you still there?", "10:52", "Waiting for the network", Tone.WARN))
    return {
        "session": session(),
        "session-asking": session(state=asking, peer=None, entries=(Entry("0", Side.MINE, "My Wi-Fi keeps dropping in meetings. It comes back after a minute, but the call is gone by then.", "10:41", "Sent"),), typing="", buttons=cancel, composer_placeholder="Add something while you wait"),
        "session-helper": session(
            title="Ana needs help",
            subtitle="“Wi-Fi keeps dropping in meetings”",
            state=Banner("You are helping Ana", tone=Tone.GOOD),
            peer=Pill("Ana is here", Tone.GOOD),
            facts_heading="What Ana shared with you",
            fact_rows=facts,
            entries=mirrored,
            typing="",
            buttons=(Button("I cannot go on", HandBack(SESSION)),),
        ),
        "session-offline": session(state=offline, peer=Pill("Away"), entries=waiting, typing=""),
        "session-solving": session(solve=solve, typing="", buttons=()),
        "session-closed": session(state=Banner("Solved today at 11:02", "Thank you. Your answer became a draft for the next person.", Tone.GOOD), peer=None, composer_enabled=False, composer_placeholder="This conversation has ended", typing="", buttons=(Button("See the draft", GoTo(Page.DRAFT)),)),
        "session-long": session(title="A question whose title goes on and on " * 3, entries=(Entry("x", Side.THEIRS, LONG_WORD), Entry("y", Side.MINE, "word " * 120)), composer="line one\nline two\nline three"),
    }


def offer() -> OfferView:
    """The notice to a helper."""
    return OfferView(
        "o1",
        "A colleague could use your help",
        "ThinkPad T14 Gen 3 · Windows 11",
        "“Wi-Fi keeps dropping in meetings”",
        "You have the same laptop and system",
        Button("Accept", TakeOffer(OfferId("o1")), Weight.PRIMARY),
        Button("Not now", PassOffer(OfferId("o1"))),
    )


def screens(page: PageView | None = None, **changes: object) -> Screens:
    """All of Samebox, with the help page open unless told otherwise."""
    parts: dict[str, object] = {"tray": tray(), "main": main(page or help_page())}
    return Screens(**(parts | changes))  # type: ignore[arg-type]
