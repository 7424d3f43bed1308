"""Draws the few pages: plain HTML and one style sheet, no script, nothing from elsewhere."""

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
    """The style sheet."""
    css = (_PAGES / "samebox.css").read_text("utf-8")

    @get("/pages/samebox.css", include_in_schema=False, media_type=MediaType.CSS)
    async def style_sheet() -> str:
        return css

    return [style_sheet]


@cache
def _environment() -> "Environment":
    # Loaded at the first page: most starts of the server never show one.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(loader=FileSystemLoader(_PAGES), autoescape=True, undefined=StrictUndefined)
