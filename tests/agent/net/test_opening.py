"""What the handshake says, and where it does not go."""

import pytest
from samebox_agent.net.opening import open_socket
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import InvalidStatus
from websockets.http11 import Request, Response


def address(server: Server) -> str:
    return f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/agent"


async def wait(socket: ServerConnection) -> None:
    await socket.wait_closed()


async def test_the_token_stands_in_a_header_and_nowhere_else() -> None:
    seen: list[Request] = []

    def look(socket: ServerConnection, request: Request) -> None:
        seen.append(request)

    async with serve(wait, "127.0.0.1", 0, process_request=look) as server:
        socket = await open_socket(
            address(server), "secret", agent_version="1.2", timeout=5.0, tls=None
        )
        await socket.close()
    (request,) = seen
    assert request.headers["Authorization"] == "Bearer secret"
    assert request.headers["User-Agent"] == "samebox/1.2"
    assert request.path == "/agent"
    assert "Sec-WebSocket-Extensions" not in request.headers


async def test_a_redirect_is_not_followed() -> None:
    asked = 0

    def away(socket: ServerConnection, request: Request) -> Response:
        nonlocal asked
        asked += 1
        response = socket.respond(307, "")
        response.headers["Location"] = "/elsewhere"
        return response

    async with serve(wait, "127.0.0.1", 0, process_request=away) as server:
        with pytest.raises(InvalidStatus):
            await open_socket(address(server), "x", agent_version="1", timeout=5.0, tls=None)
    assert asked == 1
