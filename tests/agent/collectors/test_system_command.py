"""One wrapper around the system's programs, and every way in which they fail."""

import sys

import pytest
from samebox_agent.collectors.system_command import CommandFailed, environment, run, run_with_errors


def python(program: str) -> tuple[str, ...]:
    return (sys.executable, "-c", program)


def test_what_it_prints_in_plain_english() -> None:
    program = "import os; print(os.environ['LC_ALL'], end='')"
    assert run(python(program), time_limit=30) == b"C"


def test_some_answer_on_the_side_of_errors() -> None:
    program = "import sys; print('out', end=''); print('side', end='', file=sys.stderr)"
    assert run_with_errors(python(program), time_limit=30) == b"outside"
    assert run(python(program), time_limit=30) == b"out"


@pytest.mark.parametrize(
    ("command", "time_limit", "what"),
    [
        (python("raise SystemExit(3)"), 30, "ended with 3"),
        (python("import time; time.sleep(60)"), 0.05, "took longer than 0.05 s"),
        (("samebox-has-no-such-program",), 30, "could not be started"),
    ],
)
def test_failures_are_said(command: tuple[str, ...], time_limit: float, what: str) -> None:
    with pytest.raises(CommandFailed, match=what):
        run(command, time_limit=time_limit)


def test_the_frozen_programs_libraries_are_kept_from_others() -> None:
    frozen = {"LD_LIBRARY_PATH": "/opt/samebox", "LD_LIBRARY_PATH_ORIG": "/usr/x"}
    assert environment(frozen) == {"LD_LIBRARY_PATH": "/usr/x", "LC_ALL": "C"}
    assert environment({"LD_LIBRARY_PATH": "/opt/samebox"}) == {"LC_ALL": "C"}
