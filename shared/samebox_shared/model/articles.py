"""Articles: reviewed knowledge as it travels from the server to every laptop it fits."""

from enum import IntEnum, StrEnum

import msgspec

from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import ArticleId


class Risk(IntEnum):
    """How much harm a step can do if it is wrong (AB-6). FORBIDDEN never reaches an article."""

    READ_ONLY = 0
    REVERSIBLE = 1
    RISKY = 2
    FORBIDDEN = 3


class AppliesTo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of device an article fits; an empty field fits everything.

    `versions` is a PEP 440 specifier over the system's version, for example ">=11,<13".
    """

    system: System | None = None
    versions: str = ""
    vendor: str = ""
    family: str = ""
    model: str = ""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do. `settings` is a key of the agent's own list of settings pages, or empty;
    `remedy` one of its own list of safe actions. Unset is not sent, for older laptops."""

    text: str
    settings: str = ""
    remedy: str | msgspec.UnsetType = msgspec.UNSET


class Audience(StrEnum):
    """Who may read an article that is not for everyone: whoever holds the role of the same name."""

    IT = "it"
    MODERATOR = "moderator"


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A reviewed article. `condition` is a CEL expression over facts, or empty.

    `reason` is the sentence shown when the condition holds; `{table.column}` in it is replaced by
    the fact's value in words. `undo` says how to go back, or that one cannot. `translates` is the
    article that this one says in another language; unset is not sent, for older laptops. So is
    `audience` where everyone may read it.
    """

    article_id: ArticleId
    version: int
    title: str
    summary: str
    language: str = "en"
    translates: ArticleId | msgspec.UnsetType = msgspec.UNSET
    audience: Audience | msgspec.UnsetType = msgspec.UNSET
    topic: str = ""
    symptoms: tuple[str, ...] = ()
    applies_to: tuple[AppliesTo, ...] = ()
    condition: str = ""
    reason: str = ""
    steps: tuple[Step, ...] = ()
    risk: Risk = Risk.READ_ONLY
    undo: str = ""


class Tried(StrEnum):
    """What came of the steps of an article on one laptop."""

    VERIFIED = "verified"
    """The laptop looked again, and what the condition saw is gone."""
    SAID_SO = "said_so"
    NOT_HELPED = "not_helped"
    WORSE = "worse"
    """It made things worse; said twice of a version, it is hidden until it was reviewed."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """How often the steps of this version were tried on one device type, and what came of it."""

    device_type: DeviceType
    verified: int = 0
    said_so: int = 0
    not_helped: int = 0
    worse: int = 0


class Proven(msgspec.Struct, frozen=True, kw_only=True):
    """The newest version of a system on which this version of an article is known to work."""

    system: System
    system_version: str


class DraftState(StrEnum):
    """How far a proposed article is on its way to every laptop."""

    LOOKING = "looking"
    """Those who helped look at it."""
    REVIEW = "review"
    """A moderator who had no part in it is next."""
    SENT_BACK = "sent_back"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ArticleChange(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the change feed of articles; `article` is None when it was withdrawn. `records`
    are those of this version, the device types with most first; `proven` names each system once."""

    change: int
    article_id: ArticleId
    article: Article | None
    records: tuple[Record, ...] = ()
    proven: tuple[Proven, ...] = ()


class ArticlePage(msgspec.Struct, frozen=True, kw_only=True):
    """What changed after a cursor; ask again from `head` while `more` is true."""

    changes: tuple[ArticleChange, ...]
    head: int
    more: bool = False
