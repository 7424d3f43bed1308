"""What the laptop knows of the drafts of solved sessions, and what it says to an article that did
not help."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field
from samebox_shared.model.articles import Article, DraftState
from samebox_shared.model.ids import ArticleId, PersonId, SessionId


class Choices(Struct, frozen=True, omit_defaults=True):
    """What the person decided about one draft; kept on this laptop.

    `left_out` are sentences as they were written, `put_back` words that were taken out. `later`:
    not now; `never`: not this one; `handed`: handed over; `undo` says how one goes back. `agreed`
    is what somebody who looks at it said in that `round`, `why` what is wrong; `doubting` while
    they write that. `fixed` is what fixed it where nobody wrote that; `noted`: they know that it
    was published."""

    left_out: frozenset[str] = frozenset()
    put_back: frozenset[str] = frozenset()
    later: bool = False
    never: bool = False
    handed: bool = False
    agreed: bool | None = None
    round: int = 0
    doubting: bool = False
    why: str = ""
    undo: str = ""
    fixed: str = ""
    noted: bool = False


class Way(Struct, frozen=True):
    """How far a draft is that was handed over, as the server told; `waits_for` are those who look
    at it, `round` counts how often its words came back to them."""

    state: DraftState = DraftState.LOOKING
    words: str = ""
    waits_for: tuple[PersonId, ...] = ()
    article_id: ArticleId | None = None
    round: int = 0


class Objection(Struct, frozen=True):
    """What somebody says of an article that did not help: that it made things worse, or what was
    missing. `said` once it was told."""

    article_id: ArticleId
    worse: bool = False
    why: str = ""
    said: bool = False


class Drafts(Struct, frozen=True):
    """All of it. `open` is the one on the page; `written` and `ways` came from the server. `hosts`
    and `users` are names of this laptop and its user, which never leave."""

    open: SessionId | None = None
    choices: Mapping[SessionId, Choices] = field(default_factory=lambda: MappingProxyType({}))
    written: Mapping[SessionId, Article] = field(default_factory=lambda: MappingProxyType({}))
    ways: Mapping[SessionId, Way] = field(default_factory=lambda: MappingProxyType({}))
    objection: Objection | None = None
    hosts: tuple[str, ...] = ()
    users: tuple[str, ...] = ()

    def of(self, session_id: SessionId) -> Choices:
        """What was decided about this one so far."""
        return self.choices.get(session_id, Choices())
