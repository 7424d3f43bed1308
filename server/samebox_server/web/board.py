"""`GET /api/board`: parked questions that fit the caller's own devices, without a name or fact."""

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from samebox_shared.model.people import Role
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.http import Board, ParkedQuestion, Problem

from samebox_server.core.boards import board
from samebox_server.store import answers, devices, people
from samebox_server.store.database import Connection
from samebox_server.store.devices import Caller
from samebox_server.web.guards import admit
from samebox_server.web.refusals import AnyRequest, respond
from samebox_server.web.site import Site


def board_routes(site: Site) -> list[HTTPRouteHandler]:
    """The routes."""

    @get("/api/board", summary="Parked questions that fit the caller's devices, at most 50")
    async def read_board(request: AnyRequest) -> Response[Board | Problem]:
        caller = await admit(site, request, "read_board")
        if isinstance(caller, ErrorCode):
            return respond(caller)
        return respond(await site.database.read(lambda connection: _board(connection, caller)))

    return [read_board]


def _board(connection: Connection, caller: Caller) -> Board:
    mine = devices.types_of(connection, caller.person_id)
    is_it = Role.IT in people.roles(connection, caller.person_id)
    shown = board(answers.parked(connection, caller.person_id), mine, is_it=is_it)
    counts = answers.counts(connection, [one.question_id for one in shown])
    return Board(
        questions=tuple(
            ParkedQuestion(
                question_id=one.question_id,
                device_type=one.device_type,
                topic=one.topic,
                text=one.text,
                asked_at=one.asked_at,
                answers=counts.get(one.question_id, 0),
            )
            for one in shown
        )
    )
