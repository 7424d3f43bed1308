"""What a person can want of a draft, of the portal, and of an article that did not help."""

from dataclasses import dataclass

from samebox_shared.model.ids import ArticleId, SessionId

from samebox_agent.core.early_intents import Intent


@dataclass(frozen=True, slots=True)
class LeaveOut(Intent):
    """Whether this sentence of the draft goes along."""

    session_id: SessionId
    sentence: str
    out: bool


@dataclass(frozen=True, slots=True)
class PutBack(Intent):
    """Whether words that were taken out go along all the same; never those of a secret."""

    session_id: SessionId
    words: str
    back: bool


@dataclass(frozen=True, slots=True)
class TypeUndo(Intent):
    """The field for how one goes back changed."""

    session_id: SessionId
    text: str


@dataclass(frozen=True, slots=True)
class TypeFixed(Intent):
    """The field for what fixed it changed; there is one where nobody wrote that."""

    session_id: SessionId
    text: str


@dataclass(frozen=True, slots=True)
class HandOver(Intent):
    """Give the draft, as it is shown, to those who look at it next."""

    session_id: SessionId


@dataclass(frozen=True, slots=True)
class PutOff(Intent):
    """Not now, or never for this one; nothing leaves."""

    session_id: SessionId
    for_ever: bool = False


@dataclass(frozen=True, slots=True)
class SayRight(Intent):
    """Somebody who helped finds the draft right."""

    session_id: SessionId


@dataclass(frozen=True, slots=True)
class StartDoubting(Intent):
    """Something is wrong: open the field for what it is, or close it again."""

    session_id: SessionId
    on: bool = True


@dataclass(frozen=True, slots=True)
class TypeDoubt(Intent):
    """The field for what is wrong changed."""

    session_id: SessionId
    text: str


@dataclass(frozen=True, slots=True)
class SayWrong(Intent):
    """Tell what is wrong with the draft."""

    session_id: SessionId


@dataclass(frozen=True, slots=True)
class NoteNews(Intent):
    """The person knows now that the draft was published."""

    session_id: SessionId


@dataclass(frozen=True, slots=True)
class OpenPortal(Intent):
    """Open the portal in the system's browser, signed in; `to` begins with /portal."""

    to: str = "/portal"


@dataclass(frozen=True, slots=True)
class StartObjecting(Intent):
    """The article did not help, or made things worse: ask what was missing, before it is told."""

    article_id: ArticleId
    worse: bool = False


@dataclass(frozen=True, slots=True)
class TypeObjection(Intent):
    """The field for what was missing changed."""

    text: str


@dataclass(frozen=True, slots=True)
class SayObjection(Intent):
    """Tell it, without asking a colleague."""


@dataclass(frozen=True, slots=True)
class StopObjecting(Intent):
    """Better not; nothing was told."""


DraftIntent = (
    LeaveOut
    | PutBack
    | TypeUndo
    | TypeFixed
    | HandOver
    | PutOff
    | SayRight
    | StartDoubting
    | TypeDoubt
    | SayWrong
    | NoteNews
)
ObjectionIntent = StartObjecting | TypeObjection | SayObjection | StopObjecting
