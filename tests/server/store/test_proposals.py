"""Proposals as they are kept, with their contributors."""

import pytest
from msgspec.structs import replace
from samebox_server.core.proposals import (
    LOOK_SECONDS,
    Contribution,
    Contributor,
    Proposal,
    ProposalId,
)
from samebox_server.store import articles, people, proposals
from samebox_server.store.database import Database
from samebox_shared.model.articles import Article, DraftState
from samebox_shared.model.ids import ArticleId, PersonId, SessionId
from sqlalchemy import Connection

NOW = 1_000_000.0


def proposal(name: str, state: DraftState, at: float, *had: Contributor) -> Proposal:
    return Proposal(
        proposal_id=ProposalId(name),
        article_id=ArticleId(f"{name}-article"),
        base_version=0,
        title=name,
        source="source",
        note="A note",
        state=state,
        made_at=at,
        changed_at=at,
        contributors=had,
    )


async def test_a_proposal_comes_back_as_it_was_kept(database: Database) -> None:
    def unit(connection: Connection) -> None:
        ada, hugo = (people.add(connection, name, (), 1.0) for name in ("Ada", "Hugo"))
        had = sorted(
            [Contributor(ada, Contribution.ASKED, 2.0), Contributor(hugo, Contribution.WROTE)],
            key=_person,
        )
        kept = proposal("one", DraftState.LOOKING, NOW, *had)
        proposals.save(connection, kept)
        assert proposals.load(connection, "one") == kept
        changed = replace(
            kept, state=DraftState.SENT_BACK, words="Step 2", it_id=ada, contributors=(had[0],)
        )
        proposals.save(connection, changed)
        assert proposals.load(connection, "one") == changed
        assert proposals.load(connection, "two") is None
        assert proposals.of_session(connection, SessionId("none")) is None

    await database.write(unit)


async def test_a_proposal_is_read_where_nothing_is_written(database: Database) -> None:
    kept = proposal("one", DraftState.REVIEW, NOW)
    await database.write(lambda connection: proposals.save(connection, kept))
    assert await database.read(lambda connection: proposals.load(connection, "one")) == kept
    no_session = SessionId("none")
    assert await database.read(lambda one: proposals.of_session(one, no_session)) is None
    deciding = await database.write(lambda one: proposals.load(one, "one", decides=True))
    assert deciding == kept


async def test_a_moderator_finds_what_is_ready_the_oldest_first(database: Database) -> None:
    def unit(connection: Connection) -> None:
        late, early = NOW - LOOK_SECONDS, NOW - 5
        for one in (
            proposal("ready", DraftState.REVIEW, NOW - 1),
            proposal("waited", DraftState.LOOKING, late),
            proposal("looking", DraftState.LOOKING, early),
            proposal("back", DraftState.SENT_BACK, early),
            proposal("published", DraftState.PUBLISHED, early),
        ):
            proposals.save(connection, one)
        titles = [one.title for one in proposals.to_review(connection, NOW)]
        assert titles == ["waited", "ready"]
        assert [one.title for one in proposals.looked_at(connection, NOW)] == ["looking"]

    await database.write(unit)


async def test_people_and_articles_know_their_open_proposals(database: Database) -> None:
    def unit(connection: Connection) -> None:
        ada = people.add(connection, "Ada", (), 1.0)
        for name, state in (("a", DraftState.SENT_BACK), ("b", DraftState.WITHDRAWN)):
            proposals.save(
                connection, proposal(name, state, 2.0, Contributor(ada, Contribution.WROTE, 2.0))
            )
        proposals.save(connection, proposal("c", DraftState.REVIEW, 2.0))
        assert [one.title for one in proposals.of_person(connection, ada)] == ["a"]
        assert proposals.of_person(connection, PersonId("nobody")) == []
        found = proposals.of_article(connection, ArticleId("c-article"))
        assert [one.title for one in found] == ["c"]

    await database.write(unit)


async def test_people_know_what_they_wrote_that_was_published(database: Database) -> None:
    def unit(connection: Connection) -> None:
        ada, hugo = (people.add(connection, name, (), 1.0) for name in ("Ada", "Hugo"))
        mine = Contributor(ada, Contribution.WROTE, 2.0)
        theirs = Contributor(hugo, Contribution.WROTE, 2.0)
        done, waits = DraftState.PUBLISHED, DraftState.REVIEW
        for one in (
            proposal("old", done, 1.0, mine),
            proposal("new", done, 3.0, mine, theirs),
            replace(proposal("again", done, 2.0, mine), article_id=ArticleId("old-article")),
            proposal("open", waits, 4.0, mine),
        ):
            proposals.save(connection, one)
        assert proposals.published_with(connection, ada, 9) == ["new-article", "old-article"]
        assert proposals.published_with(connection, ada, 1) == ["new-article"]
        assert proposals.published_with(connection, hugo, 9) == ["new-article"]

    await database.write(unit)


async def test_ids_of_articles_and_proposals_are_taken(database: Database) -> None:
    def unit(connection: Connection) -> None:
        article = Article(article_id=ArticleId("c_d"), version=1, title="", summary="")
        articles.publish(connection, article, "source", 1.0)
        proposals.save(connection, proposal("c", DraftState.REVIEW, 2.0))
        assert proposals.taken_ids(connection, "c-art") == {"c-article"}
        assert proposals.taken_ids(connection, "c_") == {"c_d"}

    await database.write(unit)


async def test_one_session_has_one_proposal(database: Database) -> None:
    def unit(connection: Connection) -> None:
        for name in ("a", "b"):
            one = replace(proposal(name, DraftState.REVIEW, 1.0), session_id=SessionId("s"))
            proposals.save(connection, one)

    with pytest.raises(Exception, match=r"(?i)unique|foreign"):
        await database.write(unit)


def _person(one: Contributor) -> str:
    return one.person_id
