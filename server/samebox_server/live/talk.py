"""Decides what is said and seen in sessions for a whole batch at once: a handful of statements
however many messages they are. What becomes of one never depends on the others."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from samebox_shared.model.ids import MessageId, TxnId
from samebox_shared.protocol.acts import MarkSeen, PostMessage, ReportOutcome
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import MessagePosted, MessagesRead
from samebox_shared.protocol.messages import Do, Done, Refused

from samebox_server.core.checking import check_id
from samebox_server.live import conversation
from samebox_server.live.work import Work
from samebox_server.store import acts, messages, sessions
from samebox_server.store.acts import Act, Decided
from samebox_server.store.devices import Caller
from samebox_server.store.messages import NewMessage, Place, Progress, Read
from samebox_server.store.sessions import StoredSession

_log = logging.getLogger(__name__)

Said = tuple[Caller, Do]


@dataclass(slots=True)
class _Judged:
    """One act and what would become of it: a message, a mark, or a refusal."""

    caller: Caller
    asked: Do
    digest: str
    session: StoredSession | None = None
    refusal: ErrorCode | None = None
    message: NewMessage | None = None
    progress: Progress | None = None
    is_news: bool = True

    @property
    def done(self) -> Act:
        """As it is recorded."""
        return Act(self.caller, self.asked.txn_id, Decided(self.refusal, self.digest))


def decide_all(work: Work, said: Sequence[Said]) -> list[Done | Refused]:
    """Carries all of them out, each once (DEL-2), and answers each."""
    fine = [(caller, asked) for caller, asked in said if check_id(asked.txn_id) is None]
    judged = _judge(work, fine)
    _keep_messages(work, [one for one in judged if one.message is not None])
    _record(work, [one for one in judged if one.message is None])
    _tell(work, judged)
    answers = iter([_answer(work, one) for one in judged])
    return [
        Refused(txn_id=asked.txn_id, code=ErrorCode.MALFORMED)
        if check_id(asked.txn_id)
        else next(answers)
        for _, asked in said
    ]


def is_talk(asked: Do) -> bool:
    """Whether `decide_all` takes this act."""
    return isinstance(asked.act, PostMessage | MarkSeen)


def digest_of(asked: Do) -> str:
    """What tells an act apart from another one with the same transaction id; nothing of a report on
    an article, which could be guessed back from it and is kept without a name."""
    if isinstance(asked.act, ReportOutcome):
        return ""
    return hashlib.sha256(msgspec.json.encode(asked.act)).hexdigest()


def decided(work: Work, caller: Caller, asked: Do, digest: str) -> Decided | None:
    """The answer this act got before; it is said when it was another act then."""
    before = acts.decided(work.connection, caller, asked.txn_id)
    if before is not None and before.body_sha256 not in ("", digest):
        _log.warning(
            "security: a transaction id came back with another body; answered as the first time",
            extra={"device_id": caller.device_id, "txn_id": asked.txn_id},
        )
    return before


def answer(asked: Do, decision: Decided) -> Done | Refused:
    """The frame."""
    if decision.refusal is None:
        return Done(txn_id=asked.txn_id)
    return Refused(txn_id=asked.txn_id, code=decision.refusal)


def new_message(
    caller: Caller, txn_id: TxnId, act: PostMessage, digest: str, message_id: MessageId, now: float
) -> NewMessage:
    """As it is kept; `digest` is `digest_of` its act."""
    return NewMessage(
        message_id=message_id,
        session_id=act.session_id,
        author=caller,
        txn_id=txn_id,
        body_sha256=digest,
        text=act.text,
        at=now,
    )


def posted(message: NewMessage) -> MessagePosted:
    """What everyone in the session is told."""
    return MessagePosted(
        session_id=message.session_id,
        message_id=message.message_id,
        author_id=message.author.person_id,
        txn_id=message.txn_id,
        text=message.text,
    )


def _judge(work: Work, said: Sequence[Said]) -> list[_Judged]:
    spoken = [asked.act for _, asked in said if isinstance(asked.act, PostMessage | MarkSeen)]
    found = sessions.load_all(work.connection, {act.session_id for act in spoken})
    marked = {act.message_id for act in spoken if isinstance(act, MarkSeen)}
    places = messages.places(work.connection, marked) if marked else {}
    ids = messages.new_message_ids(work.now, len(said))
    judged = []
    for (caller, asked), message_id in zip(said, ids, strict=True):
        one = _Judged(caller, asked, digest_of(asked))
        act = asked.act
        if isinstance(act, PostMessage):
            one.session = found.get(act.session_id)
            _judge_message(work, one, act, message_id)
        elif isinstance(act, MarkSeen):
            one.session = found.get(act.session_id)
            _judge_mark(one, act, places.get(act.message_id))
        judged.append(one)
    return judged


def _judge_message(work: Work, one: _Judged, act: PostMessage, message_id: MessageId) -> None:
    one.refusal = conversation.refusal(one.session, one.caller, act, work.now)
    if one.refusal is None:
        one.message = new_message(
            one.caller, one.asked.txn_id, act, one.digest, message_id, work.now
        )


def _judge_mark(one: _Judged, act: MarkSeen, place: Place | None) -> None:
    is_in = one.session is not None and one.caller.person_id in one.session.people
    if not is_in or place is None or place.session_id != act.session_id:
        one.refusal = ErrorCode.NOT_FOUND
    else:
        read = Read(seen=place.ordinal)
        one.progress = Progress(act.session_id, one.caller.person_id, read)


def _keep_messages(work: Work, judged: Sequence[_Judged]) -> None:
    new = [one.message for one in judged if one.message is not None]
    kept = messages.add_all(work.connection, new) if new else set()
    for one in judged:
        one.is_news = one.message is not None and one.message.message_id in kept


def _record(work: Work, judged: Sequence[_Judged]) -> None:
    done = [one.done for one in judged]
    news = acts.record_all(work.connection, done, work.now) if done else set()
    for one in judged:
        one.is_news = one.done in news


def _tell(work: Work, judged: Sequence[_Judged]) -> None:
    marks = [one.progress for one in judged if one.is_news and one.progress is not None]
    moved = conversation.read_up_to(work, marks)
    for one in judged:
        if not one.is_news or one.session is None:
            continue
        if one.message is not None:
            work.tell(one.session.people, posted(one.message))
        elif one.progress in moved and isinstance(one.asked.act, MarkSeen):
            moved.discard(one.progress)
            work.tell(one.session.people, _seen(one.caller, one.asked.act))


def _seen(caller: Caller, act: MarkSeen) -> MessagesRead:
    return MessagesRead(
        session_id=act.session_id,
        person_id=caller.person_id,
        delivered=act.message_id,
        seen=act.message_id,
    )


def _answer(work: Work, one: _Judged) -> Done | Refused:
    before = None if one.is_news else decided(work, one.caller, one.asked, one.digest)
    return answer(one.asked, before or one.done.decision)
