"""Draws templates into HTML; every value is escaped."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

PAGES = Path(__file__).parent / "pages"


def drawn(name: str, **values: object) -> str:
    """The page as HTML."""
    return _environment().get_template(name).render(**values)


@cache
def _environment() -> "Environment":
    # Loaded at the first page: most starts of the server never show one.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined)
