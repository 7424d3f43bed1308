"""The board: open questions of others that fit this laptop, answered whenever one likes (J7)."""

from datetime import tzinfo

from samebox_shared.model.topics import Topic
from samebox_shared.protocol.http import ParkedQuestion

from samebox_agent.core import helping_intents as wants
from samebox_agent.core import intents
from samebox_agent.core.intents import Page
from samebox_agent.core.state import AgentState
from samebox_agent.presenters import reasons, refusals, wording
from samebox_agent.presenters.views import (
    Banner,
    BoardRow,
    BoardView,
    Button,
    Card,
    Field,
    Pill,
    Tone,
    Weight,
)


def present(state: AgentState, zone: tzinfo) -> BoardView:
    """As it was when the page was opened."""
    questions = state.board.board.questions if state.board.board else ()
    return BoardView(
        title="Open questions",
        intro=(
            "Nobody was there when these were asked. They come from devices like yours. Answer "
            "whenever you like: your name goes along, theirs stays hidden."
        ),
        banner=_banner(state, empty=not questions),
        rows=tuple(_row(state, item, zone) for item in questions),
    )


def _banner(state: AgentState, *, empty: bool) -> Banner | None:
    page = state.board
    if page.busy and page.board is None:
        return Banner("Fetching the open questions…", busy=True)
    if page.trouble is not None:
        title, detail = refusals.sentence(page.trouble)
        again = Button("Try again", intents.GoTo(Page.BOARD))
        return Banner(title, detail, Tone.WARN, (again,))
    if empty:
        return Banner("No open question fits your devices", "Good news for your colleagues.")
    return None


def _row(state: AgentState, item: ParkedQuestion, zone: tzinfo) -> BoardRow:
    page = state.board
    answered = item.question_id in page.answered
    chosen = page.open == item.question_id and not answered
    about = wording.device(item.device_type)
    if item.topic is not Topic.OTHER:
        about = f"{about} · {reasons.TOPICS[item.topic]}"
    card = Card(
        title=item.text,
        body=f"{about} · asked {wording.day_and_time(item.asked_at, zone)}",
        pill=_pill(item, answered=answered),
    )
    if answered:
        return BoardRow(card, None, ())
    if not chosen:
        choose = Button("Answer", wants.ChooseParked(item.question_id), hint=item.text)
        return BoardRow(card, None, (choose,))
    send = Button(
        "Send answer", wants.AnswerParked(item.question_id), enabled=bool(page.text.strip())
    )
    later = Button("Not now", wants.ChooseParked(None), Weight.QUIET)
    field = Field("Your answer", page.text, "What would you try first?")
    return BoardRow(card, field, (send, later))


def _pill(item: ParkedQuestion, *, answered: bool) -> Pill | None:
    if answered:
        return Pill("You answered", Tone.GOOD)
    if item.answers:
        return Pill("1 answer" if item.answers == 1 else f"{item.answers} answers")
    return None
