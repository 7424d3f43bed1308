"""What was missing in an article, before it is told; and that it was told."""

from samebox_shared.model.articles import Article

from samebox_agent.core import draft_intents as wants
from samebox_agent.core import drafting, intents
from samebox_agent.core.draft_state import Objection
from samebox_agent.core.state import AgentState
from samebox_agent.presenters import marks
from samebox_agent.presenters.views import Banner, Button, Reason, Tone, Weight


def current(state: AgentState, article: Article) -> Objection | None:
    """What is being said of this article."""
    now = state.drafts.objection
    return now if now is not None and now.article_id == article.article_id else None


def present(state: AgentState, now: Objection) -> Reason:
    """One field that may stay empty; what was taken out shows while it is typed."""
    leaves = drafting.without_people(state, now.why)
    return Reason(
        heading="What happened?" if now.worse else "What was missing?",
        text=now.why,
        placeholder="You may leave this empty",
        leaves=marks.of_pieces(leaves.pieces) if leaves.spans else (),
        note="Sent without your name, to those who look after the article.",
        buttons=(
            Button("Ask a colleague", intents.SayNotSolved(now.article_id), Weight.PRIMARY),
            Button("Only say so", wants.SayObjection()),
            Button("Leave it", wants.StopObjecting(), Weight.QUIET),
        ),
    )


def said(now: Objection) -> Banner:
    """It was told."""
    title = "Told, without your name" if now.worse else "Noted, without your name"
    ask = Button("Ask a colleague", intents.SayNotSolved(now.article_id))
    return Banner(title, "Thank you. Somebody looks at the article.", Tone.NEUTRAL, (ask,))
