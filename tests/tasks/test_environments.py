"""When an environment and the encoder are up to date, and what pip's settings mean to uv."""

import shutil
from pathlib import Path

import pytest

from tasks import environments
from tasks.environments import (
    AGENT,
    ENCODER,
    ENCODER_MAKER,
    MODEL,
    SERVER,
    Environments,
    fingerprint,
    has_stamp,
    program,
    uv_settings,
    write_stamp,
)
from tasks.steps import StepFailed
from tests.support.pretended_steps import PretendedSteps


def test_the_stamp_fits_only_the_files_it_was_made_from(tmp_path: Path) -> None:
    (tmp_path / "lock.txt").write_text("anyio==4")
    before = fingerprint(tmp_path, ["lock.txt"])
    assert not has_stamp(tmp_path, before)
    write_stamp(tmp_path, before)
    assert has_stamp(tmp_path, fingerprint(tmp_path, ["lock.txt"]))
    (tmp_path / "lock.txt").write_text("anyio==5")
    assert not has_stamp(tmp_path, fingerprint(tmp_path, ["lock.txt"]))


def test_a_clone_that_moved_is_made_again(tmp_path: Path) -> None:
    for place in ("old", "new"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "lock.txt").write_text("anyio==4")
    old, new = (fingerprint(tmp_path / place, ["lock.txt"]) for place in ("old", "new"))
    assert old != new


def test_a_mirror_set_for_pip_is_used_by_uv() -> None:
    said = (
        "global.index-url='https://mirror.example/simple'\n:env:.cert='/etc/ca.pem'\nglobal.x='y'\n"
    )
    assert uv_settings(said) == {
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "SSL_CERT_FILE": "/etc/ca.pem",
    }


INPUTS = (
    *(f"locks/{name}.txt" for name in ("bootstrap", "dev", "agent", "server", "model")),
    *(f"{name}/pyproject.toml" for name in ("shared", "agent", "server")),
    ENCODER_MAKER,
)


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone in which nothing was made yet, on a machine where pip has no settings."""
    monkeypatch.setattr(environments, "pip_settings", lambda python: {})
    for name in INPUTS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def made(clone: Path, *wanted: environments.Environment) -> PretendedSteps:
    """What is done when these are wanted."""
    steps = PretendedSteps(clone / "setup.log")
    Environments(clone, steps).make(wanted)
    return steps


def test_the_encoder_is_made_with_the_agent_in_an_environment_that_is_then_deleted(
    clone: Path,
) -> None:
    steps = made(clone, AGENT)
    folder = clone / ".venv" / MODEL.name
    (making,) = steps.with_program(ENCODER_MAKER)
    assert making == [
        str(program(folder, "python")),
        str(clone / ENCODER_MAKER),
        str(clone / ENCODER),
    ]
    installing = [each for each in steps.with_program("model.txt") if "--require-hashes" in each]
    assert steps.commands.index(installing[0]) < steps.commands.index(making)
    assert (clone / ENCODER / "encoder.onnx").exists()
    assert not folder.exists()
    assert (clone / ".venv" / AGENT.name).exists()


def test_the_server_needs_no_encoder(clone: Path) -> None:
    steps = made(clone, SERVER)
    assert steps.with_program(ENCODER_MAKER) == steps.with_program("model.txt") == []


def test_what_is_up_to_date_is_not_made_again(clone: Path) -> None:
    made(clone, AGENT)
    assert made(clone, AGENT).commands == []


@pytest.mark.parametrize("changed", ["locks/model.txt", ENCODER_MAKER])
def test_the_encoder_is_made_again_when_its_lock_or_its_maker_changes(
    clone: Path, changed: str
) -> None:
    made(clone, AGENT)
    (clone / changed).write_text("changed")
    steps = made(clone, AGENT)
    assert len(steps.with_program(ENCODER_MAKER)) == 1
    assert steps.with_program("agent.txt") == []


def test_an_encoder_that_was_deleted_is_made_again(clone: Path) -> None:
    made(clone, AGENT)
    shutil.rmtree(clone / ENCODER)
    assert len(made(clone, AGENT).with_program(ENCODER_MAKER)) == 1


def test_an_encoder_that_could_not_be_made_is_tried_again(clone: Path) -> None:
    steps = PretendedSteps(clone / "setup.log")
    steps.broken = ENCODER_MAKER
    with pytest.raises(StepFailed):
        Environments(clone, steps).make((AGENT,))
    assert len(made(clone, AGENT).with_program(ENCODER_MAKER)) == 1
