"""The small parts that views are made of: words in colour, buttons, switches, fields."""

from enum import StrEnum

from msgspec import Struct

from samebox_agent.core.intents import Intent


class Tone(StrEnum):
    """The mood of a pill, banner or state line; the theme gives each its colours."""

    NEUTRAL = "neutral"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    ACCENT = "accent"


class Weight(StrEnum):
    """How much a button asks for the eye."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"
    DANGER = "danger"


class Button(Struct, frozen=True):
    """A button and what it means. `hint` is read out by a screen reader and shown on hover."""

    label: str
    intent: Intent
    weight: Weight = Weight.PLAIN
    enabled: bool = True
    hint: str = ""


class Switch(Struct, frozen=True):
    """A switch with the intents of its two positions."""

    label: str
    on: bool
    turn_on: Intent
    turn_off: Intent
    detail: str = ""
    enabled: bool = True


class Pill(Struct, frozen=True):
    """A short coloured word."""

    text: str
    tone: Tone = Tone.NEUTRAL


class Banner(Struct, frozen=True):
    """What happened, what was kept, what to do next. `detail` holds the last two."""

    title: str
    detail: str = ""
    tone: Tone = Tone.NEUTRAL
    buttons: tuple[Button, ...] = ()
    busy: bool = False


class Choice(Struct, frozen=True):
    """One option of a small group."""

    label: str
    chosen: bool
    intent: Intent


class Field(Struct, frozen=True):
    """A labelled line to type in; `complaint` says what cannot be read."""

    label: str
    text: str
    placeholder: str = ""
    detail: str = ""
    complaint: str = ""


class OwnRow(Struct, frozen=True):
    """A device or a person in a list of one's own, and what takes it out."""

    text: str
    detail: str
    button: Button | None


class Run(Struct, frozen=True):
    """A few words of a text; with `gone` they stand for something that was taken out."""

    text: str
    gone: bool = False


class Reason(Struct, frozen=True):
    """A field for what is wrong or missing, and the same words as they leave."""

    heading: str
    text: str
    placeholder: str
    leaves: tuple[Run, ...]
    note: str
    buttons: tuple[Button, ...]
