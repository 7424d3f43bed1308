"""The portal's door: a link from the tray signs a browser in once, without a password.

A session is a cookie that no script reads and no other site sends. Every form carries a token made
of the session's secret, so that no other page can fill it in.
"""

import hashlib
import secrets
from functools import partial

from litestar import MediaType, Response, get, post
from litestar.datastructures import Cookie
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.http import PortalLink, PortalLinkRequest, Problem

from samebox_server.store import portal
from samebox_server.store.portal import Visitor
from samebox_server.web.guards import admit
from samebox_server.web.pages import page
from samebox_server.web.portal import words
from samebox_server.web.refusals import AnyRequest, respond
from samebox_server.web.site import Site

LINK_SECONDS = 60.0
"""From the click on the tray to the browser that opens."""
HOUR = 3_600
TOKEN_FIELD = "token"
_SIGN_IN = (
    "The portal has no password. Click the tray icon of Samebox on your laptop and choose "
    "“Open the portal”: it signs this browser in."
)
_USED = (
    "A link to the portal works once, within a minute. Click the tray icon of Samebox on your "
    "laptop and choose “Open the portal” again."
)
_NO_CHARACTER = "There is a character in it that is none. Nothing was changed."
_TOO_QUICK = (
    "This browser asked very quickly, and others want to be served as well. Nothing was changed. "
    "Wait a few seconds, then go back and try again."
)
_FORGED = (
    "This form did not come from your own portal, or you have signed in again since. Nothing was "
    "changed. Go back, load the page again and send it once more."
)


class Turned(HTTPException):
    """Somebody is turned away with a page that says why; nothing was changed."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(status_code=status, detail=sentence)


class Visit(Struct, frozen=True):
    """One request of somebody who is signed in; `token` goes into every form."""

    visitor: Visitor
    token: str


class Form(Struct, frozen=True):
    """A form somebody sent, and who."""

    visit: Visit
    fields: dict[str, str]

    def get(self, name: str, limit: int = 10_000) -> str:
        """What was filled in; nothing for a field that is not there. Raises Turned."""
        text = self.fields.get(name, "").strip()
        if len(text) > limit:
            raise Turned(413, f"That is more than {limit} characters. Nothing was changed.")
        return text


def door_routes(site: Site) -> list[HTTPRouteHandler]:
    """The link for the laptop, and the page behind it."""

    @post("/api/portal-links", summary="A link that opens the portal in a browser once")
    async def make_link(
        request: AnyRequest, data: PortalLinkRequest
    ) -> Response[PortalLink | Problem]:
        caller = await admit(site, request, "open_portal")
        if isinstance(caller, ErrorCode):
            return respond(caller)
        now = site.now()
        if not site.pace.may_ask(caller.person_id, now):
            return respond(ErrorCode.TOO_MANY)
        expires_at = now + LINK_SECONDS
        token = await site.database.write(
            partial(portal.make_link, caller=caller, path=data.to, now=now, expires_at=expires_at)
        )
        link = f"{site.public_url}/portal/enter/{token}"
        return respond(PortalLink(link=link, expires_at=expires_at), 201)

    @get("/portal/enter/{token:str}", include_in_schema=False)
    async def enter(request: AnyRequest, token: str) -> Response[str]:
        until = site.now() + site.settings.portal_hours * HOUR
        opened = await site.database.write(
            partial(portal.use_link, token=token, now=site.now(), expires_at=until)
        )
        if opened is None:
            return page("sorry.html", 404, sentence=_USED)
        path, secret = opened
        return _went_to(path, [_cookie(site, secret)])

    @post("/portal/leave", include_in_schema=False)
    async def leave(request: AnyRequest) -> Response[str]:
        await sent_form(site, request)
        secret = request.cookies.get(_cookie_name(site), "")
        await site.database.write(partial(portal.end_session, secret=secret))
        gone = _cookie(site, "")
        gone.max_age = 0
        answer = page("portal/left.html", 200)
        answer.cookies.append(gone)
        return answer

    return [make_link, enter, leave]


async def visit(site: Site, request: AnyRequest) -> Visit:
    """Whoever is signed in. Raises Turned."""
    _refuse_no_character(request.scope["path"], *request.query_params.values())
    secret = request.cookies.get(_cookie_name(site), "")
    visitor = await site.database.read(partial(portal.visitor, secret=secret, now=site.now()))
    if visitor is None:
        raise Turned(401, _SIGN_IN)
    if not site.pace.may_ask(visitor.person_id, site.now()):
        raise Turned(429, _TOO_QUICK)
    return Visit(visitor, hashlib.sha256(f"form:{secret}".encode()).hexdigest())


async def sent_form(site: Site, request: AnyRequest) -> Form:
    """What somebody who is signed in filled in, on a page of their own portal. Raises Turned."""
    seen = await visit(site, request)
    fields = {name: str(value) for name, value in (await request.form()).items()}
    _refuse_no_character(*fields.values())
    if not secrets.compare_digest(fields.get(TOKEN_FIELD, "").encode(), seen.token.encode()):
        raise Turned(403, _FORGED)
    return Form(seen, fields)


def turned_away(_: AnyRequest, error: Turned) -> Response[str]:
    """The page for somebody who is turned away."""
    return page(
        "portal/turned.html",
        error.status_code,
        heading=words.TURNED_AWAY.get(error.status_code, words.NOT_DONE),
        sentence=error.detail,
        is_signed_in=error.status_code != 401,
    )


def _refuse_no_character(*texts: str) -> None:
    """PostgreSQL keeps no text with a NUL, and nobody types one."""
    if any("\0" in text for text in texts):
        raise Turned(400, _NO_CHARACTER)


def go_to(path: str) -> Response[str]:
    """The browser goes there with a GET, so that loading again sends nothing twice."""
    return _went_to(path, [])


def _went_to(path: str, cookies: list[Cookie]) -> Response[str]:
    return Response(
        "", status_code=303, headers={"Location": path}, cookies=cookies, media_type=MediaType.HTML
    )


def _cookie_name(site: Site) -> str:
    """`__Host-` binds a cookie to this host and to HTTPS; without HTTPS browsers refuse it."""
    return "__Host-samebox" if _is_secure(site) else "samebox"


def _cookie(site: Site, secret: str) -> Cookie:
    return Cookie(
        key=_cookie_name(site),
        value=secret,
        path="/",
        max_age=int(site.settings.portal_hours * HOUR),
        secure=_is_secure(site),
        httponly=True,
        samesite="strict",
    )


def _is_secure(site: Site) -> bool:
    return site.public_url.startswith("https://")
