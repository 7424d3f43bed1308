"""What gives a person, a laptop or a secret away: the patterns, in one table.

Own rules and no library: the scanners that are well kept (presidio, scrubadub) bring language
models and hundreds of megabytes, or look for the keys of programmers only (detect-secrets). See
docs/decisions/0025. A rule marks the whole match, or the group named `x` when it has one.
"""

import ipaddress
import math
import re
from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct


class Kind(StrEnum):
    """What was taken out; the value is what stands in its place, in brackets."""

    SECRET = "secret"
    LINK = "link"
    EMAIL = "e-mail address"
    SERIAL = "serial number"
    ACCOUNT = "number of a person"
    NETWORK = "network address"
    USER = "user"
    HOST = "computer"
    TELEPHONE = "telephone number"
    NAME = "name"


class Rule(Struct, frozen=True):
    """A pattern, and what a match must pass beside it: the text, and where the match lies in it."""

    kind: Kind
    pattern: str
    is_meant: Callable[[str, int, int], bool] | None = None

    def compiled(self) -> re.Pattern[str]:
        """When it is first needed: most starts of the program need none of them."""
        return re.compile(self.pattern, re.IGNORECASE)


# Words that follow "the password is" when no password does.
_NO_SECRET = frozenset(
    {"a", "about", "after", "again", "all", "already", "also", "always", "and", "any", "as"}
    | {"asked", "at", "bad", "because", "before", "being", "blank", "blocked", "but", "by"}
    | {"changed", "changing", "chosen", "correct", "created", "different", "due", "easy", "empty"}
    | {"entered", "expired", "expiring", "fine", "for", "forgotten", "from", "given", "good"}
    | {"gone", "hidden", "if", "in", "incorrect", "invalid", "it", "just", "kept", "known"}
    | {"later", "locked", "long", "lost", "mandatory", "missing", "my", "needed", "never", "new"}
    | {"no", "none", "not", "now", "of", "ok", "okay", "old", "on", "only", "or", "otherwise"}
    | {"out", "possible", "probably", "ready", "refused", "rejected", "renewed", "required"}
    | {"reset", "right", "safe", "same", "saved", "sent", "set", "shared", "short", "so", "still"}
    | {"stored", "strong", "stuck", "that", "the", "then", "there", "this", "to", "too", "typed"}
    | {"unknown", "used", "valid", "very", "weak", "when", "where", "with", "without", "wrong"}
    | {"you", "your", "niet", "fout", "verkeerd", "verlopen", "goed", "nodig", "een", "de", "het"}
    | {"nog", "al", "te", "vergeten", "geblokkeerd", "gewijzigd", "bent", "broken", "loose"}
    | {"get", "log", "sign", "be", "make", "avoid", "access", "continue", "open", "use"}
    | {"help", "unlock", "start"}
)
_CODE_BEFORE = re.compile(r"(?:code|pin|otp|2fa|mfa|authenticator)\b[^\d]{0,24}$", re.IGNORECASE)
_NO_CODE_BEFORE = re.compile(
    r"(?:error|stop|exit|status|event|result|fault|bug|bugcheck|return|fout|http|update|zip|post|"
    r"source|qr|country|area|language|key)[ -]?$",
    re.IGNORECASE,
)
_NUMBER_WORD_BEFORE = re.compile(
    r"(?:error|fout|code|foutcode|event|event ?id|exit|status|hresult|build|version|versie|driver|"
    r"firmware|bios|kernel|port|poort|line|page|article|kb|ticket|case|release|revision)"
    r"[ :#=]{0,3}[-\u2212]?\(?$",
    re.IGNORECASE,
)
_VERSION_WORD_BEFORE = re.compile(
    r"(?:\bv|version|versie|build|driver|firmware|bios|release|update)[ :=]{0,3}$", re.IGNORECASE
)
_UNIT_AFTER = re.compile(
    r"\s?(?:bytes?|[kmgt]i?b(?:it)?(?:/s|ps)?|[kmgt]?hz|ms|sec|seconds?|minutes?|pixels?|px|dpi|rpm|"
    r"files?|items?|times|years?|days?|%|°|mah|mwh|w|v)\b",
    re.IGNORECASE,
)
CLOSE = 80
_DATE = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?: \d{1,2}(?:[.:]\d{2})?)?"
)
_VERSIONS = re.compile(
    r"(?![0+])(?=.*\.)(?:(?!\d{3}\.\d{3}\.\d{4}(?!\d))\d{1,5}(?:\.\d{1,5}){0,3}(?: |$))+"
)
_AMOUNT = re.compile(r"[1-9]\d*|[1-9]\d{0,2}(?:[ .]\d{3})+")
_INSIDE_A_LINK = re.compile(r"://\S*$")
SHORTEST_V6 = 6
"""Below this it is rather a name in a program, as a::b."""
_PHONE_DIGITS = range(7, 16)
_PUBLIC = frozenset({"0.0.0.0", "8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9"})
_NO_USER = frozenset({"public", "default", "all users", "shared", "default user", "username"})


def _before(text: str, start: int) -> str:
    """What stands close before it; no more, or a long text would take its square in time."""
    return text[max(0, start - CLOSE) : start]


def _is_said_after_is(text: str, start: int, end: int) -> bool:
    return text[start:end].strip("\"'.,;:!?").casefold() not in _NO_SECRET


def _is_code(text: str, start: int, end: int) -> bool:
    before = _before(text, start)
    word = _CODE_BEFORE.search(before)
    return word is not None and not _NO_CODE_BEFORE.search(before[: word.start()])


def _is_random(text: str, start: int, end: int) -> bool:
    """A long mix of small and capital letters and digits, at least 3.5 bits a character; not the
    name of something, which has its digits in one place."""
    token = text[start:end]
    few = min(sum(map(kind, token)) for kind in (str.isupper, str.islower)) < 3
    if few or len(re.findall(r"\d+", token)) < 2:
        return False
    shares = [count / len(token) for count in Counter(token).values()]
    return -sum(share * math.log2(share) for share in shares) >= 3.5


def _is_serial(text: str, start: int, end: int) -> bool:
    """Capitals and digits that change places often, as in PF2XK9R1; not KB5034441, not 80240FFF."""
    token = text[start:end]
    letters = sum(map(str.isalpha, token))
    changes = sum(a.isdigit() != b.isdigit() for a, b in pairwise(token))
    return token.isupper() and letters >= 3 and len(token) - letters >= 2 and changes >= 3


def _has_digit(text: str, start: int, end: int) -> bool:
    return any(character.isdigit() for character in text[start:end])


def _is_mixed(text: str, start: int, end: int) -> bool:
    token = text[start:end]
    return _has_digit(text, start, end) and any(map(str.isalpha, token))


def _is_user(text: str, start: int, end: int) -> bool:
    return text[start:end].casefold() not in _NO_USER


def _is_address(text: str, start: int, end: int) -> bool:
    """An address that is this place's own; name servers of the world, masks and loopback stay."""
    try:
        address = ipaddress.ip_address(text[start:end].partition("%")[0])
    except ValueError:
        return False
    is_short = address.version == 6 and end - start < SHORTEST_V6
    if (
        is_short
        or address.is_loopback
        or str(address) in _PUBLIC
        or str(address).startswith("255.")
    ):
        return False
    return not _VERSION_WORD_BEFORE.search(_before(text, start))


def _is_iban(text: str, start: int, end: int) -> bool:
    plain = text[start:end].replace(" ", "").upper()
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def _is_card(text: str, start: int, end: int) -> bool:
    """By Luhn's check digit."""
    digits = [int(c) for c in text[start:end] if c.isdigit()]
    doubled = (sum(divmod(2 * each, 10)) for each in digits[-2::-2])
    return 13 <= len(digits) <= 19 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_phone(text: str, start: int, end: int) -> bool:
    number = text[start:end]
    digits = sum(map(str.isdigit, number))
    is_other = (
        _DATE.fullmatch(number)
        or _VERSIONS.fullmatch(number)
        or _INSIDE_A_LINK.search(_before(text, start))
    )
    is_hresult = number.isdigit() and digits == 10 and _before(text, start).endswith("-")
    if digits not in _PHONE_DIGITS or is_other or is_hresult:
        return False
    if not _AMOUNT.fullmatch(number):
        return True
    return not (_UNIT_AFTER.match(text, end) or _NUMBER_WORD_BEFORE.search(_before(text, start)))


_SECRET_WORD = (
    r"(?:pass(?:word|wd|wrd|code)?|pwd|pw|ww|wachtwoord(?:en)?|toegangscode|"
    r"passwort|kennwort|mot de passe|"
    r"secret|token|api[ _-]?key|access[ _-]?key|account[ _-]?key|client[ _-]?secret|"
    r"recovery[ _-]?key|herstelsleutel|product[ _-]?key|"
    r"(?:wi-?fi|wlan|wpa[23]?)[ -]?(?:key|code|sleutel|schlussel)|pin(?:[ -]?code)?|"
    r"network key|security key|pre-?shared key|psk)"
)
_VALUE = r"(?P<x>\"[^\"\n]+\"|'[^'\n]+'|“[^”\n]+”|‘[^’\n]+’|[^\s\[,;]\S*)"
_DOT = r"(?:\.|\s+(?:dot|punt|punkt|point)\s+|\s*[\[(]\s*(?:dot|punt)\s*[\])]\s*)"
_TLD = r"(?:com|net|org|info|nl|be|de|eu|uk|fr|io|co|example)"
_NUMBER = r"\s*(?:number|nummer|no\.?|nr\.?|#)?\s*(?:is|was|:|=|#)?\s*"
_YOURS = r"(?:your|my|the|their|je|jouw|mijn|de|uw|ihr|mein)"
_NO_CODE = r"(?:error|stop|exit|status|event|http|fault|fout|result)"
_STAFF = (
    r"(?:staff|employee|personnel|account|customer|client|user|badge|member|student|personeels|"
    r"medewerkers|klant|stam|rekening|burgerservice)"
)

RULES: tuple[Rule, ...] = (
    Rule(
        Kind.SECRET,
        r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----"
        r"(?:(?!-----END)[\s\S])*(?:-----END [A-Z0-9 ]*-----)?",
    ),
    Rule(Kind.SECRET, r"\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?"),
    Rule(
        Kind.SECRET,
        r"(?<![a-z0-9])(?:gh[opsur]_|github_pat_|glpat-|xox[abeoprs]-|sk-|[spr]k_(?:live|test)_|"
        r"AIza|ya29\.|npm_|pypi-|hf_|dop_v1_|SG\.|shpat_|whsec_|ATATT)[\w.-]{8,}",
    ),
    Rule(Kind.SECRET, r"(?<![a-z0-9])(?:AKIA|ASIA|AROA)[A-Z0-9]{16}(?![a-z0-9])"),
    Rule(Kind.SECRET, r"\b(?:Bearer|Basic)\s+(?P<x>[\w.+/=~-]{8,})", _has_digit),
    Rule(Kind.SECRET, r"(?<!\d)(?:\d{6}[ -]?){7}\d{6}(?!\d)"),
    Rule(Kind.SECRET, r"(?<![\w-])(?:[A-Z0-9]{4}-){5}[A-Z0-9]{4}(?![\w-])"),
    Rule(Kind.SECRET, r"(?<![\w-])(?:[A-Z0-9]{5}-){4}[A-Z0-9]{5}(?![\w-])", _has_digit),
    Rule(Kind.SECRET, r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/@]+:[^\s/@]*@[^\s\])>\"']*"),
    Rule(Kind.SECRET, r"\bsamebox://[^\s\])>\"']+"),
    Rule(Kind.SECRET, rf"\b{_SECRET_WORD}\w?\s*(?:[:=]|->|=>)\s*{_VALUE}"),
    Rule(
        Kind.SECRET,
        rf"\b{_SECRET_WORD}(?:\s+(?:for|of|to|on|van|voor|op)(?:\s+[^\s.!?]+){{1,4}}?)?"
        rf"\s+(?:is|was|are|=|ist|est|became|to|now|luidt|lautet)(?:\s+(?:now|nu|still|again))?\s*:?\s+{_VALUE}",
        _is_said_after_is,
    ),
    Rule(Kind.SECRET, rf"\b{_SECRET_WORD}\s+(?P<x>[^\s\[]{{5,}})", _is_mixed),
    Rule(
        Kind.SECRET,
        rf"\b{_SECRET_WORD}(?:'s|\s+wordt)\s+(?:now\s+|nu\s+)?{_VALUE}",
        _has_digit,
    ),
    Rule(
        Kind.SECRET,
        r"\b(?:log(?:in|ged)?|sign(?:ed)?|credentials?|user(?:name)?|account|ingelogd|inloggen)\b"
        r"[^\n/]{0,24}[\w.@-]\s*/\s*(?P<x>[^\s/\[]{6,})(?!\S*/)",
        _is_mixed,
    ),
    Rule(
        Kind.SECRET,
        r"\b(?:passphrase|pass phrase|recovery phrase|wachtzin|seed phrase)\s*(?:is|was|:|=)\s*"
        r"(?P<x>[^\s\[][^\n.!?]*)",
        _is_said_after_is,
    ),
    Rule(
        Kind.SECRET, r"(?<![\w.,/-])(?P<x>(?:[A-Z]-)?\d{3}[ -]?\d{1,5})(?![\w/]|[.,]\d)", _is_code
    ),
    Rule(
        Kind.SECRET,
        r"(?<![\w.,/-])(?P<x>(?:[A-Z]-)?\d{3}[ -]?\d{1,5})\s+(?:is|as|als)\s+"
        rf"{_YOURS}\s+(?:(?!{_NO_CODE})[\w-]+\s+){{0,3}}?"
        r"(?:(?:verificatie|verification|login|inlog|toegangs|sms)-?code|code|pin|otp)\b",
    ),
    Rule(Kind.SECRET, r"(?<![\w-])[0-9a-f]{32,}(?![\w-])", _is_mixed),
    Rule(Kind.SECRET, r"(?<![\w+=-])[\w+=-]{24,}(?![\w+=-])", _is_random),
    Rule(Kind.LINK, r"\b(?:https?|ftp|file|smb)://[^\s\])>\"'?#]*[?#][^\s\])>\"']*"),
    Rule(
        Kind.LINK,
        r"\b(?:https?|ftp)://[^\s\])>\"']*/(?=[\w~-]*\d)(?=[\w~-]*[a-z])[\w~-]{20,}[^\s\])>\"']*",
    ),
    Rule(Kind.EMAIL, r"(?<![\w.+%-])[\w.+%-]++@[\w-]+(?:\.[\w-]+)*"),
    Rule(
        Kind.EMAIL,
        r"(?<![\w.+-])[\w.+-]++\s?[\[(]\s?(?:at|apenstaartje|@)\s?[\])]\s?[\w-]+"
        rf"(?:{_DOT}[\w-]+)+",
    ),
    Rule(
        Kind.EMAIL,
        rf"(?<![\w.+-])[\w.+-]++(?:\s(?:apenstaartje|arobase)\s[\w-]+(?:{_DOT}[\w-]+)+"
        rf"|\sat\s[\w-]+\s(?:dot|punt)\s{_TLD}\b)",
    ),
    Rule(Kind.ACCOUNT, r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", _is_iban),
    Rule(Kind.ACCOUNT, r"(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])", _is_card),
    Rule(
        Kind.ACCOUNT,
        rf"\b(?:{_STAFF}[ -]?(?:number|nummer|no\.?|nr\.?|id|#)|bsn|ssn)"
        r"\s*(?:is|was|:|=|#)?\s*(?P<x>[a-z0-9][\w./-]*\w)",
        _has_digit,
    ),
    Rule(
        Kind.ACCOUNT,
        r"\b(?:passport|paspoort|identity ?card|id[ -]card|identiteitskaart|rijbewijs|"
        rf"driv(?:ing|er'?s) licen[cs]e){_NUMBER}(?P<x>[A-Z0-9][\w-]{{5,}})",
        _has_digit,
    ),
    Rule(
        Kind.ACCOUNT,
        r"\b(?:kenteken(?:plaat)?|licen[cs]e plate|number plate|nummerplaat|kennzeichen)"
        rf"{_NUMBER}(?P<x>[A-Z0-9]{{1,3}}(?:[ -][A-Z0-9]{{1,4}}){{1,2}})(?!\w)",
        _has_digit,
    ),
    Rule(
        Kind.ACCOUNT,
        r"\b(?:born|date of birth|dob|birthday|geboren|geboortedatum|geburtsdatum|verjaardag)"
        r"\s*(?:is|:|=)?\s*(?:on|op|am|the)?\s*(?P<x>\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th|\.)?"
        r"[\s/.-]{1,2}(?:\d{1,2}|[a-z]{3,9})[\s/.-]{1,2}\d{2,4})(?!\w)",
    ),
    Rule(
        Kind.SERIAL,
        r"\b(?:serial(?:[ -]?(?:number|no\.?|nr\.?))?|serie ?nummer|s/n|sn|service ?tag|imei|"
        r"asset(?:[ -]?(?:tag|number|no\.?|nr\.?|id))?|inventory (?:number|tag)|inventarisnummer)"
        r"\s*(?:is|was|of|:|=|#)?\s*(?P<x>[a-z0-9][\w/-]*\w)",
        _has_digit,
    ),
    Rule(Kind.SERIAL, r"(?<![\w-])[A-Z0-9]{8,14}(?![\w-])", _is_serial),
    Rule(
        Kind.NETWORK,
        r"(?<![0-9a-f:-])(?:(?:[0-9a-f]{2}:){5}|(?:[0-9a-f]{2}-){5})[0-9a-f]{2}(?![0-9a-f:-])",
    ),
    Rule(Kind.NETWORK, r"(?<![\w.])(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}(?![\w.]|\.\d)", _is_mixed),
    Rule(Kind.NETWORK, r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)", _is_address),
    Rule(
        Kind.NETWORK,
        r"(?<![\w:])(?=[0-9a-f]*:[0-9a-f:]*:)[0-9a-f:]*[0-9a-f](?:%\w+)?(?![\w:])",
        _is_address,
    ),
    Rule(Kind.HOST, r"(?<![\w-])(?:DESKTOP|LAPTOP|WIN)-[A-Z0-9]{6,}(?![\w-])"),
    Rule(Kind.HOST, r"\b(?:smb|cifs|afp|nfs)://(?P<x>[\w.-]+)"),
    Rule(Kind.HOST, r"(?<![\w:/])//(?P<x>[\w-]+(?:\.[\w-]+)*)(?=/\w)"),
    Rule(Kind.HOST, r"(?<!\\)\\\\(?P<x>[\w.-]+)(?=\\)"),
    Rule(
        Kind.USER,
        r"[a-z]:[\\/]{1,2}Users[\\/]{1,2}(?P<x>[^\\/:*?\"<>|\n]{1,40}(?=[\\/])|[^\\/:*?\"<>|\s\[]+)",
        _is_user,
    ),
    Rule(Kind.USER, r"(?:(?<![\w.])|(?<=file://))/(?:home|Users)/(?P<x>[^/\s:\"'\[]+)", _is_user),
    Rule(
        Kind.TELEPHONE,
        r"\b(?:ext\.?|extension|toestel(?:nummer)?|doorkiesnummer|durchwahl"
        r"|(?:bel|call|phone|ring)(?: (?:me|mij|him|her|us|ons|hem|haar))? (?:at|on|op))"
        r"\s*(?:is|:|=)?\s*(?P<x>\d{3,6})(?!\w|[.,]\d)",
    ),
    Rule(
        Kind.TELEPHONE,
        r"(?<![\w.])(?:\+(?:[ ().\-/]{0,3}\d){8,13}|0(?:[ .\-/]?\d){8,9})(?!\d)",
        _is_phone,
    ),
    Rule(
        Kind.TELEPHONE,
        r"(?<![\w.])\+?\(?\d[\d ().\-/\u2010-\u2015]{5,}\d(?!\w|\.\d)",
        _is_phone,
    ),
)
