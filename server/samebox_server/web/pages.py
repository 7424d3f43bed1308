"""Draws the pages: plain HTML with style sheets, nothing from elsewhere."""

from litestar import MediaType, Response, get
from litestar.handlers import HTTPRouteHandler

from samebox_server.web.drawing import PAGES, drawn


def page(name: str, status: int, **values: object) -> Response[str]:
    """One page; every value is escaped."""
    return Response(drawn(name, **values), status_code=status, media_type=MediaType.HTML)


def page_routes() -> list[HTTPRouteHandler]:
    """The style sheets, and the one script: the portal's, which works without it, too."""
    css = (PAGES / "samebox.css").read_text("utf-8")
    portal_css = (PAGES / "portal/portal.css").read_text("utf-8")
    portal_js = (PAGES / "portal/portal.js").read_text("utf-8")

    @get("/pages/samebox.css", include_in_schema=False, media_type=MediaType.CSS)
    async def style_sheet() -> str:
        return css

    @get("/pages/portal.css", include_in_schema=False, media_type=MediaType.CSS)
    async def portal_style_sheet() -> str:
        return portal_css

    @get("/pages/portal.js", include_in_schema=False, media_type="text/javascript")
    async def portal_script() -> str:
        return portal_js

    return [style_sheet, portal_style_sheet, portal_script]
