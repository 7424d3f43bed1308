"""Which words become the summary and the steps, and which are handed back."""

from samebox_server.core.conversion_steps import NO_STEP, NO_SUMMARY, packed, parts_of
from samebox_server.core.html_words import Block, Kind
from samebox_shared.model.article_limits import STEP_LIMIT, SUMMARY_LIMIT

LEAD = Block(Kind.PARAGRAPH, "Lead.")


def step(text: str, depth: int = 1) -> Block:
    return Block(Kind.STEP, text, depth)


def heading(text: str) -> Block:
    return Block(Kind.HEADING, text)


def test_no_piece_keeps_the_space_before_a_long_word_that_is_cut() -> None:
    assert packed(f"{'0000000 ' * 75}{'0' * 700}", 600) == [
        ("0000000 " * 75).strip(),
        "0" * 600,
        "0" * 100,
    ]


def test_the_first_paragraph_and_the_numbered_list() -> None:
    parts = parts_of([LEAD, step("One"), Block(Kind.PARAGRAPH, "After."), step("Two")])
    assert (parts.summary, parts.steps) == ("Lead.", ["One", "Two"])
    assert parts.rest == ["paragraph: After."]
    assert parts.asks == []


def test_what_lies_in_a_step_is_joined_to_it_while_there_is_room() -> None:
    long = "w" * STEP_LIMIT
    parts = parts_of(
        [LEAD, step("Deep", 2), step("Do:", 1), step("a", 2), step("b", 3), step(long, 2)]
    )
    assert parts.steps == ["Deep", "Do: a; b", long]


def test_a_list_with_dots_stands_in_for_steps() -> None:
    dots = [Block(Kind.BULLET, "One", 1), Block(Kind.BULLET, "Two", 1)]
    parts = parts_of([LEAD, *dots])
    assert parts.steps == ["One", "Two"]
    assert parts.asks == ["The steps were made of a list without numbers. Is each one thing to do?"]


def test_paragraphs_stand_in_for_steps() -> None:
    parts = parts_of([LEAD, Block(Kind.PARAGRAPH, "Do it."), Block(Kind.BULLET, "Dot", 1)])
    assert (parts.summary, parts.steps) == ("Lead.", ["Do it."])
    assert parts.rest == ["bullet: Dot"]
    assert parts.asks == ["The steps were made of paragraphs. Is each one thing to do?"]


def test_what_is_missing_is_said_to_be_unwritten() -> None:
    parts = parts_of([step("One")])
    assert parts.summary == NO_SUMMARY
    assert parts.asks == ["There is no summary. Write one paragraph."]
    parts = parts_of([LEAD])
    assert parts.steps == [NO_STEP]
    assert parts.asks == ["There are no steps. Write what to do."]
    assert parts_of([]).summary == NO_SUMMARY


def test_headings_name_a_system_a_problem_or_nothing() -> None:
    blocks = [LEAD, heading("On Windows"), step("Windows: one"), step("two"), heading("macOS")]
    blocks += [step("three"), heading("It does not help"), step("four"), heading("Notes")]
    parts = parts_of(blocks)
    assert parts.steps == ["Windows: one", "Windows: two", "Mac: three", "four"]
    assert parts.problems == ["It does not help"]
    assert parts.rest == ["heading: Notes"]
    (said,) = parts.asks
    assert "(“On Windows”, “macOS”, “It does not help”)" in said


def test_steps_before_the_first_heading_have_none() -> None:
    (said,) = parts_of([LEAD, step("a"), heading("More"), step("b")]).asks
    assert "(no heading, “More”)" in said


def test_what_is_too_long_is_cut_between_sentences_and_said() -> None:
    parts = parts_of([Block(Kind.PARAGRAPH, "Word. " * 250), step("Do it now. " * 60)])
    assert max(map(len, (parts.summary, *parts.rest))) <= SUMMARY_LIMIT
    assert parts.summary.endswith("Word.")
    assert [len(each) <= STEP_LIMIT for each in parts.steps] == [True, True]
    assert parts.asks[0] == f"The summary was cut to {SUMMARY_LIMIT} characters."
    assert parts.asks[1].startswith("A step was too long and became 2: “Do it now. ")


def test_a_word_of_any_length_is_cut() -> None:
    assert packed("a" * 25 + " b", 10) == ["a" * 10, "a" * 10, "a" * 5 + " b"]
