"""Each step of a proposal's way as a unit: what is kept, who hears of it, what laptops get."""

from collections.abc import Callable

from msgspec.structs import replace
from samebox_server.core.articles import render
from samebox_server.core.proposals import Proposal, WhyNot
from samebox_server.core.readers import Reader
from samebox_server.live import knowledge
from samebox_server.live.work import Work
from samebox_server.store import article_pages, article_tasks, articles, devices, people, proving
from samebox_server.store import knowledge as kept
from samebox_server.store.article_tasks import TaskKind
from samebox_server.store.articles import ArticleState
from samebox_server.store.database import Database
from samebox_shared.model.articles import Article, DraftState, Risk
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import PersonId
from samebox_shared.model.people import Role
from sqlalchemy import Connection

from tests.server.drafts import a_draft
from tests.server.live.talking import desk

MODERATOR = frozenset({Role.MODERATOR})
IT = frozenset({Role.IT})
People = tuple[PersonId, PersonId]


async def carry_out(database: Database, job: Callable[[Work, PersonId, PersonId], None]) -> None:
    """In one unit, with an author and a moderator."""

    def unit(connection: Connection) -> None:
        author, mo = (people.add(connection, name, (), 1.0) for name in ("Ada", "Mo"))
        job(desk(connection), author, mo)

    await database.write(unit)


def propose(work: Work, author: PersonId, risk: Risk = Risk.REVERSIBLE) -> Proposal:
    article = replace(a_draft(risk=risk), article_id=knowledge.free_id(work, a_draft().title))
    return knowledge.propose(work, article, render(article), author, "New", 0)


def published(work: Work, proposed: Proposal, mo: PersonId) -> Proposal:
    done = knowledge.publish(work, proposed, mo, MODERATOR)
    assert isinstance(done, Proposal), done
    return done


def current(work: Work, proposed: Proposal) -> Article:
    found = kept.load(work.connection, proposed.article_id)
    assert found is not None
    return found.article


async def test_published_it_is_on_its_way_to_every_laptop(database: Database) -> None:
    def job(work: Work, author: PersonId, mo: PersonId) -> None:
        linux = DeviceType(system=System.LINUX, system_version="13")
        devices.add(work.connection, author, "t", linux, "0", 1.0)
        proposed = propose(work, author)
        assert knowledge.publish(work, proposed, author, MODERATOR) is WhyNot.CONTRIBUTED
        assert work.articles_head == 0
        done = published(work, proposed, mo)
        assert done.state is DraftState.PUBLISHED
        (change,) = article_pages.page(work.connection, work.articles_head - 1, Reader()).changes
        assert change.article is not None
        assert (change.article.version, change.article.title) == (1, a_draft().title)
        assert [one.system_version for one in change.proven] == ["13"]
        found = kept.load(work.connection, proposed.article_id)
        assert found is not None
        assert found.owner == author
        assert found.review_by == work.now + knowledge.REVIEW_SECONDS

    await carry_out(database, job)


async def test_a_change_is_a_new_version_and_answers_the_tasks(database: Database) -> None:
    def job(work: Work, author: PersonId, mo: PersonId) -> None:
        first = published(work, propose(work, author), mo)
        article_tasks.add(
            work.connection, first.article_id, 1, TaskKind.NOT_HELPED, "Which adapter?", 2.0
        )
        changed = replace(current(work, first), summary="It sleeps too deeply.", version=2)
        again = knowledge.propose(work, changed, render(changed), author, "Clearer", 1)
        published(work, again, mo)
        assert current(work, first).version == 2
        assert article_tasks.every_open(work.connection) == []
        assert proving.of(work.connection, [(first.article_id, 2)]) == {}

    await carry_out(database, job)


async def test_two_changes_of_one_version_are_not_laid_over_one_another(database: Database) -> None:
    def job(work: Work, author: PersonId, mo: PersonId) -> None:
        first = published(work, propose(work, author), mo)
        article = current(work, first)
        one, other = (
            knowledge.propose(
                work,
                replace(article, summary=summary),
                render(replace(article, summary=summary)),
                author,
                "",
                1,
            )
            for summary in ("One.", "Other.")
        )
        published(work, one, mo)
        assert knowledge.publish(work, other, mo, MODERATOR) is WhyNot.NEWER_VERSION
        newer = replace(article, summary="Both.")
        merged = knowledge.change(work, other, author, frozenset(), newer, render(newer), "Both")
        assert isinstance(merged, Proposal)
        assert merged.base_version == 2
        published(work, merged, mo)
        assert current(work, first).version == 3

    await carry_out(database, job)


async def test_a_risky_article_waits_for_it(database: Database) -> None:
    def job(work: Work, author: PersonId, mo: PersonId) -> None:
        ina = people.add(work.connection, "Ina", (), 1.0)
        proposed = propose(work, author, Risk.RISKY)
        assert knowledge.publish(work, proposed, mo, MODERATOR) is WhyNot.NEEDS_IT
        assert knowledge.agree_to_risk(work, proposed, mo, MODERATOR) is WhyNot.NOT_IT
        agreed = knowledge.agree_to_risk(work, proposed, ina, IT)
        assert isinstance(agreed, Proposal)
        changed = knowledge.change(
            work, agreed, author, frozenset(), a_draft(risk=Risk.RISKY), agreed.source, ""
        )
        assert isinstance(changed, Proposal)
        assert changed.it_id is None  # other words are another risk
        assert isinstance(knowledge.agree_to_risk(work, changed, ina, IT), Proposal)
        published(work, replace(changed, it_id=ina), mo)

    await carry_out(database, job)


async def test_what_was_sent_back_is_changed_and_comes_again(database: Database) -> None:
    def job(work: Work, author: PersonId, mo: PersonId) -> None:
        proposed = propose(work, author)
        back = knowledge.send_back(work, proposed, mo, MODERATOR, "Which laptop?")
        assert isinstance(back, Proposal)
        assert (back.state, back.words) == (DraftState.SENT_BACK, "Which laptop?")
        changed = knowledge.change(
            work, back, author, frozenset(), a_draft(), back.source, "For all"
        )
        assert isinstance(changed, Proposal)
        assert (changed.state, changed.words) == (DraftState.REVIEW, "")
        stranger = knowledge.change(work, changed, mo, frozenset(), a_draft(), "", "")
        assert stranger is WhyNot.NOT_A_CONTRIBUTOR

    await carry_out(database, job)


async def test_only_whoever_has_a_part_takes_it_back(database: Database) -> None:
    def job(work: Work, author: PersonId, mo: PersonId) -> None:
        proposed = propose(work, author)
        assert knowledge.withdraw(work, proposed, mo) is WhyNot.NOT_A_CONTRIBUTOR
        gone = knowledge.withdraw(work, proposed, author)
        assert isinstance(gone, Proposal)
        assert gone.state is DraftState.WITHDRAWN
        assert knowledge.withdraw(work, gone, author) is WhyNot.OVER
        assert knowledge.agree(work, gone, author) is WhyNot.OVER

    await carry_out(database, job)


async def test_hidden_it_leaves_the_laptops_until_it_is_shown_or_changed(
    database: Database,
) -> None:
    def job(work: Work, author: PersonId, mo: PersonId) -> None:
        first = published(work, propose(work, author), mo)
        knowledge.hide(work, first.article_id)
        assert (
            article_pages.page(work.connection, work.articles_head - 1, Reader()).changes[0].article
            is None
        )
        knowledge.show_again(work, first.article_id)
        assert articles.published_version(work.connection, first.article_id) == 1
        knowledge.hide(work, first.article_id)
        article = replace(current(work, first), summary="Careful.")
        again = knowledge.propose(work, article, render(article), author, "Careful", 1)
        published(work, again, mo)
        found = kept.load(work.connection, first.article_id)
        assert found is not None
        assert found.state is ArticleState.PUBLISHED

    await carry_out(database, job)


async def test_a_second_article_of_one_title_has_another_id(database: Database) -> None:
    def job(work: Work, author: PersonId, mo: PersonId) -> None:
        ids = [propose(work, author).article_id for _ in range(3)]
        assert ids == [f"the-wi-fi-is-gone-after-sleep{end}" for end in ("", "-2", "-3")]

    await carry_out(database, job)
