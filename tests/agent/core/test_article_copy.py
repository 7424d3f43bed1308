"""What a laptop without articles says of its copy."""

from samebox_agent.core.article_copy import ArticleCopy


def test_nothing_is_a_copy_of_nothing_and_nothing_went_wrong() -> None:
    assert ArticleCopy() == ArticleCopy(scope="", epoch="", missed=0, is_refused=False)
