"""Being asked: accept, not now, and a colleague who was quicker (J5)."""

from msgspec.structs import replace
from samebox_agent.core import intents
from samebox_agent.core.commands import KeepAct
from samebox_agent.core.state import AgentState
from samebox_shared.model.ids import OfferId
from samebox_shared.model.topics import Part, Topic, Why
from samebox_shared.protocol.acts import AcceptOffer, DeclineOffer, SetHelping
from samebox_shared.protocol.events import OfferClosed, OfferEnd

from tests.support.builders import OFFER, an_offer, joined_state, offer_made
from tests.support.playbook import Playbook


def asked(end: OfferEnd | None = None) -> AgentState:
    return replace(joined_state(), offers={OFFER: replace(an_offer(), end=end)})


def test_the_wish_to_help_shows_at_once_and_goes_to_the_server() -> None:
    play = Playbook(joined_state())
    play >> intents.SetHelpingWish(True)
    play << KeepAct(play.txn, SetHelping(helping=True), play.wall)
    assert play.state.preferences.helping


def test_accepting_is_said_once_and_waits_for_the_server() -> None:
    play = Playbook(asked())
    play >> intents.TakeOffer(OFFER)
    play << KeepAct(play.txn, AcceptOffer(offer_id=OFFER), play.wall)
    assert play.state.offers[OFFER].accepting
    for intent in (intents.TakeOffer(OFFER), intents.PassOffer(OFFER)):
        play >> intent
        assert play.commands == ()
        assert OFFER in play.state.offers


def test_not_now_takes_the_notice_away_and_tells_the_server() -> None:
    play = Playbook(asked())
    play >> intents.PassOffer(OFFER)
    play << KeepAct(play.txn, DeclineOffer(offer_id=OFFER), play.wall)
    assert play.state.offers == {}


def test_the_kind_word_is_put_away_without_telling_anyone() -> None:
    play = Playbook(asked(end=OfferEnd.TAKEN))
    play >> intents.TakeOffer(OFFER)
    assert play.commands == ()
    play >> intents.PassOffer(OFFER)
    assert (play.commands, play.state.offers) == ((), {})


def test_an_offer_that_is_gone_leads_nowhere() -> None:
    play = Playbook(joined_state())
    play >> intents.TakeOffer(OfferId("gone")) >> intents.PassOffer(OfferId("gone"))
    assert (play.commands, play.state) == ((), joined_state())


def test_an_offer_says_what_it_is_about_and_as_what_one_would_come() -> None:
    play = Playbook(joined_state())
    play.feed(replace(offer_made(), topic=Topic.NETWORK, part=Part.IT, why=(Why.SAME_PLACE,)))
    offer = play.state.offers[OFFER]
    assert (offer.topic, offer.part, offer.why) == (Topic.NETWORK, Part.IT, (Why.SAME_PLACE,))


def test_an_offer_goes_and_only_one_that_was_being_accepted_says_why() -> None:
    for accepting, left in ((False, 0), (True, 1)):
        play = Playbook(joined_state()).feed(offer_made())
        if accepting:
            play >> intents.TakeOffer(OFFER)
        play.feed(OfferClosed(offer_id=OFFER, end=OfferEnd.TAKEN))
        assert len(play.state.offers) == left
    nothing = Playbook(joined_state()).feed(OfferClosed(offer_id=OFFER, end=OfferEnd.EXPIRED))
    assert nothing.state == joined_state()
