"""Articles that say much the same are found by their words, others are not."""

from msgspec.structs import replace
from samebox_server.core.articles import BrokenArticle, parse
from samebox_server.core.likeness import LIKELY_THE_SAME, ByWords, words_in, words_of
from samebox_server.starter import starter_files
from samebox_shared.model.articles import Article
from samebox_shared.model.ids import ArticleId


def article(article_id: str, title: str, *symptoms: str) -> Article:
    return Article(
        article_id=ArticleId(article_id), version=1, title=title, summary="", symptoms=symptoms
    )


def starter() -> list[Article]:
    read = [parse(text, source=name) for name, text in starter_files().items()]
    return [one for one in read if not isinstance(one, BrokenArticle)]


DOCK = article("dock", "The dock shows no picture", "No picture on the big screen")
WIFI = article("wifi", "The Wi-Fi is gone", "No internet on the train")


def test_the_article_with_the_rare_words_comes_first() -> None:
    shelf = ByWords([DOCK, WIFI])
    assert [one.article_id for one in shelf.alike(words_in("my docks have no picture"), 5)] == [
        "dock"
    ]
    assert shelf.alike(words_in("printer"), 5) == []
    assert ByWords([]).alike(words_in("dock"), 5) == []


def test_an_article_is_most_like_itself() -> None:
    itself = ByWords([DOCK, WIFI]).alike(words_of(DOCK), 1)[0]
    assert itself.article_id == "dock"
    assert abs(itself.likeness - 1) < 1e-9


def test_case_accents_plurals_and_small_words_do_not_matter() -> None:
    assert words_in("The SCREENS are déjà black") == words_in("screen deja black")
    assert words_in("is it on") == words_in("")


def test_a_hint_comes_for_the_same_trouble_in_other_words_and_not_for_most() -> None:
    every = starter()
    language = {one.article_id: one.language for one in every}
    shelf = ByWords(every)
    neighbours = {
        one.article_id
        for one in every
        for like in shelf.alike(words_of(one), 5, LIKELY_THE_SAME)
        if like.article_id != one.article_id and language[like.article_id] == one.language
    }
    assert len(neighbours) < len(every) * 0.45
    half = ByWords(replace(one, symptoms=one.symptoms[::2]) for one in every)
    known_again = [
        one
        for one in every
        if one.article_id
        in [
            like.article_id
            for like in half.alike(words_of(_in_other_words(one)), 3, LIKELY_THE_SAME)
        ]
    ]
    assert len(known_again) > len(every) * 0.15


def _in_other_words(one: Article) -> Article:
    return replace(one, title=one.symptoms[1], symptoms=one.symptoms[1::2])
