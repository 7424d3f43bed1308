"""The open questions of others, in words (J7)."""

from datetime import UTC

from msgspec.structs import replace
from samebox_agent.core import helping_intents as wants
from samebox_agent.core.state import BoardPage, Problem, Trouble
from samebox_agent.presenters import board
from samebox_agent.presenters.views import BoardView
from samebox_shared.model.ids import QuestionId
from samebox_shared.model.topics import Topic
from samebox_shared.protocol.http import Board, ParkedQuestion

from tests.support.builders import NOW, a_device_type, joined_state


def parked(number: int, answers: int = 0, topic: Topic = Topic.OTHER) -> ParkedQuestion:
    return ParkedQuestion(
        question_id=QuestionId(f"p{number}"),
        device_type=a_device_type(),
        topic=topic,
        text="The fan is loud",
        asked_at=NOW,
        answers=answers,
    )


def page(board_page: BoardPage) -> BoardView:
    return board.present(replace(joined_state(), board=board_page), UTC)


BOARD = Board(questions=(parked(0, 0, Topic.UPDATES), parked(1, 1), parked(2, 2)))


def test_while_it_is_fetched_when_it_fails_and_when_it_is_empty_it_says_so() -> None:
    fetching = page(BoardPage(busy=True)).banner
    assert fetching is not None
    assert fetching.busy
    failed = page(BoardPage(trouble=Trouble(Problem.TIMED_OUT))).banner
    assert failed is not None
    assert failed.buttons
    empty = page(BoardPage(board=Board(questions=()))).banner
    assert empty is not None
    assert "No open question" in empty.title
    assert page(BoardPage(board=BOARD)).banner is None


def test_a_question_says_what_it_is_about_and_how_many_answered() -> None:
    rows = page(BoardPage(board=BOARD)).rows
    assert rows[0].card.body == (
        "ThinkPad T14 Gen 3, Windows 11 · Updates · asked 15 Jan 2027, 08:00"
    )
    assert [row.card.pill.text if row.card.pill else "" for row in rows] == [
        "",
        "1 answer",
        "2 answers",
    ]
    (choose,) = rows[0].buttons
    assert choose.intent == wants.ChooseParked(QuestionId("p0"))


def test_the_chosen_one_has_a_field_and_needs_words() -> None:
    chosen = BoardPage(board=BOARD, open=QuestionId("p1"))
    row = page(chosen).rows[1]
    assert row.answer is not None
    assert not row.buttons[0].enabled
    assert page(replace(chosen, text="Clean it")).rows[1].buttons[0].enabled


def test_what_i_answered_is_not_asked_of_me_again() -> None:
    row = page(BoardPage(board=BOARD, answered=frozenset({QuestionId("p1")}))).rows[1]
    assert (row.answer, row.buttons) == (None, ())
    assert row.card.pill is not None
    assert row.card.pill.text == "You answered"
