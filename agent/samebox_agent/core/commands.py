"""What the core may ask the shell to do. The shell carries them out in the order given."""

from enum import StrEnum

from msgspec import Struct
from samebox_shared.model.facts import FactKind
from samebox_shared.model.ids import ArticleId, SessionId, TxnId
from samebox_shared.protocol.acts import AnyAct

from samebox_agent.core.remedy_list import RemedyKey
from samebox_agent.core.state import AgentState, Me


class Remembered(StrEnum):
    """The settings that outlive the program."""

    SERVER = "server"
    SERVER_KEY = "server_key"
    READING = "reading"
    SHARING_AGREED = "sharing_agreed"
    APPEARANCE = "appearance"
    REMEDIES = "remedies"
    TRYING = "trying"
    MANNERS = "manners"


class Command(Struct, frozen=True):
    """The common base."""


class JoinServer(Command, frozen=True):
    """Use an invite: prove the address, join, keep the key."""

    invite: str


class Connect(Command, frozen=True):
    """Open the connection to the server."""


class Disconnect(Command, frozen=True):
    """Close it."""


class KeepAct(Command, frozen=True):
    """Put an act into the outbox on the disk; answered by ActKept or ActNotKept."""

    txn_id: TxnId
    act: AnyAct
    at: float


class SendAct(Command, frozen=True):
    """Send an act that is in the outbox."""

    txn_id: TxnId
    act: AnyAct


class SettleAct(Command, frozen=True):
    """The server answered; take the act out of the outbox."""

    txn_id: TxnId


class RenewAct(Command, frozen=True):
    """The act of the outbox is wanted again, as of now."""

    txn_id: TxnId
    at: float


class SendAway(Command, frozen=True):
    """Tell the server whether the person can be interrupted."""

    away: bool


class SendTyping(Command, frozen=True):
    """Tell the other one that the person is typing."""

    session_id: SessionId


class ForgetFeed(Command, frozen=True):
    """The server's feed is a new one; drop our copy (DEL-5)."""

    epoch: str


class ForgetArticles(Command, frozen=True):
    """Drop our copy of the articles; another server has others."""


class FetchArticles(Command, frozen=True):
    """Ask for the articles that changed."""


class FetchBoard(Command, frozen=True):
    """Ask for the open questions of others that fit."""


class MakeInviteFor(Command, frozen=True):
    """Ask the server for an invite."""

    name: str


class ReadFacts(Command, frozen=True):
    """Run the collectors of these kinds. Unless a person asked for the look, those that cost much
    are spared while the laptop runs on its battery."""

    kinds: frozenset[FactKind]
    asked: bool = False


class SearchArticles(Command, frozen=True):
    """Look for these words in the articles on the laptop."""

    text: str


class KeepText(Command, frozen=True):
    """Keep what is being typed at a place, so that nothing typed is lost."""

    place: str
    text: str


class KeepSetting(Command, frozen=True):
    """Remember a setting; switches are "yes" and "no"."""

    name: Remembered
    value: str


class KeepMe(Command, frozen=True):
    """Remember who this laptop belongs to."""

    me: Me


class KeepSharing(Command, frozen=True):
    """Write a line in the ledger of what may be shared."""

    kind: FactKind
    on: bool


class KeepSnooze(Command, frozen=True):
    """Remember that a suggestion is put away."""

    article_id: ArticleId
    until: float


class ReadSharedLog(Command, frozen=True):
    """Fetch what left this laptop."""


class OpenSystemSettings(Command, frozen=True):
    """Open a settings page of the system."""

    key: str


class OpenPortalAt(Command, frozen=True):
    """Ask the server for a link that works once, and open it in the system's browser. The link
    itself never comes back here: whoever has it is signed in."""

    to: str


class LookForRemedy(Command, frozen=True):
    """See what a remedy would touch; nothing is changed. A RemedyEvent of the number answers."""

    number: int
    key: RemedyKey


class RunRemedy(Command, frozen=True):
    """Do what the person agreed to; a RemedyEvent of the number answers."""

    number: int
    key: RemedyKey


class SwitchAutostart(Command, frozen=True):
    """Turn start at login on or off."""

    on: bool


class CopyToClipboard(Command, frozen=True):
    """Put text on the clipboard."""

    text: str


class StartTimer(Command, frozen=True):
    """Fire TimerFired(name) after so many seconds; a timer of the same name is replaced."""

    name: str
    seconds: float


class StopTimer(Command, frozen=True):
    """Forget a timer."""

    name: str


class Leave(Command, frozen=True):
    """End the program."""


AnyCommand = (
    JoinServer
    | Connect
    | Disconnect
    | KeepAct
    | SendAct
    | SettleAct
    | RenewAct
    | SendAway
    | SendTyping
    | ForgetFeed
    | ForgetArticles
    | FetchArticles
    | FetchBoard
    | MakeInviteFor
    | ReadFacts
    | SearchArticles
    | KeepText
    | KeepSetting
    | KeepMe
    | KeepSharing
    | KeepSnooze
    | ReadSharedLog
    | OpenSystemSettings
    | OpenPortalAt
    | LookForRemedy
    | RunRemedy
    | SwitchAutostart
    | CopyToClipboard
    | StartTimer
    | StopTimer
    | Leave
)

Step = tuple[AgentState, tuple[AnyCommand, ...]]
"""What every rule returns: the state after, and what the shell should do."""
