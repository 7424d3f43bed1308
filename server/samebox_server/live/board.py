"""The board of parked questions: who may answer what, and who is told."""

from samebox_shared.model.ids import PersonId
from samebox_shared.model.people import Role
from samebox_shared.protocol.acts import AnswerQuestion
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import QuestionAnswered, QuestionSolved
from samebox_shared.session import commands as do

from samebox_server.core.boards import ring_on_board
from samebox_server.core.checking import check_id, check_text
from samebox_server.live.work import Work
from samebox_server.store import answers, devices, people
from samebox_server.store.devices import Caller
from samebox_server.store.questions import StoredQuestion

WINDOW_SECONDS = 3600.0


def refusal(
    work: Work, caller: Caller, question: StoredQuestion | None, act: AnswerQuestion
) -> ErrorCode | None:
    """Why this person may not answer this question now, as far as it is about them. What is not
    on their board is not there for them."""
    if question is None or not _is_on_board_of(work, caller.person_id, question):
        return ErrorCode.NOT_FOUND
    wrong = check_id(act.answer_id) or check_text(act.text)
    if wrong is not None:
        return wrong
    if answers.exists(work.connection, act.answer_id):
        return ErrorCode.MALFORMED
    given = answers.given_since(work.connection, caller.person_id, work.now - WINDOW_SECONDS)
    return ErrorCode.TOO_MANY if given >= work.rules.answers_per_hour else None


def record(work: Work, question: StoredQuestion, answer: do.RecordAnswer) -> None:
    """Keeps an answer; the asker gets it whenever they come."""
    answers.add(
        work.connection,
        question.question_id,
        answer.answer_id,
        answer.author,
        answer.text,
        work.now,
    )
    event = QuestionAnswered(
        question_id=question.question_id,
        answer_id=answer.answer_id,
        author=people.card(work.connection, answer.author),
        text=answer.text,
    )
    work.tell((question.asker, answer.author), event)


def tell_solved(work: Work, question: StoredQuestion, fixed_by: str) -> None:
    """Solved without a session; whoever answered is told, too."""
    event = QuestionSolved(question_id=question.question_id, fixed_by=fixed_by)
    authors = answers.authors(work.connection, question.question_id)
    work.tell((question.asker, *authors), event)


def _is_on_board_of(work: Work, person_id: PersonId, question: StoredQuestion) -> bool:
    if question.asker == person_id:
        return False
    mine = devices.types_of(work.connection, person_id)
    is_it = Role.IT in people.roles(work.connection, person_id)
    return ring_on_board(question.device_type, mine, is_it=is_it) is not None
