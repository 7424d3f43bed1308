"""Which licences may be in the product."""

import pytest

from tasks.licences import Licence, may_be_used, refused


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
