"""Draws the pages: plain HTML with style sheets, nothing from elsewhere."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from litestar import MediaType, Response, get
from litestar.handlers import HTTPRouteHandler

if TYPE_CHECKING:
    from jinja2 import Environment

_PAGES = Path(__file__).parent / "pages"


def page(name: str, status: int, **values: object) -> Response[str]:
    """One page; every value is escaped."""
    html = _environment().get_template(name).render(**values)
    return Response(html, status_code=status, media_type=MediaType.HTML)


def page_routes() -> list[HTTPRouteHandler]:
    """The style sheets, and the one script: the portal's, which works without it, too."""
    css = (_PAGES / "samebox.css").read_text("utf-8")
    portal_css = (_PAGES / "portal/portal.css").read_text("utf-8")
    portal_js = (_PAGES / "portal/portal.js").read_text("utf-8")

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


@cache
def _environment() -> "Environment":
    # Loaded at the first page: most starts of the server never show one.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(loader=FileSystemLoader(_PAGES), autoescape=True, undefined=StrictUndefined)
