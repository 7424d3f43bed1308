"""The engine's side of the matching process: asks it, hears it, and lets it go."""

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from samebox_agent.core.events import AgentEvent, SearchDone
from samebox_agent.runtime.matching import Matching, command_of, document_of
from samebox_shared.model.articles import AppliesTo
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import ArticleId

from tests.support.builders import an_article

HERE = DeviceType(system=System.WINDOWS)
BATTERY = an_article("battery", "", title="The battery is empty soon", symptoms=("No charge left",))
SOUND = an_article("sound", "", title="There is no sound in calls", symptoms=("I hear nothing",))
SHELF = {article.article_id: article for article in (BATTERY, SOUND)}


class Desk:
    """Runs a Matching on the loop of the test and waits for what it tells."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self.told: asyncio.Queue[AgentEvent] = asyncio.Queue()
        self.tasks: list[asyncio.Task[None]] = []
        self.matching = Matching(
            command, self._spawn, self.told.put_nowait, asyncio.get_running_loop().call_later
        )

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self.tasks.append(asyncio.get_running_loop().create_task(work))

    async def answer_to(self, text: str) -> tuple[ArticleId, ...]:
        self.matching.search(text, SHELF, HERE)
        while True:
            event = await asyncio.wait_for(self.told.get(), 60)
            if isinstance(event, SearchDone) and event.text == text:
                return event.hits

    async def end(self) -> None:
        self.matching.end()
        await asyncio.wait_for(asyncio.gather(*self.tasks), 60)


def own(file: Path) -> tuple[str, ...]:
    return command_of((sys.executable, "-m", "samebox_agent"), file)


async def test_the_real_process_answers_and_ends_when_it_is_let_go(tmp_path: Path) -> None:
    desk = Desk(own(tmp_path / "m.sqlite"))
    assert (await desk.answer_to("there is no sound in calls"))[0] == SOUND.article_id
    assert (await desk.answer_to("the battery is empty"))[0] == BATTERY.article_id
    await desk.end()
    assert all(task.done() for task in desk.tasks)
    assert len(desk.tasks) == 1


async def test_after_its_end_the_next_key_begins_another(tmp_path: Path) -> None:
    desk = Desk(own(tmp_path / "m.sqlite"))
    await desk.answer_to("sound")
    await desk.end()
    assert (await desk.answer_to("no sound"))[0] == SOUND.article_id
    await desk.end()


async def test_a_process_that_was_prepared_answers_the_first_key(tmp_path: Path) -> None:
    desk = Desk(own(tmp_path / "m.sqlite"))
    desk.matching.prepare(SHELF)
    assert (await desk.answer_to("there is no sound in calls"))[0] == SOUND.article_id
    desk.matching.prepare(SHELF)
    await desk.end()
    assert len(desk.tasks) == 1


async def test_preparing_forgets_no_key_that_waits_for_the_process(tmp_path: Path) -> None:
    desk = Desk(own(tmp_path / "m.sqlite"))
    desk.matching.search("there is no sound in calls", SHELF, HERE)
    desk.matching.prepare(SHELF)
    event = await asyncio.wait_for(desk.told.get(), 60)
    assert isinstance(event, SearchDone)
    assert event.text == "there is no sound in calls"
    await desk.end()


async def test_a_process_that_cannot_be_started_is_not_tried_again(tmp_path: Path) -> None:
    desk = Desk((str(tmp_path / "no such program"),))
    desk.matching.search("sound", SHELF, HERE)
    await asyncio.gather(*desk.tasks)
    desk.matching.search("sound", SHELF, HERE)
    assert len(desk.tasks) == 1


async def test_a_process_that_fails_is_tried_twice() -> None:
    desk = Desk((sys.executable, "-c", "raise SystemExit(3)"))
    for _ in range(4):
        desk.matching.search("sound", SHELF, HERE)
        await asyncio.gather(*desk.tasks)
    assert len(desk.tasks) == 2


def test_an_article_is_looked_for_by_all_it_says_and_by_whom_it_is_for() -> None:
    article = an_article(
        "dock",
        "",
        topic="displays",
        symptoms=("Black screen",),
        applies_to=(
            AppliesTo(system=System.WINDOWS),
            AppliesTo(system=System.LINUX, vendor="Dell"),
        ),
    )
    document = document_of(article)
    assert document.applies_to == ("windows", "linux Dell")
    assert (document.examples, document.area) == (("Black screen",), "displays")
    assert "Empty the downloads folder." in document.fix
