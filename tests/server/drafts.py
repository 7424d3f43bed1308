"""A draft as an asker's laptop hands it over."""

from samebox_shared.model.articles import AppliesTo, Article, Risk, Step
from samebox_shared.model.devices import System
from samebox_shared.model.ids import ArticleId

TITLE = "The Wi-Fi is gone after sleep"


def a_draft(title: str = TITLE, risk: Risk = Risk.REVERSIBLE, condition: str = "") -> Article:
    """Solved on a ThinkPad."""
    return Article(
        article_id=ArticleId("draft"),
        version=1,
        title=title,
        summary="The adapter does not wake up.",
        topic="network",
        symptoms=("No Wi-Fi in the morning", "The adapter sleeps on"),
        applies_to=(AppliesTo(system=System.LINUX, vendor="Lenovo", family="ThinkPad T14"),),
        condition=condition,
        reason="There is no way out: {routes.default_gateway}." if condition else "",
        steps=(Step(text="Turn the adapter off and on.", settings="wifi"),),
        risk=risk,
        undo="Nothing has to be put back." if risk is Risk.REVERSIBLE else "Turn it on again.",
    )
