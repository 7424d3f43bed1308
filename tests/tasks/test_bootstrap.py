"""The way from a recipe's name to what it needs."""

import pytest

from tasks.bootstrap import NEEDS, OTHERWISE, UNKNOWN_RECIPE, main
from tasks.environments import DEV, EVERY, FUZZ
from tasks.system_packages import DESKTOP, QT


def test_without_a_recipe_they_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "demo [...]" in capsys.readouterr().out


def test_a_recipe_that_is_not_there_is_said_kindly(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dmeo"]) == UNKNOWN_RECIPE
    assert capsys.readouterr().err.startswith("There is no recipe called dmeo.\n")


def test_only_what_a_recipe_needs_is_asked_for() -> None:
    assert NEEDS["format"].environments == (DEV,)
    assert NEEDS["format"].system == ()
    assert NEEDS["fuzz"].environments == (DEV, FUZZ)
    assert (OTHERWISE.environments, OTHERWISE.system) == (EVERY, QT)
    assert set(DESKTOP) <= set(NEEDS["test"].system)
