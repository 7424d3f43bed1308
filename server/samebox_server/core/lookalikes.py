"""Letters that look like others: a Cyrillic "а" in a Latin word is put back to the Latin one.

Only words that mix alphabets are touched; a word in one alphabet is somebody's language.
"""

import re
import unicodedata

_WORD = re.compile(r"\w+")
_SAME = {
    **dict(zip("аеорсухіјѕԁһԛԝк", "aeopcyxijsdhqwk", strict=True)),  # Cyrillic
    **dict(zip("АВЕКМНОРСТХУІЈЅ", "ABEKMHOPCTXYIJS", strict=True)),
    **dict(zip("οανιρυκτχ", "oavipuktx", strict=True)),  # Greek
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
}
_TABLE = str.maketrans(_SAME)


def put_back(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with such words in Latin letters, and those words as they were."""
    if text.isascii():
        return text, ()
    mixed = tuple(word for word in _WORD.findall(text) if _is_mixed(word))
    for word in mixed:
        text = text.replace(word, word.translate(_TABLE))
    return text, mixed


def _is_mixed(word: str) -> bool:
    alphabets = {_alphabet(letter) for letter in word}
    return "LATIN" in alphabets and not alphabets.isdisjoint({"CYRILLIC", "GREEK"})


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
