"""An article as a form and back; a fault is told at the field it comes from."""

import pytest
from hypothesis import given
from msgspec.structs import replace
from samebox_server.core.article_form import (
    ArticleForm,
    FieldFault,
    KindForm,
    form_of,
    id_for,
    read,
    source_of,
)
from samebox_server.core.articles import BrokenArticle, parse, render
from samebox_server.starter import starter_files
from samebox_shared.model.articles import Article

from tests.server.core.test_articles import ARTICLES

GOOD = ArticleForm(
    title="The dock shows no picture",
    topic="displays",
    symptoms="No picture\n\nThe dock is dead\n",
    applies_to=(KindForm(), KindForm(system="windows", versions=">=10")),
    risk="1",
    text="It sleeps.\n\n## Steps\n\n1. Unplug it.\n\n## Undo\n\nNothing.\n",
)


def fault(**changed: object) -> tuple[str, int, str]:
    found = read(replace(GOOD, **changed), "dock", 1)
    assert isinstance(found, FieldFault)
    return found.field, found.line, found.what


def test_a_form_is_read_as_the_file_it_stands_for() -> None:
    article = read(GOOD, "dock", 4)
    assert isinstance(article, Article)
    assert (article.article_id, article.version) == ("dock", 4)
    assert article.symptoms == ("No picture", "The dock is dead")
    assert [kind.versions for kind in article.applies_to] == [">=10"]
    assert parse(source_of(GOOD, "dock", 4), source="form") == article


@pytest.mark.parametrize(
    ("field", "line", "says", "changed"),
    [
        ("title", 1, "what goes wrong", {"title": "  "}),
        ("topic", 1, "Choose", {"topic": ""}),
        ("symptoms", 1, "at least one", {"symptoms": "\n \n"}),
        ("text", 1, "one paragraph", {"text": " "}),
        ("title", 1, "120", {"title": "long " * 30}),
        ("symptoms", 2, "twice", {"symptoms": "One\nOne"}),
        ("symptoms", 3, "hidden", {"symptoms": "One\nTwo\nThr\u200bee"}),
        ("text", 5, "HTML", {"text": "Words.\n\n## Steps\n\n1. <b>Go</b>\n\n## Undo\n\nBack.\n"}),
        ("text", 1, "Steps", {"text": "Only words."}),
        ("text", 1, "Undo", {"text": "Words.\n\n## Steps\n\n1. Go\n"}),
        ("risk", 1, "never published", {"risk": "3"}),
        ("risk", 1, "no risk", {"risk": "high"}),
        ("condition", 1, "no fact", {"condition": "battery.age > 3.0", "reason": "Old."}),
        ("condition", 1, "reason", {"condition": "battery.present"}),
        ("reason", 1, "condition", {"reason": "Old."}),
        ("language", 1, "no language", {"language": "E"}),
        ("translates", 1, "no translates", {"translates": "Not an id"}),
        ("applies_to", 1, "need a system", {"applies_to": (KindForm(versions=">=3"),)}),
        (
            "applies_to",
            3,
            "no range",
            {"applies_to": (KindForm(vendor="Lenovo"), KindForm("linux", "three"))},
        ),
        ("text", 5, "hidden", {"text": "W.\n\n## Steps\n\n1. G\u200bo", "risk": "0"}),
        ("audience", 1, "", {"audience": "boss"}),
        ("applies_to", 1, "no system", {"applies_to": (KindForm(system="beos"),)}),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    field: str, line: int, says: str, changed: dict[str, object]
) -> None:
    where, on, what = fault(**changed)
    assert (where, says in what) == (field, True), what
    assert on == line


def test_who_may_read_it_is_a_field_too() -> None:
    article = read(replace(GOOD, audience="it"), "dock", 1)
    assert isinstance(article, Article)
    assert form_of(article).audience == "it"


def test_a_form_cannot_smuggle_keys_into_the_head() -> None:
    article = read(replace(GOOD, title="A: b\nrisk: 0", condition=""), "dock", 1)
    assert isinstance(article, Article)
    assert (article.title, int(article.risk)) == ("A: b risk: 0", 1)
    fenced = fault(text="---\nrisk: 0\n---\n\nWords.")
    assert fenced[0] == "text"


@given(article=ARTICLES)
def test_any_article_survives_its_form(article: Article) -> None:
    assert read(form_of(article), article.article_id, article.version) == article


def test_every_starter_article_survives_its_form() -> None:
    for name, text in starter_files().items():
        article = parse(text, source=name)
        assert not isinstance(article, BrokenArticle)
        again = read(form_of(article), article.article_id, article.version)
        assert isinstance(again, Article), (name, again)
        assert render(again) == render(article)


def test_an_id_is_made_of_the_title_and_a_number_where_it_is_taken() -> None:
    assert id_for("Wi-Fi is gone: why?", frozenset()) == "wi-fi-is-gone-why"
    assert id_for("Café 2", frozenset({"cafe-2", "cafe-2-2"})) == "cafe-2-3"
    assert id_for("日本", frozenset()) == "article"
    assert len(id_for("word " * 40, frozenset())) <= 64


def test_much_too_much_is_refused_before_it_is_made_into_a_file() -> None:
    kinds = tuple(KindForm(system="windows", vendor="v" * 190, family="f" * 190) for _ in range(90))
    field, line, what = fault(applies_to=kinds)
    assert (field, line) == ("text", 1)
    assert "There is too much in it. Keep it within 8000 characters" in what
