"""Which licences may be in the product."""

from importlib.metadata import Distribution
from pathlib import Path

import pytest

from tasks.licences import Licence, licence_of, may_be_used, refused


@pytest.mark.parametrize("words", ["MIT", "Apache-2.0 OR BSD-3-Clause", "MPL-2.0", "PSF-2.0"])
def test_the_friendly_ones_may(words: str) -> None:
    assert may_be_used(Licence("any", words))


@pytest.mark.parametrize(
    "words", ["GPL-3.0-only", "AGPL-3.0", "GNU General Public License v3", "LGPL-3.0-only", ""]
)
def test_copyleft_and_silence_may_not(words: str) -> None:
    assert refused([Licence("any", words)]) == [Licence("any", words)]


def test_qt_is_used_under_the_lgpl() -> None:
    both = "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"
    assert may_be_used(Licence("shiboken6", both))
    assert not may_be_used(Licence("shiboken6", "GPL-3.0-only"))


def test_where_nothing_is_said_the_licence_file_speaks(tmp_path: Path) -> None:
    info = tmp_path / "thing-1.dist-info"
    (info / "licenses").mkdir(parents=True)
    told = "Metadata-Version: 2.4\nName: thing\nVersion: 1\nLicense-File: LICENSE\n"
    (info / "METADATA").write_text(told)
    assert licence_of(Distribution.at(info)) == Licence("thing", "")
    (info / "licenses/LICENSE").write_text("\nMIT License\n\nCopyright somebody\n")
    assert licence_of(Distribution.at(info)) == Licence("thing", "MIT License")
