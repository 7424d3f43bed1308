"""Dutch questions become English ones; English ones, product names and half words stay."""

import time
import unicodedata
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samebox_agent.matching.dutch import in_english, is_dutch

DUTCH = """
printer doet het niet
mijn scherm is zwart
wifi valt weg
wachtwoord vergeten
laptop traag
geen geluid
accu leeg
waarom is hij zo warm
kan niet inloggen
muis hapert
update mislukt
ik hoor niks
hoe maak ik een schermafbeelding
bestand kwijt
agenda synchroniseert niet
Outlook start niet op
scherm flikkert
toetsenbord kapot
de mail komt niet binnen
hoe zet ik meldingen uit
beamer doet niks
vastgelopen
opgeslagen bestanden zijn weg
kan iemand mij helpen met Excel
papier zit vast
mijn laptop wordt gloeiend heet
geen verbinding met de server
Teams loopt vast
waar staan mijn downloads
usb-stick wordt niet herkend
bijlage te groot
hoe stel ik een handtekening in
ventilator maakt lawaai
VPN weigert
camera geblokkeerd
ik krijg steeds een foutmelding
dubbelzijdig afdrukken
nieuwe telefoon koppelen
klok loopt achter
rare strepen in beeld
ge-update
""".strip().splitlines()
ENGLISH = """
printer does not work
my screen is black
wifi drops
forgot my password
slow laptop
no sound
battery empty
why is it so hot
cannot log in
mouse stutters
update failed
I hear nothing
how do I take a screenshot
lost file
calendar does not sync
Outlook won't start
screen flickers
keyboard is broken
mail not arriving
how do I turn off notifications
projector shows nothing
frozen
my saved documents are gone
can anyone help me with Excel
paper jam
my laptop gets very hot
no connection to the server
Teams hangs
where are my downloads
USB stick not recognized
attachment too large
how to set a signature
the fan is loud
VPN refuses to connect
camera blocked
I keep getting an error
print on both sides
pair a new phone
clock is behind
strange stripes in the picture
is the server down
laptop is offline
""".strip().splitlines()


def table() -> list[list[str]]:
    text = files("samebox_agent.matching").joinpath("dutch.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.removesuffix("\n").split("\n")]


@pytest.mark.parametrize(
    ("dutch", "english"),
    [
        ("traag", "slow"),
        ("vastgelopen", "frozen"),
        ("hapert", "stutters"),
        ("ACCU", "battery"),
        ("doet het niet", "does not work"),
        ("zwart scherm", "black screen"),
        ("krijg geen", "get no"),
        ("Mijn printer doet het niet!", "printer does not work!"),
        ("'s ochtends leeg", "empty in the morning"),
        ("mijn usb-stick/HDMI-kabel", "USB stick HDMI cable"),
        ("de het een ik mijn op van", ""),
        ("hij is niet vol", "full not"),
    ],
)
def test_words_and_phrases(dutch: str, english: str) -> None:
    assert sorted(in_english(dutch).split()) == sorted(english.split())


def test_the_longest_phrase_wins() -> None:
    assert in_english("schijf vol") == "disk full"
    assert in_english("schijf bijna vol") == "disk almost full"
    assert in_english("harde schijf") == "hard drive"


@pytest.mark.parametrize("spelt", ["geüpdatet", "geu\u0308pdatet", "GEUPDATET", "ge-update"])
def test_marks_capitals_and_hyphens_do_not_matter(spelt: str) -> None:
    assert in_english(spelt) == "update"


@pytest.mark.parametrize(
    ("dutch", "english"),
    [
        ("haperde", "stutters"),
        ("muizen", "mouse"),
        ("kapotte", "broken"),
        ("knopjes", "button"),
        ("foto's", "photo"),
        ("uitgeprint", "print"),
        ("geïnstalleerde", "install"),
        ("laptopjes", "laptop"),
        ("wachtwoordjes", "password"),
        ("pictogrammetje", "icon"),
        ("vernieuwde", "refresh"),
        ("sluit af", "shut down"),
        ("afsluiten", "shut down"),
        ("afgesloten", "shut down"),
    ],
)
def test_forms_of_a_word(dutch: str, english: str) -> None:
    assert in_english(dutch) == english


@pytest.mark.parametrize(
    ("dutch", "english"),
    [
        ("accuduur", "battery life"),
        ("printerwachtrij", "printer queue"),
        ("schermresolutie", "screen resolution"),
        ("bedrijfslaptop", "company laptop"),
        ("netwerkproblemen", "network problem"),
        ("hardeschijfruimte", "hard drive space"),
        ("laptopschermkabel", "laptop screen cable"),
    ],
)
def test_compounds(dutch: str, english: str) -> None:
    assert in_english(dutch) == english


@pytest.mark.parametrize(
    ("dutch", "english"),
    [
        ("zet je die meldingen nu uit", "turn off notifications"),
        ("start mijn pc niet op", "does not start pc"),
        ("doet de muis het niet meer", "does not work any more mouse"),
        ("zet hem uit het zicht van mij", "put zicht"),  # "uit" is a preposition here
        ("valt, denk ik, weg", "drops, , gone"),  # a comma ends the verb's reach
    ],
)
def test_a_verb_in_two_parts(dutch: str, english: str) -> None:
    words = in_english(dutch).replace(",", " ,").split()
    assert sorted(words) == sorted(english.replace(",", " ,").split())


@pytest.mark.parametrize("unfinished", ["toetsenb", "vastgelo", "printerwach", "wachtwo", "batt"])
def test_a_word_still_being_typed_stays(unfinished: str) -> None:
    assert in_english(f"mijn {unfinished}") == unfinished


@pytest.mark.parametrize(
    "name", ["Dell U2720Q", "ThinkPad X1-Carbon", "GlobalProtect", "codes restarts", "Outlook 2021"]
)
def test_names_and_english_words_stay(name: str) -> None:
    assert in_english(name) == name


def test_a_finished_word_is_told_from_an_unfinished_one() -> None:
    assert in_english("  scherm   xqz ") == "screen xqz "
    assert in_english("scherm xqz") == "screen xqz"
    assert in_english(" de ") == ""


def test_most_short_questions_are_taken_for_the_right_language() -> None:
    assert len(DUTCH) > 40
    assert len(ENGLISH) > 40
    wrong = [text for text in DUTCH if not is_dutch(text)]
    wrong += [text for text in ENGLISH if is_dutch(text)]
    assert len(wrong) <= 0.05 * (len(DUTCH) + len(ENGLISH)), wrong


@pytest.mark.parametrize("text", ["", "?!", "12 345", "printer", "wifi offline", "in"])
def test_what_could_be_both_is_left_alone(text: str) -> None:
    assert not is_dutch(text)


def test_unknown_words_are_judged_by_their_spelling() -> None:
    assert is_dutch("gezeur aardbeien")
    assert not is_dutch("thorough nothingness")


def test_the_table_is_sorted_and_well_formed() -> None:
    rows = table()
    left = [row[0] for row in rows]
    assert len(rows) >= 1_800
    assert {len(row) for row in rows} == {2}
    assert all(cell == " ".join(cell.split()) for row in rows for cell in row)
    assert all(left)
    assert left == sorted(left)


def test_no_word_stands_twice_in_the_table() -> None:
    def bare(word: str) -> str:
        plain = unicodedata.normalize("NFD", word.casefold()).replace("-", " ")
        return "".join(letter for letter in plain if not unicodedata.combining(letter))

    left = [bare(row[0]) for row in table()]
    assert sorted({word for word in left if left.count(word) > 1}) == []


@given(st.text())
def test_any_text_can_be_asked(text: str) -> None:
    assert in_english(text) == " ".join(in_english(text).split()) or in_english(text)[-1] == " "
    assert is_dutch(text) in (True, False)


@given(
    st.lists(st.from_regex(r"q[bcdfghjklmnpqrtvwxz]{4,9}[0-9]?[.,;!?]?", fullmatch=True)),
    st.sampled_from([" ", "  ", "\n", "\t "]),
)
def test_unknown_words_never_change(words: list[str], space: str) -> None:
    assert in_english(space.join(words)) == " ".join(words)


def test_thirty_words_take_less_than_a_millisecond() -> None:
    question = " ".join(f"{line} vergadertafelpoten" for line in DUTCH[:8])
    assert len(question.split()) >= 30

    def once() -> float:
        start = time.perf_counter()
        in_english(question)
        return time.perf_counter() - start

    once()
    assert min(once() for _ in range(50)) < 0.001
