"""Hand-written view data: each screen in the states that matter, in the words of the product."""

from samebox_agent.core.intents import (
    DismissTrouble,
    GoBack,
    GoTo,
    HandBack,
    OpenHelp,
    Page,
    PassOffer,
    Quit,
    SetHelpingWish,
    SetThanks,
    SolveNow,
    StartSolving,
    StopSolving,
    TakeOffer,
)
from samebox_agent.presenters.views import (
    Banner,
    Button,
    Entry,
    HelpView,
    JoinView,
    MainView,
    MenuItem,
    OfferView,
    PageView,
    Pill,
    Screens,
    SessionView,
    Side,
    SolveView,
    Switch,
    Tone,
    TrayIcon,
    TrayView,
    Weight,
)
from samebox_shared.model.ids import OfferId

from tests.agent.ui import draft_scenes, fix_scenes, live_scenes, remedy_scenes
from tests.agent.ui.help_scenes import (
    LONG_WORD,
    SESSION,
    article,
    asks,
    help_page,
    help_pages,
)
from tests.agent.ui.sheet_scenes import invite, joins, settings, shared_log, sharing

BACK = Button("Back", GoBack(), Weight.QUIET)


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


def pages() -> dict[str, PageView]:
    """Every page in every state."""
    fixed = Banner("Fixed, and checked", "31 GB are free now. Glad that worked.", Tone.GOOD)
    return {
        **help_pages(),
        **fix_scenes.pages(),
        **asks(),
        **joins(),
        **live_scenes.pages(),
        **remedy_scenes.pages(),
        **draft_scenes.pages(),
        "article": article(),
        "article-fixed": article(
            outcome=fixed, buttons=(Button("Done", GoBack(), Weight.PRIMARY),), links=()
        ),
        "sharing": sharing(),
        "settings": settings(),
        "shared-log": shared_log(),
        "shared-log-empty": shared_log(0),
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
    Entry(
        "2",
        Side.THEIRS,
        "Hi! Mine did that too, after the October update. Does it happen on the cable as well?",
        "10:42",
    ),
    Entry("3", Side.MINE, "No, only on Wi-Fi.", "10:43", "Seen"),
    Entry(
        "4",
        Side.THEIRS,
        "Then it is the adapter going to sleep. Device Manager → Network adapters → "
        "Intel AX211 → Power management: untick “Allow the computer to turn off this "
        "device”.",
        "10:44",
    ),
    Entry("5", Side.MINE, "Done. Do I have to restart?", "10:46", "Delivered"),
)


def session(**changes: object) -> SessionView:
    """A live session, seen by the asker."""
    parts: dict[str, object] = {
        "key": "q1",
        "title": "Mira",
        "about": "Wi-Fi keeps dropping in meetings",
        "subtitle": "ThinkPad T14 Gen 3, Windows 11",
        "badge": None,
        "state": Banner("Mira is helping you", tone=Tone.GOOD),
        "peer": Pill("Here", Tone.GOOD),
        "people": (),
        "answers": (),
        "fact_rows": (),
        "facts_heading": "",
        "facts_first": 3,
        "entries": ENTRIES,
        "typing": "Mira is typing…",
        "safety": (
            "Samebox never asks for a password or a code. Do not run what you do not understand."
        ),
        "composer": "",
        "composer_placeholder": "Write to Mira",
        "composer_enabled": True,
        "buttons": (Button("It is solved", StartSolving(SESSION), Weight.PRIMARY),),
        "menu": (),
        "notice": None,
        "solve": None,
        "raised": 1,
    }
    return SessionView(**(parts | changes))  # type: ignore[arg-type]


SOLVE = SolveView(
    "Glad it works again",
    Switch("Say thanks to Mira", True, SetThanks(SESSION, True), SetThanks(SESSION, False)),
    "What fixed it?",
    "One sentence is enough. It helps the next person.",
    "Turned off the power saving of the Wi-Fi adapter",
    Button("Solved", SolveNow(SESSION), Weight.PRIMARY),
    Button("Not yet", StopSolving(SESSION)),
    "s1",
)
FACTS = (
    ("Model", "Lenovo ThinkPad T14 Gen 3"),
    ("System", "Windows 11 24H2"),
    ("Wi-Fi signal", "−78 dBm, weak"),
    ("Already tried", "Restart; Wi-Fi drops in meetings"),
)
MIRRORED = tuple(
    Entry(
        e.key,
        {Side.MINE: Side.THEIRS, Side.THEIRS: Side.MINE, Side.SYSTEM: Side.SYSTEM}[e.side],
        e.text,
        e.at,
        e.state if e.side is Side.THEIRS else "",
    )
    for e in ENTRIES[1:4]
)


def sessions() -> dict[str, SessionView]:
    """Live, as a helper, solving, much, long; the states of a question are in live_scenes."""
    return {
        **live_scenes.sessions(),
        "session": session(),
        "session-helper": session(
            title="Ana needs help",
            subtitle="“Wi-Fi keeps dropping in meetings”",
            state=Banner("You are helping Ana", tone=Tone.GOOD),
            peer=Pill("Ana is here", Tone.GOOD),
            facts_heading="What Ana shared with you",
            fact_rows=FACTS,
            entries=MIRRORED,
            typing="",
            buttons=(Button("I cannot go on", HandBack(SESSION)),),
        ),
        "session-solving": session(solve=SOLVE, typing="", buttons=()),
        "session-closed": session(
            state=Banner(
                "Solved today at 11:02",
                "Thank you. Your answer became a draft for the next person.",
                Tone.GOOD,
            ),
            peer=None,
            composer_enabled=False,
            composer_placeholder="This conversation has ended",
            typing="",
            buttons=(Button("See the draft", GoTo(Page.DRAFT)),),
        ),
        "session-much": session(
            state=Banner("You are helping Ana", "It comes back after a minute. " * 14, Tone.GOOD),
            facts_heading="What Ana shared with you",
            fact_rows=FACTS * 6,
            buttons=(Button("I cannot go on", HandBack(SESSION)),),
        ),
        "session-long": session(
            title="A question whose title goes on and on " * 3,
            entries=(Entry("x", Side.THEIRS, LONG_WORD), Entry("y", Side.MINE, "word " * 120)),
            composer="line one\nline two\nline three",
        ),
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
