"""A planted mistake lands where it is aimed at, or says that it does not."""

from pathlib import Path

import pytest

from tasks.faults.mutants.__main__ import every
from tasks.faults.mutants.mutant import Astray, Change, Mutant, apply, copy
from tasks.faults.mutants.runs import RUNS

EVERY = every()


@pytest.mark.parametrize("mutant", EVERY, ids=lambda mutant: mutant.name)
def test_every_mutant_fits_the_code_as_it_is(mutant: Mutant, tmp_path: Path) -> None:
    code = copy(tmp_path, (*mutant.changes, *mutant.weather))
    for change in (*mutant.changes, *mutant.weather):
        text = (code / change.file.partition("/")[2]).read_text(encoding="utf-8")
        assert change.new in text
        compile(text, change.file, "exec")
    assert mutant.run in RUNS


def test_there_are_as_many_as_promised_and_each_has_its_name() -> None:
    assert len(EVERY) == len({mutant.name for mutant in EVERY})


@pytest.mark.parametrize("text", ["nothing of the kind", "old old"])
def test_a_mistake_that_does_not_fit_exactly_once_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "code.py").write_text(text)
    with pytest.raises(Astray):
        apply(Change("server/package/code.py", "old", "new"), tmp_path)
