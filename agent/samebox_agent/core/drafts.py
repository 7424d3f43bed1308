"""Writes the draft of an article from a solved session, on the asker's laptop (J8).

What is personal is taken out of the words, then they are cut into sentences, so that each sentence
can be left out and each word put back. The draft that leaves is made of what is shown.
"""

import re
from collections.abc import Iterator
from itertools import accumulate, takewhile

from msgspec import Struct
from msgspec.structs import replace
from samebox_shared.model.article_limits import (
    DEVICE_WORD_LIMIT,
    NO_UNDO,
    STEP_LIMIT,
    STEPS_LIMIT,
    SYMPTOM_LIMIT,
    SYMPTOMS_LIMIT,
    TITLE_LIMIT,
    UNDO_LIMIT,
    without_hidden,
)
from samebox_shared.model.articles import AppliesTo, Article, Risk, Step
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import ArticleId
from samebox_shared.model.topics import Topic

from samebox_agent.core.draft_state import Choices
from samebox_agent.core.redaction import Kind, Known, Piece, Redacted, Span, joined, redact

MOST_WORDS = 4_000  # characters of all steps: the file must stay within FILE_LIMIT
LAST_MESSAGES = 5  # of the helpers, when nobody said what fixed it

NEVER_BACK = (Kind.SECRET, Kind.ACCOUNT)
_BULLET = re.compile(r"^\s*(?:[-*\u2022]|\d{1,2}[.)])\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s])")
_SYSTEM_WORDS = {System.WINDOWS: "Windows", System.MACOS: "macOS", System.LINUX: "Linux"}
_TOPICS = {
    Topic.OTHER: "general",
    Topic.SOUND_AND_CAMERA: "sound",
    Topic.DISPLAY: "displays",
    Topic.SIGN_IN: "account",
    Topic.MAIL_AND_CALENDAR: "mail",
    Topic.ACCESS: "account",
}


class Told(Struct, frozen=True):
    """What a solved session says: the asker's question, what fixed it, what the helpers wrote."""

    question: str
    fixed_by: str
    helper_messages: tuple[str, ...]
    device_type: DeviceType
    topic: Topic = Topic.OTHER
    language: str = ""


class Sentence(Struct, frozen=True):
    """One sentence as it was written, and as it would leave; `kept` unless it is left out."""

    written: str
    redacted: Redacted
    kept: bool = True

    @property
    def says(self) -> bool:
        """Whether anything is left of it."""
        words = (piece.words for piece in self.redacted.pieces if piece.kind is None)
        return any(map(str.isalnum, "".join(words)))


class Paper(Struct, frozen=True):
    """The draft before it is handed over. `cut`: there was more than an article may hold."""

    problem: tuple[Sentence, ...]
    steps: tuple[Sentence, ...]
    taken_out: tuple[Span, ...]
    put_back: tuple[str, ...]
    undo: Redacted = Redacted(())
    cut: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether there is a problem and a step to hand over."""
        return any(one.kept for one in self.problem) and any(one.kept for one in self.steps)


def paper(told: Told, known: Known, choices: Choices) -> Paper:
    """The draft as the person has it before them."""
    said = told.fixed_by.strip() or "\n".join(told.helper_messages[-LAST_MESSAGES:])
    found = (_sentences(told.question, known, choices), _sentences(said, known, choices))
    asked, done = (tuple(one for one in those if one.says) for those in found)
    problem = tuple(_shortened(one, SYMPTOM_LIMIT) for one in asked[:SYMPTOMS_LIMIT])
    lengths = accumulate(len(one.redacted.text) for one in done[:STEPS_LIMIT])
    steps = tuple(one for one, _ in zip(done, takewhile(MOST_WORDS.__ge__, lengths), strict=False))
    silent = tuple(one for those in found for one in those if not one.says)
    spans = (span for one in (*problem, *steps, *silent) for span in one.redacted.spans)
    there = "\n".join(one.written for one in (*problem, *steps))
    return Paper(
        problem,
        steps,
        tuple({(span.kind, span.words): span for span in spans}.values()),
        tuple(sorted(words for words in choices.put_back if words in there)),
        _undo(choices, known),
        cut=len(steps) < len(done) or len(problem) < len(asked),
    )


def article(draft: Paper, told: Told, article_id: ArticleId) -> Article:
    """What leaves: the sentences that are kept, as they are shown, and the laptop it worked on."""
    asked = tuple(one.redacted.text for one in draft.problem if one.kept)
    title = title_of(draft)
    return Article(
        article_id=article_id,
        version=1,
        title="" if title is None else title.text,
        summary=_summary(told.device_type, told.language),
        language=told.language or "en",
        topic=_TOPICS.get(told.topic, told.topic.value),
        symptoms=tuple(dict.fromkeys(asked)),
        applies_to=applies_to(told.device_type),
        steps=tuple(Step(text=one.redacted.text) for one in draft.steps if one.kept),
        risk=Risk.REVERSIBLE,
        undo=without_hidden(draft.undo.text)[:UNDO_LIMIT] or NO_UNDO,
    )


def _undo(choices: Choices, known: Known) -> Redacted:
    """How one goes back, as the asker says it; what is personal in it never goes along."""
    return redact(" ".join(choices.undo.split()), known)


def title_of(draft: Paper) -> Redacted | None:
    """The first sentence that is kept, without its full stop."""
    kept = next((one for one in draft.problem if one.kept), None)
    if kept is None:
        return None
    *others, last = _shortened(kept, TITLE_LIMIT).redacted.pieces
    end = last if last.kind else Piece(last.words.rstrip(". "))
    return Redacted(joined((*others, end)))


def may_put_back(kind: Kind, words: str) -> bool:
    """No secret, no number of a person or an account (AB-4), and nothing too long for a step."""
    return kind not in NEVER_BACK and len(words) < STEP_LIMIT


def _sentences(text: str, known: Known, choices: Choices) -> tuple[Sentence, ...]:
    """Each once. What is personal is looked for in the whole text, because a key has many lines.
    Where it is cut does not depend on the choices."""
    found: dict[str, Sentence] = {}
    for line in _lines(redact(text, known).pieces):
        for pieces in _parts(line):
            written = "".join(piece.words for piece in pieces)
            pieces = tuple(_as_chosen(piece, choices) for piece in pieces)
            kept = written not in choices.left_out
            found.setdefault(written, Sentence(written, Redacted(pieces), kept))
    return tuple(found.values())


def _as_chosen(piece: Piece, choices: Choices) -> Piece:
    if piece.kind is None or piece.words not in choices.put_back:
        return piece
    back = may_put_back(piece.kind, piece.words)
    return Piece(without_hidden(piece.words)) if back else piece


def _lines(pieces: tuple[Piece, ...]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = [piece.words] if piece.kind else piece.words.split("\n")
        lines[-1].append(replace(piece, words=first))
        lines += [[Piece(each)] for each in others]
    return lines


_GONE = "\ufffc"
"""Stands for something that was taken out while a line is cut."""


def _parts(line: list[Piece]) -> Iterator[tuple[Piece, ...]]:
    """The sentences of a line, none longer than a step; what was taken out stays whole."""
    text = "".join(_GONE if each.kind else each.words.replace(_GONE, " ") for each in line)
    gone = [each for each in line if each.kind]
    for sentence in _SENTENCE_END.split(_BULLET.sub("", text)):
        words = without_hidden(sentence)
        yield from _wrapped([gone.pop(0) if c == _GONE else Piece(c) for c in words])


def _wrapped(atoms: list[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Cut at the last space before STEP_LIMIT, with marks and with words put back."""
    while atoms:
        lengths = accumulate(max(len(each.words), len(each.shown)) for each in atoms)
        fits = max(sum(1 for length in lengths if length <= STEP_LIMIT), 1)
        if fits < len(atoms):
            spaces = [at for at in range(1, fits) if atoms[at].words == " "]
            fits = spaces[-1] if spaces else fits
        yield joined(tuple(atoms[:fits]))
        atoms = atoms[fits:]
        if atoms and atoms[0].words == " ":
            atoms = atoms[1:]


def _shortened(one: Sentence, limit: int) -> Sentence:
    if len(one.redacted.text) <= limit:
        return one
    kept: list[Piece] = []
    left = limit - 2
    for piece in one.redacted.pieces:
        if len(piece.shown) > left:
            if piece.kind is None:
                kept.append(Piece(piece.words[:left].rsplit(" ", 1)[0]))
            break
        kept.append(piece)
        left -= len(piece.shown)
    return replace(one, redacted=Redacted(joined((*kept, Piece(" …")))))


def applies_to(device_type: DeviceType) -> tuple[AppliesTo, ...]:
    """The device type it worked on, with every version; nothing when its system is not known."""
    if device_type.system is None:
        return ()
    return (
        AppliesTo(
            system=device_type.system,
            vendor=_device_word(device_type.vendor),
            family=_device_word(device_type.family),
            model=_device_word(device_type.model),
        ),
    )


def _device_word(word: str) -> str:
    return without_hidden(word)[:DEVICE_WORD_LIMIT].rstrip()


def _summary(device_type: DeviceType, language: str) -> str:
    """In the words' own language where we can: also with which version it is proven, that of the
    laptop of the question."""
    is_dutch = language.split("-")[0] == "nl"
    laptop = _device_word(device_type.model) or _device_word(device_type.family) or "laptop"
    version = _device_word(device_type.system_version)
    system = _SYSTEM_WORDS.get(device_type.system) if device_type.system else None
    versioned = " ".join(filter(None, (system, version)))
    if is_dutch:
        met = f" met {versioned}" if system else ""
        return f"Een collega kreeg dit opgelost op een {laptop}{met}."
    return f"A colleague solved this on a {laptop}{f' with {versioned}' if system else ''}."
