"""Each diagnosis in one sentence, with what to do next and the steps where there are any."""

from pathlib import Path

from msgspec.structs import replace
from samebox_agent.core import fixes, intents
from samebox_agent.core.state import AgentState, Facts, LinkState
from samebox_agent.core.triage import Diagnosis
from samebox_agent.presenters import help, triage
from samebox_agent.presenters.views import Tone
from samebox_shared.model.facts import Fact
from samebox_shared.model.ids import ArticleId

from tests.support.builders import NOW, a_page, an_article, joined_state

STARTER = Path(__file__).parents[3] / "server/samebox_server/starter"
NO_NAMES = tuple(
    Fact(name=name, value=value)
    for name, value in {
        "network.server_reachable": False,
        "routes.gateway_present": True,
        "dns_resolvers.works": False,
    }.items()
)


def without_names(*articles: str) -> AgentState:
    state = replace(joined_state(LinkState.OFFLINE), facts=Facts(NO_NAMES, read_at=NOW))
    shelf = (an_article(name, "!dns_resolvers.works") for name in articles)
    return fixes.with_articles(state, a_page(*shelf))


def test_it_stands_at_the_top_with_the_way_to_the_steps() -> None:
    banner = help.present(without_names("dns-fails"), NOW).banners[0]
    assert banner.title == "You are connected, but names are not found."
    assert banner.detail.endswith("A question is kept and sent later.")
    assert [button.intent for button in banner.buttons] == [
        intents.OpenArticle(ArticleId("dns-fails"))
    ]
    assert banner.tone is Tone.WARN


def test_beside_a_diagnosis_it_is_not_said_that_nothing_stands_out() -> None:
    state = fixes.with_articles(without_names(), a_page(an_article("other", "battery.present")))
    assert help.present(state, NOW).empty == "Say what is wrong, and fixes appear as you type."


def test_where_no_article_fits_there_are_only_the_words() -> None:
    banner = triage.present(without_names("other"))
    assert banner is not None
    assert banner.buttons == ()


def test_what_is_not_known_is_not_said() -> None:
    assert triage.present(joined_state()) is None


def test_every_diagnosis_has_words_and_names_starter_articles_that_are_there() -> None:
    assert set(triage.WORDS) == set(Diagnosis)
    named = {item for items in triage.ARTICLES.values() for item in items}
    assert [item for item in sorted(named) if not (STARTER / f"{item}.md").exists()] == []
    own_business = {Diagnosis.SERVER_ONLY, Diagnosis.SERVER_SILENT}
    assert set(Diagnosis) - set(triage.ARTICLES) == own_business
