"""Which words a Dutch word may be a form of."""

import pytest
from samebox_agent.matching.forms import bases


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("knoppen", "knop"),
        ("ramen", "raam"),
        ("muizen", "muis"),
        ("brieven", "brief"),
        ("foto's", "foto"),
        ("trage", "traag"),
        ("trager", "traag"),
        ("laadt", "laden"),
        ("stopt", "stoppen"),
        ("verliest", "verliezen"),
        ("schrijft", "schrijven"),
        ("werkte", "werken"),
        ("geprint", "printen"),
        ("uitgeprint", "uitprinten"),
        ("lampje", "lamp"),
        ("boompje", "boom"),
        ("dingetjes", "ding"),
    ],
)
def test_a_form_leads_to_its_base(form: str, base: str) -> None:
    assert base in bases(form)


def test_the_word_itself_comes_first_and_short_words_have_no_forms() -> None:
    assert next(bases("knoppen")) == "knoppen"
    assert list(bases("les")) == ["les"]
