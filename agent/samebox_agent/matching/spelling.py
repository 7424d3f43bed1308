"""How words are spelt: without regard to marks and capitals, and what tells Dutch from English."""

import re
import unicodedata

_MARK = re.compile("[\u0300-\u036f]+")
_LOOKS_DUTCH = re.compile(
    r"ij|aa|uu|eeu|ieu|oei|ui[jklmst]|sch[aeiour]|lijk$|heid$|[tp]je|^ge.{3,}[dt]$|^zw|^vr"
    r"|[bdfgklmnprt]en$|cht$"
)
_LOOKS_ENGLISH = re.compile(
    r"th|^wh|^wr|sh|igh|ough|ow|[a-z]y$|tion|ing$|[^e]ed$|ea[dklmrst]|['’](?:t|s|m|re|ve|ll)$|ous$"
    r"|ck|^c[lou]"
)
_COMMON = """
a about after all am an and any are as at away be because been before being best both but by can
can't cannot come could dag did die do does doesn't doesnt don't dont dot down each even ever for
from get gets go goes got had hand has have having he hem hen her here him his how i i'm if im in
into is isn't it it's its just keep last like long lot make me men met mine most much must my never
of off on one or our out over own please same set she should since so still such take ten than that
the their them then there these they thing this those to too tot under until up us van very want
wants war was way we were wet what when where which while who why wifi will with won't wont would
you your
"""
COMMON_IN_ENGLISH = frozenset(_COMMON.split())
"""English words that are in nearly every sentence, also those that are Dutch words too."""


def leaning(word: str) -> int:
    """1 for a word that looks Dutch, -1 for one that looks English, 0 for neither or both."""
    return bool(_LOOKS_DUTCH.search(word)) - bool(_LOOKS_ENGLISH.search(word))


def plain(text: str) -> str:
    """Small letters without their marks: "geüpdatet" and "GEUPDATET" are one word."""
    if text.isascii():
        return text.casefold()
    return _MARK.sub("", unicodedata.normalize("NFD", text.replace("’", "'").casefold()))
