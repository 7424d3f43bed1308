"""HTML becomes the words a person sees, and what falls away is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samebox_server.core.article_text import hidden_character
from samebox_server.core.html_words import Block, Kind, read_page


def blocks(html: str) -> list[tuple[str, str, int]]:
    return [(block.kind.name, block.text, block.depth) for block in read_page(html).blocks]


def test_headings_paragraphs_and_breaks() -> None:
    html = "Loose <b>wo</b>rds<h2>A  &amp; b</h2><p>One<br>line</p><div>Two<div>Three</div></div>"
    assert blocks(html) == [
        ("PARAGRAPH", "Loose words", 0),
        ("HEADING", "A & b", 0),
        ("PARAGRAPH", "One line", 0),
        ("PARAGRAPH", "Two", 0),
        ("PARAGRAPH", "Three", 0),
    ]


def test_lists_know_how_deep_they_lie() -> None:
    html = "<ol><li>One<ul><li>a</li></ul></li><li><p>Two</p><p>more</p></li></ol><ul><li>Dot</ul>"
    assert blocks(html) == [
        ("STEP", "One", 1),
        ("STEP", "a", 2),
        ("STEP", "Two", 1),
        ("STEP", "more", 2),
        ("BULLET", "Dot", 1),
    ]
    assert blocks("<ul><li>Group<ol><li>Step</ol></ul>") == [
        ("BULLET", "Group", 1),
        ("STEP", "Step", 1),
    ]


def test_numbers_typed_by_hand_are_a_list() -> None:
    html = "<p>First this:<br>1. Open it.<br>2) Close it.<br></p><p>1. Alone.</p>"
    assert blocks(html) == [
        ("PARAGRAPH", "First this:", 0),
        ("STEP", "Open it.", 1),
        ("STEP", "Close it.", 1),
        ("PARAGRAPH", "1. Alone.", 0),
    ]


def test_a_row_of_a_table_is_one_line() -> None:
    page = read_page("<table><tr><th>A<th>B</tr><tr></tr><tr><td>1<td><ul><li>2</ul></table>")
    assert [block.text for block in page.blocks] == ["A; B", "1; 2"]
    assert {block.kind for block in page.blocks} == {Kind.ROW}
    assert page.asks == ["There was a table; its rows are in the rest below."]


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ("<script>alert(1)</script>", "a script"),
        ("<style>p{}</style>", "a style sheet"),
        ("<iframe src='https://v.example/1'></iframe>", "an embedded page or video from https://v"),
        ("<img src='https://m.example/p' width=1>", "a tracking pixel from https://m.example/p"),
        ("<img src='data:image/png;base64,A' hidden>", "a tracking pixel from data in the page"),
        ("<img src='a.png' alt='The menu'>", "a picture “The menu”"),
        ("<p hidden>gone</p>", "hidden text: “gone”"),
        ("<p style='DISPLAY : none'>gone</p>", "hidden text: “gone”"),
        ("<span style='font-size:0px'>gone</span>", "hidden text: “gone”"),
        ("<span style='opacity: 0'>gone</span>", "hidden text: “gone”"),
        ("<div style='position:absolute;left:-9999px'>gone</div>", "hidden text: “gone”"),
        ("<form><input value=gone></form>", "a form"),
        ("<a href='javascript:x'></a>", "an odd link (javascript:)"),
        ("\u200b", "hidden characters (U+200B)"),
        ("\u202e", "hidden characters (U+202E)"),
    ],
)
def test_what_nobody_should_see_falls_away_and_is_named(html: str, named: str) -> None:
    page = read_page(f"Before <b>and</b> {html} after<!-- remark -->")
    assert " ".join(block.text for block in page.blocks) == "Before and after"
    (said,) = page.dropped
    assert said.startswith(named)


def test_what_is_only_small_or_pale_stays() -> None:
    html = "<p style='opacity:0.8;font-size:0.9em;margin-left:-100px'>Seen</p>"
    assert read_page(html).dropped == []
    assert blocks(html) == [("PARAGRAPH", "Seen", 0)]


def test_look_alike_letters_are_put_back_and_named_once() -> None:
    page = read_page("<p>p\u0430y</p><p>p\u0430y so\u00adft</p>")
    assert [block.text for block in page.blocks] == ["pay", "pay soft"]
    assert page.dropped == ["look-alike letters of another alphabet in “p\u0430y”"]


def test_a_tree_of_any_depth_is_read() -> None:
    assert read_page("<div>" * 30_000 + "x").blocks == [Block(Kind.PARAGRAPH, "x")]
    assert read_page("<ol><li>" * 3_000 + "x").blocks == [Block(Kind.STEP, "x", 3_000)]


TAGS = st.sampled_from(
    ["<ol>", "</ol>", "<ul>", "</ul>", "<li>", "</li>", "<p>", "</p>", "<h2>", "<br>", "1. ", "<a>"]
) | st.sampled_from(
    [
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "<body>",
        "</body>",
        "</html>",
        "<svg>",
        "<!--",
    ]
)


@given(st.lists(TAGS | st.text(st.characters(codec="utf-8"), max_size=8), max_size=30))
def test_any_text_is_some_html_with_nothing_hidden_in_its_words(pieces: list[str]) -> None:
    for block in read_page("".join(pieces)).blocks:
        assert block.text == " ".join(block.text.split())
        assert block.text
        assert hidden_character(block.text) is None
