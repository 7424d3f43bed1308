"""The page of a draft in every state, and a No with a reason: drawn from what really happened,
through the core and the presenters."""

from collections.abc import Callable
from datetime import UTC

from msgspec.structs import replace
from samebox_agent.core import draft_intents as wants
from samebox_agent.core import intents
from samebox_agent.core.events import ArticlesArrived, LinkClosed
from samebox_agent.presenters import screens
from samebox_agent.presenters.views import PageView
from samebox_shared.model.articles import Article, DraftState
from samebox_shared.model.ids import ArticleId
from samebox_shared.model.people import PersonCard
from samebox_shared.protocol.acts import ProposeArticle
from samebox_shared.protocol.events import DraftMoved, DraftWritten, SessionSolved

from tests.agent.ui.live_scenes import MIRA, NOOR, opened, said, start
from tests.support.builders import DISK, NOW, QUESTION, SESSION, a_page, an_article
from tests.support.playbook import Playbook

FIXED_BY = """Mira called me on +31 6 1234 5678 and showed me where to look.
Open the power settings of the Wi-Fi adapter at 192.168.14.27.
Turn off "Let the computer turn off this device".
Restart. The password is Winter-2026! by the way.
Thanks, mira.sol@example.com!"""


def solved(me: PersonCard = NOOR, fixed_by: str = FIXED_BY) -> Playbook:
    """Noor said solved, with more than belongs in an article."""
    play = opened(start(me))
    said(play, MIRA, "Mine did that too. It is the power saving of the adapter.", "1")
    return play.feed(
        SessionSolved(session_id=SESSION, question_id=QUESTION, thanks=True, fixed_by=fixed_by)
    )


def shown(me: PersonCard = NOOR, fixed_by: str = FIXED_BY) -> Playbook:
    return solved(me, fixed_by) >> intents.ShowDraft(SESSION)


def chosen() -> Playbook:
    """One step is left out, and a number was put back."""
    play = shown()
    play >> wants.LeaveOut(SESSION, "Thanks, mira.sol@example.com!", out=True)
    return play >> wants.PutBack(SESSION, "192.168.14.27", back=True)


def handed() -> Playbook:
    return chosen() >> wants.HandOver(SESSION)


def offline() -> Playbook:
    play = chosen() >> LinkClosed(None)
    return play >> wants.HandOver(SESSION)


def the_draft() -> Article:
    """What Noor handed over."""
    act = handed().state.outbox[-1].act
    assert isinstance(act, ProposeArticle)
    return act.draft


def written(me: PersonCard = NOOR) -> Playbook:
    """The server has it, and those who helped look at it."""
    return shown(me).feed(DraftWritten(session_id=SESSION, draft=the_draft())) >> intents.ShowDraft(
        SESSION
    )


def moved(to: DraftState, words: str = "", article: str | None = None) -> Playbook:
    article_id = None if article is None else ArticleId(article)
    return written().feed(
        DraftMoved(session_id=SESSION, state=to, words=words, article_id=article_id)
    )


def published() -> Playbook:
    play = moved(DraftState.PUBLISHED, article="wifi-drops")
    return play >> ArticlesArrived(a_page(an_article("wifi-drops", condition="")))


def doubting() -> Playbook:
    play = written(MIRA) >> wants.StartDoubting(SESSION)
    return play >> wants.TypeDoubt(SESSION, "Noor's step 1 is not needed, ask noor@example.com")


def an_open_article() -> Playbook:
    play = start() >> ArticlesArrived(a_page(an_article()))
    return play >> intents.OpenArticle(DISK)


def objecting(worse: bool = False) -> Playbook:
    play = an_open_article() >> wants.StartObjecting(DISK, worse=worse)
    return play >> wants.TypeObjection("Step 2 emptied C:\\Users\\noor\\Downloads for good")


STATES: dict[str, Callable[[], Playbook]] = {
    "draft": shown,
    "draft-chosen": chosen,
    "draft-empty": lambda: shown(fixed_by="+31 6 1234 5678"),
    "draft-leaving": offline,
    "draft-handed": handed,
    "draft-looking": written,
    "draft-review": lambda: moved(DraftState.REVIEW),
    "draft-sent-back": lambda: moved(DraftState.SENT_BACK, "Which driver is it, and from where?"),
    "draft-published": published,
    "draft-helper": lambda: written(MIRA),
    "draft-doubting": doubting,
    "draft-agreed": lambda: written(MIRA) >> wants.SayRight(SESSION),
    "article-objecting": objecting,
    "article-worse": lambda: objecting(worse=True),
    "article-noted": lambda: objecting() >> wants.SayObjection(),
    "help-draft": lambda: solved() >> intents.OpenHelp(),
}


def pages() -> dict[str, PageView]:
    """Every state of a draft, as the core and the presenters have it."""
    return {name: _page(make()) for name, make in STATES.items()}


def _page(play: Playbook) -> PageView:
    state = replace(play.state, window=replace(play.state.window, open=True))
    return screens.present(state, NOW, UTC, "1.0").main.page
