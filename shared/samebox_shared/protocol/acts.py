"""What a person can do, as the agent asks it of the server. Each is sent inside `Do`."""

import msgspec

from samebox_shared.model.articles import Article, Tried
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.facts import Fact
from samebox_shared.model.ids import (
    AnswerId,
    ArticleId,
    DeviceId,
    MessageId,
    OfferId,
    PersonId,
    QuestionId,
    SessionId,
)
from samebox_shared.model.people import Volunteering
from samebox_shared.model.topics import Part, Topic


class Act(msgspec.Struct, frozen=True, kw_only=True, tag_field="act", forbid_unknown_fields=True):
    """The common base; the tag on the wire is `act`."""


MOST_OPEN = 5
"""Questions of one person at a time: one that is asked or talked about, the others parked."""


class Ask(Act, frozen=True, tag="ask", omit_defaults=True):
    """Ask a question. `facts` is all that leaves the laptop and nothing else does (PR-5).

    `language` is an IETF tag ("nl"), `place` the asker's own word for where they are; both are
    empty unless the asker sends them.
    """

    question_id: QuestionId
    text: str
    device_type: DeviceType
    facts: tuple[Fact, ...] = ()
    name_hidden: bool = False
    tried: tuple[ArticleId, ...] = ()
    topic: Topic = Topic.OTHER
    language: str = ""
    place: str = ""


class CancelQuestion(Act, frozen=True, tag="cancel_question"):
    """The asker no longer needs help."""

    question_id: QuestionId


class SolveQuestion(Act, frozen=True, tag="solve_question"):
    """The asker says solved without a session: they found it, or an answer on the board did it."""

    question_id: QuestionId
    fixed_by: str = ""


class AnswerQuestion(Act, frozen=True, tag="answer_question"):
    """Answer a parked question on the board of one's own device type."""

    question_id: QuestionId
    answer_id: AnswerId
    text: str


class AcceptOffer(Act, frozen=True, tag="accept_offer"):
    """The helper takes the question; the first one wins (DEL-11)."""

    offer_id: OfferId


class DeclineOffer(Act, frozen=True, tag="decline_offer"):
    """Not now. Costs the helper nothing."""

    offer_id: OfferId


class PostMessage(Act, frozen=True, tag="post_message"):
    """Say something in a session. `fence` is the one the session was opened with."""

    session_id: SessionId
    fence: int
    text: str


class EditMessage(Act, frozen=True, tag="edit_message"):
    """Say it differently; only its author may, while the session is live."""

    session_id: SessionId
    fence: int
    message_id: MessageId
    text: str


class DeleteMessage(Act, frozen=True, tag="delete_message"):
    """Take it back; only its author may. Terminal: a late copy never brings it back."""

    session_id: SessionId
    fence: int
    message_id: MessageId


class MarkSeen(Act, frozen=True, tag="mark_seen"):
    """The person has this message on the screen, and everything before it."""

    session_id: SessionId
    message_id: MessageId


class SolveSession(Act, frozen=True, tag="solve_session"):
    """Only the asker says solved. `fixed_by` is the asker's answer to "what fixed it"."""

    session_id: SessionId
    thanks: bool = False
    fixed_by: str = ""


class BringIn(Act, frozen=True, tag="bring_in"):
    """Ask for a second helper (`Part.SECOND`) or for IT (`Part.IT`), by anyone in the session."""

    session_id: SessionId
    fence: int
    part: Part


class LeaveSession(Act, frozen=True, tag="leave_session"):
    """The helper hands the question back; it is asked of others, unless somebody else helps in
    the session already. Anyone who was brought in just leaves."""

    session_id: SessionId
    fence: int


class SetHelping(Act, frozen=True, tag="set_helping"):
    """Whether this person wants to be asked about their own kind of laptop."""

    helping: bool


class SetVolunteering(Act, frozen=True, tag="set_volunteering"):
    """How this person wants to be asked."""

    volunteering: Volunteering


class AddDevice(Act, frozen=True, tag="add_device"):
    """A device of mine that has no agent, such as a phone."""

    device_id: DeviceId
    device_type: DeviceType


class RemoveDevice(Act, frozen=True, tag="remove_device"):
    """Take back a device that was added by hand."""

    device_id: DeviceId


class BlockPerson(Act, frozen=True, tag="block_person"):
    """Never bring the two of us together, in either direction; the other one is not told."""

    person_id: PersonId
    blocked: bool = True


class TellDeviceType(Act, frozen=True, tag="tell_device_type"):
    """What this device is, as its owner agreed to tell; all empty takes it back."""

    device_type: DeviceType


class ReportOutcome(Act, frozen=True, tag="report_outcome", omit_defaults=True):
    """What came of an article's steps on a laptop of this type; kept as a count, without a name.

    `why` is what was missing or went wrong, in the person's words; it becomes somebody's task.
    """

    article_id: ArticleId
    version: int
    device_type: DeviceType
    tried: Tried
    why: str = ""


class ProposeArticle(Act, frozen=True, tag="propose_article"):
    """The asker of a solved session hands over the draft that their laptop wrote, once."""

    session_id: SessionId
    draft: Article


class AgreeToDraft(Act, frozen=True, tag="agree_to_draft", omit_defaults=True):
    """Somebody who helped says whether the draft is right; if not, `why` says what is wrong."""

    session_id: SessionId
    agreed: bool = True
    why: str = ""


AnyAct = (
    Ask
    | CancelQuestion
    | SolveQuestion
    | AnswerQuestion
    | AcceptOffer
    | DeclineOffer
    | PostMessage
    | EditMessage
    | DeleteMessage
    | MarkSeen
    | SolveSession
    | BringIn
    | LeaveSession
    | SetHelping
    | SetVolunteering
    | AddDevice
    | RemoveDevice
    | BlockPerson
    | TellDeviceType
    | ReportOutcome
    | ProposeArticle
    | AgreeToDraft
)
