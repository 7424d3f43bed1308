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
from samebox_agent.desktop import deeplinks
from samebox_server.core.articles import SETTINGS_KEYS, BrokenArticle, parse, render
from samebox_server.starter import starter_files
from samebox_shared.model.articles import AppliesTo, Article, Risk
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.facts import BY_NAME, Fact, FactValue

FILES = starter_files()
MACHINES = Path(__file__).resolve().parents[1] / "machines"
DOCUMENTATION = Path(__file__).resolve().parents[2] / "docs" / "articles.md"
HEALTHY = "thinkpad-t14-gen3-windows11"
ALSO_HEALTHY = ("macbook-pro-14", "thinkpad-t14-gen3-windows11-docked")
UP_FOR_WEEKS = "framework-13-debian"
DUTCH_AT_LEAST = 40

GB = 1_000_000_000
DAY = 86_400

# What a healthy laptop tells beside what was recorded of it, where its system can tell it.
WELL: dict[str, FactValue] = {
    "connected_displays.main_resolution": "1920x1200",
    "interface_details.self_assigned": False,
    "load_average.per_core": 0.2,
    "network.captive_portal": False,
    "routes.gateway_answers": True,
    "temperature.highest": 52.0,
    "time.synchronised": True,
    "wifi_status.blocked": False,
}

# What has to change on a healthy laptop for the condition of each article to hold.
TROUBLES: dict[str, dict[str, FactValue]] = {
    "battery-worn": {"battery.wear_percent": 31.0},
    "battery-very-worn": {"battery.wear_percent": 47.5},
    "captive-portal": {"network.captive_portal": True, "network.server_reachable": False},
    "clock-not-synchronised": {"time.synchronised": False, "time.clock_offset": -34.0},
    "clock-wrong": {"time.clock_offset": -180.0, "time.synchronised": False},
    "company-not-reached": {"network.server_reachable": False},
    "disk-nearly-full": {"mounts.system_free": 20 * GB, "mounts.system_free_percent": 4.0},
    "disk-very-full": {"mounts.system_free": 5 * GB, "mounts.system_free_percent": 1.0},
    "dns-fails": {"dns_resolvers.works": False, "network.server_reachable": False},
    "docked-but-not-charging": {"battery.charging": False, "battery.percent_remaining": 22},
    "fedora-release-ended": {
        "os_version.platform": "linux",
        "os_version.name": "Fedora Linux 40 (Workstation Edition)",
        "os_version.version": "40",
    },
    "file-slots-used-up": {
        "os_version.platform": "linux",
        "mounts.system_inodes_free_percent": 1.0,
    },
    "gateway-silent-linux": {
        "os_version.platform": "linux",
        "routes.gateway_answers": False,
        "dns_resolvers.works": False,
        "network.server_reachable": False,
    },
    "laptop-hot-at-rest": {
        "os_version.platform": "linux",
        "temperature.highest": 88.0,
        "load_average.per_core": 0.1,
    },
    "laptop-too-hot": {
        "os_version.platform": "linux",
        "temperature.highest": 99.0,
        "load_average.per_core": 0.8,
    },
    "macos-13-ended": {"os_version.platform": "macos", "os_version.version": "13.7.8"},
    "macos-too-old": {"os_version.platform": "macos", "os_version.version": "12.7.6"},
    "memory-nearly-used-up": {"memory_info.memory_available_percent": 4.0},
    "no-address-on-cable": {
        "interface_details.self_assigned": True,
        "interface_details.connection": "ethernet",
        "routes.gateway_present": False,
    },
    "no-address-on-wifi": {
        "interface_details.self_assigned": True,
        "routes.gateway_present": False,
    },
    "no-gateway": {"routes.gateway_present": False, "interface_details.connection": "wifi"},
    "no-name-server": {
        "dns_resolvers.count": 0,
        "dns_resolvers.works": False,
        "network.server_reachable": False,
    },
    "not-connected": {"interface_details.connection": "none"},
    "proxy-in-the-way": {"network.proxy_set": True, "network.server_reachable": False},
    "restart-overdue": {"uptime.total_seconds": 15 * DAY, "updates.restart_pending": True},
    "restart-pending": {"updates.restart_pending": True},
    "screen-low-resolution": {"connected_displays.main_resolution": "1024x768"},
    "swap-heavy": {
        "memory_info.swap_used_percent": 80.0,
        "memory_info.memory_available_percent": 15.0,
    },
    "ubuntu-lts-ended": {
        "os_version.platform": "linux",
        "os_version.name": "Ubuntu 20.04.6 LTS",
        "os_version.version": "20.04",
    },
    "ubuntu-release-ended": {
        "os_version.platform": "linux",
        "os_version.name": "Ubuntu 24.10",
        "os_version.version": "24.10",
    },
    "volume-nearly-full": {"mounts.volumes": 2, "mounts.fullest_free_percent": 2.0},
    "vpn-in-the-way": {"interface_details.vpn_active": True, "network.server_reachable": False},
    "wifi-blocked-linux": {
        "os_version.platform": "linux",
        "interface_details.connection": "none",
        "wifi_status.blocked": True,
    },
    "wifi-weak": {"wifi_status.rssi": -82, "interface_details.connection": "wifi"},
    "windows-10-ended": {"os_version.version": "10"},
}
# What the recorded machines are recorded for.
RECORDED = {
    "elitebook-840-windows10": "windows-10-ended",
    "ideapad-5-mint-weak-wifi": "wifi-weak",
    "latitude-5440-restart-overdue": "restart-overdue",
    "macbook-air-m2-worn-battery": "battery-worn",
    "thinkpad-t14-gen3-windows11-full-disk": "disk-nearly-full",
    "thinkpad-x1-ubuntu-dns-failing": "dns-fails",
    "xps-13-fedora-clock-wrong": "clock-wrong",
}


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
    assert len(CONDITIONAL) >= 14
    assert len(ORIGINALS) - len(CONDITIONAL) >= 14
    assert len(ORIGINALS) >= 30
    assert sum(one.language == "nl" for one in TRANSLATIONS) >= DUTCH_AT_LEAST


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
    assert facts_in(article.reason) == facts_in(original.reason)


def facts_in(words: str) -> set[str]:
    return set(re.findall(r"\{(.+?)\}", words))


@pytest.mark.parametrize("machine", [HEALTHY, *ALSO_HEALTHY])
def test_a_healthy_laptop_is_left_alone(machine: str) -> None:
    assert found_by(facts_of(machine)) == set()
    assert found_by(well(machine)) == set()


def test_a_healthy_linux_laptop_is_only_asked_to_restart() -> None:
    assert found_by(well(UP_FOR_WEEKS)) == {"restart-overdue"}


def test_every_condition_is_tried() -> None:
    assert {article.article_id for article in CONDITIONAL} == set(TROUBLES)


@pytest.mark.parametrize("article_id", TROUBLES)
def test_a_trouble_finds_its_article_and_only_that(article_id: str) -> None:
    facts = well(HEALTHY) | TROUBLES[article_id]
    assert found_by(facts) == {article_id}
    said = reason(starter(article_id).reason, facts)
    assert "{" not in said
    assert "not known" not in said


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


def test_the_example_in_the_documentation_is_an_article() -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8")
    example = text.split("```markdown\n")[1].split("```")[0]
    assert isinstance(parse(example, source="docs"), Article)
    assert all(f"`{key}`" in text for key in SETTINGS_KEYS)
    assert all(f"`{article.topic}`" in text for article in ARTICLES)


def test_articles_for_one_system_name_it() -> None:
    assert starter("screen-share-black-macos").applies_to == (AppliesTo(system=System.MACOS),)
