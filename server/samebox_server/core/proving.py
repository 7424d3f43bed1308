"""On which versions of a system an article is known to work, and where nobody has tried it yet.

An article goes stale by itself: when a laptop comes with a newer system than any the article was
proven on, it stands on the list of what to test again.
"""

from collections.abc import Collection, Iterable

from msgspec import Struct
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version
from samebox_shared.model.articles import Article, Proven
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import ArticleId

FEDORA = 30
"""Fedora is beyond it, Debian not for many years."""


class Fleet(Struct, frozen=True):
    """How many laptops run this version of a system."""

    system: System
    system_version: str
    laptops: int


class Retest(Struct, frozen=True, kw_only=True):
    """An article that nobody has tried on a newer system; `proven` is the newest it works on."""

    article_id: ArticleId
    title: str
    version: int
    system: System
    system_version: str
    laptops: int
    proven: str


def newest(proven: Iterable[Proven]) -> tuple[Proven, ...]:
    """Of each system the newest version; what is no version is left out."""
    best: dict[System, Proven] = {}
    for one in proven:
        known = best.get(one.system)
        version = _version(one.system_version)
        if version is not None and (known is None or version > Version(known.system_version)):
            best[one.system] = one
    return tuple(best[system] for system in System if system in best)


def vouched(article: Article, fleet: Iterable[Fleet]) -> tuple[Proven, ...]:
    """What whoever publishes an article vouches for: the systems that are in use and that it is
    for."""
    return tuple(
        Proven(system=one.system, system_version=one.system_version)
        for one in fleet
        if _fits(article, one)
    )


def to_test_again(
    article: Article, proven: Collection[Proven], fleet: Iterable[Fleet]
) -> tuple[Retest, ...]:
    """For each system the newest version in use beyond the proven ones.

    A system on which it was never proven is not listed: there is nothing to test again.
    """
    best = {one.system: one.system_version for one in newest(proven)}
    found: dict[System, Retest] = {}
    for one in fleet:
        known = best.get(one.system)
        if known is None or not _is_newer(one, known) or not _fits(article, one):
            continue
        before = found.get(one.system)
        if before is None or _is_newer(one, before.system_version):
            found[one.system] = Retest(
                article_id=article.article_id,
                title=article.title,
                version=article.version,
                system=one.system,
                system_version=one.system_version,
                laptops=one.laptops,
                proven=known,
            )
    return tuple(found[system] for system in System if system in found)


def proven_by(device_type: DeviceType) -> Proven | None:
    """What a fix that worked on this laptop proves; nothing where its system is not told."""
    if device_type.system is None or _version(device_type.system_version) is None:
        return None
    return Proven(system=device_type.system, system_version=device_type.system_version)


def _fits(article: Article, one: Fleet) -> bool:
    kinds = [kind for kind in article.applies_to if kind.system in (None, one.system)]
    if article.applies_to and not kinds:
        return False
    return not kinds or any(_in_range(kind.versions, one.system_version) for kind in kinds)


def _in_range(versions: str, system_version: str) -> bool:
    version = _version(system_version)
    if not versions or version is None:
        return not versions
    try:
        return SpecifierSet(versions).contains(version, prereleases=True)
    except InvalidSpecifier:
        return False


def _is_newer(one: Fleet, other: str) -> bool:
    """A release beyond the other one; a point release of macOS is none. Nothing is said between
    distributions of Linux that count in different ways."""
    left, right = _version(one.system_version), _version(other)
    if left is None or right is None:
        return False
    if one.system is System.LINUX and _count(left) != _count(right):
        return False
    return left.major > right.major if one.system is System.MACOS else left > right


def _count(version: Version) -> tuple[bool, bool]:
    """Which way of counting it is: 24.04 (Ubuntu), 42 (Fedora) or 13 (Debian)."""
    return len(version.release) > 1, version.major >= FEDORA


def _version(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:
        return None
