"""Words with what was taken out of them: as runs to draw, and counted in a sentence."""

from samebox_agent.core.redaction import MARK, Kind, Piece, Span, counted
from samebox_agent.presenters import reasons
from samebox_agent.presenters.view_parts import Run

_MANY = {
    Kind.EMAIL: "e-mail addresses",
    Kind.ACCOUNT: "numbers of a person",
    Kind.NETWORK: "network addresses",
}


def of_pieces(pieces: tuple[Piece, ...]) -> tuple[Run, ...]:
    """The words as they leave; also a mark that somebody typed is drawn as one."""
    return tuple(
        run
        for piece in pieces
        for run in (of_text(piece.words) if piece.kind is None else (Run(piece.kind, gone=True),))
    )


def of_text(text: str) -> tuple[Run, ...]:
    """Words from which something was taken out before, on whichever laptop."""
    runs, at = [], 0
    for mark in MARK.finditer(text):
        runs += [Run(text[at : mark.start()]), Run(mark.group()[1:-1], gone=True)]
        at = mark.end()
    return tuple(run for run in (*runs, Run(text[at:])) if run.text)


def sentence(spans: tuple[Span, ...]) -> str:
    """As "2 names and 1 telephone number"; "" when nothing was taken out."""
    return reasons.listed([f"{n} {many(kind, n)}" for kind, n in counted(spans)])


def many(kind: Kind, count: int) -> str:
    """The kind in words, for so many of it."""
    return kind.value if count == 1 else _MANY.get(kind, f"{kind.value}s")
