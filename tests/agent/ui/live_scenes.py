"""The asker's window in every state, and the pages about helping: drawn from what really happened,
through the core and the presenters, so that the pictures show the words of the product."""

from collections.abc import Callable
from datetime import UTC

from msgspec.structs import replace
from samebox_agent.core import helping_intents as wants
from samebox_agent.core import intents
from samebox_agent.core.events import BoardArrived, LinkClosed
from samebox_agent.core.intents import Page
from samebox_agent.core.session_intents import AskToConfirm, Confirm, StartEditing
from samebox_agent.core.state import AgentState, Facts, Link, LinkState, Me
from samebox_agent.presenters import offer, screens, session
from samebox_agent.presenters.views import OfferView, PageView, SessionView
from samebox_shared.model.devices import DeviceType, Ring, System
from samebox_shared.model.facts import Fact
from samebox_shared.model.ids import AnswerId, DeviceId, MessageId, PersonId, QuestionId, TxnId
from samebox_shared.model.people import OwnDevice, Participant, PersonCard, Volunteering
from samebox_shared.model.topics import Part, Topic, Why
from samebox_shared.protocol.events import (
    BlockedChanged,
    DevicesChanged,
    HelperChanged,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    MessagesRead,
    OfferMade,
    PersonJoined,
    QuestionAnswered,
    QuestionAsked,
    QuestionCancelled,
    QuestionParked,
    QuestionSolved,
    ReleaseReason,
    SessionOpened,
    SessionReleased,
    SessionSolved,
    VolunteeringChanged,
    WaveStarted,
)
from samebox_shared.protocol.http import Board, ParkedQuestion
from samebox_shared.protocol.messages import PeerPresence, PeerTyping

from tests.support.builders import NOW, OFFER, QUESTION, SESSION, joined_state, welcome
from tests.support.playbook import Playbook

NOOR = PersonCard(person_id=PersonId("noor"), name="Noor de Vries")
MIRA = PersonCard(person_id=PersonId("mira"), name="Mira Sol")
TOMAS = PersonCard(person_id=PersonId("tomas"), name="Tomás Ruiz")
IMRAN = PersonCard(person_id=PersonId("imran"), name="Imran Aziz", is_it=True)
T14 = DeviceType(
    system=System.WINDOWS,
    system_version="11",
    vendor="Lenovo",
    family="ThinkPad T14",
    model="ThinkPad T14 Gen 3",
)
TEXT = "My Wi-Fi keeps dropping in meetings. It comes back after a minute."
FACTS = (
    Fact(name="system_info.hardware_model", value="ThinkPad T14 Gen 3"),
    Fact(name="os_version.version", value="11"),
)


def start(me: PersonCard = NOOR) -> Playbook:
    """A laptop in the middle of a morning."""
    state = replace(joined_state(), me=Me(me, DeviceId("d1"), "Example"))
    play = Playbook(state)
    play.wall = NOW
    return play


def asked() -> Playbook:
    """Noor asked; two with the same laptop are being asked."""
    play = start()
    play.feed(
        QuestionAsked(
            question_id=QUESTION,
            text=TEXT,
            device_type=T14,
            facts=FACTS,
            name_hidden=True,
            topic=Topic.NETWORK,
        )
    )
    return wave(play, 2, Ring.SAME_MODEL, (Why.SOLVED_LATELY, Why.SPEAKS_LANGUAGE))


def wave(play: Playbook, count: int, ring: Ring, why: tuple[Why, ...] = ()) -> Playbook:
    return play.feed(
        WaveStarted(
            question_id=QUESTION,
            wave=1,
            ring=ring,
            asked=count,
            until=play.wall + 90,
            why=why,
            usual_seconds=180.0,
        )
    )


def parked() -> Playbook:
    """Nobody was there."""
    play = wave(asked(), 1, Ring.IT)
    return play.feed(QuestionParked(question_id=QUESTION, again_at=NOW + 7200))


def answered() -> Playbook:
    """Two came by the board."""
    play = parked()
    for number, (author, text) in enumerate(
        (
            (TOMAS, "Mine did that until I installed the October driver from Lenovo's page."),
            (IMRAN, "We see this on floor 2 since Monday. Use office-5g, not office."),
        )
    ):
        play.feed(
            QuestionAnswered(
                question_id=QUESTION, answer_id=AnswerId(f"a{number}"), author=author, text=text
            )
        )
    return play


def opened(play: Playbook, *, me: Part = Part.HELPER) -> Playbook:
    return play.feed(
        SessionOpened(
            session_id=SESSION,
            question_id=QUESTION,
            asker=NOOR,
            helper=MIRA,
            fence=1,
            ring=Ring.SAME_MODEL,
            text=TEXT,
            device_type=T14,
            facts=FACTS,
            why=(Why.SOLVED_LATELY,),
            topic=Topic.NETWORK,
            part=me,
        )
    )


def said(play: Playbook, author: PersonCard, text: str, key: str) -> Playbook:
    return play.feed(
        MessagePosted(
            session_id=SESSION,
            message_id=MessageId(f"m-{key}"),
            author_id=author.person_id,
            txn_id=TxnId(key),
            text=text,
        )
    )


def read(play: Playbook, who: PersonCard, delivered: str, seen: str) -> Playbook:
    return play.feed(
        MessagesRead(
            session_id=SESSION,
            person_id=who.person_id,
            delivered=MessageId(f"m-{delivered}"),
            seen=MessageId(f"m-{seen}") if seen else None,
        )
    )


def talking() -> Playbook:
    """Mira accepted, and they talk."""
    play = opened(asked())
    said(play, MIRA, "Hi! Mine did that too. Does it happen on the cable as well?", "1")
    said(play, NOOR, "No, only on Wi-Fi.", "2")
    said(play, MIRA, "Then it is the adapter going to sleep. One moment, I look it up.", "3")
    said(play, NOOR, "Thank you!", "4")
    return read(play, MIRA, "4", "2")


def together() -> Playbook:
    """A second helper and IT were brought in."""
    play = talking()
    play.feed(PersonJoined(session_id=SESSION, who=Participant(person=TOMAS, part=Part.SECOND)))
    read(play, TOMAS, "4", "4")
    said(play, TOMAS, "Which driver is it? Mine is 22.240.", "5")
    play.feed(PersonJoined(session_id=SESSION, who=Participant(person=IMRAN, part=Part.IT)))
    said(play, IMRAN, "We moved floor 2 to new access points on Monday. Try office-5g.", "6")
    said(play, NOOR, "Trying it now.", "7")
    read(play, IMRAN, "7", "7")
    read(play, MIRA, "7", "")
    play.hear(PeerPresence(session_id=SESSION, person_id=TOMAS.person_id, here=False))
    return play.hear(PeerTyping(session_id=SESSION, person_id=IMRAN.person_id))


def away() -> Playbook:
    return talking().hear(PeerPresence(session_id=SESSION, person_id=MIRA.person_id, here=False))


def server_gone() -> Playbook:
    """Noor goes on writing while the server is away."""
    play = talking()
    play >> LinkClosed(None) >> intents.SendMessage(QUESTION, "Did you find it?")
    play.keep()
    return play


def resumed() -> Playbook:
    play = talking()
    play >> LinkClosed(None)
    play.hear(welcome(person=NOOR))
    return said(play, MIRA, "Found it: Device Manager, Power management, untick the box.", "5")


def helper_changed() -> Playbook:
    play = together()
    return play.feed(
        HelperChanged(session_id=SESSION, helper=TOMAS, fence=2, reason=ReleaseReason.LEFT)
    )


def released() -> Playbook:
    return talking().feed(
        SessionReleased(
            session_id=SESSION, question_id=QUESTION, reason=ReleaseReason.NO_SIGN_OF_LIFE
        )
    )


def solved() -> Playbook:
    return talking().feed(
        SessionSolved(session_id=SESSION, question_id=QUESTION, thanks=True, fixed_by="The box")
    )


def changed() -> Playbook:
    """Both changed their minds about something they said."""
    play = talking()
    play.feed(MessageEdited(session_id=SESSION, message_id=MessageId("m-2"), text="Only Wi-Fi."))
    play.feed(MessageDeleted(session_id=SESSION, message_id=MessageId("m-3")))
    return play.feed(MessageDeleted(session_id=SESSION, message_id=MessageId("m-4")))


def draft() -> Playbook:
    """What Noor wrote has waited for too long."""
    play = server_gone()
    play.wall += 1000
    play.hear(welcome(person=NOOR))
    return play


def kept() -> Playbook:
    play = start()
    play.state = replace(play.state, link=Link(LinkState.OFFLINE))
    play >> intents.StartAsking() >> intents.TypeAsk(TEXT) >> intents.SendQuestion()
    play.keep()
    return play


def as_second_helper() -> Playbook:
    """Tomás was brought in by Noor."""
    play = opened(start(TOMAS), me=Part.SECOND)
    said(play, MIRA, "Hi! Mine did that too. Does it happen on the cable as well?", "1")
    said(play, NOOR, "No, only on Wi-Fi.", "2")
    said(play, TOMAS, "Which driver is it? Mine is 22.240.", "3")
    return read(play, NOOR, "3", "3")


STATES: dict[str, Callable[[], Playbook]] = {
    "session-kept": kept,
    "session-asking": asked,
    "session-widening": lambda: wave(asked(), 3, Ring.SAME_FAMILY, (Why.SAME_PLACE,)),
    "session-parked": parked,
    "session-answered": answered,
    "session-solved-alone": lambda: answered().feed(
        QuestionSolved(question_id=QUESTION, fixed_by="x")
    ),
    "session-claimed": talking,
    "session-away": away,
    "session-offline": server_gone,
    "session-resumed": resumed,
    "session-together": together,
    "session-helper-changed": helper_changed,
    "session-released": released,
    "session-solved": solved,
    "session-cancelled": lambda: asked().feed(QuestionCancelled(question_id=QUESTION)),
    "session-changed": changed,
    "session-editing": lambda: talking() >> StartEditing(QUESTION, MessageId("m-2")),
    "session-draft": draft,
    "session-bring-it": lambda: talking() >> AskToConfirm(QUESTION, Confirm.IT),
    "session-second-helper": as_second_helper,
}


def sessions() -> dict[str, SessionView]:
    """Every state of a question, as the core and the presenters have it."""
    return {name: _view(make()) for name, make in STATES.items()}


def _view(play: Playbook) -> SessionView:
    return replace(session.present(play.state, play.question, UTC), raised=1)


def offers() -> dict[str, OfferView]:
    """To help, and to join."""
    return {
        "offer-why": _offer(Part.HELPER, (Why.SOLVED_LATELY, Why.SAME_PLACE)),
        "offer-second": _offer(Part.SECOND, (Why.KNOWS_TOPIC,)),
        "offer-watch": _offer(Part.WATCHER, ()),
        "notice-answer": _answer_notice(),
    }


def _answer_notice() -> OfferView:
    view = offer.of_answer(answered().question)
    assert view is not None
    return view


def _offer(part: Part, why: tuple[Why, ...]) -> OfferView:
    play = start(MIRA)
    play.feed(
        OfferMade(
            offer_id=OFFER,
            question_id=QUESTION,
            device_type=T14,
            line="My Wi-Fi keeps dropping in meetings",
            ring=Ring.SAME_MODEL,
            until=NOW + 60,
            why=why,
            topic=Topic.NETWORK,
            part=part,
        )
    )
    return offer.present(play.state.offers[OFFER])


def pages() -> dict[str, PageView]:
    """The pages about helping, and the sheet with what can go along."""
    return {name: _page(play) for name, play in _pages().items()}


def _pages() -> dict[str, Playbook]:
    wish = Volunteering(
        helping=True,
        topics=(Topic.NETWORK, Topic.PRINTING),
        languages=("nl", "en"),
        place="Building B, floor 2",
    )
    helping = start().feed(VolunteeringChanged(volunteering=wish))
    helping >> intents.GoTo(Page.VOLUNTEERING)
    mistake = start()
    mistake >> intents.GoTo(Page.VOLUNTEERING) >> wants.TypeDay(0, "9 to 12")
    mistake >> wants.TypeDay(1, "9-12, 13:30-17")
    return {
        "volunteering": helping,
        "volunteering-mistake": mistake,
        "people": _people(),
        "board": _board(),
        "board-empty": _empty_board(),
        "ask-along": _sheet(wish),
    }


def _people() -> Playbook:
    phone = DeviceType(system=System.ANDROID, vendor="Samsung", model="Galaxy S24")
    play = start().feed(
        DevicesChanged(
            devices=(
                OwnDevice(device_id=DeviceId("d1"), device_type=T14),
                OwnDevice(device_id=DeviceId("d2"), device_type=phone, by_hand=True),
            )
        )
    )
    return play.feed(BlockedChanged(people=(TOMAS,))) >> intents.GoTo(Page.PEOPLE)


def _board() -> Playbook:
    play = start() >> intents.GoTo(Page.BOARD)
    texts = ("My dock loses the second screen after lunch", "The fan is loud since the update")
    questions = tuple(
        ParkedQuestion(
            question_id=QuestionId(f"p{number}"),
            device_type=T14,
            topic=topic,
            text=text,
            asked_at=NOW - 3600 * (number + 1),
            answers=number,
        )
        for number, (text, topic) in enumerate(
            zip(texts, (Topic.DISPLAY, Topic.UPDATES), strict=True)
        )
    )
    play >> BoardArrived(Board(questions=questions)) >> wants.ChooseParked(QuestionId("p0"))
    return play >> wants.TypeAnswer("Does it come back when you turn the dock off and on?")


def _empty_board() -> Playbook:
    return start() >> intents.GoTo(Page.BOARD) >> BoardArrived(Board(questions=()))


def _sheet(wish: Volunteering) -> Playbook:
    play = start().feed(VolunteeringChanged(volunteering=wish))
    values = (*play.state.facts.values, Fact(name="locale.language", value="nl_NL.UTF-8"))
    play.state = replace(play.state, facts=Facts(values, read_at=NOW))
    play >> intents.StartAsking() >> intents.TypeAsk("The printer on our floor is offline")
    return play >> intents.SetLanguageAlong(True)


def _page(play: Playbook) -> PageView:
    return screens.present(_opened(play.state), NOW, UTC, "1.0").main.page


def _opened(state: AgentState) -> AgentState:
    return replace(state, window=replace(state.window, open=True))
