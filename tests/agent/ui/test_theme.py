"""Every pair of colours that meets on a screen is held to WCAG AA."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from samebox_agent.core.intents import Appearance
from samebox_agent.presenters.views import Tone
from samebox_agent.ui.stylesheet import style_sheet
from samebox_agent.ui.theme import (
    DARK,
    LIGHT,
    PAIRS,
    SMALLEST_BODY,
    TEXT,
    Role,
    Theme,
    Tokens,
    contrast,
    tokens_for,
)
from samebox_agent.ui.tray import ATTENTION_FILL, OFFLINE_FILL, TALKING_FILL

SETS = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def test_the_formula_is_the_one_of_wcag() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@SETS
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_a_pair_can_be_told_apart(tokens: Tokens, front: str, back: str, least: float) -> None:
    assert contrast(getattr(tokens, front), getattr(tokens, back)) >= least


@SETS
@pytest.mark.parametrize("tone", Tone)
def test_words_can_be_read_on_a_tone(tokens: Tokens, tone: Tone) -> None:
    colours = tokens.tones[tone]
    for ink in (colours.ink, tokens.ink, tokens.link):
        assert contrast(ink, colours.fill) >= TEXT


@SETS
@pytest.mark.parametrize("tone", Tone)
def test_the_ink_of_a_tone_can_be_read_on_the_window(tokens: Tokens, tone: Tone) -> None:
    assert contrast(tokens.tones[tone].ink, tokens.window) >= TEXT


@pytest.mark.parametrize("fill", [ATTENTION_FILL, OFFLINE_FILL, TALKING_FILL])
def test_a_count_can_be_read_on_the_icon(fill: str) -> None:
    assert contrast(LIGHT.on_accent, fill) >= 3.0


@pytest.mark.parametrize(
    ("choice", "scheme", "expected"),
    [
        (Appearance.LIGHT, Qt.ColorScheme.Dark, LIGHT),
        (Appearance.DARK, Qt.ColorScheme.Light, DARK),
        (Appearance.SYSTEM, Qt.ColorScheme.Dark, DARK),
        (Appearance.SYSTEM, Qt.ColorScheme.Light, LIGHT),
        (Appearance.SYSTEM, Qt.ColorScheme.Unknown, LIGHT),
    ],
)
def test_the_choice_goes_before_the_system(
    choice: Appearance, scheme: Qt.ColorScheme, expected: Tokens
) -> None:
    assert tokens_for(choice, scheme) is expected


def test_larger_system_text_makes_all_text_larger(qapp: QApplication) -> None:
    font = QFont(qapp.font())
    small = Theme(font)
    font.setPixelSize(20)
    large = Theme(font)
    assert SMALLEST_BODY * 0.9 <= small.body < large.body
    assert all(small.size(role) < large.size(role) for role in Role)


@SETS
def test_the_sheet_takes_every_colour_from_the_tokens(qapp: QApplication, tokens: Tokens) -> None:
    theme = Theme(qapp.font())
    theme.tokens = tokens
    sheet = style_sheet(theme)
    known = {str(getattr(tokens, name)) for name in Tokens.__slots__}
    known |= {tone.ink for tone in tokens.tones.values()}
    used = {word.strip(";") for word in sheet.split() if word.startswith("#")}
    assert used <= known
