"""The way of a proposed article: who looks, who may publish, and why not."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from samebox_server.core import proposals
from samebox_server.core.proposals import (
    LOOK_SECONDS,
    Contribution,
    Contributor,
    Proposal,
    ProposalId,
    WhyNot,
)
from samebox_shared.model.article_limits import NO_UNDO
from samebox_shared.model.articles import DraftState, Risk
from samebox_shared.model.ids import ArticleId, PersonId
from samebox_shared.model.people import Role

ADA, HUGO, MO, INA, EVE = (PersonId(name) for name in ("ada", "hugo", "mo", "ina", "eve"))
MODERATOR = frozenset({Role.MODERATOR})
IT = frozenset({Role.IT})
NOBODY: frozenset[Role] = frozenset()
NOW = 1_000_000.0


def proposal(
    state: DraftState = DraftState.REVIEW, *, agreed: bool = True, base_version: int = 0
) -> Proposal:
    """Ada asked, Hugo helped."""
    return Proposal(
        proposal_id=ProposalId("p"),
        article_id=ArticleId("wifi"),
        base_version=base_version,
        title="The Wi-Fi is gone",
        source="",
        state=state,
        made_at=NOW - 10,
        changed_at=NOW - 10,
        contributors=(
            Contributor(ADA, Contribution.ASKED, NOW - 10),
            Contributor(HUGO, Contribution.WROTE, NOW - 5 if agreed else None),
        ),
    )


def publish(
    one: Proposal,
    person: PersonId = MO,
    roles: frozenset[Role] = MODERATOR,
    *,
    risk: Risk = Risk.REVERSIBLE,
    published: int = 0,
    now: float = NOW,
) -> WhyNot | None:
    return proposals.may_publish(one, person, roles, risk=risk, published=published, now=now)


def test_a_moderator_without_a_part_publishes_what_everyone_agreed_to() -> None:
    assert publish(proposal()) is None
    assert publish(proposal(), roles=frozenset({Role.OWNER})) is None
    assert publish(proposal(), roles=NOBODY) is WhyNot.NOT_A_MODERATOR
    assert publish(proposal(), roles=IT) is WhyNot.NOT_A_MODERATOR


def test_nobody_reviews_what_they_asked_or_wrote() -> None:
    for person in (ADA, HUGO):
        assert publish(proposal(), person) is WhyNot.CONTRIBUTED


def test_those_with_a_part_look_first_but_not_for_ever() -> None:
    waiting = proposal(DraftState.LOOKING, agreed=False)
    assert publish(waiting) is WhyNot.OTHERS_LOOK_FIRST
    assert not proposals.is_ready(waiting, NOW)
    late = waiting.changed_at + LOOK_SECONDS
    assert publish(waiting, now=late) is None
    assert proposals.is_ready(waiting, late)
    assert proposals.is_ready(proposal(), NOW)


def test_a_risky_article_needs_it_beside_the_moderator() -> None:
    assert publish(proposal(), risk=Risk.RISKY) is WhyNot.NEEDS_IT
    assert publish(replace(proposal(), it_id=INA), risk=Risk.RISKY) is None
    assert publish(proposal(), roles=MODERATOR | IT, risk=Risk.RISKY) is None
    may = proposals.may_agree_to_risk
    assert may(proposal(), INA, IT, Risk.RISKY) is None
    assert may(proposal(), INA, IT, Risk.REVERSIBLE) is WhyNot.NOT_RISKY
    assert may(proposal(), MO, MODERATOR, Risk.RISKY) is WhyNot.NOT_IT
    assert may(proposal(), HUGO, IT, Risk.RISKY) is WhyNot.CONTRIBUTED
    assert may(proposal(DraftState.PUBLISHED), INA, IT, Risk.RISKY) is WhyNot.OVER


def test_nothing_is_published_over_a_newer_version() -> None:
    assert publish(proposal(base_version=2), published=2) is None
    assert publish(proposal(base_version=2), published=3) is WhyNot.NEWER_VERSION


def test_what_is_not_written_is_not_published() -> None:
    assert publish(replace(proposal(), source=f"## Undo\n\n{NO_UNDO}")) is WhyNot.UNWRITTEN


def test_what_was_sent_back_is_changed_before_anything_else() -> None:
    back = proposal(DraftState.SENT_BACK)
    assert publish(back) is WhyNot.SENT_BACK
    assert proposals.may_send_back(back, MO, MODERATOR) is WhyNot.SENT_BACK
    assert proposals.may_agree(back, HUGO) is WhyNot.SENT_BACK
    assert proposals.may_change(back, HUGO, NOBODY) is None
    assert proposals.may_change(back, EVE, NOBODY) is WhyNot.NOT_A_CONTRIBUTOR
    assert proposals.may_change(back, MO, MODERATOR) is None


def test_whoever_has_to_look_agrees_once_or_sends_it_back() -> None:
    waiting = proposal(DraftState.LOOKING, agreed=False)
    assert proposals.may_agree(waiting, HUGO) is None
    assert proposals.may_send_back(waiting, HUGO, NOBODY) is None
    for person in (ADA, EVE):
        assert proposals.may_agree(waiting, person) is WhyNot.NOT_A_CONTRIBUTOR
    assert proposals.may_send_back(waiting, ADA, NOBODY) is WhyNot.NOT_A_MODERATOR
    assert proposals.may_send_back(waiting, MO, MODERATOR) is None
    assert proposals.may_send_back(waiting, INA, IT) is None
    assert proposals.may_send_back(proposal(), HUGO, MODERATOR) is WhyNot.CONTRIBUTED


def test_what_is_over_stays_as_it_is() -> None:
    for state in (DraftState.PUBLISHED, DraftState.WITHDRAWN):
        over = proposal(state)
        assert publish(over) is WhyNot.OVER
        assert proposals.may_send_back(over, MO, MODERATOR) is WhyNot.OVER
        assert proposals.may_agree(over, HUGO) is WhyNot.OVER
        assert proposals.may_change(over, HUGO, NOBODY) is WhyNot.OVER


def test_only_those_with_a_part_and_reviewers_read_it() -> None:
    assert proposals.may_read(proposal(), ADA, NOBODY)
    assert proposals.may_read(proposal(), MO, MODERATOR)
    assert proposals.may_read(proposal(), INA, IT)
    assert not proposals.may_read(proposal(), EVE, NOBODY)


def test_whoever_changes_the_words_is_an_author_and_the_others_look_again() -> None:
    people = proposals.changed(proposal(), MO, NOW)
    assert people == (
        Contributor(ADA, Contribution.ASKED),
        Contributor(HUGO, Contribution.WROTE),
        Contributor(MO, Contribution.WROTE, NOW),
    )
    assert proposals.state_of(people) is DraftState.LOOKING
    kept = proposals.changed(proposal(), ADA, NOW)
    assert kept[-1] == Contributor(ADA, Contribution.ASKED, NOW)
    alone = proposals.changed(replace(proposal(), contributors=()), MO, NOW)
    assert proposals.state_of(alone) is DraftState.REVIEW


@given(
    state=st.sampled_from(DraftState),
    agreed=st.booleans(),
    person=st.sampled_from([ADA, HUGO, MO, INA, EVE]),
    roles=st.frozensets(st.sampled_from(Role)),
    risk=st.sampled_from([Risk.READ_ONLY, Risk.REVERSIBLE, Risk.RISKY]),
    it_agreed=st.booleans(),
    base=st.integers(0, 3),
    published=st.integers(0, 3),
    late=st.sampled_from([0.0, LOOK_SECONDS - 11, LOOK_SECONDS]),
)
def test_whatever_comes_nothing_is_published_without_other_eyes(
    state: DraftState,
    agreed: bool,
    person: PersonId,
    roles: frozenset[Role],
    risk: Risk,
    it_agreed: bool,
    base: int,
    published: int,
    late: float,
) -> None:
    it_id = INA if it_agreed else None
    one = replace(proposal(state, agreed=agreed, base_version=base), it_id=it_id)
    if publish(one, person, roles, risk=risk, published=published, now=NOW + late) is not None:
        return
    assert person not in (ADA, HUGO)
    assert roles & proposals.MODERATORS
    assert state in (DraftState.REVIEW, DraftState.LOOKING)
    assert state is DraftState.REVIEW or late == LOOK_SECONDS
    assert risk < Risk.RISKY or it_agreed or Role.IT in roles
    assert base == published


def test_the_fingerprint_is_that_of_what_was_read() -> None:
    one = proposal()
    assert replace(one, state=DraftState.LOOKING, changed_at=NOW).fingerprint == one.fingerprint
    others = (replace(one, source="!"), replace(one, note="!"), replace(one, base_version=1))
    assert len({other.fingerprint for other in (one, *others)}) == 4
