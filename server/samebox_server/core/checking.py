"""What a person may say: the limits on texts and facts, checked before anything is stored."""

import msgspec
from samebox_shared.model.article_limits import WHY_LIMIT
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.facts import BY_NAME, Audience, Fact, is_well_typed
from samebox_shared.model.people import Volunteering
from samebox_shared.protocol.acts import Ask
from samebox_shared.protocol.codec import MAX_TEXT
from samebox_shared.protocol.errors import ErrorCode

MAX_ID = 64
MAX_FACT_TEXT = 200
MAX_TYPE_TEXT = 120
MAX_TRIED = 50
MAX_WORD = 80
"""Characters of a language tag or of the asker's word for where they are."""
MAX_CHOICES = 30
"""Topics or languages somebody helps with."""
MAX_HOURS = 28
"""Spans of a week: four a day."""
NEVER = 1e11
"""Seconds since the Unix epoch that no pause reaches."""
MAX_LINE = 140
MAX_ASK = 48 * 1024
"""Bytes of a whole `Ask`: the helper gets it in one frame together with both names."""


def check_id(text: str) -> ErrorCode | None:
    """Identifiers are made on the laptop, so their shape is checked here."""
    is_fine = 0 < len(text) <= MAX_ID and text.isascii() and text.isalnum()
    return None if is_fine else ErrorCode.MALFORMED


def check_why(text: str) -> ErrorCode | None:
    """What somebody says is wrong or missing, in a few sentences."""
    return check_text(text) or (ErrorCode.TOO_LARGE if len(text) > WHY_LIMIT else None)


def check_text(text: str) -> ErrorCode | None:
    """Something a person wrote and must not be empty."""
    if not text.strip() or "\0" in text:
        return ErrorCode.MALFORMED
    return ErrorCode.TOO_LARGE if len(text) > MAX_TEXT else None


def check_ask(ask: Ask) -> ErrorCode | None:
    """A whole question: its id, words, device type and every fact."""
    if len(ask.tried) > MAX_TRIED or any(check_id_like(article) for article in ask.tried):
        return ErrorCode.MALFORMED
    if len(msgspec.json.encode(ask)) > MAX_ASK:
        return ErrorCode.TOO_LARGE
    return (
        check_id(ask.question_id)
        or check_text(ask.text)
        or check_device_type(ask.device_type)
        or check_facts(ask.facts)
        or _check_words(ask.language, ask.place)
    )


def _check_words(*words: str) -> ErrorCode | None:
    is_fine = all(len(word) <= MAX_WORD and (not word or word.isprintable()) for word in words)
    return None if is_fine else ErrorCode.MALFORMED


def check_id_like(text: str) -> bool:
    """Whether `text` is too long or empty to be the id of an article (they may hold dashes)."""
    return not 0 < len(text) <= MAX_TYPE_TEXT


def check_device_type(device_type: DeviceType) -> ErrorCode | None:
    """Every part of the path is short and printable."""
    parts = (
        device_type.system_version,
        device_type.vendor,
        device_type.family,
        device_type.model,
    )
    is_fine = all(len(part) <= MAX_TYPE_TEXT and (not part or part.isprintable()) for part in parts)
    return None if is_fine else ErrorCode.MALFORMED


def check_volunteering(wishes: Volunteering) -> ErrorCode | None:
    """Few and short; the codec has checked the numbers. A time zone that is not known is UTC."""
    words = (*wishes.languages, wishes.time_zone, wishes.place)
    is_few = max(len(wishes.topics), len(wishes.languages)) <= MAX_CHOICES
    if not is_few or len(wishes.hours) > MAX_HOURS:
        return ErrorCode.TOO_LARGE
    if (
        any(span.until <= span.start for span in wishes.hours)
        or not 0 <= wishes.paused_until < NEVER
    ):
        return ErrorCode.MALFORMED
    return _check_words(*words)


def check_facts(facts: tuple[Fact, ...]) -> ErrorCode | None:
    """Only facts of the catalogue, each once, each of the type the catalogue promises (PR-2)."""
    if len({fact.name for fact in facts}) != len(facts):
        return ErrorCode.MALFORMED
    for fact in facts:
        spec = BY_NAME.get(fact.name)
        if spec is None or spec.audience is Audience.NOBODY:
            return ErrorCode.UNKNOWN_FACT
        if not is_well_typed(spec, fact.value):
            return ErrorCode.MALFORMED
        if isinstance(fact.value, str) and len(fact.value) > MAX_FACT_TEXT:
            return ErrorCode.TOO_LARGE
    return None


def one_line(text: str) -> str:
    """The line of an offer: the question's first words, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= MAX_LINE else words[: MAX_LINE - 1].rstrip() + "…"
