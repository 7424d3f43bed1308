"""Races: one asks, several claim in the same moment, one may win; then what the loser tries, and
what somebody tries who was the winner."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence

from samebox_shared.model.ids import OfferId, QuestionId, TxnId, new_id
from samebox_shared.protocol.acts import (
    AcceptOffer,
    AnyAct,
    CancelQuestion,
    DeclineOffer,
    LeaveSession,
    PostMessage,
    SetHelping,
    SolveSession,
)
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import OfferMade, SessionOpened
from samebox_shared.protocol.messages import Event

from tasks.faults.errands import is_from_ones_own, question
from tasks.faults.history import Claimed, Raced, Recorder
from tasks.faults.plans import Errand
from tasks.faults.seat import Seat

LINE_UP_SECONDS = 2.0
"""How long a race waits for its last offer; after that it is run by those who have one."""
GIVE_UP_SECONDS = 60.0
LEAVES = 0.3
"""The share of races whose winner hands the question back and then writes all the same."""


class Racer:
    """One person of a group: remembers offers and sessions, and lets others wait for answers."""

    def __init__(self) -> None:
        self.offers: dict[QuestionId, OfferId] = {}
        self.sessions: dict[QuestionId, SessionOpened] = {}
        self._answers: dict[TxnId, asyncio.Future[ErrorCode | None]] = {}

    def on_up(self, seat: Seat) -> None:
        """Nothing to do: the race goes on by what is stored."""

    def on_event(self, seat: Seat, event: Event) -> None:
        """Remember."""
        match event.body:
            case OfferMade() as offer if is_from_ones_own(seat, offer):
                self.offers[offer.question_id] = offer.offer_id
            case OfferMade() as offer:
                seat.do(DeclineOffer(offer_id=offer.offer_id))  # free for the next race
            case SessionOpened(question_id=question_id) as opened:
                self.sessions[question_id] = opened
            case _:
                return

    def on_answer(self, seat: Seat, txn_id: TxnId, act: AnyAct, code: ErrorCode | None) -> None:
        """Tell whoever waits."""
        waiting = self._answers.pop(txn_id, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(code)

    async def does(self, seat: Seat, act: AnyAct, *, stale: bool = False) -> ErrorCode | None:
        """Do it and wait for the answer, however long the server is away: a race that was given up
        would leave its question open, and its group could never ask again."""
        answer: asyncio.Future[ErrorCode | None] = asyncio.get_running_loop().create_future()
        self._answers[seat.do(act, stale=stale)] = answer
        return await answer


class Group:
    """An asker and the helpers who race. `run` runs one race after the other."""

    def __init__(self, history: Recorder, seed: int, races: int) -> None:
        self._history = history
        self._random = random.Random(seed)
        self._races = races
        self._asker: tuple[Seat, Racer] | None = None
        self._helpers: list[tuple[Seat, Racer]] = []
        self.done = 0
        self.stopped = False

    def add(self, seat: Seat, racer: Racer) -> None:
        """Take in one more person."""
        if seat.place.errand is Errand.ASK_FOR_RACES:
            self._asker = (seat, racer)
        else:
            self._helpers.append((seat, racer))

    async def run(self) -> None:
        """Until told to stop, or all races are run."""
        if self._asker is None:
            raise LookupError("a group without an asker")
        await self._until(lambda: all(seat.is_online for seat, _ in self._helpers))
        for seat, racer in self._helpers:
            await racer.does(seat, SetHelping(helping=True))
        while not self.stopped and self.done < self._races:
            await self._until(self._all_online)
            claims = await self._race(*self._asker)
            self.done += claims == len(self._helpers)

    async def _race(self, asker: Seat, racer: Racer) -> int:
        """One race; how many claimed at once."""
        question_id = QuestionId(new_id())
        if await racer.does(asker, question(asker, question_id)) is not None:
            return 0
        await self._until(lambda: self._lined_up(question_id), LINE_UP_SECONDS)
        runners = [one for one in self._helpers if question_id in one[1].offers]
        if not runners:
            await racer.does(asker, CancelQuestion(question_id=question_id))
            return 0
        won = await asyncio.gather(*(self._claim(*one, question_id) for one in runners))
        self._history.soon(Raced(time.monotonic(), question_id, len(runners)))
        winners = [one for one, has_won in zip(runners, won, strict=True) if has_won]
        if not winners or not await self._until(lambda: question_id in racer.sessions, 20.0):
            await racer.does(asker, CancelQuestion(question_id=question_id))
            return len(runners)
        await self._after(asker, racer, winners, question_id)
        return len(runners)

    async def _claim(self, seat: Seat, racer: Racer, question_id: QuestionId) -> bool:
        asked_at, offer = time.monotonic(), racer.offers[question_id]
        code = await racer.does(seat, AcceptOffer(offer_id=offer))
        self._history.soon(
            Claimed(
                time.monotonic(), seat.place.person_id, question_id, offer, code or "", asked_at
            )
        )
        return code is None

    async def _after(
        self,
        asker: Seat,
        racer: Racer,
        winners: Sequence[tuple[Seat, Racer]],
        question_id: QuestionId,
    ) -> None:
        opened = racer.sessions[question_id]
        if self._random.random() < LEAVES:
            seat, winner = winners[0]
            leaving = LeaveSession(session_id=opened.session_id, fence=opened.fence)
            await winner.does(seat, leaving)
            await self._write_all_the_same(seat, winner, opened)
            await racer.does(asker, CancelQuestion(question_id=question_id))
        else:
            await racer.does(asker, SolveSession(session_id=opened.session_id, thanks=True))

    async def _write_all_the_same(self, seat: Seat, racer: Racer, opened: SessionOpened) -> None:
        label = f"{seat.place.person}/stale/{new_id()[:12]}"
        late = PostMessage(session_id=opened.session_id, fence=opened.fence, text=label)
        await racer.does(seat, late, stale=True)

    def _lined_up(self, question_id: QuestionId) -> bool:
        return all(question_id in racer.offers for _, racer in self._helpers)

    def _all_online(self) -> bool:
        return self.stopped or all(seat.is_online for seat, _ in self._everyone())

    def _everyone(self) -> list[tuple[Seat, Racer]]:
        return self._helpers if self._asker is None else [self._asker, *self._helpers]

    async def _until(self, is_so: Callable[[], bool], seconds: float = GIVE_UP_SECONDS) -> bool:
        """Whether it came to be so within the time."""
        deadline = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(0.005)
        return True
