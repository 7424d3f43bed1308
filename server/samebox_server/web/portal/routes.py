"""Every route of the portal."""

from litestar.handlers import HTTPRouteHandler

from samebox_server.web.portal.door import door_routes
from samebox_server.web.portal.home import home_routes
from samebox_server.web.portal.reading import reading_routes
from samebox_server.web.portal.reviewing import reviewing_routes
from samebox_server.web.portal.shelf import Bookshelf
from samebox_server.web.portal.tending import tending_routes
from samebox_server.web.portal.writing import writing_routes
from samebox_server.web.site import Site


def portal_routes(site: Site) -> list[HTTPRouteHandler]:
    """The door, then the rooms behind it."""
    shelf = Bookshelf(site.database)
    return [
        *door_routes(site),
        *home_routes(site),
        *reading_routes(site, shelf),
        *writing_routes(site, shelf),
        *reviewing_routes(site, shelf),
        *tending_routes(site, shelf),
    ]
