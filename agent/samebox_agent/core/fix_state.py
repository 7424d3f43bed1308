"""What the laptop knows of articles: which there are, what they found here, what came of them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct, field
from samebox_shared.model.articles import Article, Proven, Record, Tried
from samebox_shared.model.ids import ArticleId

from samebox_agent.core.article_copy import ArticleCopy


class Finding(Struct, frozen=True):
    """An article whose condition holds on this laptop now, with the reason in words."""

    article_id: ArticleId
    reason: str


class Outcome(StrEnum):
    """What came of an article's steps."""

    LOOKING = "looking"
    FIXED = "fixed"
    NOT_YET = "not_yet"
    CANNOT_TELL = "cannot_tell"
    SAID_SOLVED = "said_solved"


class Snoozed(Struct, frozen=True):
    """A suggestion put away until a time; infinity is for ever."""

    article_id: ArticleId
    until: float


class Trying(Struct, frozen=True):
    """An article whose steps the person opened while its condition held, and when, in Unix
    seconds."""

    article_id: ArticleId
    at: float


class Fixes(Struct, frozen=True):
    """Articles, what matched, and what the person did with them. `ruled_out` are articles whose
    condition does not hold on this laptop. `shown_as` leads from an article that is hidden because
    another says the same in the person's language to that one. `records` tell what came of them on
    all laptops, `proven` on which versions of systems they are known to work, `reported` what was
    told of this one since the start. `trying` are followed until their conditions no longer hold,
    and the person last had to do with one at `followed_at` on the clock that never goes back;
    `fixed` are those that were seen to be gone, until the window is closed."""

    articles: Mapping[ArticleId, Article] = field(default_factory=lambda: MappingProxyType({}))
    head: int = 0
    copy: ArticleCopy = ArticleCopy()
    fitting: frozenset[ArticleId] = frozenset()
    shown_as: Mapping[ArticleId, ArticleId] = field(default_factory=lambda: MappingProxyType({}))
    findings: tuple[Finding, ...] = ()
    ruled_out: frozenset[ArticleId] = frozenset()
    text: str = ""
    searched: str = ""
    hits: tuple[ArticleId, ...] = ()
    open: ArticleId | None = None
    outcomes: tuple[tuple[ArticleId, Outcome], ...] = ()
    snoozed: tuple[Snoozed, ...] = ()
    tried: tuple[ArticleId, ...] = ()
    records: Mapping[ArticleId, tuple[Record, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    proven: Mapping[ArticleId, tuple[Proven, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    reported: frozenset[tuple[ArticleId, int, Tried]] = frozenset()
    openable: frozenset[str] = frozenset()
    trying: tuple[Trying, ...] = ()
    followed_at: float = 0.0
    fixed: tuple[ArticleId, ...] = ()

    def outcome(self, article_id: ArticleId) -> Outcome | None:
        """What came of this article on this laptop, if anything."""
        return dict(self.outcomes).get(article_id)
