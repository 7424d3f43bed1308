"""What one turn leaves for the other servers goes out once, in order, and never too large."""

import asyncio

from samebox_server.live.bus import Fed, Here, Hints, NoBus, Typed
from samebox_server.live.outgoing import MOST_FOR_ALL, MOST_FOR_ONE, Outgoing
from samebox_shared.model.ids import DeviceId, PersonId, SessionId

ADA, HUGO = PersonId("ada"), PersonId("hugo")
SESSION = SessionId("s")


class FakeBus(NoBus):
    """Keeps what is published."""

    def __init__(self) -> None:
        super().__init__()
        self.published: list[Hints] = []

    def publish(self, hints: Hints) -> None:
        self.published.append(hints)


async def test_a_whole_turn_is_one_message() -> None:
    bus = FakeBus()
    out = Outgoing(bus)
    here = Here(DeviceId("d"), ADA, away=False, gone=False, since=1.0)
    out.fed(ADA, 7, b"seven")
    out.fed(HUGO, 3, b"three")
    out.fed(ADA, 8, b"eight")
    out.here(here)
    out.typing(SESSION, ADA)
    out.event(b"opened")
    out.event(b"opened")
    out.people([HUGO, ADA, HUGO])
    out.articles(4)
    await asyncio.sleep(0)
    assert bus.published == [
        Hints(
            feeds=(Fed(ADA, 8, (b"seven", b"eight")), Fed(HUGO, 3, (b"three",))),
            here=(here,),
            typing=(Typed(SESSION, ADA),),
            events=(b"opened",),
            people=(HUGO, ADA),
            articles=4,
        )
    ]
    out.typing(SESSION, HUGO)
    await asyncio.sleep(0)
    assert bus.published[1:] == [Hints(typing=(Typed(SESSION, HUGO),))]


async def test_nothing_is_not_worth_a_message() -> None:
    bus = FakeBus()
    Outgoing(bus).flush()
    assert bus.published == []


async def test_a_line_without_its_frame_leaves_the_others_to_be_read() -> None:
    bus = FakeBus()
    out = Outgoing(bus)
    out.fed(ADA, 7, b"seven")
    out.fed(ADA, 8, None)
    out.fed(ADA, 9, b"nine")
    out.flush()
    assert bus.published == [Hints(feeds=(Fed(ADA, 9),))]


async def test_what_is_large_is_only_told_of() -> None:
    bus = FakeBus()
    out = Outgoing(bus)
    out.fed(ADA, 7, b"x" * (MOST_FOR_ONE + 1))
    out.flush()
    for number in range(MOST_FOR_ALL // MOST_FOR_ONE + 1):
        out.fed(PersonId(str(number)), 1, b"x" * MOST_FOR_ONE)
    out.flush()
    alone, many = bus.published
    assert alone.feeds == (Fed(ADA, 7),)
    assert [bool(fed.frames) for fed in many.feeds] == [True] * (len(many.feeds) - 1) + [False]
