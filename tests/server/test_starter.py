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
from samebox_shared.model.facts import Fact, FactValue

FILES = starter_files()
MACHINES = Path(__file__).resolve().parents[1] / "machines"
DOCUMENTATION = Path(__file__).resolve().parents[2] / "docs" / "articles.md"
HEALTHY = "thinkpad-t14-gen3-windows11"
# Of these everything is known that their systems can tell, and nothing is wrong.
ALL_FACTS = ("elitebook-840-g11-windows11-all-facts", "latitude-7450-ubuntu-all-facts")

GB = 1_000_000_000
DAY = 86_400

# What has to change on a healthy laptop for the condition of each article to hold.
TROUBLES: dict[str, dict[str, FactValue]] = {
    "battery-worn": {"battery.wear_percent": 31.0},
    "battery-very-worn": {"battery.wear_percent": 47.5},
    "certificate-expires-soon": {"certificates.soonest_expiry": 9},
    "chrome-years-old": {"programs.chrome": "88.0.4324.150"},
    "clock-drifts": {"time.synchronised": False, "time.clock_offset": 45.0},
    "clock-wrong": {"time.clock_offset": -180.0},
    "disk-nearly-full": {"mounts.system_free": 20 * GB, "mounts.system_free_percent": 4.0},
    "disk-very-full": {"mounts.system_free": 5 * GB, "mounts.system_free_percent": 1.0},
    "dns-fails": {"dns_resolvers.works": False, "network.server_reachable": False},
    "file-slots-used-up": {
        "os_version.platform": "linux",
        "mounts.system_inodes_free_percent": 1.0,
    },
    "finder-could-read-everything": {
        "os_version.platform": "linux",
        "screenlock.enabled": False,
        "disk_encryption.encrypted": False,
    },
    "firewall-off-windows": {"firewall.active": False},
    "hot-although-idle-linux": {
        "os_version.platform": "linux",
        "temperature.highest": 91.0,
        "load_average.per_core": 0.1,
    },
    "laptop-not-compliant-windows": {
        "secureboot.secure_boot": False,
        "screenlock.enabled": False,
    },
    "little-memory-windows": {
        "system_info.physical_memory": 4_141_285_376,
        "memory_info.memory_available_percent": 18.0,
    },
    "macos-too-old": {"os_version.platform": "macos", "os_version.version": "12.7.6"},
    "memory-nearly-used-up": {"memory_info.memory_available_percent": 4.0},
    "no-gateway": {"routes.gateway_present": False, "interface_details.connection": "wifi"},
    "no-sound-output-at-all": {"audio_devices.outputs": 0},
    "no-standard-printer-windows": {
        "cups_destinations.count": 3,
        "cups_destinations.default_set": False,
    },
    "not-connected": {"interface_details.connection": "none"},
    "not-updated-for-half-a-year": {"updates.last_installed_days": 230},
    "outlook-too-old": {"programs.outlook": "15.0.5589.1000"},
    "print-jobs-wait-on-vpn": {
        "os_version.platform": "linux",
        "cups_jobs.waiting": 2,
        "interface_details.vpn_active": True,
    },
    "print-jobs-waiting": {"os_version.platform": "linux", "cups_jobs.waiting": 2},
    "processor-overloaded": {
        "os_version.platform": "linux",
        "load_average.per_core": 3.4,
        "memory_info.pressure_percent": 1.0,
    },
    "programs-crash-often": {"crashes.last_week": 11},
    "programs-wait-for-memory-linux": {
        "os_version.platform": "linux",
        "memory_info.pressure_percent": 34.0,
    },
    "proxy-in-the-way": {"network.proxy_set": True, "network.server_reachable": False},
    "restart-overdue": {"uptime.total_seconds": 15 * DAY, "updates.restart_pending": True},
    "restart-pending": {"updates.restart_pending": True},
    "swap-heavy": {
        "memory_info.swap_used_percent": 80.0,
        "memory_info.memory_available_percent": 15.0,
    },
    "system-disk-read-only-linux": {
        "os_version.platform": "linux",
        "os_version.name": "Ubuntu 24.04.3 LTS",
        "mounts.system_read_only": True,
    },
    "teams-classic-ended": {"programs.teams": "1.7.00.13456"},
    "update-has-no-room-windows": {
        "mounts.system_free": 12 * GB,
        "mounts.system_free_percent": 11.0,
        "updates.last_installed_days": 50,
    },
    "updates-wait-too-long": {
        "os_version.platform": "linux",
        "updates.waiting": 12,
        "updates.last_installed_days": 60,
    },
    "volume-nearly-full": {"mounts.volumes": 2, "mounts.fullest_free_percent": 2.0},
    "vpn-in-the-way": {"interface_details.vpn_active": True, "network.server_reachable": False},
    "wifi-weak": {"wifi_status.rssi": -82, "interface_details.connection": "wifi"},
    "windows-10-ended": {"os_version.version": "10"},
    "windows-11-version-ended": {"os_version.build": "22621.4317"},
    "windows-not-updated-for-months": {"updates.last_installed_days": 75},
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
CONDITIONAL = [article for article in ARTICLES if article.condition]


def facts_of(machine: str) -> dict[str, FactValue]:
    recorded = json.loads((MACHINES / f"{machine}.json").read_text(encoding="utf-8"))
    facts: dict[str, FactValue] = recorded["facts"]
    return facts


def device_of(facts: Mapping[str, FactValue]) -> DeviceType:
    return device_type_from(Fact(name=name, value=value) for name, value in facts.items())


def found_by(facts: Mapping[str, FactValue]) -> set[str]:
    """The articles whose condition holds on a laptop with these facts."""
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
    return re.fullmatch(r"[A-Z].*[.?]", words) is not None


def test_there_are_enough_of_each_kind() -> None:
    assert len(CONDITIONAL) >= 40
    assert len(ARTICLES) - len(CONDITIONAL) >= 50
    assert len(ARTICLES) >= 90


def test_no_two_articles_share_a_title_or_a_symptom() -> None:
    said = [words.casefold() for one in ARTICLES for words in (one.title, *one.symptoms)]
    assert sorted(said) == sorted(set(said))


@pytest.mark.parametrize("machine", [HEALTHY, *ALL_FACTS])
def test_a_healthy_laptop_is_left_alone(machine: str) -> None:
    assert found_by(facts_of(machine)) == set()


def test_every_condition_is_tried() -> None:
    assert {article.article_id for article in CONDITIONAL} == set(TROUBLES)


@pytest.mark.parametrize("article_id", TROUBLES)
def test_a_trouble_finds_its_article_and_only_that(article_id: str) -> None:
    facts = facts_of(HEALTHY) | TROUBLES[article_id]
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
