"""What came of an article is looked up by its id."""

from samebox_agent.core.fix_state import Fixes, Outcome
from samebox_shared.model.ids import ArticleId

DISK = ArticleId("disk")


def test_what_came_of_an_article_is_told_and_of_another_nothing() -> None:
    fixes = Fixes(outcomes=((DISK, Outcome.FIXED),))
    assert fixes.outcome(DISK) is Outcome.FIXED
    assert fixes.outcome(ArticleId("dock")) is None
