"""Notices are rare: once for an occasion, few a day, never of what was put away."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from samebox_agent.core import manners
from samebox_agent.core.manners import (
    AGAIN_SECONDS,
    DAY_SECONDS,
    MOST_A_DAY,
    Manners,
    Occasion,
    Seen,
    remember,
    settle,
    tell,
)
from samebox_shared.model.ids import ArticleId

from tests.support.builders import NOW

DISK, WORN = ArticleId("disk"), ArticleId("worn")
HOUR = 3_600.0


def seen(*holding: ArticleId, gone: tuple[ArticleId, ...] = ()) -> Seen:
    return Seen(frozenset(holding), frozenset(gone))


def looked(before: Manners, found: Seen, now: float) -> tuple[Manners, tuple[ArticleId, ...]]:
    return tell(remember(before, found, now), found, now)


def test_an_occasion_gives_one_notice_and_two_at_once_share_it() -> None:
    after, told = looked(Manners(), seen(DISK, WORN), NOW)
    assert told == (DISK, WORN)
    assert looked(after, seen(DISK, WORN), NOW + HOUR)[1] == ()
    assert len(after.shown_at) == 1


def test_what_holds_on_while_nobody_looks_is_no_news() -> None:
    after, _ = looked(Manners(), seen(DISK), NOW)
    assert looked(after, seen(DISK), NOW + 30 * DAY_SECONDS)[1] == ()


def test_what_flaps_is_one_occasion_and_what_comes_back_later_is_another() -> None:
    after, _ = looked(Manners(), seen(DISK), NOW)
    after = remember(after, seen(gone=(DISK,)), NOW + HOUR)
    after, told = looked(after, seen(DISK), NOW + HOUR + AGAIN_SECONDS - 1)
    assert told == ()
    after = remember(after, seen(gone=(DISK,)), NOW + 2 * DAY_SECONDS)
    assert looked(after, seen(DISK), NOW + 2 * DAY_SECONDS + AGAIN_SECONDS)[1] == (DISK,)


def test_the_time_of_being_gone_runs_from_when_it_was_first_seen() -> None:
    after, _ = looked(Manners(), seen(DISK), NOW)
    for hours in range(1, 25):
        after = remember(after, seen(gone=(DISK,)), NOW + hours * HOUR)
    assert after.occasions == (Occasion(DISK, told=True, gone_at=NOW + HOUR),)
    assert remember(after, seen(gone=(DISK,)), NOW + 25 * HOUR).occasions == ()


def test_what_cannot_be_told_today_stays_the_same_occasion() -> None:
    after, _ = looked(Manners(), seen(DISK), NOW)
    after = remember(after, seen(), NOW + 3 * DAY_SECONDS)
    assert looked(after, seen(DISK), NOW + 5 * DAY_SECONDS)[1] == ()


def test_over_the_cap_the_rest_is_left_to_the_icon_for_good() -> None:
    after = Manners(shown_at=(NOW,) * MOST_A_DAY)
    after, told = looked(after, seen(DISK), NOW + HOUR)
    assert told == ()
    after, told = looked(after, seen(DISK, WORN), NOW + DAY_SECONDS)
    assert told == (WORN,)


def test_what_was_put_away_is_not_told_also_when_the_time_is_over() -> None:
    away = Seen(frozenset({DISK}), put_away=frozenset({DISK}))
    after, told = looked(Manners(), away, NOW)
    assert told == ()
    assert looked(after, seen(DISK), NOW + DAY_SECONDS)[1] == ()


def test_cards_that_are_seen_need_no_notice() -> None:
    after = settle(remember(Manners(), seen(DISK), NOW), seen(DISK))
    assert tell(after, seen(DISK), NOW)[1] == ()
    assert settle(after, seen(DISK)) is after


def test_a_clock_that_was_set_back_does_not_silence_notices_for_ever() -> None:
    ahead = NOW + 365 * DAY_SECONDS
    after = Manners((Occasion(DISK, True, ahead),), (ahead,) * MOST_A_DAY)
    after = remember(after, seen(gone=(DISK,)), NOW)
    assert (after.occasions[0].gone_at, after.shown_at) == (NOW, (NOW,) * MOST_A_DAY)


def test_it_comes_back_from_the_disk_as_it_went_and_what_is_broken_is_nothing() -> None:
    after, _ = looked(Manners(), seen(DISK), NOW)
    assert manners.read(manners.written(after)) == after
    assert manners.read("{") == Manners()


@given(st.lists(st.floats(0.1, 20.0), min_size=4, max_size=40))
def test_however_occasions_fall_no_day_has_more_notices_than_the_cap(hours: list[float]) -> None:
    now, after, shown = NOW, Manners(), []
    for number, gap in enumerate(hours):
        now += gap * HOUR
        after, told = looked(after, seen(ArticleId(f"a{number}")), now)
        shown += [now] if told else []
        assert len([at for at in shown if now - at < DAY_SECONDS]) <= MOST_A_DAY
    assert len(shown) >= min(MOST_A_DAY, len(hours))


ARTICLES = st.sampled_from([ArticleId(name) for name in "abcdefgh"])


class Laptop(RuleBasedStateMachine):
    """A laptop on which conditions come, go and become unknown, with a person who puts cards away,
    looks at them or does not, and a program that restarts."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.manners = Manners()
        self.holding: set[ArticleId] = set()
        self.unknown: set[ArticleId] = set()
        self.away: dict[ArticleId, float] = {}
        self.gone_since: dict[ArticleId, float] = {}
        self.told_since: set[ArticleId] = set()
        self.shown: list[float] = []

    def seen(self) -> Seen:
        everything = {ArticleId(name) for name in "abcdefgh"}
        known = frozenset(self.holding - self.unknown)
        away = frozenset(item for item, until in self.away.items() if until > self.now)
        return Seen(known, frozenset(everything - self.holding - self.unknown), away & known)

    @rule(article=ARTICLES)
    def begins_or_ends(self, article: ArticleId) -> None:
        self.holding ^= {article}

    @rule(article=ARTICLES)
    def cannot_be_told_or_can(self, article: ArticleId) -> None:
        self.unknown ^= {article}

    @rule(article=ARTICLES, days=st.sampled_from([1, 10_000]))
    def is_put_away(self, article: ArticleId, days: int) -> None:
        self.away[article] = self.now + days * DAY_SECONDS

    @rule(hours=st.sampled_from([0.01, 1, 7, 25, 200]))
    def time_goes_on(self, hours: float) -> None:
        self.now += hours * HOUR

    @rule()
    def restarts(self) -> None:
        self.manners = manners.read(manners.written(self.manners))

    @rule()
    def looks_while_it_is_quiet(self) -> None:
        self.manners = remember(self.manners, self.seen(), self.now)
        self.note_what_is_over()

    @rule()
    def looks_and_tells(self) -> None:
        self.looks_while_it_is_quiet()
        found = self.seen()
        self.manners, told = tell(self.manners, found, self.now)
        if told:
            self.shown.append(self.now)
        assert set(told) <= found.holding, "only what holds"
        assert not set(told) & found.put_away, "never what was put away"
        assert not set(told) & self.told_since, "never twice for one occasion"
        self.told_since |= set(told)

    def note_what_is_over(self) -> None:
        """An occasion is over when it was seen to be gone for long enough before it came back."""
        found = self.seen()
        for article in found.gone:
            self.gone_since.setdefault(article, self.now)
        for article in [*self.gone_since]:
            long = self.now - self.gone_since[article] >= AGAIN_SECONDS
            if long and article in found.gone | found.holding:
                self.told_since.discard(article)
            if article in found.holding:
                del self.gone_since[article]

    @invariant()
    def never_more_than_the_cap_a_day(self) -> None:
        recent = [at for at in self.shown if self.now - at < DAY_SECONDS]
        assert len(recent) <= MOST_A_DAY


TestLaptop = Laptop.TestCase
TestLaptop.settings = settings(max_examples=150, stateful_step_count=60, deadline=None)
