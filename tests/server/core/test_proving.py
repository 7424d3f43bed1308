"""Where an article is known to work, and where nobody has tried it yet."""

import pytest
from samebox_server.core.proving import Fleet, newest, proven_by, to_test_again, vouched
from samebox_shared.model.articles import AppliesTo, Article, Proven
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import ArticleId

MAC, WINDOWS, LINUX = System.MACOS, System.WINDOWS, System.LINUX


def article(*kinds: AppliesTo) -> Article:
    return Article(
        article_id=ArticleId("wifi"), version=3, title="Wi-Fi", summary="", applies_to=kinds
    )


def proven(system: System, version: str) -> Proven:
    return Proven(system=system, system_version=version)


def test_of_each_system_the_newest_version_counts() -> None:
    many = [proven(LINUX, "9"), proven(LINUX, "22.04"), proven(LINUX, "odd"), proven(MAC, "15.1")]
    assert newest(many) == (proven(MAC, "15.1"), proven(LINUX, "22.04"))


@pytest.mark.parametrize(
    ("known", "system", "version", "stale"),
    [
        ("15.1", MAC, "26.0", True),
        ("15.1", MAC, "15.7", False),  # a point release
        ("10", WINDOWS, "11", True),
        ("11", WINDOWS, "10", False),
        ("22.04", LINUX, "24.04", True),
        ("24.04", LINUX, "42", False),
        ("13", LINUX, "42", False),
        ("41", LINUX, "42", True),
        ("24.04", LINUX, "24.04", False),
        ("24.04", LINUX, "odd", False),
    ],
)
def test_a_newer_system_than_any_proven_one_makes_it_stale(
    known: str, system: System, version: str, stale: bool
) -> None:
    found = to_test_again(article(), [proven(system, known)], [Fleet(system, version, 7)])
    assert bool(found) is stale
    if found:
        assert (found[0].proven, found[0].system_version, found[0].laptops) == (known, version, 7)


def test_the_newest_of_several_is_listed_and_an_unproven_system_is_not() -> None:
    fleet = [Fleet(MAC, "26.0", 3), Fleet(MAC, "27.1", 1), Fleet(MAC, "26.4", 1)]
    fleet += [Fleet(WINDOWS, "11", 50)]
    (one,) = to_test_again(article(), [proven(MAC, "15")], fleet)
    assert (one.system, one.system_version) == (MAC, "27.1")


def test_what_it_is_not_for_needs_no_test() -> None:
    for kinds in ((AppliesTo(system=WINDOWS),), (AppliesTo(system=MAC, versions="<26"),)):
        assert to_test_again(article(*kinds), [proven(MAC, "15")], [Fleet(MAC, "26", 1)]) == ()
    odd = AppliesTo(system=MAC, versions="no range")
    assert to_test_again(article(odd), [proven(MAC, "15")], [Fleet(MAC, "26", 1)]) == ()


def test_whoever_publishes_vouches_for_the_systems_in_use_that_it_is_for() -> None:
    fleet = [Fleet(MAC, "15.1", 2), Fleet(WINDOWS, "11", 9), Fleet(MAC, "odd", 1)]
    kinds = (AppliesTo(system=MAC, versions=">=14"),)
    assert vouched(article(*kinds), fleet) == (proven(MAC, "15.1"),)
    assert len(vouched(article(), fleet)) == 3


def test_a_fix_that_worked_proves_the_version_of_a_laptop_that_tells_it() -> None:
    here = DeviceType(system=MAC, system_version="26.1")
    assert proven_by(here) == proven(MAC, "26.1")
    assert proven_by(DeviceType(system=MAC)) is None
    assert proven_by(DeviceType(system_version="26.1")) is None
