"""The draft article that a solved session became."""

from samebox_shared.model.articles import Article

from samebox_agent.presenters import article as article_words
from samebox_agent.presenters import wording
from samebox_agent.presenters.views import DraftView, Pill, Tone


def present(draft: Article) -> DraftView:
    """What will be reviewed: the problem, the steps, and the laptops it worked on."""
    return DraftView(
        title="Draft article",
        intro="Your solved question became a draft, so that the next one with this laptop finds "
        "the answer. Nobody else sees it before it was reviewed.",
        article_title=draft.title,
        pills=(Pill("Waiting for review", Tone.ACCENT), article_words.RISKS[draft.risk]),
        problem=draft.symptoms,
        steps=article_words.steps(draft, frozenset()),
        fits=tuple(
            " · ".join(
                part
                for part in (
                    wording.SYSTEMS[fit.system] if fit.system else "",
                    fit.versions,
                    fit.model or fit.family,
                )
                if part
            )
            for fit in draft.applies_to
        ),
        footnote="Names and addresses were taken out.",
    )
