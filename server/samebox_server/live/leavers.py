"""Somebody leaves the organisation: nothing of theirs waits for anybody, nobody waits for them."""

from samebox_shared.model.ids import PersonId
from samebox_shared.protocol.events import OfferEnd, ReleaseReason
from samebox_shared.session.events import AskerLeft, HelperGone, OfferDeclined, PersonGone

from samebox_server.live import questions
from samebox_server.live.work import Work
from samebox_server.store import leavers, offers
from samebox_server.store import questions as stored_questions


def leave(work: Work, person_id: PersonId) -> None:
    """Their questions are withdrawn, their offers and claims given to others, their devices
    unknown, in one transaction; what they said stays with the sessions it was said in."""
    leavers.leave(work.connection, person_id, work.now)
    work.whereabouts.directory.remove(person_id)
    work.touched.add(person_id)
    work.gone.add(person_id)
    for question_id in leavers.open_questions(work.connection, person_id):
        questions.move(work, question_id, AskerLeft())
    for offer_id, question_id in offers.open_for(work.connection, person_id):
        questions.move(work, question_id, OfferDeclined(offer_id, OfferEnd.WITHDRAWN))
    for question_id in leavers.helping_with(work.connection, person_id):
        found = stored_questions.load(work.connection, question_id)
        if found is None or found.state.won is None:
            continue
        fence = found.state.fence
        if found.state.won.helper == person_id:
            questions.move(work, question_id, HelperGone(fence, ReleaseReason.LEFT))
        else:
            questions.move(work, question_id, PersonGone(fence, person_id))
    questions.sweep_freed(work)
