"""Links are named; those that pretend are named as odd."""

import pytest
from samebox_server.core.html_links import link_words
from selectolax.lexbor import LexborHTMLParser


def named(html: str) -> list[str]:
    dropped: list[str] = []
    for link in LexborHTMLParser(html).css("a"):
        link_words(link, dropped)
    return dropped


@pytest.mark.parametrize(
    ("address", "words", "kind"),
    [
        ("https://acme.example/vpn", "read on", "a link"),
        ("https://www.acme.example/vpn", "acme.example", "a link"),
        ("https://acme.example", "see www.acme.example", "a link"),
        ("mailto:desk@acme.example", "write", "a link"),
        ("/hc/en-us/articles/1", "read on", "a link"),
        ("JavaScript:alert(1)", "go", "an odd link (javascript:)"),
        ("java\n script:alert(1)", "go", "an odd link (javascript:)"),
        ("data:text/html,x", "go", "an odd link (data:)"),
        ("file:///C:/x", "go", "an odd link (file:)"),
        ("https://acme.example@evil.example", "go", "an odd link (a name before the host)"),
        ("https://xn--pple-43d.com", "go", "an odd link (letters that look like others)"),
        ("https://\u0430pple.com", "go", "an odd link (letters that look like others)"),
        ("//evil.example", "acme.example", "an odd link (its words say acme.example)"),
    ],
)
def test_a_link_is_named_by_what_it_is(address: str, words: str, kind: str) -> None:
    (said,) = named(f'<a href="{address}">{words}</a>')
    assert said.startswith(f"{kind}: “{words}” to ")


def test_a_place_on_the_same_page_is_no_link() -> None:
    assert named('<a href="#top">up</a><a name="x">here</a>') == []
