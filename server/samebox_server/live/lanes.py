"""The quick way of messages to a database that takes several batches at once (store/saying.py).

Each session has its lane, so its messages keep their order; what comes while a lane's batch is on
its way goes together into the next. Here it is decided with sessions that are remembered, which the
database then looks at again. Whatever is not plainly a message that may be said goes the long way,
through the writer, which decides and refuses; so does all that follows it in the same session until
the writer has answered.
"""

import logging
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Sequence
from functools import partial
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from samebox_shared.model.ids import SessionId
from samebox_shared.protocol.acts import PostMessage
from samebox_shared.protocol.events import AnyEvent, SessionOpened
from samebox_shared.protocol.messages import Do, Done, Refused

from samebox_server.core.checking import check_id
from samebox_server.live import conversation
from samebox_server.live.clock import Clock
from samebox_server.live.talk import digest_of, new_message, posted
from samebox_server.live.work import NOTHING, Written
from samebox_server.store import feeds, messages, sessions
from samebox_server.store.database import Database
from samebox_server.store.devices import Caller
from samebox_server.store.saying import Saying
from samebox_server.store.sessions import StoredSession
from samebox_server.store.writer import MAX_BATCH, Raised, StorageFailed

REMEMBERED = 10_000
"""Sessions, about 1 KiB each; a company of that many live ones would need several servers."""

_log = logging.getLogger(__name__)

Answered = tuple[Done | Refused, Written]
Then = Callable[[Answered | Raised], None]


class Post(Struct, frozen=True):
    """A message that somebody wants to say; `then` gets the answer after the commit."""

    caller: Caller
    asked: Do
    then: Then

    @property
    def act(self) -> PostMessage:
        """What is said. Raises TypeError for anything else."""
        if not isinstance(self.asked.act, PostMessage):
            raise TypeError(type(self.asked.act))
        return self.asked.act


class _Decided(Struct):
    """What becomes of a batch: those that are plainly fine and how they are said, by session, and
    those that go the long way."""

    fine: dict[SessionId, list[Post]] = field(default_factory=dict)
    said: list[Saying] = field(default_factory=list)
    rest: list[Post] = field(default_factory=list)


class Lanes:
    """`long_way` takes a post through the writer, and gives its `then` the answer."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        long_way: Callable[[Post], None],
        spawn: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._long_way = long_way
        self._spawn = spawn
        self._waiting: list[list[Post]] = [[] for _ in range(database.lanes)]
        self._running: set[int] = set()
        self._remembered: dict[SessionId, StoredSession] = {}
        self._on_the_long_way: Counter[SessionId] = Counter()

    def put(self, post: Post) -> None:
        """Into the next batch of its session's lane."""
        lane = hash(post.act.session_id) % len(self._waiting)
        self._waiting[lane].append(post)
        if lane not in self._running:
            self._running.add(lane)
            self._spawn(self._run(lane))

    def remember(self, live: Iterable[StoredSession]) -> None:
        """The newest of these; what is not remembered costs its first message a query."""
        self._remembered.update((one.session_id, one) for one in live)
        while len(self._remembered) > REMEMBERED:
            del self._remembered[next(iter(self._remembered))]

    def follow(self, events: Iterable[AnyEvent]) -> None:
        """These were committed: sessions have opened in which something will be said."""
        opened = {event.session_id for event in events if isinstance(event, SessionOpened)}
        unknown = opened - self._remembered.keys()
        if unknown:
            self._spawn(self._look_up(unknown))

    async def _run(self, lane: int) -> None:
        try:
            while waiting := self._waiting[lane]:
                batch, self._waiting[lane] = waiting[:MAX_BATCH], waiting[MAX_BATCH:]
                await self._say(lane, batch)
        finally:
            self._running.discard(lane)

    async def _say(self, lane: int, batch: Sequence[Post]) -> None:
        try:
            decided = await self._decide(batch)
        except StorageFailed as failure:
            _turn_away(batch, failure)
            return
        except Exception:
            _log.exception("what to do with messages could not be decided at once")
            decided = _Decided(rest=list(batch))
        for post in decided.rest:
            self._send_long(post)
        if decided.said:
            await self._say_what_is_fine(lane, decided.fine, decided.said)

    async def _decide(self, batch: Sequence[Post]) -> _Decided:
        """Nobody is answered here: whatever breaks, all of the batch can still go the long way,
        where each is judged for itself."""
        named = {post.act.session_id for post in batch}
        await self._look_up(named - self._remembered.keys())
        now = self._clock.now()
        decided = _Decided()
        not_plain = set()
        for post in batch:
            session_id = post.act.session_id
            session = self._remembered.get(session_id)
            if session_id not in not_plain and self._may_be_said(post, session, now):
                decided.fine.setdefault(session_id, []).append(post)
            else:
                not_plain.add(session_id)
                decided.rest.append(post)
        for session_id, posts in decided.fine.items():
            decided.said.append(_saying(self._remembered[session_id], posts, now))
        return decided

    async def _say_what_is_fine(
        self, lane: int, fine: dict[SessionId, list[Post]], said: Sequence[Saying]
    ) -> None:
        try:
            kept = await self._database.say(lane, said)
        except StorageFailed as failure:
            for posts in fine.values():
                _turn_away(posts, failure)
            return
        except Exception:
            _log.exception("messages could not be said at once")
            kept = ()
        written = Written(tuple(entry for one in kept for entry in one.entries))
        for one in kept:
            for post in fine.pop(one.session.session_id):
                post.then((Done(txn_id=post.asked.txn_id), written))
                written = NOTHING
        for posts in fine.values():
            for post in posts:
                self._send_long(post)

    def _may_be_said(self, post: Post, session: StoredSession | None, now: float) -> bool:
        return (
            not self._on_the_long_way[post.act.session_id]
            and check_id(post.asked.txn_id) is None
            and conversation.refusal(session, post.caller, post.act, now) is None
        )

    def _send_long(self, post: Post) -> None:
        """What is remembered of its session is not to be trusted."""
        session_id = post.act.session_id
        self._remembered.pop(session_id, None)
        self._on_the_long_way[session_id] += 1
        self._long_way(replace(post, then=partial(self._came_back, post)))

    def _came_back(self, post: Post, result: Answered | Raised) -> None:
        session_id = post.act.session_id
        self._on_the_long_way[session_id] -= 1
        if not self._on_the_long_way[session_id]:
            del self._on_the_long_way[session_id]
        post.then(result)

    async def _look_up(self, unknown: set[SessionId]) -> None:
        if not unknown:
            return
        found = await self._database.read(partial(sessions.see_all, session_ids=unknown))
        self.remember(found.values())


def _turn_away(posts: Sequence[Post], failure: StorageFailed) -> None:
    _log.error("storage failed, %d messages turned away: %s", len(posts), failure)
    for post in posts:
        post.then(Raised(failure))


def _saying(session: StoredSession, posts: Sequence[Post], now: float) -> Saying:
    """All that is said in one session."""
    ids = messages.new_message_ids(now, len(posts))
    new = [
        new_message(
            post.caller, post.asked.txn_id, post.act, digest_of(post.asked), message_id, now
        )
        for post, message_id in zip(posts, ids, strict=True)
    ]
    events = [posted(one) for one in new]
    told = [(person, event) for event in events for person in session.people]
    return Saying(session, new, feeds.new_entries(told, now))
