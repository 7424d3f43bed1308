"""The sentence encoder as it was made: where its parts lie, and that it works."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tasks.encoder_model import WEIGHTS, WORDS, folder_of
from tasks.environments import ENCODER

if TYPE_CHECKING:
    from samebox_agent.matching.encoder import Encoder

ROOT = Path(__file__).resolve().parents[2]


def test_a_package_is_found_without_being_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weighty_package").mkdir()
    (tmp_path / "weighty_package" / "__init__.py").write_text("raise SystemExit('imported')")
    monkeypatch.syspath_prepend(tmp_path)
    assert folder_of("weighty_package") == tmp_path / "weighty_package"
    assert "weighty_package" not in sys.modules


def test_a_package_that_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no_such_package is not installed"):
        folder_of("no_such_package")


def test_the_packages_it_is_made_of_are_locked() -> None:
    locked = (ROOT / "locks" / "model.txt").read_text(encoding="utf-8").replace("-", "_")
    assert f"{WEIGHTS}==" in locked
    assert f"{WORDS}==" in locked


def test_the_encoder_is_small_and_its_words_are_beside_it() -> None:
    assert (ROOT / ENCODER / "vocabulary.txt").read_bytes().count(b"\n") == 30_522
    assert (ROOT / ENCODER / "encoder.onnx").stat().st_size < 1e6
    assert 5e6 < (ROOT / ENCODER / "encoder.bin").stat().st_size < 50e6


def test_what_says_the_same_is_nearer_than_what_does_not(encoder: "Encoder") -> None:
    said, again, other = encoder.vectors(
        ["My screen stays black", "The monitor shows nothing", "How do I book a meeting room?"]
    )
    assert said @ again > said @ other + 0.2
