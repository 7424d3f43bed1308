"""Files that come in, and files that an export would write over."""

from samebox_server.core.article_files import doubt, read_file, why_not_overwritten
from samebox_server.core.articles import parse, render
from samebox_server.core.intake import Intake, Verdict, fingerprint
from samebox_server.starter import starter_files
from samebox_shared.model.article_limits import FILE_LIMIT, NO_UNDO
from samebox_shared.model.articles import Article

TEXT = starter_files()["battery-worn.md"]
HEAD, BODY = TEXT.split("\n\n", 1)


def refused(text: str) -> str:
    read = read_file("a.md", text)
    verdict = read if isinstance(read, Verdict) else doubt("a.md", text, read)
    assert verdict is not None
    assert verdict.intake is Intake.LEFT_OUT
    return verdict.words


def article(text: str) -> Article:
    found = parse(text, source="a.md")
    assert isinstance(found, Article)
    return found


def test_a_good_file_is_an_article() -> None:
    assert read_file("a.md", TEXT) == article(TEXT)
    assert doubt("a.md", TEXT, article(TEXT)) is None


def test_a_broken_file_is_named_with_its_line() -> None:
    assert refused("no head").startswith("a.md, line 1: The head is missing.")


def test_a_file_with_a_placeholder_is_not_finished() -> None:
    text = f"{TEXT.split('## Undo')[0]}## Undo\n\n{NO_UNDO}\n"
    line = text.count("\n")
    assert refused(text) == (
        f"a.md, line {line}: 'Not written yet:' still stands here. Write it, then import."
    )


def test_a_file_that_grows_too_long_when_it_is_written_back_is_refused() -> None:
    steps = "\n".join(f"{number}. {'a_' * 180}a" for number in range(1, 18))
    text = f"{HEAD}\n\nIt is.\n\n## Steps\n\n{steps}\n\n## Undo\n\nNothing.\n"
    assert len(text) < FILE_LIMIT < len(render(article(text)))
    assert "Written back with its signs marked it has" in refused(text)


def test_only_what_was_published_is_written_over() -> None:
    published = [fingerprint(article(TEXT))]
    assert why_not_overwritten(TEXT, published) == ""
    edited = TEXT.replace("title: ", "title: Newly ", 1)
    assert why_not_overwritten(edited, published) == "it holds changes that were never imported"
    assert why_not_overwritten("---", published).startswith("it cannot be read (line 1: The head")
