"""Random walks through a small company: whatever is killed, cut, repeated, lost or restored, the
invariants I1 to I14 hold. The same 2,000 walks each time; SAMEBOX_WALKS=50000 takes other ones."""

import os
import tempfile
from collections import Counter
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from samebox_agent.core import outbox
from samebox_agent.core.events import LinkClosed, TimerFired
from samebox_agent.core.state import OPEN_PHASES, Keeping
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import AnswerId, PersonId, QuestionId, SessionId, TxnId, new_id
from samebox_shared.model.people import Role
from samebox_shared.model.topics import Part
from samebox_shared.protocol.acts import (
    AcceptOffer,
    AnswerQuestion,
    AnyAct,
    Ask,
    BringIn,
    CancelQuestion,
    DeclineOffer,
    DeleteMessage,
    EditMessage,
    LeaveSession,
    PostMessage,
    SolveQuestion,
    SolveSession,
)
from samebox_shared.protocol.messages import Do

from tests.support.world import checks
from tests.support.world.desk import Desk, ProcessDied
from tests.support.world.laptop import Laptop

T14 = DeviceType(system=System.LINUX, vendor="Lenovo", family="ThinkPad T14", model="T14 Gen 3")
NAMES = ("ana", "bo", "cas", "iris")
START = 1_800_000_000.0
EDGES = {
    ("asking", "live"),
    ("asking", "parked"),
    ("asking", "solved"),
    ("asking", "cancelled"),
    ("parked", "asking"),
    ("parked", "solved"),
    ("parked", "cancelled"),
    ("live", "asking"),
    ("live", "solved"),
    ("live", "cancelled"),
}
"""Every documented change of a question's phase (docs/protocol.md)."""

WHO = st.integers(0, len(NAMES) - 1)
PLACE = st.integers(0, 23)
BRINGABLE = (Part.SECOND, Part.IT)


class Company(RuleBasedStateMachine):
    """Four people with a laptop each, one of them of IT, and a server."""

    desk: ClassVar[Desk | None] = None
    laptops: ClassVar[list[Laptop]] = []
    folder: ClassVar[tempfile.TemporaryDirectory[str] | None] = None

    @classmethod
    def furnish(cls) -> tuple[Desk, list[Laptop]]:
        """Made once and emptied for every walk: opening databases is the slowest part."""
        if cls.desk is None:
            cls.folder = tempfile.TemporaryDirectory(prefix="samebox-world-")
            cls.desk = Desk()
            cls.laptops = [Laptop(Path(cls.folder.name) / f"{name}.sqlite3") for name in NAMES]
        return cls.desk, cls.laptops

    @initialize()
    def begin(self) -> None:
        self.desk_, self.people = self.furnish()
        self.desk_.open(START)
        self.sent: dict[TxnId, tuple[PersonId, AnyAct]] = {}
        self.acted: list[tuple[int, Do]] = []
        self.stale: set[TxnId] = set()
        self.phases: dict[str, str] = {}
        self.phases_then: dict[str, str] | None = None
        self.restored = False
        self.accepted: Counter[str] = Counter()
        for name, laptop in zip(NAMES, self.people, strict=True):
            roles = (Role.IT,) if name == "iris" else ()
            caller = self.desk_.enrol(name, f"token-{name}", T14, roles)
            laptop.begin(self.desk_, caller, self.desk_.now)
            self._pump(laptop)

    # What people do.

    @rule(who=WHO, place=PLACE, stale=st.integers(0, 7))
    def act_and_all_arrives(self, who: int, place: int, stale: int) -> None:
        """As on most days: whoever was away comes back, and nothing comes between."""
        for laptop in self.people:
            laptop.come_back()
            self._pump(laptop)
        self._act(who if stale % 2 else self._asked(who), place, stale)
        for _ in range(2):
            for laptop in self.people:
                self._pump(laptop)

    @rule(who=WHO, place=PLACE, stale=st.integers(0, 7))
    def act(self, who: int, place: int, stale: int) -> None:
        self._act(who, place, stale)

    # What the wire does.

    @rule(who=WHO, up=st.integers(0, 4), down=st.integers(0, 6))
    def frames_arrive(self, who: int, up: int, down: int) -> None:
        self._to_server(self.people[who], up)
        self._to_laptop(self.people[who], down)

    @rule(who=WHO, place=PLACE, how=st.sampled_from(["repeat", "swap up", "swap down", "double"]))
    def frames_are_meddled_with(self, who: int, place: int, how: str) -> None:
        """Old acts come once more, as a retry a week later would (DEL-2); frames change places or
        come twice."""
        socket = self.people[who].socket
        if socket is None:
            return
        mine = [do for other, do in self.acted if other == who]
        if how == "repeat" and mine:
            socket.to_server.append(mine[place % len(mine)])
        elif how == "swap up":
            socket.to_server[:2] = reversed(socket.to_server[:2])
        elif how == "swap down":
            socket.to_laptop[:2] = reversed(socket.to_laptop[:2])
        elif how == "double":
            socket.to_laptop[:1] = socket.to_laptop[:1] * 2

    @rule(who=WHO, how=st.sampled_from(["cut", "half open", "back", "back", "kill"]))
    def connection_changes(self, who: int, how: str) -> None:
        """Half open: the laptop notices that the wire is cut and the server does not."""
        laptop = self.people[who]
        match how:
            case "cut":
                laptop.lose()
            case "half open" if laptop.socket is not None:
                laptop.socket = None
                laptop.happen(LinkClosed(None))
            case "back":
                laptop.come_back()
            case "kill":
                laptop.die()
            case _:
                pass

    @rule(who=WHO, how=st.sampled_from(["push lost", "beat", "beat", "kill", "kill in a unit"]))
    def server_trouble(self, who: int, how: str) -> None:
        match how:
            case "push lost":
                self.desk_.drop_pushes = True
            case "beat":
                self.desk_.drop_pushes = False
                self.desk_.beat()
            case "kill":
                self._server_gone()
            case _:
                self.desk_.die_before_commit = True
                self._to_server(self.people[who], 1)
                self.desk_.die_before_commit = False

    @rule(seconds=st.sampled_from([1.0, 31.0, 121.0]), again=st.booleans())
    def time_passes(self, seconds: float, again: bool) -> None:
        self.desk_.go_by(seconds)
        self._timers_fire(again)

    @rule(seconds=st.sampled_from([300.0, 4_000.0, 86_400.0]), again=st.booleans())
    def clock_jumps_ahead(self, seconds: float, again: bool) -> None:
        self.desk_.jump(seconds)
        live = self._live()
        self._timers_fire(again)
        assert live <= self._live(), "DEL-13: a jump of the clock was taken for somebody's silence"

    def _live(self) -> set[str]:
        rows = self.desk_.rows("SELECT session_id, fence FROM session WHERE state = 'live'")
        return {f"{session} {fence}" for session, fence in rows}

    def _timers_fire(self, again: bool) -> None:
        for laptop in self.people:
            laptop.now = self.desk_.now
        due = self.desk_.due()
        for timer in due:
            assert timer.due_at <= self.desk_.now, "I7: a timer fired early"
            self.desk_.fire(timer)
            if again:
                before = self._effects()
                self.desk_.fire(timer)
                assert self._effects() == before, "I7: a timer took effect twice"

    @rule(restore=st.integers(0, 7))
    def back_up_or_restore(self, restore: int) -> None:
        if restore or self.phases_then is None:
            self.desk_.back_up()
            self.phases_then = dict(self.phases)
            return
        if any(laptop.dismissed_at is not None for laptop in self.people):
            return  # a backup from before would bring them back: they are dismissed again
        for laptop in self.people:
            laptop.socket = None
        self.desk_.restore()
        self.phases = dict(self.phases_then)
        self.restored = True
        for laptop in self.people:
            laptop.happen(LinkClosed(None))

    @rule(who=WHO, chance=st.integers(0, 5))
    def leave_for_good(self, who: int, chance: int) -> None:
        """Somebody leaves the organisation; one does in a few walks, and never the last helper."""
        if chance or any(laptop.dismissed_at is not None for laptop in self.people):
            return
        laptop = self.people[who]
        assert laptop.caller is not None
        self.desk_.dismiss(laptop.caller.person_id)
        laptop.socket = None
        laptop.dismissed_at = len(laptop.feed())
        laptop.happen(LinkClosed(None))

    # What always holds.

    @invariant()
    def questions_are_owned_and_take_documented_steps(self) -> None:
        if not hasattr(self, "desk_"):
            return
        rows = self.desk_.rows(
            "SELECT q.question_id, q.phase,"
            " (SELECT count(*) FROM session s WHERE s.question_id = q.question_id"
            "  AND s.state = 'live'),"
            " (SELECT count(*) FROM timer t WHERE t.subject = q.question_id AND t.kind = 'wave'"
            "  AND t.generation = q.wave AND t.done_at IS NULL) FROM question q"
        )
        for question, phase, live, timers in rows:
            assert live == (phase == "live"), "I5: one helper, exactly while it is live"
            is_waiting = phase in ("asking", "parked")
            assert not is_waiting or timers == 1, f"ownerless: {question}"
            before = self.phases.get(str(question), "asking")
            reached = before == phase or self._reaches(before, str(phase))
            assert reached, f"I14: {before} -> {phase}"
            self.phases[str(question)] = str(phase)

    @invariant()
    def laptops_are_not_ahead_and_outboxes_are_honest(self) -> None:
        if not hasattr(self, "desk_"):
            return
        epoch = self.desk_.epoch()
        rows = self.desk_.rows("SELECT person_id, head FROM feed_head")
        heads = {str(person): int(str(head)) for person, head in rows}
        for laptop in self.people:
            store = laptop.memory.store
            position = store.feed.position()
            assert laptop.caller is not None
            if position.epoch == epoch:
                head = heads[laptop.caller.person_id]
                assert position.seq <= head, "I8: a cursor beyond the head"
            waiting = {item.txn_id for item in laptop.state.outbox}
            for conversation in laptop.state.conversations.values():
                for line in conversation.lines:
                    is_sent = line.keeping is Keeping.SENT and line.author is None
                    assert not (is_sent and line.key in waiting), "I12: sent and waiting"

    def teardown(self) -> None:
        if not hasattr(self, "desk_"):
            return
        self._tell_statistics()
        self._settle()
        checks.nothing_lost_or_twice(self.desk_, self.people, self.sent, restored=self.restored)
        checks.old_fences_changed_nothing(self.desk_, self.stale)
        checks.one_order(self.people)
        checks.erased_is_gone(self.desk_, self.people)
        checks.same_as_fresh(self.people)

    # How it is done.

    def _asked(self, who: int) -> int:
        """Somebody who is asked right now, if anybody is: walks go where things happen."""
        for each, laptop in enumerate(self.people):
            if any(offer.end is None for offer in laptop.state.offers.values()):
                return each
        return who

    def _act(self, who: int, place: int, stale: int) -> None:
        """One of the things this person can do now; to ask is always among them."""
        possible = self._possible(who, stale)
        laptop = self.people[who]
        if not possible:
            return
        act = possible[place % len(possible)]
        txn = laptop.do(act)
        assert laptop.caller is not None
        self.sent[txn] = (laptop.caller.person_id, act)
        self.acted.append((who, Do(txn_id=txn, act=act)))
        if stale == 0 and isinstance(act, PostMessage):
            self.stale.add(txn)

    def _possible(self, who: int, stale: int) -> list[AnyAct]:
        """Likelier acts come more than once; now and then one carries a fence that is over."""
        state = self.people[who].state
        acts: list[AnyAct] = []
        for offer_id, offer in state.offers.items():
            if offer.end is None or stale == 0:
                acts += [AcceptOffer(offer_id=offer_id)] * 3 + [DeclineOffer(offer_id=offer_id)]
        for session, fence in self._sessions(who):
            fence -= stale == 0
            say = PostMessage(session_id=session, fence=fence, text=new_id())
            acts += [say] * 5
            acts += [BringIn(session_id=session, fence=fence, part=part) for part in BRINGABLE]
            acts += self._corrections(who, session, fence)
            acts += [SolveSession(session_id=session, fixed_by="x")]
            acts += [LeaveSession(session_id=session, fence=fence)]
        open_ = (c for c in state.conversations.values() if c.mine and c.phase in OPEN_PHASES)
        mine = next(open_, None)
        if state.asking_now() is None:
            acts += [Ask(question_id=QuestionId(new_id()), text="No sound", device_type=T14)]
        if mine is not None and stale == 1:
            acts += [CancelQuestion(question_id=mine.question_id)]
            acts += [SolveQuestion(question_id=mine.question_id, fixed_by="x")]
        parked = self.desk_.rows("SELECT question_id FROM question WHERE phase = 'parked'")
        acts += [
            AnswerQuestion(
                question_id=QuestionId(str(question)), answer_id=AnswerId(new_id()), text="Try x"
            )
            for (question,) in parked
        ]
        return acts

    def _corrections(self, who: int, session: SessionId, fence: int) -> list[AnyAct]:
        """Of the newest thing this person said there."""
        laptop = self.people[who]
        assert laptop.caller is not None
        found = laptop.state.conversation_of(session)
        mine = [
            line.message_id
            for line in (found.lines if found else ())
            if line.message_id is not None and line.author == laptop.caller.person_id
        ]
        if not mine:
            return []
        return [
            EditMessage(session_id=session, fence=fence, message_id=mine[-1], text=new_id()),
            DeleteMessage(session_id=session, fence=fence, message_id=mine[-1]),
        ]

    def _sessions(self, who: int) -> list[tuple[SessionId, int]]:
        return [
            (found.session_id, found.fence)
            for found in self.people[who].state.conversations.values()
            if found.session_id is not None
        ]

    def _to_server(self, laptop: Laptop, count: int) -> None:
        for _ in range(count):
            socket = laptop.socket
            if socket is None or not socket.to_server:
                return
            frame = socket.to_server.pop(0)
            try:
                self.desk_.receive(socket, frame)
            except ProcessDied:
                self._server_gone()

    def _to_laptop(self, laptop: Laptop, count: int) -> None:
        for _ in range(count):
            if laptop.socket is None or not laptop.socket.to_laptop:
                return
            laptop.take(laptop.socket.to_laptop.pop(0))

    def _pump(self, laptop: Laptop) -> None:
        while laptop.socket is not None and (laptop.socket.to_server or laptop.socket.to_laptop):
            self._to_server(laptop, 100)
            self._to_laptop(laptop, 1000)

    def _server_gone(self) -> None:
        for laptop in self.people:
            laptop.socket = None
        self.desk_.start()
        self.desk_.die_before_commit = False
        for laptop in self.people:
            laptop.happen(LinkClosed(None))

    def _effects(self) -> list[tuple[object, ...]]:
        return self.desk_.rows(
            "SELECT (SELECT count(*) FROM offer), (SELECT sum(head) FROM feed_head),"
            " (SELECT count(*) FROM timer)"
        )

    def _reaches(self, before: str, after: str) -> bool:
        """Within one act a question may take several steps."""
        seen, frontier = {before}, {before}
        for _ in range(4):
            frontier = {to for start, to in EDGES if start in frontier} - seen
            seen |= frontier
        return after in seen

    def _settle(self) -> None:
        """Everything is healed: all come back, all frames arrive, everything is sent again."""
        self.desk_.drop_pushes = False
        for _ in range(6):
            for laptop in self.people:
                laptop.come_back()
                laptop.happen(TimerFired(outbox.RESEND))
                laptop.send_drafts()
                self._pump(laptop)
            self.desk_.beat()
            for laptop in self.people:
                self._pump(laptop)
        for laptop in self.people:
            is_here = laptop.dismissed_at is None
            waits = laptop.memory.store.outbox.waiting()
            assert not (is_here and waits), "an act is waiting for ever"

    def _tell_statistics(self) -> None:
        """`--hypothesis-show-statistics` says whether the walks go where things happen."""
        ((taken_back,),) = self.desk_.rows(
            "SELECT count(*) FROM message WHERE deleted_at IS NOT NULL"
        )
        event(f"taken back: {min(int(str(taken_back)), 3)}")
        for what in ("session", "message", "participant", "answer"):
            ((count,),) = self.desk_.rows(f"SELECT count(*) FROM {what}")
            event(f"{what}s: {min(int(str(count)), 3)}")
        event(f"restored: {self.restored}")


TestCompany = pytest.mark.timeout(3_600)(Company.TestCase)  # a busy machine is no failure
TestCompany.settings = settings(
    max_examples=int(os.environ.get("SAMEBOX_WALKS", "2000")),
    derandomize="SAMEBOX_WALKS" not in os.environ,
    phases=[Phase.generate],  # one walk takes too long to be shrunk; `print_blob` replays it
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
