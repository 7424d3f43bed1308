"""Questions find their answer: by words however they are written, by meaning, for this device."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samebox_agent.matching import meaning
from samebox_agent.matching.documents import Document, Found, Query
from samebox_agent.matching.encoder import Encoder
from samebox_agent.matching.index import Index
from samebox_agent.matching.matcher import Matcher

from tests.support.themes import Themes

ARTICLES = (
    Document(
        id="vpn",
        title="VPN disconnects every few minutes",
        body="The tunnel to the company network stops when the laptop goes to sleep.",
        fix="Turn off the power saving of the network adapter.",
        area="Network",
    ),
    Document(
        id="printer",
        title="Printer shows as offline",
        body="Jobs wait in the queue and nothing comes out.",
        fix="Restart the print spooler, then send the job again.",
        area="Printing",
    ),
    Document(
        id="camera",
        title="Camera stays black in meetings",
        body="Others cannot see you, the picture is dark.",
        fix="Open the lens cover and allow the app to use the webcam.",
        area="Meetings",
    ),
    Document(
        id="password",
        title="Change an expired password",
        body="You cannot sign in any longer because the password is too old.",
        fix="Choose a new one on the account page.",
        area="Account",
    ),
    Document(
        id="disk",
        title="The disk is full",
        body="There is no space left for new files and updates fail.",
        fix="Empty the recycle bin and remove old downloads.",
        area="Storage",
    ),
    Document(
        id="sound",
        title="No sound from the headset",
        body="Bluetooth headphones are connected but everything is silent.",
        fix="Choose the headset as the output device.",
        area="Sound",
    ),
)
OPERATORS = ['"', "*", "AND", "OR", "NOT", "NEAR(", ")", "-", "^", ":", "title:", "+", "'", "\0"]

Making = Callable[..., Matcher]


@pytest.fixture
def making(tmp_path: Path) -> Iterator[Making]:
    """Makes a matcher that holds these documents, encoded when there is an encoder."""
    opened: list[Index] = []

    def make(encoder: Encoder | None, *documents: Document) -> Matcher:
        opened.append(Index(tmp_path / f"{len(opened)}.sqlite"))
        matcher = Matcher(opened[-1], encoder)
        put(matcher, *documents)
        return matcher

    yield make
    for index in opened:
        index.close()


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Matcher]:
    """All the articles, with the real encoder; nobody changes it."""
    with closing(Index(tmp_path_factory.mktemp("matcher") / "index.sqlite")) as index:
        made = Matcher(index, encoder)
        put(made, *ARTICLES)
        yield made


@pytest.fixture(scope="module")
def worded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matcher]:
    """The same without an encoder."""
    with closing(Index(tmp_path_factory.mktemp("worded") / "index.sqlite")) as index:
        made = Matcher(index, None)
        made.keep(ARTICLES)
        yield made


def put(matcher: Matcher, *documents: Document) -> None:
    matcher.keep(documents)
    while matcher.encode_some():
        pass
    matcher.refresh()


def ids(found: tuple[Found, ...]) -> list[str]:
    return [each.id for each in found]


def asking(matcher: Matcher, title: str, **more: object) -> list[str]:
    return ids(matcher.search(Query(title=title, **more), 10))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("vpn disconnects", "vpn"),
        ("the printer is offline", "printer"),
        ("expired password", "password"),
        ("PRINT SPOOLER", "printer"),
        ("downloads", "disk"),
        ("disconnecting", "vpn"),
    ],
)
def test_words_are_found_with_and_without_an_encoder(
    matcher: Matcher, worded: Matcher, question: str, answer: str
) -> None:
    assert asking(matcher, question)[0] == answer
    assert asking(worded, question)[0] == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("pritner", "printer"),
        ("my pinter", "printer"),
        ("pasword", "password"),
        ("disconects", "vpn"),
        ("headsett", "sound"),
        ("bleutooth", "sound"),
    ],
)
def test_a_typo_is_found_by_words_alone(worded: Matcher, question: str, answer: str) -> None:
    assert asking(worded, question) == [answer]


@pytest.mark.parametrize("word", ["xyzzy", "qwertyuiop", "vpm", "12345"])
def test_a_word_that_is_like_none_finds_nothing(worded: Matcher, word: str) -> None:
    assert asking(worded, word) == []


@pytest.mark.parametrize(
    ("begun", "answer"),
    [
        ("prin", "printer"),
        ("my printe", "printer"),
        ("passw", "password"),
        ("bluet", "sound"),
        ("vp", "vpn"),
        ("the disconnec", "vpn"),
        ("recyclin", "disk"),  # a stem is kept: "recycl"
    ],
)
def test_an_unfinished_last_word_is_found(worded: Matcher, begun: str, answer: str) -> None:
    assert asking(worded, begun, is_being_typed=True)[0] == answer


@pytest.mark.parametrize("begun", ["prin", "blueto", "vp"])
def test_a_finished_question_has_no_unfinished_word(worded: Matcher, begun: str) -> None:
    assert asking(worded, begun) == []
    assert asking(worded, f"{begun} ", is_being_typed=True) == []
    assert asking(worded, "", body=f"{begun}\n", is_being_typed=True) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("mijn wachtwoord is verlopen", "password"),
        ("geen geluid uit mijn koptelefoon", "sound"),
        ("de schijf is vol", "disk"),
        ("de printer doet niets", "printer"),
    ],
)
def test_a_dutch_question_finds_an_english_article(
    matcher: Matcher, worded: Matcher, question: str, answer: str
) -> None:
    assert asking(matcher, question)[0] == answer
    assert asking(worded, question)[0] == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("my webinar video feed shows a blank image", "camera"),
        ("my login credentials ran out", "password"),
        ("I ran out of storage capacity", "disk"),
        ("cannot hear anyone", "sound"),
        ("remote access keeps cutting out", "vpn"),
    ],
)
def test_another_word_for_the_same_thing_is_found_by_its_meaning(
    matcher: Matcher, question: str, answer: str
) -> None:
    assert asking(matcher, question)[0] == answer


def test_what_an_article_solved_before_is_what_it_means(making: Making) -> None:
    matcher = making(
        Themes("whistling", "printer"),
        Document(id="fan", title="Clean the cooler", examples=("a high whistling", "hot")),
        Document(id="printer", title="Printer"),
    )
    assert asking(matcher, "unwhistlingly")[0] == "fan"  # no word in common


def test_the_encoder_reads_a_typing_mistake_as_it_was_meant(making: Making) -> None:
    encoder = Themes("printer")
    matcher = making(encoder, Document(id="printer", title="printer"))
    asking(matcher, "My Pritner is old")
    assert encoder.encoded[-1] == "My printer is old"


def test_a_word_that_the_encoder_knows_is_no_mistake_to_it(making: Making) -> None:
    encoder = Themes("printer")
    encoder.known = frozenset({"pointer"})
    matcher = making(encoder, Document(id="printer", title="printer"))
    asking(matcher, "my pointer")
    assert encoder.encoded[-1] == "my pointer"


def test_of_earlier_questions_each_has_a_vote(making: Making) -> None:
    """Twenty that are fairly like it outvote one that is a little more, and two do not."""
    encoder = Themes("vpn", "tunnel", "cable", "dock")
    one = Document(id="one", title="one", examples=("vpn tunnel cable",))
    many = Document(id="many", examples=tuple(f"vpn tunnel {each}" for each in range(20)))
    two = Document(id="two", examples=many.examples[:2])
    assert asking(making(encoder, one, many), "avpnx atunnelx acablex adockx")[0] == "many"
    assert asking(making(encoder, one, two), "avpnx atunnelx acablex adockx")[0] == "one"


def test_a_question_means_its_title_and_its_whole(making: Making) -> None:
    themes = Themes("vpn", "printer")
    matcher = making(
        themes, Document(id="vpn", title="vpn"), Document(id="both", title="vpn printer")
    )
    themes.encoded.clear()
    matcher.search(Query(title="vpn", body="since the printer came"), 10)
    assert themes.encoded == ["vpn", "vpn. since the printer came"]


HERE = ("Microsoft Windows 11", "Outlook")


@pytest.mark.parametrize("has_encoder", [True, False])
def test_what_is_for_this_product_comes_before_what_fits_better(
    making: Making, encoder: Encoder, has_encoder: bool
) -> None:
    matcher = making(
        encoder if has_encoder else None,
        Document(id="mac", title="Slow start of the laptop", applies_to=("macOS",)),
        Document(id="linux", title="Slow start of the laptop", applies_to=("linux",)),
        Document(id="windows", title="Start is slow after an update", applies_to=("windows 11",)),
    )
    question = "slow start of the laptop"
    assert asking(matcher, question)[-1] == "windows"
    assert asking(matcher, question, facts=HERE)[0] == "windows"
    assert asking(matcher, question, facts=("macOS",))[0] == "mac"


def test_what_is_for_all_is_as_good_as_what_is_for_this_product(making: Making) -> None:
    every = Document(id="every", title="vpn drops")
    here = Document(id="here", title="vpn", applies_to=HERE)
    matcher = making(Themes("vpn", "drops"), here, every)
    assert asking(matcher, "vpn drops", facts=HERE) == ["every", "here"]


def test_what_is_for_this_product_is_not_cut_off(making: Making) -> None:
    crowd = [Document(id=f"vpn {each}", title="vpn", applies_to=("Teams",)) for each in range(400)]
    far = Document(id="here", title="vpn printer camera disk", applies_to=("Outlook",))
    matcher = making(Themes("vpn", "printer", "camera", "disk"), *crowd, far)
    assert asking(matcher, "vpn", facts=HERE)[0] == "here"


@pytest.mark.parametrize("has_encoder", [True, False])
def test_what_was_written_at_or_after_the_question_does_not_exist(
    making: Making, encoder: Encoder, has_encoder: bool
) -> None:
    matcher = making(
        encoder if has_encoder else None,
        *(Document(id=str(at), title="VPN drops", created=float(at)) for at in (1, 5, 9)),
        Document(id="always", title="VPN drops"),
    )
    assert set(asking(matcher, "vpn drops", created=5.0)) == {"1", "always"}
    assert set(asking(matcher, "vpn drops", created=0.0)) == {"always"}
    assert set(asking(matcher, "vpn drops")) == {"1", "5", "9", "always"}


def test_where_none_existed_nothing_is_found(making: Making, encoder: Encoder) -> None:
    matcher = making(encoder, Document(id="new", title="VPN drops", created=5.0))
    assert asking(matcher, "vpn drops", created=5.0) == []


def test_what_did_not_exist_yet_takes_nobodys_place(making: Making) -> None:
    later = [Document(id=str(each), title="vpn", created=9.0) for each in range(400)]
    matcher = making(Themes("vpn"), Document(id="old", title="vpn", created=1.0), *later)
    assert asking(matcher, "vpn", created=5.0) == ["old"]  # by words
    assert asking(matcher, "avpnx", created=5.0) == ["old"]  # by meaning


def test_the_newer_the_same_topic_and_what_solved_more_come_first(making: Making) -> None:
    day = 86_400.0
    matcher = making(
        None,
        Document(id="old", title="VPN drops", created=1.0),
        Document(id="new", title="VPN drops", created=300 * day),
    )
    assert asking(matcher, "vpn drops", created=301 * day) == ["new", "old"]
    matcher = making(
        None,
        Document(id="other", title="VPN drops", topic="one"),
        Document(id="same", title="VPN drops", topic="two"),
    )
    assert asking(matcher, "vpn drops", topic="two") == ["same", "other"]


def test_what_solved_more_comes_first(making: Making) -> None:
    few = Document(id="few", title="vpn", examples=("vpn",))
    most = Document(id="most", title="vpn", examples=tuple(f"vpn {each}" for each in range(9)))
    matcher = making(Themes("vpn"), few, most)
    # Without a word in common only what they solved before tells them apart.
    assert asking(matcher, "xvpnx")[0] == "most"


def test_a_document_that_is_not_encoded_yet_is_found_by_its_words(
    making: Making, encoder: Encoder
) -> None:
    matcher = making(encoder, *ARTICLES)
    matcher.keep([*ARTICLES, Document(id="new", title="Hinge of the lid squeaks")])
    assert asking(matcher, "squeaking hinge")[0] == "new"
    assert asking(matcher, "vpn disconnects")[0] == "vpn"
    while matcher.encode_some():
        pass
    matcher.refresh()
    assert asking(matcher, "the joint of the display creaks")[0] == "new"


def test_only_what_changed_is_encoded_again(making: Making) -> None:
    themes = Themes("vpn")
    matcher = making(themes, *ARTICLES)
    themes.encoded.clear()
    changed = Document(id="vpn", title="VPN is slow")
    put(matcher, changed, *ARTICLES[1:])
    assert set(themes.encoded) == {"VPN is slow", "VPN is slow."}


def test_what_is_gone_is_found_no_more_by_words_or_meaning(
    making: Making, encoder: Encoder
) -> None:
    matcher = making(encoder, *ARTICLES)
    put(matcher, *ARTICLES[1:])
    assert "vpn" not in asking(matcher, "vpn disconnects")
    assert "vpn" not in asking(matcher, "remote access keeps cutting out")
    assert asking(matcher, "printer offline")[0] == "printer"  # and nobody got its vectors


def test_a_few_are_encoded_at_a_time(making: Making) -> None:
    matcher = making(Themes("vpn"))
    matcher.keep(ARTICLES)
    assert [matcher.encode_some(4), matcher.encode_some(4), matcher.encode_some(4)] == [4, 2, 0]


def test_without_an_encoder_nothing_is_encoded(worded: Matcher) -> None:
    assert worded.encode_some() == 0


def test_a_document_without_words_is_encoded_once(making: Making, encoder: Encoder) -> None:
    matcher = making(encoder)
    matcher.keep([Document(id="empty"), ARTICLES[0]])
    assert [matcher.encode_some(), matcher.encode_some()] == [2, 0]
    matcher.refresh()
    assert asking(matcher, "vpn") == ["vpn"]


@pytest.mark.parametrize("question", ["", " ", "?!", "the"])
def test_a_question_without_words_finds_nothing_by_words(worded: Matcher, question: str) -> None:
    assert asking(worded, question) == []


def test_an_empty_index_has_no_answer(making: Making, encoder: Encoder) -> None:
    assert asking(making(encoder), "vpn") == []


ANSWERED = [
    "vpn keeps disconnecting",
    "my printer is offline",
    "black camera in meetings",
    "my password expired",
    "disk is full",
    "no sound from headset",
]
UNANSWERED = [
    "what is for lunch in the canteen",
    "how do I book a holiday",
    "who won the football match",
    "the coffee machine leaks",
    "recipe for apple pie",
    "when is the next train to Antwerp",
]


def test_a_question_without_an_answer_scores_lower_than_any_with_one(matcher: Matcher) -> None:
    def top(question: str) -> float:
        return matcher.search(Query(title=question), 1)[0].score

    assert max(map(top, UNANSWERED)) < min(map(top, ANSWERED)) - 0.1


@given(
    title=st.lists(st.sampled_from([*ANSWERED, *UNANSWERED, *OPERATORS])).map(" ".join) | st.text(),
    body=st.sampled_from(["", "It stops every hour", "Sinds gisteren"]) | st.text(),
    is_being_typed=st.booleans(),
    facts=st.sampled_from([(), ("Windows 11",), ("",)]),
    created=st.none() | st.floats(0.0, 9.0),
)
def test_no_question_whatsoever_fails_and_no_score_rises_down_the_list(
    worded: Matcher,
    title: str,
    body: str,
    is_being_typed: bool,
    facts: tuple[str, ...],
    created: float | None,
) -> None:
    query = Query(
        title=title, body=body, is_being_typed=is_being_typed, facts=facts, created=created
    )
    found = worded.search(query, 10)
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)
    assert len(set(ids(found))) == len(found)


@settings(max_examples=25)
@given(
    title=st.lists(st.sampled_from([*ANSWERED, *UNANSWERED, *OPERATORS])).map(" ".join) | st.text()
)
def test_neither_does_one_with_the_encoder(matcher: Matcher, title: str) -> None:
    scores = [each.score for each in matcher.search(Query(title=title, is_being_typed=True), 10)]
    assert scores == sorted(scores, reverse=True)


def test_many_vectors_are_kept_short_and_the_answers_stay(
    making: Making, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query(title="my headphones are silent")
    whole = making(encoder, *ARTICLES)
    found = whole.search(query, 6)
    monkeypatch.setattr(meaning, "MOST_WHOLE", 0)
    whole.refresh()
    short = whole.search(query, 6)
    assert [each.id for each in short[:3]] == [each.id for each in found[:3]]
    assert short[0].score == pytest.approx(found[0].score, abs=1e-3)
    likeness = whole.likeness(query)
    assert whole.everything[int(likeness.argmax())].id == "sound"


def test_the_score_of_a_place_is_the_same_however_many_are_asked_for(matcher: Matcher) -> None:
    query = Query(title="printer has no sound")
    assert matcher.search(query, 10)[:2] == matcher.search(query, 2)


def test_half_an_english_word_that_is_a_dutch_one_is_still_half_a_word(making: Making) -> None:
    matcher = making(None, Document(id="password", title="Forgot the password"))
    assert asking(matcher, "pass", is_being_typed=True) == ["password"]
