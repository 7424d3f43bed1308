"""What a person can want of their own messages, and of who is in a session (`core.intents` has the
rest of the session)."""

from dataclasses import dataclass
from enum import StrEnum

from samebox_shared.model.ids import MessageId, PersonId, QuestionId, TxnId

from samebox_agent.core.early_intents import Intent


class Confirm(StrEnum):
    """What is done only after one more look."""

    SECOND = "second"
    IT = "it"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class StartEditing(Intent):
    """Say one of one's own messages differently."""

    question_id: QuestionId
    message_id: MessageId


@dataclass(frozen=True, slots=True)
class StopEditing(Intent):
    """Leave the message as it was."""

    question_id: QuestionId


@dataclass(frozen=True, slots=True)
class TakeBack(Intent):
    """Take one of one's own messages back, for good."""

    question_id: QuestionId
    message_id: MessageId


@dataclass(frozen=True, slots=True)
class SendAgain(Intent):
    """Send a draft, as the same message it was."""

    question_id: QuestionId
    txn_id: TxnId


@dataclass(frozen=True, slots=True)
class Discard(Intent):
    """Throw a draft away."""

    question_id: QuestionId
    txn_id: TxnId


@dataclass(frozen=True, slots=True)
class AskToConfirm(Intent):
    """Say first what it means."""

    question_id: QuestionId
    what: Confirm
    person_id: PersonId | None = None


@dataclass(frozen=True, slots=True)
class StopConfirming(Intent):
    """Better not."""

    question_id: QuestionId


@dataclass(frozen=True, slots=True)
class DoConfirmed(Intent):
    """Yes, do it."""

    question_id: QuestionId


OwnWordsIntent = StartEditing | StopEditing | TakeBack | SendAgain | Discard
ConfirmIntent = AskToConfirm | StopConfirming | DoConfirmed
