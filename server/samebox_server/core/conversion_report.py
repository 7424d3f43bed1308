"""The report of a conversion: what a person has to look at, article by article."""

from collections.abc import Iterable

from samebox_server.core.conversion import Converted

_HEAD = """Conversion of {source}

Read every file before you import it. All of them lack the undo, and an import leaves out each file
that still says "Not written yet:". The risk, the topic and the symptoms are guesses.
"""


def report(source: str, converted: Iterable[Converted], left_out: Iterable[str]) -> str:
    """The whole report as text."""
    blocks = [_HEAD.format(source=source)]
    blocks += [_about(one) for one in converted]
    if lines := list(left_out):
        blocks.append("\n".join(["Not converted", *(f"- {line}" for line in lines)]) + "\n")
    return "\n".join(blocks)


def _about(one: Converted) -> str:
    record = one.record
    names = ", ".join(f"{article.article_id}.md" for article in one.articles)
    changed = f", last changed there {record.updated_at[:10]}" if record.updated_at else ""
    lines = [names, f"  “{one.articles[0].title}”, {record.place}, {record.locale}{changed}"]
    lines += _section("To decide", one.asks)
    lines += _section("Fell away", one.dropped)
    lines += _section("Words that are in no file", one.rest)
    return "\n".join(lines) + "\n"


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"  {title}:", *(f"  - {line}" for line in lines)] if lines else []
