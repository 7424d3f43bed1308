"""What the core may ask the shell to do. The shell carries them out in the order given."""

from dataclasses import dataclass
from enum import StrEnum

from samebox_shared.model.facts import FactKind
from samebox_shared.model.ids import ArticleId, SessionId, TxnId
from samebox_shared.protocol.acts import AnyAct

from samebox_agent.core.state import AgentState, Me


class Remembered(StrEnum):
    """The settings that outlive the program."""

    SERVER = "server"
    READING = "reading"
    SHARING_AGREED = "sharing_agreed"
    APPEARANCE = "appearance"


@dataclass(frozen=True, slots=True)
class Command:
    """The common base."""


@dataclass(frozen=True, slots=True)
class JoinServer(Command):
    """Use an invite: prove the address, join, keep the key."""

    invite: str


@dataclass(frozen=True, slots=True)
class Connect(Command):
    """Open the connection to the server."""


@dataclass(frozen=True, slots=True)
class Disconnect(Command):
    """Close it."""


@dataclass(frozen=True, slots=True)
class KeepAct(Command):
    """Put an act into the outbox on the disk; answered by ActKept or ActNotKept."""

    txn_id: TxnId
    act: AnyAct
    at: float


@dataclass(frozen=True, slots=True)
class SendAct(Command):
    """Send an act that is in the outbox."""

    txn_id: TxnId
    act: AnyAct


@dataclass(frozen=True, slots=True)
class SettleAct(Command):
    """The server answered; take the act out of the outbox."""

    txn_id: TxnId


@dataclass(frozen=True, slots=True)
class SendTyping(Command):
    """Tell the other one that the person is typing."""

    session_id: SessionId


@dataclass(frozen=True, slots=True)
class ForgetFeed(Command):
    """The server's feed is a new one; drop our copy (DEL-5)."""

    epoch: str


@dataclass(frozen=True, slots=True)
class ForgetArticles(Command):
    """Drop our copy of the articles; another server has others."""


@dataclass(frozen=True, slots=True)
class FetchArticles(Command):
    """Ask for the articles that changed."""


@dataclass(frozen=True, slots=True)
class MakeInviteFor(Command):
    """Ask the server for an invite."""

    name: str


@dataclass(frozen=True, slots=True)
class ReadFacts(Command):
    """Run the collectors of these kinds."""

    kinds: frozenset[FactKind]


@dataclass(frozen=True, slots=True)
class SearchArticles(Command):
    """Look for these words in the articles on the laptop."""

    text: str


@dataclass(frozen=True, slots=True)
class KeepText(Command):
    """Keep what is being typed at a place, so that nothing typed is lost."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class KeepSetting(Command):
    """Remember a setting; switches are "yes" and "no"."""

    name: Remembered
    value: str


@dataclass(frozen=True, slots=True)
class KeepMe(Command):
    """Remember who this laptop belongs to."""

    me: Me


@dataclass(frozen=True, slots=True)
class KeepSharing(Command):
    """Write a line in the ledger of what may be shared."""

    kind: FactKind
    on: bool


@dataclass(frozen=True, slots=True)
class KeepSnooze(Command):
    """Remember that a suggestion is put away."""

    article_id: ArticleId
    until: float


@dataclass(frozen=True, slots=True)
class ReadSharedLog(Command):
    """Fetch what left this laptop."""


@dataclass(frozen=True, slots=True)
class OpenSystemSettings(Command):
    """Open a settings page of the system."""

    key: str


@dataclass(frozen=True, slots=True)
class SwitchAutostart(Command):
    """Turn start at login on or off."""

    on: bool


@dataclass(frozen=True, slots=True)
class CopyToClipboard(Command):
    """Put text on the clipboard."""

    text: str


@dataclass(frozen=True, slots=True)
class StartTimer(Command):
    """Fire TimerFired(name) after so many seconds; a timer of the same name is replaced."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class StopTimer(Command):
    """Forget a timer."""

    name: str


@dataclass(frozen=True, slots=True)
class Leave(Command):
    """End the program."""


AnyCommand = (
    JoinServer
    | Connect
    | Disconnect
    | KeepAct
    | SendAct
    | SettleAct
    | SendTyping
    | ForgetFeed
    | ForgetArticles
    | FetchArticles
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
    | SwitchAutostart
    | CopyToClipboard
    | StartTimer
    | StopTimer
    | Leave
)

Step = tuple[AgentState, tuple[AnyCommand, ...]]
"""What every rule returns: the state after, and what the shell should do."""
