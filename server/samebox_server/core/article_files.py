"""Article files: what is wrong with one that comes in, and when one may be written over."""

from collections.abc import Collection

from samebox_shared.model.article_limits import FILE_LIMIT, UNWRITTEN
from samebox_shared.model.articles import Article

from samebox_server.core.articles import BrokenArticle, parse, render
from samebox_server.core.intake import Verdict, fingerprint, left_out, line_at


def read_file(source: str, text: str) -> Article | Verdict:
    """The article, or why the file is left out."""
    article = parse(text, source=source)
    if isinstance(article, BrokenArticle):
        return left_out(source, article.line, article.what)
    return article


def doubt(source: str, text: str, article: Article) -> Verdict | None:
    """Why a file that can be read is not published: unfinished, or too long when written back."""
    line = _unwritten_line(text)
    if line:
        return left_out(source, line, f"'{UNWRITTEN}' still stands here. Write it, then import.")
    size = len(render(article))
    if size > FILE_LIMIT:
        what = f"Written back with its signs marked it has {size} characters. Keep within"
        return left_out(source, 1, f"{what} {FILE_LIMIT}: shorten it.")
    return None


def _unwritten_line(text: str) -> int:
    """The first line on which a draft's placeholder was left; 0 when there is none."""
    at = text.find(UNWRITTEN)
    return 0 if at < 0 else line_at(text, at)


def why_not_overwritten(text: str, published: Collection[str]) -> str:
    """Why an export leaves a file with this text; "" when its words were published once, so that
    nothing is lost. `published` are the fingerprints of what was."""
    there = parse(text, source="")
    if isinstance(there, BrokenArticle):
        return f"it cannot be read (line {there.line}: {there.what})"
    if fingerprint(there) not in published:
        return "it holds changes that were never imported"
    return ""
