"""Characters that nobody can see are dropped, and nothing else."""

import pytest
from samebox_shared.model.article_limits import is_hidden, without_hidden


@pytest.mark.parametrize("character", ["\x00", "\u00ad", "\u200b", "\u202e", "\ue000", "\u3164"])
def test_a_hidden_character_is_dropped(character: str) -> None:
    assert is_hidden(character)
    assert without_hidden(f"An{character}a") == "Ana"


@pytest.mark.parametrize("character", ["a", "é", "日", "⚠", "\ufe0f", " "])
def test_what_can_be_seen_stays(character: str) -> None:
    assert not is_hidden(character)


def test_lines_and_runs_of_blanks_become_one_line() -> None:
    assert without_hidden(" one\n two\t\u00a0three ") == "one two three"
