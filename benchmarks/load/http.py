"""One HTTP request on the generator's own loop, so that nothing else waits for it."""

import asyncio

SECONDS = 20.0


async def post(port: int, path: str, key: str, body: bytes) -> bytes:
    """The body of the answer. Raises ConnectionError unless it is a success."""
    head = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Authorization: Bearer {key}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    async with asyncio.timeout(SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write("\r\n".join([*head, "", ""]).encode() + body)
        answer = await reader.read()
        writer.close()
    first, _, rest = answer.partition(b"\r\n\r\n")
    if b" 20" not in first.partition(b"\r\n")[0]:
        raise ConnectionError(answer.decode(errors="replace"))
    return rest
