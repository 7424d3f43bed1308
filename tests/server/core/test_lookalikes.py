"""Words that mix alphabets are put back; words of one alphabet are left alone."""

import pytest
from samebox_server.core.lookalikes import put_back


@pytest.mark.parametrize(
    ("text", "expected", "named"),
    [
        ("plain words", "plain words", ()),
        ("the p\u0430ssw\u043erd", "the password", ("p\u0430ssw\u043erd",)),
        ("\u039daive", "Naive", ("\u039daive",)),
        ("\u043f\u0430\u0440\u043e\u043b\u044c", "\u043f\u0430\u0440\u043e\u043b\u044c", ()),
        (
            "USB-\u043a\u0430\u0431\u0435\u043b\u044c",
            "USB-\u043a\u0430\u0431\u0435\u043b\u044c",
            (),
        ),
        ("caf\u00e9 5\u00b0", "caf\u00e9 5\u00b0", ()),
    ],
)
def test_only_mixed_words_are_put_back(text: str, expected: str, named: tuple[str, ...]) -> None:
    assert put_back(text) == (expected, named)
