"""When a notice may be shown: once for each occasion, few a day, at a good moment (J2).

An occasion begins when the condition of an article begins to hold. Everything that holds is counted
by the tray icon at once; a notice is more, and rare. What was told is kept on the disk, so that the
same condition after a restart of the program is not news.
"""

from collections.abc import Iterable

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from samebox_shared.model.ids import ArticleId

MOST_A_DAY = 3
"""Notices in any 24 hours. The rest is only counted by the icon."""
DAY_SECONDS = 24 * 3_600.0
AGAIN_SECONDS = DAY_SECONDS
"""What holds again within this time after it was gone is still the same occasion."""
QUIET_SECONDS = 300.0
"""After login, and after sleep or a lock: people have other things to do then. Nothing that
Samebox suggests is so urgent that it could not wait for this."""


class Occasion(Struct, frozen=True):
    """A condition that holds, or did lately: whether its notice is behind it (shown, or not
    needed), and since when the condition is seen to be gone. `article_id` is that of the original
    of a translation: another language is no news."""

    article_id: ArticleId
    told: bool = False
    gone_at: float | None = None


class Manners(Struct, frozen=True):
    """What the rules remember: the occasions, and when notices were shown, in Unix seconds."""

    occasions: tuple[Occasion, ...] = ()
    shown_at: tuple[float, ...] = ()


class Seen(Struct, frozen=True):
    """What one look found, by original article: what holds, what is known not to hold, and what
    the person put away."""

    holding: frozenset[ArticleId] = frozenset()
    gone: frozenset[ArticleId] = frozenset()
    put_away: frozenset[ArticleId] = frozenset()


def remember(manners: Manners, seen: Seen, now: float) -> Manners:
    """Take in what a look found. What is not known to be gone goes on as it was, however long the
    laptop was switched off."""
    known = {one.article_id: one for one in manners.occasions}
    occasions = (
        _holding(known.get(article_id), article_id, seen, now)
        if article_id in seen.holding
        else _not_holding(known[article_id], seen, now)
        for article_id in sorted(seen.holding | known.keys())
    )
    left = tuple(one for one in occasions if one is not None)
    return Manners(left, _of_today(manners.shown_at, now))


def _holding(known: Occasion | None, article_id: ArticleId, seen: Seen, now: float) -> Occasion:
    told = known is not None and known.told and not _is_over(known, now)
    return Occasion(article_id, told or article_id in seen.put_away)


def _not_holding(known: Occasion, seen: Seen, now: float) -> Occasion | None:
    if known.article_id not in seen.gone:
        return known
    since = now if known.gone_at is None else min(known.gone_at, now)
    gone = replace(known, gone_at=since)
    return None if _is_over(gone, now) else gone


def _is_over(occasion: Occasion, now: float) -> bool:
    return occasion.gone_at is not None and now - occasion.gone_at >= AGAIN_SECONDS


def waiting(manners: Manners, seen: Seen) -> tuple[ArticleId, ...]:
    """Occasions of now that no notice told of yet."""
    return tuple(
        one.article_id
        for one in manners.occasions
        if not one.told and one.article_id in seen.holding
    )


def tell(manners: Manners, seen: Seen, now: float) -> tuple[Manners, tuple[ArticleId, ...]]:
    """The moment is good: what one notice tells of now. Over the cap it is none, and what waits
    is left to the icon for good."""
    news = waiting(manners, seen)
    settled = settle(manners, seen)
    if not news or len(_of_today(manners.shown_at, now)) >= MOST_A_DAY:
        return settled, ()
    shown_at = (*_of_today(manners.shown_at, now), now)
    return replace(settled, shown_at=shown_at), news


def settle(manners: Manners, seen: Seen) -> Manners:
    """The person sees the cards: no notice is needed for what holds."""
    occasions = tuple(
        replace(one, told=True) if one.article_id in seen.holding else one
        for one in manners.occasions
    )
    return manners if occasions == manners.occasions else replace(manners, occasions=occasions)


def _of_today(shown_at: Iterable[float], now: float) -> tuple[float, ...]:
    """A clock that was set back must not silence notices for ever."""
    return tuple(min(at, now) for at in shown_at if now - at < DAY_SECONDS)


def written(manners: Manners) -> str:
    """As it is kept on this laptop."""
    return msgspec.json.encode(manners).decode()


def read(text: str) -> Manners:
    """What was kept; nothing when it cannot be read."""
    try:
        return msgspec.json.decode(text, type=Manners)
    except msgspec.DecodeError:
        return Manners()
