"""The owner's one-time page: names the organisation, then shows the owner's own invite (ID-10).

Answers 404 for a wrong, used or old link, and for every link once there is an owner.
"""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.handlers import HTTPRouteHandler
from litestar.params import Body
from samebox_shared.model.people import Role

from samebox_server.store import invites, values
from samebox_server.store.database import Connection
from samebox_server.web.pages import page
from samebox_server.web.site import Site

MAX_NAME = 80
_CLOSED = (
    "This setup link does not work any more: it is used, too old, or Samebox has an owner "
    "already. On the server, `samebox-server setup-link` makes a new one while there is no owner."
)
_INCOMPLETE = "Please fill in both names, with at most 80 letters each."


class SetupForm(msgspec.Struct, frozen=True):
    """What the owner fills in; `it` is the tick of "I also answer questions"."""

    organisation: str = ""
    name: str = ""
    it: str = ""


def setup_routes(site: Site) -> list[HTTPRouteHandler]:
    """The routes."""

    @get("/setup/{token:str}", include_in_schema=False)
    async def show(token: str) -> Response[str]:
        is_open = await site.database.read(
            lambda connection: invites.setup_is_open(connection, token, site.now())
        )
        if not is_open:
            return page("sorry.html", 404, sentence=_CLOSED)
        return page("setup.html", 200, form=SetupForm(it="yes"), fault="")

    @post("/setup/{token:str}", include_in_schema=False, status_code=200)
    async def fill_in(
        token: str,
        data: Annotated[SetupForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
    ) -> Response[str]:
        form = _cleaned(data)
        if not (0 < len(form.organisation) <= MAX_NAME and 0 < len(form.name) <= MAX_NAME):
            return page("setup.html", 400, form=form, fault=_INCOMPLETE)
        code = await site.database.write(lambda connection: _set_up(connection, site, token, form))
        if code is None:
            return page("sorry.html", 404, sentence=_CLOSED)
        return page("owner.html", 200, organisation=form.organisation, link=site.join_link(code))

    return [show, fill_in]


def _cleaned(form: SetupForm) -> SetupForm:
    words = (" ".join(text.split()) for text in (form.organisation, form.name))
    organisation, name = (text if text.isprintable() else "" for text in words)
    return SetupForm(organisation=organisation, name=name, it=form.it)


def _set_up(connection: Connection, site: Site, token: str, form: SetupForm) -> str | None:
    now = site.now()
    if not invites.setup_is_open(connection, token, now):
        return None
    invites.close_setup(connection, token, now)
    values.name_organisation(connection, form.organisation)
    roles = (Role.OWNER, Role.IT) if form.it else (Role.OWNER,)
    expires_at = now + site.settings.invite_hours * 3600
    return invites.make(connection, form.name, roles, None, now, expires_at)
