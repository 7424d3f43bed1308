"""View data: what each screen shows, as plain values. Widgets draw these and nothing else.

A view is compared with the one drawn before; an equal view is not drawn again.
"""

from enum import StrEnum

from msgspec import Struct, field

from samebox_agent.core.intents import Appearance, Intent, Page
from samebox_agent.presenters.draft_view import DraftRow as DraftRow
from samebox_agent.presenters.draft_view import DraftView as DraftView
from samebox_agent.presenters.tray_view import MenuItem as MenuItem
from samebox_agent.presenters.tray_view import TrayIcon as TrayIcon
from samebox_agent.presenters.tray_view import TrayNotice as TrayNotice
from samebox_agent.presenters.tray_view import TrayView as TrayView
from samebox_agent.presenters.view_parts import Banner as Banner
from samebox_agent.presenters.view_parts import Button as Button
from samebox_agent.presenters.view_parts import Choice as Choice
from samebox_agent.presenters.view_parts import Field as Field
from samebox_agent.presenters.view_parts import OwnRow as OwnRow
from samebox_agent.presenters.view_parts import Pill as Pill
from samebox_agent.presenters.view_parts import Reason as Reason
from samebox_agent.presenters.view_parts import Run as Run
from samebox_agent.presenters.view_parts import Switch as Switch
from samebox_agent.presenters.view_parts import Tone as Tone
from samebox_agent.presenters.view_parts import Weight as Weight


class Card(Struct, frozen=True):
    """One suggestion: an article and the reason it is shown."""

    title: str
    body: str
    reason: str = ""
    pill: Pill | None = None
    open: Intent | None = None
    buttons: tuple[Button, ...] = ()
    proof: str = ""


class Section(Struct, frozen=True):
    """A heading over cards."""

    heading: str
    cards: tuple[Card, ...]


class HelpView(Struct, frozen=True):
    """The help page: one field, fixes while typing, the way to a colleague."""

    title: str
    text: str
    placeholder: str
    pill: Pill | None
    banners: tuple[Banner, ...]
    sections: tuple[Section, ...]
    empty: str
    ask: Button
    footnote: str
    links: tuple[Button, ...] = ()
    page: Page = Page.HELP


class RemedyView(Struct, frozen=True):
    """A remedy on its way: what is said and asked, and rows of a name and a value."""

    banner: Banner
    rows: tuple[tuple[str, str], ...] = ()


class StepView(Struct, frozen=True):
    """One step: its number, its text, and a button that opens the right settings page or asks for a
    remedy; `note` says when that was last done, `remedy` how far it has come."""

    number: int
    text: str
    button: Button | None = None
    note: str = ""
    remedy: RemedyView | None = None


class ArticleView(Struct, frozen=True):
    """One article, whole."""

    title: str
    pills: tuple[Pill, ...]
    reason: str
    summary: str
    steps: tuple[StepView, ...]
    undo: str
    outcome: Banner | None
    buttons: tuple[Button, ...]
    links: tuple[Button, ...]
    footnote: str = ""
    objection: Reason | None = None
    page: Page = Page.ARTICLE


class ShareRow(Struct, frozen=True):
    """One kind of fact on the ask sheet: the values in words, and whether they go along."""

    switch: Switch
    values: tuple[str, ...]


class TriedRow(Struct, frozen=True):
    """Something that was tried already, and the button that leaves it out."""

    text: str
    leave_out: Button


class AskView(Struct, frozen=True):
    """The ask sheet: exactly what will be sent, and to whom."""

    title: str
    text: str
    placeholder: str
    to_whom: str
    systems: tuple[Choice, ...]
    topics_heading: str
    topics: tuple[Choice, ...]
    rows: tuple[ShareRow, ...]
    name_hidden: Switch
    along: tuple[Switch, ...]
    tried: tuple[TriedRow, ...]
    preview_button: Button
    preview: str
    trouble: Banner | None
    send: Button
    footnote: str
    page: Page = Page.ASK


class SharingRow(Struct, frozen=True):
    """One kind of fact on the sharing sheet."""

    switch: Switch
    purpose: str
    example: str
    values: tuple[str, ...]
    cost: str = ""


class SharingView(Struct, frozen=True):
    """What Samebox can see, may share if you allow it, and never sees."""

    title: str
    intro: str
    reading: Switch
    rows: tuple[SharingRow, ...]
    never_heading: str
    never: tuple[str, ...]
    done: Button
    footnote: str
    page: Page = Page.SHARING


class JoinView(Struct, frozen=True):
    """First contact: paste an invite."""

    title: str
    intro: str
    invite: str
    invite_placeholder: str
    trouble: Banner | None
    join: Button
    busy: str
    footnote: str
    page: Page = Page.JOIN


class SettingsView(Struct, frozen=True):
    """Switches, how Samebox looks, and what it is and costs."""

    title: str
    switches: tuple[Switch, ...]
    appearance_heading: str
    appearance: tuple[Choice, ...]
    about: tuple[str, ...]
    banners: tuple[Banner, ...]
    links: tuple[Button, ...]
    page: Page = Page.SETTINGS


class LogEntry(Struct, frozen=True):
    """One thing that left the laptop."""

    when: str
    what: str
    payload: str


class SharedLogView(Struct, frozen=True):
    """Every byte of facts that left this laptop."""

    title: str
    intro: str
    entries: tuple[LogEntry, ...]
    empty: str
    page: Page = Page.SHARED_LOG


class InviteView(Struct, frozen=True):
    """Make a single-use invite for a colleague."""

    title: str
    intro: str
    name: str
    name_placeholder: str
    make: Button
    link: str
    copy: Button | None
    trouble: Banner | None
    busy: str
    page: Page = Page.INVITE


class VolunteeringView(Struct, frozen=True):
    """How the person wants to be asked. Typed fields become intents in the page."""

    title: str
    intro: str
    switches: tuple[Switch, ...]
    pause_heading: str
    pause: tuple[Choice, ...]
    topics_heading: str
    topics: tuple[Choice, ...]
    languages: Field
    hours_heading: str
    hours_detail: str
    days: tuple[Field, ...]
    time_zone: Field
    use_zone: Button | None
    minutes_heading: str
    minutes: tuple[Choice, ...]
    at_once_heading: str
    at_once: tuple[Choice, ...]
    place: Field
    watching: Switch
    save: Button
    footnote: str
    links: tuple[Button, ...] = ()
    page: Page = Page.VOLUNTEERING


class PeopleView(Struct, frozen=True):
    """My devices, also those added by hand, and the people I blocked."""

    title: str
    devices_heading: str
    devices_detail: str
    devices: tuple[OwnRow, ...]
    add_heading: str
    systems: tuple[Choice, ...]
    vendor: Field
    model: Field
    add: Button
    blocked_heading: str
    blocked: tuple[OwnRow, ...]
    nobody: str
    page: Page = Page.PEOPLE


class BoardRow(Struct, frozen=True):
    """A parked question, and the field for an answer while it is chosen."""

    card: Card
    answer: Field | None
    buttons: tuple[Button, ...]


class BoardView(Struct, frozen=True):
    """Open questions of others that fit this laptop."""

    title: str
    intro: str
    banner: Banner | None
    rows: tuple[BoardRow, ...]
    page: Page = Page.BOARD


PageView = (
    HelpView
    | ArticleView
    | AskView
    | SharingView
    | JoinView
    | SettingsView
    | SharedLogView
    | DraftView
    | InviteView
    | VolunteeringView
    | PeopleView
    | BoardView
)


class Side(StrEnum):
    """On which side of the conversation an entry stands."""

    MINE = "mine"
    THEIRS = "theirs"
    SYSTEM = "system"


class Entry(Struct, frozen=True):
    """One line of a conversation. `key` is stable, so that a list can be drawn by difference.

    `who` and `badge` stand outside the text, so that no text can pretend to be them. `faint`: the
    words are not its author's. `menu` is what can be done with it."""

    key: str
    side: Side
    text: str
    at: str = ""
    state: str = ""
    state_tone: Tone = Tone.NEUTRAL
    who: str = ""
    badge: str = ""
    faint: bool = False
    menu: tuple[MenuItem, ...] = ()


class SolveView(Struct, frozen=True):
    """The sheet at the end: thanks, and what fixed it."""

    title: str
    thanks: Switch
    field_label: str
    field_placeholder: str
    text: str
    done: Button
    not_yet: Button
    session_id: str


class SessionView(Struct, frozen=True):
    """The window of one question, from asking to solved, for asker and helper alike.

    `about` tells two windows with the same person apart; `badge` marks IT, outside any name;
    `people` are shown one by one when there are several; `answers` came to the board; `notice`
    stands over the composer and `escape` leaves it; `facts_first` is how many facts show while
    they are folded."""

    key: str
    title: str
    about: str
    subtitle: str
    badge: Pill | None
    state: Banner
    peer: Pill | None
    people: tuple[Pill, ...]
    answers: tuple[Card, ...]
    fact_rows: tuple[tuple[str, str], ...]
    facts_heading: str
    facts_first: int
    entries: tuple[Entry, ...]
    typing: str
    safety: str
    composer: str
    composer_placeholder: str
    composer_enabled: bool
    buttons: tuple[Button, ...]
    menu: tuple[MenuItem, ...]
    notice: Banner | None
    solve: SolveView | None
    raised: int
    escape: Intent | None = None


class OfferView(Struct, frozen=True):
    """The quiet notice to a helper."""

    key: str
    heading: str
    device: str
    line: str
    reason: str
    accept: Button
    pass_: Button


class MainView(Struct, frozen=True):
    """The main window: whether it is open, its page, and a message over it. `raised` counts up
    each time the window should come to the front."""

    open: bool
    raised: int
    page: PageView
    back: Button | None
    trouble: Banner | None


class Screens(Struct, frozen=True):
    """Everything Samebox shows at one moment."""

    tray: TrayView
    main: MainView
    sessions: tuple[SessionView, ...] = ()
    offers: tuple[OfferView, ...] = ()
    appearance: Appearance = field(default=Appearance.SYSTEM)
