"""The log of a talkative server holds nobody's words, names or secrets, whatever goes wrong."""

import json
from pathlib import Path

import httpx
from samebox_shared.model.ids import ArticleId, new_id
from samebox_shared.protocol.acts import PostMessage, SolveSession
from samebox_shared.protocol.codec import MAX_TEXT
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.messages import Done, Refused, Typing

from tests.server.running import RunningServer, bearer, code_in, join, running, set_up
from tests.server.scripted import ScriptedAgent, bring_together, connected, volunteer

CANARY = "canary"
"""In every name, word and secret that somebody brings; never in a line of the log."""


async def test_nothing_that_people_say_or_are_called_reaches_the_log(tmp_path: Path) -> None:
    with running(tmp_path / "data", SAMEBOX_LOG_LEVEL="DEBUG") as server:
        owner = set_up(server)
        people = [
            join(
                server,
                owner.invite(f"{CANARY} {name}"),
                token=(f"{CANARY}-{name}-{new_id()}" + "x" * 43)[:43],
            )
            for name in ("Ada", "Hugo")
        ]
        async with connected(*people) as (asker, helper):
            await volunteer(helper)
            await talk(asker, helper)
            await misuse_the_socket(asker)
        misuse_http(server)
        used = [code_in(server.setup_link or ""), *(person.token for person in people)]
        server.stop()
    log = server.log()
    lines = [json.loads(line) for line in log.splitlines()]
    assert {"answered"} < {line["message"] for line in lines}
    assert any("security:" in line["message"] for line in lines)
    assert [line for line in log.splitlines() if CANARY in line] == []
    assert [secret for secret in used if secret in log] == []


async def talk(asker: ScriptedAgent, helper: ScriptedAgent) -> None:
    """A whole session, with a repeated transaction id that has another body."""
    opened = await bring_together(asker, helper)
    post = PostMessage(session_id=opened.session_id, fence=opened.fence, text=f"{CANARY} one")
    txn_id = new_id()
    assert isinstance(await helper.do(post, txn_id), Done)
    other = PostMessage(session_id=opened.session_id, fence=opened.fence, text=f"{CANARY} two")
    assert isinstance(await helper.do(other, txn_id), Done)
    await asker.send(Typing(session_id=opened.session_id))
    long = PostMessage(
        session_id=opened.session_id, fence=opened.fence, text=CANARY + "x" * MAX_TEXT
    )
    refused = await asker.do(long)
    assert isinstance(refused, Refused)
    assert refused.code is ErrorCode.TOO_LARGE
    solved = SolveSession(
        session_id=opened.session_id, thanks=True, fixed_by=ArticleId(f"{CANARY}-article")
    )
    await asker.do(solved)


async def misuse_the_socket(agent: ScriptedAgent) -> None:
    await agent.send_raw(f'{{"type": "do", "act": "{CANARY}"')
    await agent.expect_close()


def misuse_http(server: RunningServer) -> None:
    for path in (f"/join/{CANARY}", f"/setup/{CANARY}", f"/{CANARY}", f"/api/articles?{CANARY}"):
        server.get(path, CANARY)
    server.post("/api/join", {"code": CANARY, "device_token": CANARY, "device_type": {}})
    server.post("/api/invites", {"name": CANARY, "roles": [CANARY]}, CANARY)
    httpx.post(f"{server.url}/api/join", content=f'{{"{CANARY}'.encode(), headers=bearer(CANARY))
    httpx.get(f"{server.url}/health/live", headers={"X-Request-Id": f"{CANARY} is not one"})
