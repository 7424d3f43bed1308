"""The first lines anyone runs: the right words for the wrong Python."""

import pytest

from dev import NEWEST, OLDEST, wrong_python


@pytest.mark.parametrize("version", [OLDEST, (3, 12), NEWEST])
def test_a_python_that_fits_passes_without_a_word(version: tuple[int, int]) -> None:
    assert wrong_python(version, "python3.12") == ""


def test_an_old_python_is_told_which_one_to_use() -> None:
    assert wrong_python((3, 9), "python3.12") == (
        "Samebox needs Python 3.11 to 3.14, and this is Python 3.9. "
        "This machine has one: run the same command with python3.12."
    )


def test_a_python_that_is_too_new_is_told_what_to_install() -> None:
    assert wrong_python((3, 15), None).endswith(
        "Install one of those, then run the same command with it."
    )
