"""Progress lines, the log, and the words for a step that failed."""

import io
import sys
from pathlib import Path

import pytest

from tasks.steps import CHECK_CONNECTION, TRY_AGAIN, StepFailed, Steps, advice, last_words


def test_a_step_says_what_it_does_and_how_long_it_took(tmp_path: Path) -> None:
    out = io.StringIO()
    steps = Steps(tmp_path / "setup.log", out)
    with steps.step("Making tea"):
        steps.run([sys.executable, "-c", "print('boiling')"])
    assert out.getvalue().startswith("Making tea ... ")
    assert out.getvalue().endswith(" s\n")
    assert "boiling" in steps.log.read_text()


def test_a_failed_command_gives_its_last_words_and_keeps_the_log(tmp_path: Path) -> None:
    out = io.StringIO()
    steps = Steps(tmp_path / "deep" / "setup.log", out)
    script = "import sys; print('No space left on device\\n'); sys.exit(4)"
    with pytest.raises(StepFailed) as failed, steps.step("Making tea"):
        steps.run([sys.executable, "-c", script])
    assert failed.value.sentence.endswith("could not finish: No space left on device")
    assert failed.value.advice.startswith("The disk is full.")
    assert out.getvalue() == "Making tea ... failed\n"
    assert "No space left" in steps.log.read_text()


def test_a_program_that_is_not_there_is_a_failed_step_too(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="no-such-program could not be started"):
        Steps(tmp_path / "setup.log").run(["no-such-program"])


def test_a_new_run_starts_a_new_log(tmp_path: Path) -> None:
    for word in ("first", "second"):
        Steps(tmp_path / "setup.log").run([sys.executable, "-c", f"print('{word}')"])
    assert "first" not in (tmp_path / "setup.log").read_text()


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("error: invalid peer certificate: UnknownIssuer", "The secure connection"),
        ("Hash mismatch for `anyio`", "A download is not the file"),
        ("failed to lookup address: dns error", CHECK_CONNECTION),
        ("ModuleNotFoundError: x", TRY_AGAIN),
    ],
)
def test_a_complaint_becomes_advice(said: str, begins: str) -> None:
    assert advice(said).startswith(begins)


def test_the_error_is_named_even_when_more_lines_follow() -> None:
    assert last_words("error: Hash mismatch\n  Expected:\n  sha256:0\n") == "error: Hash mismatch"


def test_silence_has_words_too() -> None:
    assert last_words("\n \n") == "it said nothing"
