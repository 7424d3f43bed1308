"""The way of a proposed article: who looks at it, who may publish it, and why not (J8, AB-7).

Whoever asked, helped or wrote is a contributor and looks first; then a moderator who is none
decides. A risky article needs somebody of IT who is none, too. Whoever changes the words becomes
one.
"""

import hashlib
from enum import StrEnum
from typing import NewType

from msgspec import Struct
from samebox_shared.model.article_limits import UNWRITTEN
from samebox_shared.model.articles import DraftState, Risk
from samebox_shared.model.ids import ArticleId, PersonId, SessionId
from samebox_shared.model.people import Role

ProposalId = NewType("ProposalId", str)

LOOK_SECONDS = 3 * 24 * 3_600.0
"""How long a moderator waits for every contributor; a person on holiday stops nothing."""
MODERATORS = frozenset({Role.MODERATOR, Role.OWNER})
"""Who reviews knowledge."""
_OPEN = frozenset({DraftState.LOOKING, DraftState.REVIEW, DraftState.SENT_BACK})


class Contribution(StrEnum):
    """What somebody had to do with a proposal."""

    ASKED = "asked"
    WROTE = "wrote"
    """Wrote it, helped with what it says, or changed its words."""


class Contributor(Struct, frozen=True):
    """One person who contributed; `agreed_at` is None until they said that it is right."""

    person_id: PersonId
    kind: Contribution
    agreed_at: float | None = None


class Proposal(Struct, frozen=True, kw_only=True):
    """A new article, or a new version of one, before it is published.

    `base_version` is the version it was written from, 0 for a new article. `words` are those of
    whoever sent it back; `it_id` is who of IT agreed to its risk.
    """

    proposal_id: ProposalId
    article_id: ArticleId
    base_version: int
    title: str
    source: str
    note: str = ""
    state: DraftState
    words: str = ""
    session_id: SessionId | None = None
    made_at: float
    changed_at: float
    it_id: PersonId | None = None
    contributors: tuple[Contributor, ...] = ()

    def contribution_of(self, person_id: PersonId) -> Contributor | None:
        """What this person had to do with it."""
        return next((one for one in self.contributors if one.person_id == person_id), None)

    @property
    def still_looking(self) -> tuple[PersonId, ...]:
        """Those who have not said that it is right."""
        return tuple(one.person_id for one in self.contributors if one.agreed_at is None)

    @property
    def fingerprint(self) -> str:
        """Names the words as they stand: whoever decides says with it which ones they have read."""
        words = f"{self.base_version}\n{self.note}\n{self.source}"
        return hashlib.sha256(words.encode()).hexdigest()

    @property
    def is_open(self) -> bool:
        """Whether anything can still become of it."""
        return self.state in _OPEN


class WhyNot(StrEnum):
    """Why something is not done to a proposal."""

    NOT_A_MODERATOR = "not_a_moderator"
    CONTRIBUTED = "contributed"
    NOT_A_CONTRIBUTOR = "not_a_contributor"
    OTHERS_LOOK_FIRST = "others_look_first"
    SENT_BACK = "sent_back"
    NEEDS_IT = "needs_it"
    NOT_RISKY = "not_risky"
    NOT_IT = "not_it"
    NEWER_VERSION = "newer_version"
    UNWRITTEN = "unwritten"
    """A placeholder of the draft still stands where its words belong."""
    CHANGED_MEANWHILE = "changed_meanwhile"
    """Not the words that whoever decides has read."""
    OVER = "over"


def is_ready(proposal: Proposal, now: float) -> bool:
    """Whether it is a moderator's turn: everyone agreed, or was waited for long enough."""
    if proposal.state is DraftState.REVIEW:
        return True
    return proposal.state is DraftState.LOOKING and now - proposal.changed_at >= LOOK_SECONDS


def may_publish(
    proposal: Proposal,
    person_id: PersonId,
    roles: frozenset[Role],
    *,
    risk: Risk,
    published: int,
    now: float,
) -> WhyNot | None:
    """Why this person may not publish it now; `published` is the article's version today."""
    refusal = _may_review(proposal, person_id, roles)
    if refusal is not None:
        return refusal
    if proposal.state is DraftState.SENT_BACK:
        return WhyNot.SENT_BACK
    if not is_ready(proposal, now):
        return WhyNot.OTHERS_LOOK_FIRST
    if proposal.base_version != published:
        return WhyNot.NEWER_VERSION
    if UNWRITTEN in proposal.source:
        return WhyNot.UNWRITTEN
    if risk >= Risk.RISKY and proposal.it_id is None and Role.IT not in roles:
        return WhyNot.NEEDS_IT
    return None


def may_send_back(proposal: Proposal, person_id: PersonId, roles: frozenset[Role]) -> WhyNot | None:
    """Why this person may not send it back: a moderator or IT who did not contribute may, and
    a contributor who was asked to look."""
    if not proposal.is_open:
        return WhyNot.OVER
    if proposal.state is DraftState.SENT_BACK:
        return WhyNot.SENT_BACK
    if person_id in proposal.still_looking:
        return None
    if Role.IT in roles and proposal.contribution_of(person_id) is None:
        return None
    return _may_review(proposal, person_id, roles)


def may_agree(proposal: Proposal, person_id: PersonId) -> WhyNot | None:
    """Why this person's word that it is right changes nothing."""
    if not proposal.is_open:
        return WhyNot.OVER
    if proposal.state is DraftState.SENT_BACK:
        return WhyNot.SENT_BACK
    return None if person_id in proposal.still_looking else WhyNot.NOT_A_CONTRIBUTOR


def may_agree_to_risk(
    proposal: Proposal, person_id: PersonId, roles: frozenset[Role], risk: Risk
) -> WhyNot | None:
    """Why this person cannot agree for IT."""
    if not proposal.is_open:
        return WhyNot.OVER
    if risk < Risk.RISKY:
        return WhyNot.NOT_RISKY
    if Role.IT not in roles:
        return WhyNot.NOT_IT
    return WhyNot.CONTRIBUTED if proposal.contribution_of(person_id) else None


def may_change(proposal: Proposal, person_id: PersonId, roles: frozenset[Role]) -> WhyNot | None:
    """Why this person may not change its words: contributors may, and moderators."""
    if not proposal.is_open:
        return WhyNot.OVER
    if proposal.contribution_of(person_id) or roles & MODERATORS:
        return None
    return WhyNot.NOT_A_CONTRIBUTOR


def may_read(proposal: Proposal, person_id: PersonId, roles: frozenset[Role]) -> bool:
    """Only contributors, moderators and IT see what is not published."""
    return bool(proposal.contribution_of(person_id) or roles & (MODERATORS | {Role.IT}))


def changed(proposal: Proposal, person_id: PersonId, now: float) -> tuple[Contributor, ...]:
    """The contributors after this person changed the words: they are one who agrees, and
    the others have to look again."""
    others = tuple(
        Contributor(one.person_id, one.kind)
        for one in proposal.contributors
        if one.person_id != person_id
    )
    mine = proposal.contribution_of(person_id)
    return (*others, Contributor(person_id, mine.kind if mine else Contribution.WROTE, now))


def state_of(contributors: tuple[Contributor, ...]) -> DraftState:
    """Where a proposal is that nobody sent back: with those who look, or with a moderator."""
    looks = any(one.agreed_at is None for one in contributors)
    return DraftState.LOOKING if looks else DraftState.REVIEW


def _may_review(proposal: Proposal, person_id: PersonId, roles: frozenset[Role]) -> WhyNot | None:
    if not proposal.is_open:
        return WhyNot.OVER
    if not roles & MODERATORS:
        return WhyNot.NOT_A_MODERATOR
    return WhyNot.CONTRIBUTED if proposal.contribution_of(person_id) else None
