"""The starter articles are sound: each reads, fits its limits, and its condition tells laptops
apart, by the very rules that run on the laptop.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from samebox_agent.core.conditions import DoesNotHold, Holds, applies, check, evaluate, reason
from samebox_agent.core.facts import device_type_from
from samebox_agent.core.remedy_list import REMEDIES, Look, RemedyKey
from samebox_agent.desktop import deeplinks
from samebox_server.core.article_body import LOOKING_REMEDIES
from samebox_server.core.articles import (
    REMEDY_KEYS,
    SETTINGS_KEYS,
    BrokenArticle,
    parse,
    render,
)
from samebox_server.starter import starter_files
from samebox_shared.model.articles import AppliesTo, Article, Risk
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.facts import BY_NAME, Fact, FactValue

from tests.server.starter_troubles import (
    ALSO_HEALTHY,
    HEALTHY,
    ONE_CAUSE,
    RECORDED,
    TROUBLES,
    UP_FOR_WEEKS,
    WELL,
)

FILES = starter_files()
MACHINES = Path(__file__).resolve().parents[1] / "machines"
DOCUMENTATION = Path(__file__).resolve().parents[2] / "docs" / "articles.md"


def starter(article_id: str) -> Article:
    article = parse(FILES[f"{article_id}.md"], source=article_id)
    assert isinstance(article, Article), article
    return article


ARTICLES = [starter(name.removesuffix(".md")) for name in FILES]
ORIGINALS = [article for article in ARTICLES if not article.translates]
TRANSLATIONS = [article for article in ARTICLES if article.translates]
CONDITIONAL = [article for article in ORIGINALS if article.condition]


def facts_of(machine: str) -> dict[str, FactValue]:
    recorded = json.loads((MACHINES / f"{machine}.json").read_text(encoding="utf-8"))
    facts: dict[str, FactValue] = recorded["facts"]
    return facts


def device_of(facts: Mapping[str, FactValue]) -> DeviceType:
    return device_type_from(Fact(name=name, value=value) for name, value in facts.items())


def well(machine: str) -> dict[str, FactValue]:
    """The facts of a healthy laptop, with those that it would tell beside the recorded ones."""
    recorded = facts_of(machine)
    system = device_of(recorded).system
    told = {name: value for name, value in WELL.items() if system in BY_NAME[name].systems}
    return told | recorded


def found_by(facts: Mapping[str, FactValue]) -> set[str]:
    """The articles whose condition holds on a laptop with these facts; translations share it."""
    device_type = device_of(facts)
    return {
        article.article_id
        for article in CONDITIONAL
        if applies(article.applies_to, device_type)
        and isinstance(evaluate(article.condition, facts), Holds)
    }


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_the_canonical_form_of_its_article(name: str) -> None:
    article = parse(FILES[name], source=name)
    assert not isinstance(article, BrokenArticle)
    assert name == f"{article.article_id}.md"
    assert render(article) == FILES[name]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: str(article.article_id))
def test_every_article_is_complete(article: Article) -> None:
    assert 4 <= len(article.symptoms) <= 8
    assert 3 <= len(article.steps) <= 7
    assert bool(article.undo) == (article.risk > Risk.READ_ONLY)
    assert check(article.condition) is None if article.condition else not article.reason
    assert all(is_sentence(words) for words in (article.summary, article.undo) if words)
    assert all(is_sentence(step.text) for step in article.steps)


def is_sentence(words: str) -> bool:
    return words[:1].isupper() and re.fullmatch(r".+[.?]", words) is not None


def test_there_are_enough_of_each_kind() -> None:
    assert len(CONDITIONAL) >= 50
    assert len(ORIGINALS) - len(CONDITIONAL) >= 70
    assert len(ORIGINALS) >= 130
    assert sum(one.language == "nl" for one in TRANSLATIONS) >= 45


def test_no_two_articles_share_a_title_or_a_symptom() -> None:
    said = [words.casefold() for one in ARTICLES for words in (one.title, *one.symptoms)]
    assert sorted(said) == sorted(set(said))


@pytest.mark.parametrize("article", TRANSLATIONS, ids=lambda article: str(article.article_id))
def test_a_translation_is_its_original_in_another_language(article: Article) -> None:
    original = starter(str(article.translates))
    assert not original.translates
    assert article.language != original.language
    assert article.article_id == f"{original.article_id}-{article.language}"
    assert article.topic == original.topic
    assert article.applies_to == original.applies_to
    assert article.condition == original.condition
    assert article.risk is original.risk
    assert [step.settings for step in article.steps] == [step.settings for step in original.steps]
    assert [step.remedy for step in article.steps] == [step.remedy for step in original.steps]
    assert facts_in(article.reason) == facts_in(original.reason)


def facts_in(words: str) -> set[str]:
    return set(re.findall(r"\{(.+?)\}", words))


@pytest.mark.parametrize("machine", [HEALTHY, *ALSO_HEALTHY])
def test_a_healthy_laptop_is_left_alone(machine: str) -> None:
    assert found_by(facts_of(machine)) == set()
    assert found_by(well(machine)) == set()


def test_a_healthy_linux_laptop_is_only_asked_to_restart() -> None:
    assert found_by(well(UP_FOR_WEEKS)) == {"restart-overdue"}


@pytest.mark.parametrize(
    "on",
    [{}, {"interface_details.vpn_active": True}, {"network.proxy_set": True}],
    ids=["plain", "vpn", "proxy"],
)
def test_nobody_is_told_to_do_anything_when_only_our_server_is_down(
    on: dict[str, FactValue],
) -> None:
    assert found_by(well(HEALTHY) | {"network.server_reachable": False} | on) == set()


def test_every_condition_is_tried() -> None:
    assert {article.article_id for article in CONDITIONAL} == set(TROUBLES)


@pytest.mark.parametrize("article_id", TROUBLES)
def test_a_trouble_finds_its_article_and_only_that(article_id: str) -> None:
    facts = well(HEALTHY) | TROUBLES[article_id]
    assert found_by(facts) == {article_id}
    said = reason(starter(article_id).reason, facts)
    assert "{" not in said
    assert "not known" not in said


@pytest.mark.parametrize(("article_id", "sign"), ONE_CAUSE)
def test_a_second_sign_of_a_trouble_finds_nothing_more(
    article_id: str, sign: dict[str, FactValue]
) -> None:
    assert found_by(well(HEALTHY) | TROUBLES[article_id] | sign) == {article_id}


@pytest.mark.parametrize("article", CONDITIONAL, ids=lambda article: str(article.article_id))
def test_every_condition_is_refused_by_a_recorded_machine(article: Article) -> None:
    machines = [facts_of(path.stem) for path in sorted(MACHINES.glob("*.json"))]
    assert any(isinstance(evaluate(article.condition, facts), DoesNotHold) for facts in machines)


@pytest.mark.parametrize(("machine", "article_id"), RECORDED.items())
def test_a_recorded_trouble_finds_its_article(machine: str, article_id: str) -> None:
    assert article_id in found_by(facts_of(machine))


def test_the_agent_knows_every_settings_page() -> None:
    assert deeplinks.keys() == SETTINGS_KEYS


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: str(article.article_id))
def test_every_settings_page_opens_on_a_system_the_article_is_for(article: Article) -> None:
    systems = {kind.system for kind in article.applies_to} or set(System)
    for step in article.steps:
        if step.settings:
            assert any(
                deeplinks.target(step.settings, system, "GNOME") for system in systems if system
            ), step


def test_the_agent_knows_every_remedy() -> None:
    assert {key.value for key in RemedyKey} == REMEDY_KEYS
    looking = {key.value for key, remedy in REMEDIES.items() if remedy.look is Look.ONLY}
    assert looking == LOOKING_REMEDIES


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: str(article.article_id))
def test_every_remedy_runs_on_a_system_the_article_is_for(article: Article) -> None:
    systems = {kind.system for kind in article.applies_to if kind.system} or set(System)
    for step in article.steps:
        if step.remedy:
            assert REMEDIES[RemedyKey(step.remedy)].systems & systems, step


def test_every_remedy_is_used() -> None:
    assert {step.remedy for one in ARTICLES for step in one.steps if step.remedy} == REMEDY_KEYS


def test_the_example_in_the_documentation_is_an_article() -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8")
    example = text.split("```markdown\n")[1].split("```")[0]
    assert isinstance(parse(example, source="docs"), Article)
    assert all(f"`{key}`" in text for key in SETTINGS_KEYS | REMEDY_KEYS)
    assert all(f"`{article.topic}`" in text for article in ARTICLES)


def test_articles_for_one_system_name_it() -> None:
    assert starter("screen-share-black-macos").applies_to == (AppliesTo(system=System.MACOS),)
