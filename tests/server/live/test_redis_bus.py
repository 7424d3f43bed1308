"""The bus over a real Redis: it comes back after everything that can happen to one."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress

import pytest
from samebox_server.live.bus import Hints, Post
from samebox_server.live.redis_bus import RedisBus

from tests.support.redis import WHY_NOT, PrivateRedis, private_redis, program

pytestmark = pytest.mark.skipif(program() is None, reason=WHY_NOT)
DEADLINE = 20.0
CHANNEL = "samebox:test"


@pytest.fixture
def redis() -> Iterator[PrivateRedis]:
    with private_redis() as redis:
        yield redis


class Node:
    """One server's end of the bus."""

    def __init__(self, name: str, redis: PrivateRedis) -> None:
        self.post = Post(name, b"k" * 32)
        self.bus = RedisBus(redis.url, CHANNEL, self.post)
        self.told: list[int] = []
        self.sweeps = 0

    async def run(self) -> None:
        await self.bus.run(lambda _, hints: self.told.append(hints.articles), self.sweep)

    def sweep(self) -> None:
        self.sweeps += 1

    def say(self, number: int) -> None:
        self.bus.publish(Hints(articles=number))


@asynccontextmanager
async def two(redis: PrivateRedis) -> AsyncIterator[tuple[Node, Node]]:
    nodes = Node("server-1", redis), Node("server-2", redis)
    running = [asyncio.create_task(node.run()) for node in nodes]
    try:
        await until(lambda: all(node.bus.is_up for node in nodes))
        yield nodes
        assert not any(task.done() for task in running)
    finally:
        for task in running:
            task.cancel()
        for task in running:
            with suppress(asyncio.CancelledError):
                await task


async def until(look: Callable[[], bool]) -> None:
    async with asyncio.timeout(DEADLINE):
        while not look():
            await asyncio.sleep(0.005)


async def hear_again(first: Node, second: Node, number: int) -> None:
    """Says something until it arrives: the bus is back in this direction."""
    async with asyncio.timeout(DEADLINE):
        while number not in second.told:
            first.say(number)
            await asyncio.sleep(0.02)


async def test_messages_arrive_in_order_and_our_own_do_not(redis: PrivateRedis) -> None:
    async with two(redis) as (first, second):
        for number in range(1, 501):
            first.say(number)
        await until(lambda: 500 in second.told)
        assert [number for number in second.told if number] == list(range(1, 501))
        assert first.told.count(500) == 0
        assert first.bus.lag > 0


async def test_the_bus_is_up_again_after_a_crash_of_redis(redis: PrivateRedis) -> None:
    async with two(redis) as (first, second):
        for round in (1, 2):
            redis.stop()
            await until(lambda: not first.bus.is_up and not second.bus.is_up)
            before = second.sweeps
            first.say(-round)
            redis.start()
            await hear_again(first, second, round)
            await hear_again(second, first, round)
            assert -round not in second.told
            assert second.sweeps > before


async def test_a_flush_that_cuts_everyone_off_is_survived(redis: PrivateRedis) -> None:
    async with two(redis) as (first, second):
        redis.flush()
        await hear_again(first, second, 1)
        await hear_again(second, first, 2)


async def test_a_redis_that_stands_still_is_noticed(redis: PrivateRedis) -> None:
    async with two(redis) as (first, second):
        redis.pause()
        try:
            await until(lambda: not first.bus.is_up and not second.bus.is_up)
        finally:
            redis.go_on()
        await hear_again(first, second, 1)


async def test_a_redis_that_comes_later_is_found() -> None:
    redis = PrivateRedis()
    node = Node("server-1", redis)
    running = asyncio.create_task(node.run())
    try:
        await until(lambda: node.sweeps > 1)
        assert not node.bus.is_up
        redis.start()
        await until(lambda: node.bus.is_up)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        redis.stop()


async def test_strangers_on_the_channel_are_not_believed(redis: PrivateRedis) -> None:
    async with two(redis) as (first, second):
        assert redis.channels() == [CHANNEL]
        redis.publish(CHANNEL, "hello")
        await until(lambda: second.post.refused == 1)
        await hear_again(first, second, 1)
