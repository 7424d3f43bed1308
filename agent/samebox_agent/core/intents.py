"""What a person can want. Widgets emit these and decide nothing; `core.update` decides.

Each view carries the intents of its own buttons, so a widget never has to make up its mind.
"""

from dataclasses import dataclass
from enum import StrEnum

from samebox_shared.model.facts import FactKind
from samebox_shared.model.ids import (
    AnswerId,
    ArticleId,
    OfferId,
    QuestionId,
    SessionId,
)
from samebox_shared.model.topics import Topic

from samebox_agent.core.early_intents import Intent as Intent
from samebox_agent.core.early_intents import OpenHelp as OpenHelp
from samebox_agent.core.early_intents import Quit as Quit


class Page(StrEnum):
    """The pages of the main window."""

    JOIN = "join"
    SHARING = "sharing"
    HELP = "help"
    ARTICLE = "article"
    ASK = "ask"
    SETTINGS = "settings"
    SHARED_LOG = "shared_log"
    DRAFT = "draft"
    INVITE = "invite"
    VOLUNTEERING = "volunteering"
    PEOPLE = "people"
    BOARD = "board"


class Appearance(StrEnum):
    """Which colours to draw with."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


# Windows and pages.


@dataclass(frozen=True, slots=True)
class HideWindow(Intent):
    """The main window was closed; Samebox stays in the tray."""


@dataclass(frozen=True, slots=True)
class ComeBack(Intent):
    """The main window is the one in front again."""


@dataclass(frozen=True, slots=True)
class GoTo(Intent):
    """Show a page of the main window."""

    page: Page


@dataclass(frozen=True, slots=True)
class GoBack(Intent):
    """Leave the page for the one before it."""


# Joining.


@dataclass(frozen=True, slots=True)
class TypeInvite(Intent):
    """The invite field changed."""

    text: str


@dataclass(frozen=True, slots=True)
class Join(Intent):
    """Use the invite."""


# Sharing.


@dataclass(frozen=True, slots=True)
class SetReading(Intent):
    """Whether Samebox may read facts on this laptop at all."""

    on: bool


@dataclass(frozen=True, slots=True)
class SetSharing(Intent):
    """Whether a kind of fact is offered to a colleague when the person asks."""

    kind: FactKind
    on: bool


@dataclass(frozen=True, slots=True)
class FinishSharing(Intent):
    """The sharing sheet was read; go on."""


# Finding a fix.


@dataclass(frozen=True, slots=True)
class TypeQuestion(Intent):
    """The one field of the help page changed."""

    text: str


@dataclass(frozen=True, slots=True)
class OpenArticle(Intent):
    """Show an article."""

    article_id: ArticleId


@dataclass(frozen=True, slots=True)
class OpenSettingsPage(Intent):
    """Open a settings page of the system, by its key in our own list."""

    key: str


@dataclass(frozen=True, slots=True)
class LookAgain(Intent):
    """Read the facts once more, to see whether the fix worked."""

    article_id: ArticleId


@dataclass(frozen=True, slots=True)
class SaySolved(Intent):
    """The article helped."""

    article_id: ArticleId


@dataclass(frozen=True, slots=True)
class SayNotSolved(Intent):
    """The article did not help, for the reason that was typed; go on to ask a colleague, with this
    as tried."""

    article_id: ArticleId


@dataclass(frozen=True, slots=True)
class Snooze(Intent):
    """Do not suggest this again for a while; `for_ever` for never on this device."""

    article_id: ArticleId
    for_ever: bool = False


# Asking.


@dataclass(frozen=True, slots=True)
class StartAsking(Intent):
    """Open the ask sheet with what was typed."""


@dataclass(frozen=True, slots=True)
class TypeAsk(Intent):
    """The question on the ask sheet changed."""

    text: str


@dataclass(frozen=True, slots=True)
class SetIncluded(Intent):
    """Include or leave out a kind of fact in this question."""

    kind: FactKind
    on: bool


@dataclass(frozen=True, slots=True)
class SetNameHidden(Intent):
    """Keep the asker's name hidden until someone accepts."""

    on: bool


@dataclass(frozen=True, slots=True)
class SaySystem(Intent):
    """Say by hand which system the laptop has, for one who shares nothing; "" takes it back."""

    system: str


@dataclass(frozen=True, slots=True)
class ChooseTopic(Intent):
    """Say what it is about; None goes back to the guess from the words."""

    topic: Topic | None


@dataclass(frozen=True, slots=True)
class ShowTopics(Intent):
    """Show all topics, or only the one that goes along."""

    on: bool


@dataclass(frozen=True, slots=True)
class SetLanguageAlong(Intent):
    """Whether the language goes along with this question."""

    on: bool


@dataclass(frozen=True, slots=True)
class SetPlaceAlong(Intent):
    """Whether the person's own word for their place goes along with this question."""

    on: bool


@dataclass(frozen=True, slots=True)
class ForgetTried(Intent):
    """Leave an article out of what was tried already."""

    article_id: ArticleId


@dataclass(frozen=True, slots=True)
class ShowPreview(Intent):
    """Show or hide the exact text that will be sent."""

    on: bool


@dataclass(frozen=True, slots=True)
class SendQuestion(Intent):
    """Send what the sheet shows."""


@dataclass(frozen=True, slots=True)
class CancelAsking(Intent):
    """Withdraw the question."""

    question_id: QuestionId


@dataclass(frozen=True, slots=True)
class SolveAlone(Intent):
    """Solved without a session: the person found it, or this answer on the board did it."""

    question_id: QuestionId
    answer_id: AnswerId | None = None


# Being asked.


@dataclass(frozen=True, slots=True)
class SetHelpingWish(Intent):
    """Whether this person wants to be asked."""

    on: bool


@dataclass(frozen=True, slots=True)
class TakeOffer(Intent):
    """Accept."""

    offer_id: OfferId


@dataclass(frozen=True, slots=True)
class PassOffer(Intent):
    """Not now."""

    offer_id: OfferId


@dataclass(frozen=True, slots=True)
class PutAnswerAway(Intent):
    """The notice of an answer was read; the answer stands in the window of the question."""

    question_id: QuestionId


# The session.


@dataclass(frozen=True, slots=True)
class OpenSession(Intent):
    """Show the window of this question."""

    question_id: QuestionId


@dataclass(frozen=True, slots=True)
class CloseSession(Intent):
    """Hide the window of this question; the conversation goes on."""

    question_id: QuestionId


@dataclass(frozen=True, slots=True)
class TypeMessage(Intent):
    """The composer changed."""

    question_id: QuestionId
    text: str


@dataclass(frozen=True, slots=True)
class SendMessage(Intent):
    """Enter was pressed in the composer."""

    question_id: QuestionId
    text: str


@dataclass(frozen=True, slots=True)
class SawMessages(Intent):
    """The session window is in front with its newest message on the screen."""

    question_id: QuestionId


@dataclass(frozen=True, slots=True)
class StartSolving(Intent):
    """Open the small sheet: thanks, and what fixed it."""

    session_id: SessionId


@dataclass(frozen=True, slots=True)
class StopSolving(Intent):
    """Not solved yet after all."""

    session_id: SessionId


@dataclass(frozen=True, slots=True)
class TypeFixedBy(Intent):
    """The "what fixed it" field changed."""

    session_id: SessionId
    text: str


@dataclass(frozen=True, slots=True)
class SetThanks(Intent):
    """One tap of thanks."""

    session_id: SessionId
    on: bool


@dataclass(frozen=True, slots=True)
class SolveNow(Intent):
    """Say solved."""

    session_id: SessionId


@dataclass(frozen=True, slots=True)
class HandBack(Intent):
    """The helper cannot go on."""

    session_id: SessionId


@dataclass(frozen=True, slots=True)
class ShowDraft(Intent):
    """Show the draft article of a solved session."""

    session_id: SessionId


# The rest.


@dataclass(frozen=True, slots=True)
class SetAppearance(Intent):
    """Light, dark or the system's."""

    appearance: Appearance


@dataclass(frozen=True, slots=True)
class SetAutostart(Intent):
    """Start at login."""

    on: bool


@dataclass(frozen=True, slots=True)
class DismissTrouble(Intent):
    """The person has read the message."""


@dataclass(frozen=True, slots=True)
class TypeInvitee(Intent):
    """The name of a colleague to invite."""

    text: str


@dataclass(frozen=True, slots=True)
class MakeInvite(Intent):
    """Make a single-use invite for that name (owner and IT)."""


@dataclass(frozen=True, slots=True)
class CopyText(Intent):
    """Put this exact text on the clipboard."""

    text: str


WindowIntent = (
    OpenHelp | HideWindow | ComeBack | GoTo | GoBack | Quit | ShowDraft | DismissTrouble | CopyText
)
LookIntent = SetAppearance | SetAutostart
OfferIntent = SetHelpingWish | TakeOffer | PassOffer | PutAnswerAway
JoinIntent = TypeInvite | Join | TypeInvitee | MakeInvite | SetReading | SetSharing | FinishSharing
FixIntent = (
    TypeQuestion | OpenArticle | OpenSettingsPage | LookAgain | SaySolved | SayNotSolved | Snooze
)
AskIntent = (
    StartAsking
    | TypeAsk
    | SetIncluded
    | SetNameHidden
    | SaySystem
    | ChooseTopic
    | ShowTopics
    | SetLanguageAlong
    | SetPlaceAlong
    | ForgetTried
    | ShowPreview
    | SendQuestion
    | CancelAsking
    | SolveAlone
)
SessionIntent = OpenSession | CloseSession | TypeMessage | SendMessage | SawMessages | HandBack
SolveIntent = StartSolving | StopSolving | TypeFixedBy | SetThanks | SolveNow
