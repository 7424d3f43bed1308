"""What has to be true of the whole world once everything has healed and arrived."""

from collections.abc import Mapping, Sequence

from samebox_agent.core.state import AgentState, Phase
from samebox_shared.model.ids import PersonId, QuestionId, TxnId
from samebox_shared.protocol.acts import AnyAct, EditMessage, PostMessage
from samebox_shared.protocol.events import MessagePosted
from samebox_shared.protocol.messages import Done

from tests.support.world.desk import Desk
from tests.support.world.laptop import Laptop

Sent = Mapping[TxnId, tuple[PersonId, AnyAct]]
_ENTITLED = """
SELECT m.txn_id, p.person_id, m.deleted_at IS NULL AND (p.left_at IS NULL OR m.at < p.left_at)
FROM message m JOIN (
    SELECT session_id, asker_id AS person_id, NULL AS left_at FROM session
    UNION ALL SELECT session_id, helper_id, NULL FROM session
    UNION ALL SELECT session_id, person_id, left_at FROM participant
) p ON p.session_id = m.session_id AND (p.left_at IS NULL OR m.at <= p.left_at)
"""
"""Who may have which message, and whether they must: one that was taken back before somebody came,
or said in the very moment somebody left, may be missing."""


def nothing_lost_or_twice(
    desk: Desk, laptops: Sequence[Laptop], sent: Sent, *, restored: bool
) -> None:
    """I1, I2, I3, I4, I9, I10."""
    kept = [str(txn) for (txn,) in desk.rows("SELECT txn_id FROM message")]
    assert len(kept) == len(set(kept)), "I2: a transaction is stored twice"
    _only_what_was_said(desk, sent)
    if not restored:
        for laptop in laptops:
            for txn, said in laptop.answered.items():
                is_message = isinstance(sent[txn][1], PostMessage)
                is_lost = is_message and isinstance(said, Done) and txn not in kept
                assert not is_lost, "I1: acknowledged and lost"
    rows = desk.rows(_ENTITLED)
    for laptop in laptops:
        assert laptop.caller is not None
        person = laptop.caller.person_id
        feed = laptop.feed()
        assert [told.seq for told in feed] == list(range(1, len(feed) + 1)), "I3: a gap"
        if laptop.dismissed_at is not None:
            assert len(feed) <= laptop.dismissed_at, "I10: told somebody who has left"
            continue
        stored = [told.event_id for told in desk.feed(person)]
        assert [told.event_id for told in feed] == stored, "I1, I9: not what the server has"
        keys = [told.body.txn_id for told in feed if isinstance(told.body, MessagePosted)]
        assert len(keys) == len(set(keys)), "I2: a message twice"
        may = {str(txn) for txn, who, _ in rows if who == person}
        must = {str(txn) for txn, who, is_sure in rows if who == person and is_sure}
        assert must <= set(keys), "I1: a message is missing"
        assert set(keys) <= may, "I4: somebody else's message"


def _only_what_was_said(desk: Desk, sent: Sent) -> None:
    edits = {act.text for _, act in sent.values() if isinstance(act, EditMessage)}
    for txn, body, is_deleted in desk.rows(
        "SELECT txn_id, text, deleted_at IS NOT NULL FROM message"
    ):
        act = sent[TxnId(str(txn))][1]
        assert isinstance(act, PostMessage)
        if is_deleted:
            assert body == "", "I13: the text of what was taken back is kept"
        else:
            assert body == act.text or body in edits, "I4: not what was said"


def old_fences_changed_nothing(desk: Desk, stale: set[TxnId]) -> None:
    """I5."""
    stored = {str(txn) for (txn,) in desk.rows("SELECT txn_id FROM message")}
    assert not stale & stored, "I5: an old fence changed something"


def one_order(laptops: Sequence[Laptop]) -> None:
    """I3: everybody has what they share in the same order."""
    orders: dict[object, list[list[TxnId]]] = {}
    for laptop in laptops:
        by_session: dict[object, list[TxnId]] = {}
        for told in laptop.feed():
            if isinstance(told.body, MessagePosted):
                by_session.setdefault(told.body.session_id, []).append(told.body.txn_id)
        for session, order in by_session.items():
            orders.setdefault(session, []).append(order)
    for found in orders.values():
        longest = max(found, key=len)
        for order in found:
            shared = [txn for txn in longest if txn in order]
            assert [txn for txn in order if txn in longest] == shared, "I3: another order"


def erased_is_gone(desk: Desk, laptops: Sequence[Laptop]) -> None:
    """I13: what was taken back shows nowhere and stands in no feed of the server. A laptop whose
    person has left was not told any more."""
    erased = {
        str(message)
        for (message,) in desk.rows("SELECT message_id FROM message WHERE deleted_at IS NOT NULL")
    }
    for laptop in laptops:
        assert laptop.caller is not None
        for told in desk.feed(laptop.caller.person_id):
            body = told.body
            is_back = isinstance(body, MessagePosted) and body.message_id in erased and body.text
            assert not is_back, "I13: a feed still tells it"
        if laptop.dismissed_at is not None:
            continue
        for conversation in laptop.state.conversations.values():
            for line in conversation.lines:
                is_shown = line.message_id in erased and not line.taken_back
                assert not is_shown, "I13: it is shown again"


def same_as_fresh(laptops: Sequence[Laptop]) -> None:
    """What grew event by event is what a fresh start reads from the disk (I11)."""
    for laptop in laptops:
        if laptop.dismissed_at is not None:
            continue
        grown = _essence(laptop.state)
        fresh = _essence(laptop.as_read_from_the_disk())
        other = {key: (grown.get(key), fresh.get(key)) for key in grown.keys() | fresh.keys()}
        other = {key: pair for key, pair in other.items() if pair[0] != pair[1]}
        assert not other, f"I11: a restart shows something else: {other}"


def _essence(state: AgentState) -> dict[QuestionId, tuple[object, ...]]:
    """All that comes from the feed; what was refused is shown until the program ends."""
    return {
        found.question_id: (
            found.mine,
            found.phase,
            found.session_id,
            found.fence,
            found.part,
            tuple(item.person.person_id for item in found.present),
            tuple(
                (line.key, line.text, line.taken_back)
                for line in found.lines
                if line.message_id is not None or line.event is not None
            ),
        )
        for found in state.conversations.values()
        if found.phase is not Phase.ENDED
    }
