"""Languages by their IETF tag, and what people write for them."""

import re

NAMES: dict[str, str] = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nb": "Norwegian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}
_BY_WORD = {**{tag: tag for tag in NAMES}, **{name.casefold(): tag for tag, name in NAMES.items()}}
_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_.@].*)?")


def parse(text: str) -> tuple[str, ...] | None:
    """The tags of a list such as "Dutch, en", each once; None when a word is not known."""
    words = [word.strip().casefold() for word in text.split(",") if word.strip()]
    if any(word not in _BY_WORD for word in words):
        return None
    return tuple(dict.fromkeys(_BY_WORD[word] for word in words))


def in_words(tags: tuple[str, ...]) -> str:
    """The list as a person would write it; an unknown tag stands for itself."""
    return ", ".join(NAMES.get(tag, tag) for tag in tags)


def of_locale(locale: str) -> str:
    """The language of a locale such as "nl_NL.UTF-8", or "" when it is none we can name."""
    read = _LOCALE.fullmatch(locale)
    tag = read[1].casefold() if read else ""
    return tag if tag in NAMES else ""
