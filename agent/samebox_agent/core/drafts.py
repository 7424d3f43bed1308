"""Writes the draft of an article from a solved session, without the names of its people.

A draft is never published as it is: its words are the asker's and the helper's, its risk is a
guess, and a moderator reviews it (AB-7).
"""

import re
import textwrap
import unicodedata
from itertools import accumulate, chain, repeat, takewhile

from samebox_server.core.article_text import (
    DEVICE_WORD_LIMIT,
    STEP_LIMIT,
    STEPS_LIMIT,
    SYMPTOM_LIMIT,
    SYMPTOMS_LIMIT,
    TITLE_LIMIT,
    without_hidden,
)
from samebox_shared.model.articles import AppliesTo, Article, Risk, Step
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import ArticleId

MOST_WORDS = 4_000  # characters of all steps: the file must stay within FILE_LIMIT
LAST_MESSAGES = 5  # of the helpers, when nobody said what fixed it
REMOVED = "[removed]"
NO_QUESTION = "A problem without a description"
UNWRITTEN = "Not written yet:"  # a file that still says so is not imported
NO_STEPS = f"{UNWRITTEN} say what fixed it."
NO_UNDO = f"{UNWRITTEN} say how to go back, or that nothing has to be put back."

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"(?<![\w.])\+?\(?\d[\d ().\-/\u2010-\u2015]{5,}\d(?!\w)")
_FOUR_PARTS = re.compile(r"\d{1,5}(?:\.\d{1,5}){3}")  # a version or an address, no telephone
_PHONE_DIGITS = range(7, 16)
_BULLET = re.compile(r"^\s*(?:[-*\u2022]|\d{1,2}[.)])\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s])")
_SYSTEM_WORDS = {System.WINDOWS: "Windows", System.MACOS: "macOS", System.LINUX: "Linux"}


def draft_from_session(
    *,
    question: str,
    device_type: DeviceType,
    fixed_by: str,
    helper_messages: tuple[str, ...],
    names: tuple[str, ...],
    article_id: ArticleId,
    topic: str = "general",
    language: str = "en",
) -> Article:
    """The draft; `names` are the asker's and those of everyone who helped, the asker's first.

    Steps come from `fixed_by`, or from the helpers' last messages when that is blank.
    """
    asked = _sentences(_without_people(question, names))
    told = fixed_by if fixed_by.strip() else "\n".join(helper_messages[-LAST_MESSAGES:])
    done = _sentences(_without_people(told, names))
    return Article(
        article_id=article_id,
        version=1,
        title=_title(asked),
        summary=_summary(device_type),
        language=language,
        topic=topic,
        symptoms=_symptoms(asked),
        applies_to=_applies_to(device_type),
        steps=_steps(done),
        risk=Risk.REVERSIBLE,
        undo=NO_UNDO,
    )


def _without_people(text: str, names: tuple[str, ...]) -> str:
    """Text without e-mail addresses, telephone-like numbers and the names.

    A first or last name alone counts as the name, in any case; addresses go first because names
    are part of them. Lines are kept.
    """
    text = unicodedata.normalize("NFC", text)
    text = _NUMBER.sub(_removed_if_phone, _EMAIL.sub(REMOVED, text))
    for name, instead in zip(names, chain(("the asker",), repeat("the helper")), strict=False):
        for form in _forms(unicodedata.normalize("NFC", name)):
            pattern = rf"(?<!\w){re.escape(form)}(?!\w)"
            text = re.sub(pattern, instead, text, flags=re.IGNORECASE)
    return text


def _removed_if_phone(match: re.Match[str]) -> str:
    number = match.group()
    digits = sum(character.isdigit() for character in number)
    if digits not in _PHONE_DIGITS or _FOUR_PARTS.fullmatch(number):
        return number
    return REMOVED


def _forms(name: str) -> tuple[str, ...]:
    """The whole name, then its parts, without particles such as "de" and initials."""
    parts = name.split()
    whole = (" ".join(parts),) if parts else ()
    return whole + tuple(part for part in parts if len(part) > 1 and not part.islower())


def _sentences(text: str) -> tuple[str, ...]:
    lines = (_BULLET.sub("", line) for line in text.splitlines())
    sentences = (part for line in lines for part in _SENTENCE_END.split(line))
    cleaned = (without_hidden(sentence) for sentence in sentences)
    return tuple(dict.fromkeys(sentence for sentence in cleaned if sentence))


def _shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: limit - 2].rsplit(" ", 1)[0] + " …"


def _title(asked: tuple[str, ...]) -> str:
    first = asked[0].rstrip(". ") if asked else ""
    return _shortened(first, TITLE_LIMIT) or NO_QUESTION


def _symptoms(asked: tuple[str, ...]) -> tuple[str, ...]:
    short = (_shortened(sentence, SYMPTOM_LIMIT) for sentence in asked[:SYMPTOMS_LIMIT])
    return tuple(dict.fromkeys(short)) or (NO_QUESTION,)


def _steps(done: tuple[str, ...]) -> tuple[Step, ...]:
    pieces = [piece for sentence in done for piece in textwrap.wrap(sentence, STEP_LIMIT)]
    lengths = accumulate(len(piece) for piece in pieces[:STEPS_LIMIT])
    kept = zip(pieces, takewhile(MOST_WORDS.__ge__, lengths), strict=False)
    return tuple(Step(text=piece) for piece, _ in kept) or (Step(text=NO_STEPS),)


def _applies_to(device_type: DeviceType) -> tuple[AppliesTo, ...]:
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


def _summary(device_type: DeviceType) -> str:
    laptop = _device_word(device_type.model) or _device_word(device_type.family) or "laptop"
    system = f" with {_SYSTEM_WORDS[device_type.system]}" if device_type.system else ""
    return (
        f"A colleague solved this on a {laptop}{system}. It is a draft from their conversation:"
        " check the words, the steps and the risk before it is published."
    )
