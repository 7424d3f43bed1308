"""Messages between servers: sealed, numbered, and worth no more than a hint."""

from collections.abc import Iterable

import msgspec
import pytest
from samebox_server.live.bus import Fed, Here, Hints, NoBus, Post, small
from samebox_shared.model.ids import DeviceId, PersonId

KEY = b"k" * 32
HINTS = Hints(
    feeds=(Fed(PersonId("ada"), 7, (b'{"seq":7}',)),),
    here=(Here(DeviceId("d1"), PersonId("hugo"), away=True, gone=False, since=1.0),),
    articles=3,
)


class Reader:
    """One server's end: what it was told, and how often it had to look for itself."""

    def __init__(self, node_id: str, key: bytes = KEY) -> None:
        self.time = 0.0
        self.post = Post(node_id, key, lambda: self.time)
        self.told: list[tuple[str, Hints]] = []
        self.sweeps = 0

    def hear(self, messages: Iterable[bytes]) -> None:
        for message in messages:
            self.post.read(message, lambda *said: self.told.append(said), self.sweep)

    def sweep(self) -> None:
        self.sweeps += 1


def test_what_one_server_writes_another_reads() -> None:
    ours, theirs = Reader("server-1"), Reader("server-2")
    theirs.hear([ours.post.write(HINTS)])
    assert theirs.told == [("server-1", HINTS)]
    assert (theirs.sweeps, theirs.post.refused) == (0, 0)


def test_a_missing_message_is_noticed_and_an_old_one_changes_nothing() -> None:
    ours, theirs = Reader("server-1"), Reader("server-2")
    first, _lost, third, fourth = (ours.post.write(HINTS) for _ in range(4))
    theirs.hear([first, third])
    assert theirs.sweeps == 1
    theirs.hear([first, fourth])
    assert theirs.sweeps == 1


def test_a_server_that_started_later_misses_nothing_it_could_have_heard() -> None:
    ours, late = Reader("server-1"), Reader("server-2")
    ours.post.write(HINTS)
    late.hear([ours.post.write(HINTS)])
    assert late.sweeps == 1


def test_our_own_message_tells_only_how_long_it_took() -> None:
    ours = Reader("server-1")
    message = ours.post.write(HINTS)
    ours.time = 0.25
    ours.hear([message, message])
    assert (ours.told, ours.post.lag) == ([], 0.25)


def test_a_message_that_was_under_way_when_the_connection_broke_is_not_waited_for() -> None:
    ours = Reader("server-1")
    ours.post.write(HINTS)
    ours.post.forget_lost()
    ours.time = 60.0
    message = ours.post.write(HINTS)
    ours.time = 60.5
    ours.hear([message])
    assert ours.post.lag == 0.5


@pytest.mark.parametrize("spoil", ["other key", "changed", "short", "empty"])
def test_what_is_not_sealed_with_our_key_is_not_believed(spoil: str) -> None:
    ours, theirs = Reader("server-1"), Reader("server-2")
    message = ours.post.write(HINTS)
    spoiled = {
        "other key": Reader("server-1", b"x" * 32).post.write(HINTS),
        "changed": message[:-1] + bytes([message[-1] ^ 1]),
        "short": message[:20],
        "empty": b"",
    }[spoil]
    theirs.hear([spoiled])
    assert (theirs.told, theirs.post.refused) == ([], 1)


def test_what_a_newer_version_says_in_another_way_is_looked_up() -> None:
    class Newer(msgspec.Struct, array_like=True):
        feeds: str

    ours, theirs = Reader("server-1"), Reader("server-2")
    theirs.hear([ours.post.write(Newer("all new"))])  # type: ignore[arg-type]
    assert (theirs.told, theirs.sweeps, theirs.post.refused) == ([], 1, 1)


def test_what_a_newer_version_adds_is_left_out() -> None:
    class More(Hints, array_like=True, frozen=True):
        weather: str = "sunny"

    ours, theirs = Reader("server-1"), Reader("server-2")
    theirs.hear([ours.post.write(More(articles=3))])
    assert theirs.told == [("server-1", Hints(articles=3))]


def test_only_small_frames_travel() -> None:
    assert small([b"12", b"345"], 5) == (b"12", b"345")
    assert small([b"12", b"345"], 4) == ()


def test_a_servers_id_has_a_fixed_length() -> None:
    with pytest.raises(ValueError, match="8 letters"):
        Post("short", KEY)


async def test_no_bus_carries_nothing() -> None:
    bus = NoBus()
    bus.publish(HINTS)
    await bus.run(lambda _, __: None, lambda: None)
    assert (bus.is_up, bus.lag) == (False, 0.0)
