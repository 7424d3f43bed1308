"""Which of the articles that say the same in several languages a person is shown."""

from collections.abc import Iterable

from samebox_shared.model.articles import Article
from samebox_shared.model.ids import ArticleId

from samebox_agent.core.languages import of_locale


def shown_as(articles: Iterable[Article], locale: str) -> dict[ArticleId, ArticleId]:
    """Each article that is hidden, and the one that is shown in its place.

    A translation into the language of `locale` (such as "nl_NL") takes its original's place; any
    other translation gives way to it. A translation whose original is not there stands by itself,
    and so do articles that name each other.
    """
    every = {article.article_id: article for article in articles}
    language = of_locale(locale)
    hidden: dict[ArticleId, ArticleId] = {}
    for article in every.values():
        original = article.translates
        if not original or original not in every:
            continue
        if of_locale(article.language) == language:
            hidden[original] = article.article_id
        else:
            hidden[article.article_id] = original
    ends = {item: _last(item, hidden) for item in hidden}
    return {item: end for item, end in ends.items() if end not in hidden}


def _last(item: ArticleId, hidden: dict[ArticleId, ArticleId]) -> ArticleId:
    """A foreign translation leads to the original, and that one perhaps to a translation."""
    seen = {item}
    while (following := hidden.get(item)) is not None and following not in seen:
        seen.add(following)
        item = following
    return item
