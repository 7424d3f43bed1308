"""The real encoder: what its vectors are, what they mean, and what happens where it is not."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from samebox_agent.matching.encoder import FILES, MODEL, MOST_TOKENS, SIZE, Encoder, NoEncoder


def test_each_text_has_a_row_of_length_one(encoder: Encoder) -> None:
    rows = encoder.vectors(["VPN drops", "", "Mijn printer doet het niet", "x" * 5_000])
    assert rows.shape == (4, SIZE)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)


def test_no_text_has_no_row(encoder: Encoder) -> None:
    assert encoder.vectors([]).shape == (0, SIZE)


def test_a_text_means_the_same_alone_and_among_others(encoder: Encoder) -> None:
    alone = encoder.vectors(["VPN drops"])[0]
    among = encoder.vectors(["a much longer text about a printer in the hall", "VPN drops"])[1]
    np.testing.assert_allclose(alone, among, atol=1e-6)


@pytest.mark.parametrize(
    ("text", "same", "other"),
    [
        ("my screen stays black", "the monitor shows nothing", "the printer is out of toner"),
        ("cannot log in", "my password is refused", "the fan is loud"),
        ("laptop is very slow", "computer takes forever to respond", "how do I book a room"),
    ],
)
def test_what_means_the_same_is_nearer(encoder: Encoder, text: str, same: str, other: str) -> None:
    asked, near, far = encoder.vectors([text, same, other])
    assert asked @ near > asked @ far + 0.1


def test_what_stands_behind_the_first_tokens_is_not_read(encoder: Encoder) -> None:
    beginning = "printer " * MOST_TOKENS
    one, other = encoder.vectors([beginning, f"{beginning} and the VPN drops"])
    np.testing.assert_array_equal(one, other)


def test_without_its_files_there_is_no_encoder(tmp_path: Path) -> None:
    with pytest.raises(NoEncoder, match="there is no encoder in"):
        Encoder(model=tmp_path)


@pytest.mark.parametrize("damaged", FILES)
def test_a_damaged_file_is_no_encoder(tmp_path: Path, damaged: str) -> None:
    for name in FILES:
        shutil.copyfile(MODEL / name, tmp_path / name)
    (tmp_path / damaged).write_bytes((tmp_path / damaged).read_bytes()[:1_000])
    with pytest.raises(NoEncoder, match="is damaged"):
        Encoder(model=tmp_path)
