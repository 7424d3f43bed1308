"""One article of those that say the same is shown, in the person's language."""

from samebox_agent.core.translations import shown_as
from samebox_shared.model.ids import ArticleId

from tests.support.builders import an_article

ENGLISH = an_article("worn")
DUTCH = an_article("worn-nl", language="nl", translates="worn")
GERMAN = an_article("worn-de", language="de", translates="worn")
A, NL, DE = ArticleId("worn"), ArticleId("worn-nl"), ArticleId("worn-de")


def test_a_translation_takes_the_place_of_its_original() -> None:
    assert shown_as([ENGLISH, DUTCH, GERMAN], "nl_NL.UTF-8") == {A: NL, DE: NL}


def test_without_a_translation_into_ones_language_the_original_is_shown() -> None:
    assert shown_as([ENGLISH, DUTCH, GERMAN], "fr_FR") == {NL: A, DE: A}
    assert shown_as([ENGLISH, DUTCH], "") == {NL: A}


def test_a_translation_without_its_original_stands_by_itself() -> None:
    assert shown_as([DUTCH], "en_GB") == {}


def test_articles_that_name_each_other_do_not_hide_each_other() -> None:
    one = an_article("a", language="nl", translates="b")
    two = an_article("b", language="nl", translates="a")
    assert shown_as([one, two], "en") == {}
