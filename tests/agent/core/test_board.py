"""The board of open questions: fetched when it is opened, answered one at a time (J7)."""

from samebox_agent.core import intents
from samebox_agent.core.commands import FetchBoard, KeepAct
from samebox_agent.core.events import BoardArrived, BoardMissed
from samebox_agent.core.helping_intents import AnswerParked, ChooseParked, TypeAnswer
from samebox_agent.core.intents import Page
from samebox_agent.core.state import Problem, Trouble
from samebox_shared.model.ids import AnswerId, QuestionId
from samebox_shared.protocol.acts import AnswerQuestion
from samebox_shared.protocol.events import QuestionAnswered
from samebox_shared.protocol.http import Board

from tests.support.builders import ANA, QUESTION, joined_state
from tests.support.playbook import Playbook

OTHER = QuestionId("q2")


def test_it_is_fetched_each_time_it_is_opened() -> None:
    play = Playbook(joined_state())
    play >> intents.GoTo(Page.BOARD) << FetchBoard()
    assert play.state.board.busy
    play >> BoardMissed(Trouble(Problem.TIMED_OUT))
    assert (play.state.board.busy, play.state.board.trouble) == (False, Trouble(Problem.TIMED_OUT))
    play >> intents.GoTo(Page.BOARD) >> BoardArrived(Board(questions=()))
    assert (play.state.board.board, play.state.board.trouble) == (Board(questions=()), None)


def test_an_answer_is_sent_once_and_counts_as_given_when_the_feed_says_so() -> None:
    play = Playbook(joined_state())
    play >> ChooseParked(QUESTION) >> TypeAnswer(" Restart it ") >> AnswerParked(QUESTION)
    answer = AnswerQuestion(question_id=QUESTION, answer_id=AnswerId(play.txn), text="Restart it")
    play << KeepAct(play.txn, answer, play.wall)
    assert (play.state.board.open, play.state.board.text) == (None, "")
    play >> AnswerParked(QUESTION)
    assert play.commands == ()
    other = Playbook(joined_state())
    other.feed(
        QuestionAnswered(question_id=QUESTION, answer_id=AnswerId("a"), author=ANA, text="x")
    )
    assert other.state.board.answered == {QUESTION}


def test_words_belong_to_the_question_they_were_written_for() -> None:
    play = Playbook(joined_state())
    play >> ChooseParked(QUESTION) >> TypeAnswer("Restart it") >> ChooseParked(QUESTION)
    assert play.state.board.text == "Restart it"
    play >> AnswerParked(OTHER)
    assert play.commands == ()
    play >> ChooseParked(OTHER)
    assert play.state.board.text == ""


def test_nothing_is_no_answer() -> None:
    play = Playbook(joined_state())
    play >> ChooseParked(QUESTION) >> TypeAnswer("  ") >> AnswerParked(QUESTION)
    assert play.commands == ()
