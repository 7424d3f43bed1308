"""What is a helper's silence and what is not: time that goes by, and a clock that is set ahead."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from samebox_server.live.presence import GAP_SECONDS
from samebox_shared.protocol.acts import PostMessage
from samebox_shared.protocol.events import MessagePosted, ReleaseReason, SessionReleased
from samebox_shared.protocol.messages import Done, Heartbeat, PeerPresence

from tests.server.live.conftest import Invite
from tests.server.live.replicas import Replicas, say, says
from tests.server.running import RunningServer, running, set_up
from tests.server.scripted import bring_together, connected, volunteer
from tests.support.postgres import PrivatePostgres

pytestmark = pytest.mark.timeout(120)
SILENCE_SECONDS = GAP_SECONDS + 1
"""More than a gap, so that nobody is released unless time is looked at in between."""
HOUR = 3_600.0


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clock") / "seconds"


@pytest.fixture(scope="module")
def server(clock: Path) -> Iterator[RunningServer]:
    settings = {
        "SAMEBOX_TEST_CLOCK": str(clock),
        "SAMEBOX_SILENCE_SECONDS": str(SILENCE_SECONDS),
        "SAMEBOX_HEARTBEAT_SECONDS": "0.5",
    }
    with running(clock.parent / "data", **settings) as server:
        yield server


async def test_a_silence_that_goes_by_releases(invited: Invite) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (asker, helper):
        await volunteer(helper)
        await bring_together(asker, helper)
        await helper.disconnect()
        released = await asker.expect(SessionReleased)
        assert released.reason is ReleaseReason.NO_SIGN_OF_LIFE


async def test_an_hour_that_the_clock_jumps_over_is_nobody_s_silence(
    invited: Invite, clock: Path
) -> None:
    async with connected(invited("Eve"), invited("Ina")) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        await helper.disconnect()
        await asker.expect_other(PeerPresence, lambda peer: not peer.here)
        before = await asker.expect_other(Heartbeat)
        clock.write_text(str(HOUR))
        # The alarm has looked twice by then and found the timer of the silence due.
        late = before.server_time + HOUR + 3
        await asker.expect_other(Heartbeat, lambda beat: beat.server_time > late)
        assert asker.all(SessionReleased) == []
        await helper.connect()
        post = PostMessage(session_id=opened.session_id, fence=opened.fence, text="back")
        assert isinstance(await helper.do(post), Done)


async def test_a_server_whose_clock_is_set_ahead_does_not_take_the_other_for_dead(
    tmp_path: Path, postgres: PrivatePostgres
) -> None:
    clock = tmp_path / "clock"
    shared = {
        "SAMEBOX_DATABASE_URL": postgres.new_database(),
        "SAMEBOX_REPLICAS": "2",
        "SAMEBOX_SILENCE_SECONDS": str(SILENCE_SECONDS),
        "SAMEBOX_HEARTBEAT_SECONDS": "0.5",
    }
    ahead, sound = tmp_path / "ahead", tmp_path / "sound"
    ahead.mkdir()
    sound.mkdir()
    with (
        running(ahead / "data", **shared, SAMEBOX_TEST_CLOCK=str(clock)) as first,
        running(sound / "data", **shared) as second,
    ):
        replicas = Replicas(first, second, set_up(first), has_bus=False)
        people = replicas.invite("Ada"), replicas.invite("Hugo", at=second)
        async with connected(*people) as (asker, helper):
            await volunteer(helper)
            opened = await bring_together(asker, helper)
            before = await asker.expect_other(Heartbeat)
            clock.write_text(str(HOUR))
            # Everything was compared by then, and a silence of this length had run out.
            late = before.server_time + HOUR + 2 * SILENCE_SECONDS
            await asker.expect_other(Heartbeat, lambda beat: beat.server_time > late)
            told = [each for each in asker.others if isinstance(each, PeerPresence)]
            assert all(each.here for each in told)
            assert asker.all(SessionReleased) == []
            await say(helper, opened, "still here")
            await asker.expect(MessagePosted, says("still here"))
