"""The board: open questions of others that fit this laptop, and an answer to one of them."""

from msgspec.structs import replace
from samebox_shared.model.ids import AnswerId
from samebox_shared.protocol.acts import AnswerQuestion
from samebox_shared.protocol.codec import MAX_TEXT
from samebox_shared.protocol.http import Board

from samebox_agent.core import helping_intents as wants
from samebox_agent.core import outbox
from samebox_agent.core.commands import FetchBoard, Step
from samebox_agent.core.events import Moment
from samebox_agent.core.state import AgentState, BoardPage, Trouble


def open_page(state: AgentState) -> Step:
    """Fetch it each time it is opened; it is not kept on the disk."""
    return _with(state, replace(state.board, busy=True, trouble=None)), (FetchBoard(),)


def on_fetched(state: AgentState, board: Board | Trouble) -> AgentState:
    """It came, or did not."""
    if isinstance(board, Trouble):
        return _with(state, replace(state.board, busy=False, trouble=board))
    return _with(state, replace(state.board, board=board, busy=False, trouble=None))


def change(state: AgentState, intent: wants.BoardIntent, moment: Moment) -> Step:
    """Choose a question, write an answer, send it."""
    page = state.board
    match intent:
        case wants.ChooseParked(question_id=question_id):
            text = page.text if question_id == page.open else ""
            return _with(state, replace(page, open=question_id, text=text)), ()
        case wants.TypeAnswer(text=text):
            return _with(state, replace(page, text=text[:MAX_TEXT])), ()
        case wants.AnswerParked(question_id=question_id):
            text = page.text.strip()
            if question_id != page.open or not text:
                return state, ()
            answered = page.answered | {question_id}
            state = _with(state, replace(page, open=None, text="", answered=answered))
            answer = AnswerQuestion(
                question_id=question_id, answer_id=AnswerId(moment.fresh), text=text
            )
            return outbox.act(state, answer, moment)


def _with(state: AgentState, page: BoardPage) -> AgentState:
    return replace(state, board=page)
