"""What is personal is taken out, shown, and never comes back by doing it twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samebox_agent.core.redaction import Known, Piece, Redacted, Span, counted, redact
from samebox_agent.core.redaction_rules import Kind

KNOWN = Known(("Bo Jansen", "Ana de Vries", "Renée Ó Sé"), ("kestrel.corp.example",), ("bjan",))
CANARIES = (
    "Ana de Vries",
    "bo.jansen@example.com",
    "+31 6 1234 5678",
    "192.168.14.27",
    "3C:52:82:AB:CD:01",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "-".join(["482913"] * 8),
    "samebox://join/help.example/4K7M",
    "DESKTOP-4F7K2L9",
    "kestrel",
    "C02XG0FDJGH5",
)
FILLERS = (
    "Open",
    "the",
    "settings",
    "24.04",
    "KB5034441",
    "0x80070057",
    "6 GB",
    "and",
    "wait.",
    "\n",
)
WORDS = st.lists(st.sampled_from(FILLERS), max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Thanks Ana de Vries!", "Thanks [name]!"),
        ("ana said: VRIES knows", "[name] said: [name] knows"),
        ("Bo's laptop", "[name]'s laptop"),
        ("ask ana_devries or adevries", "ask [name]_[name] or [name]"),
        ("Ana\nde Vries", "[name]"),
        ("A\u200bna knows", "[name] knows"),
        ("Rene\u0301e and renee", "[name] and [name]"),
        ("Box and banana are no names", "Box and banana are no names"),
        ("de knop", "de knop"),
        ("on KESTREL and kestrel.corp.example", "on [computer] and [computer]"),
        ("user bjan, bjan2", "user [user], [user]2"),
    ],
)
def test_names_are_found_however_they_are_written(said: str, left: str) -> None:
    assert redact(said, KNOWN).text == left


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Jurgen Muller knows", "[name] [name] knows"),
        ("Muller and Schäfer", "[name] and [name]"),
        ("Juergen Mueller-Schaefer", "[name]"),
        ("J. Müller-Schäfer", "[name]"),
        ("Juergens laptop", "[name] laptop"),
        ("ask Siân O\u2019Brien or Obrien", "ask [name] or [name]"),
        ("Lukasz Zolc", "[name]"),
    ],
)
def test_names_are_found_without_the_keys_for_their_letters(said: str, left: str) -> None:
    known = Known(("Jürgen Müller-Schäfer", "Siân O'Brien", "Łukasz Żółć"))
    assert redact(said, known).text == left


def test_names_of_scripts_without_spaces_are_found() -> None:
    assert redact("请问王小明老师", Known(("王小明",))).text == "请问[name]老师"


def test_a_person_without_a_name_removes_nothing() -> None:
    assert redact("Ask Ana for a J", Known(("", " ", "J"))).text == "Ask Ana for a J"


def test_a_laptop_with_a_common_name_removes_nothing() -> None:
    known = Known(hosts=("laptop", "pc"), users=("user",))
    assert redact("My laptop, a pc of a user", known).text == "My laptop, a pc of a user"


def test_the_spans_say_where_and_what() -> None:
    found = redact("Ask Ana: the password is hunter2", KNOWN)
    assert found.text == "Ask [name]: the password is [secret]"
    assert found.spans == (
        Span(4, 10, Kind.NAME, "Ana"),
        Span(28, 36, Kind.SECRET, "hunter2"),
    )


def test_what_overlaps_is_one_of_the_stronger_kind() -> None:
    assert redact("https://bo:pw1@kestrel/x?y=192.168.1.1", KNOWN).pieces == (
        Piece("https://bo:pw1@kestrel/x?y=192.168.1.1", Kind.SECRET),
    )


def test_a_mark_that_somebody_typed_is_a_word() -> None:
    assert redact("[name] and [secret]", KNOWN) == Redacted((Piece("[name] and [secret]"),))


def test_they_are_counted_by_kind_each_once() -> None:
    spans = redact("Ana, Bo, Ana, 192.168.1.1 and hunter@x.example", KNOWN).spans
    assert counted(spans) == ((Kind.EMAIL, 1), (Kind.NETWORK, 1), (Kind.NAME, 2))


@given(WORDS, st.sampled_from(CANARIES), WORDS)
def test_no_canary_is_left(before: str, canary: str, after: str) -> None:
    left = redact(f"{before} {canary} {after}", KNOWN)
    assert canary.casefold() not in left.text.casefold()
    assert canary in "".join(span.words for span in left.spans)
    assert redact(f"{before} {after}", KNOWN).spans == ()


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(CANARIES),
            st.sampled_from(("password is ", "code ", "[name]", "[", ".", "@", ":", "-", "/home/")),
            st.text(max_size=12),
        ),
        max_size=12,
    ).map("".join)
)
def test_twice_is_once_and_the_spans_match(text: str) -> None:
    once = redact(text, KNOWN)
    assert redact(once.text, KNOWN).text == once.text
    assert redact(once.text, KNOWN).spans == ()
    assert all(once.text[span.start : span.end] == f"[{span.kind}]" for span in once.spans)
