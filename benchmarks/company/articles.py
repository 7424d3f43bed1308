"""An article is stored, and everybody's laptop is told at once that there is news."""

import json

from benchmarks.load.http import post
from tasks.stage.server import Server


async def publish(server: Server, source: str, text: str) -> None:
    """Done once the server has it. Raises ConnectionError when it is refused or nothing new."""
    local = json.loads((server.data / "local.json").read_bytes())
    body = json.dumps({"files": [{"source": source, "text": text}]}).encode()
    answer = await post(server.port, "/api/local/articles/import", local["key"], body)
    if json.loads(answer)["verdicts"][0]["intake"] not in ("new", "changed"):
        raise ConnectionError(answer.decode())
