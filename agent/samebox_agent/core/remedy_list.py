"""The closed list of remedies: all that Samebox may change or measure on a laptop by itself.

An article names one by its key. Nothing that came from an article, a chat or a server becomes part
of what is done; a key that is not here does nothing (decision 19). What each row does on each
system stands in `desktop.remedies`.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct, UnsetType
from samebox_shared.model.devices import System
from samebox_shared.model.ids import ArticleId

_LINUX = frozenset({System.LINUX})
_WINDOWS = frozenset({System.WINDOWS})
_EVERY = frozenset({System.WINDOWS, System.MACOS, System.LINUX})


class RemedyKey(StrEnum):
    """What an article may name. The server has the same keys (`REMEDY_KEYS`)."""

    FLUSH_DNS = "flush_dns"
    EMPTY_BIN = "empty_bin"
    BIGGEST_FOLDERS = "biggest_folders"
    RESTART_AUDIO = "restart_audio"
    RECONNECT_NETWORK = "reconnect_network"
    CLEAR_THUMBNAILS = "clear_thumbnails"
    CLEAR_TEAMS_CACHE = "clear_teams_cache"


class Look(StrEnum):
    """Whether it looks before it asks to go on; ONLY changes nothing at all."""

    NO = "no"
    FIRST = "first"
    ONLY = "only"


class Remedy(Struct, frozen=True):
    """One safe action: on which systems there is one, what the person reads before it is done, how
    it is undone (or that it cannot be), how long it may take, and what the log says of it."""

    systems: frozenset[System]
    title: str
    does: str
    undo: str
    busy: str
    seconds: float
    logged: str
    look: Look = Look.NO
    for_good: bool = False


REMEDIES: Mapping[RemedyKey, Remedy] = MappingProxyType(
    {
        RemedyKey.FLUSH_DNS: Remedy(
            _EVERY,
            "Forget the addresses of websites",
            "This laptop forgets the addresses of websites that it remembered, and asks the "
            "network again.",
            "Nothing has to be put back: it learns them again by itself.",
            "Forgetting the addresses of websites…",
            10.0,
            "the remembered names were dropped",
        ),
        RemedyKey.EMPTY_BIN: Remedy(
            _EVERY,
            "Empty the bin",
            "All that lies in your own bin is deleted for good.",
            "This cannot be undone. If you are not sure, look into the bin yourself first.",
            "Emptying the bin…",
            120.0,
            "the bin was emptied",
            Look.FIRST,
            for_good=True,
        ),
        RemedyKey.BIGGEST_FOLDERS: Remedy(
            frozenset({System.WINDOWS, System.LINUX}),
            "Show the largest folders",
            "The sizes of the folders below your home folder are added up, and the ten largest "
            "are shown here.",
            "Nothing is changed, and nothing leaves this laptop.",
            "Adding up the sizes of your folders…",
            30.0,
            "folders were measured",
            Look.ONLY,
        ),
        RemedyKey.RESTART_AUDIO: Remedy(
            _LINUX,
            "Restart the sound",
            "The programs that carry sound are ended and started again. Sound is away for some "
            "seconds; leave a call before.",
            "Nothing has to be put back.",
            "Restarting the sound…",
            20.0,
            "the sound was restarted",
        ),
        RemedyKey.RECONNECT_NETWORK: Remedy(
            frozenset({System.LINUX, System.MACOS}),
            "Reconnect to the network",
            "The network is turned off and on again. The connection is away for up to half a "
            "minute: a call or a download breaks off.",
            "It is turned on again by itself. Should it stay off, turn it on in the menu where "
            "you choose a network.",
            "Turning the network off and on again…",
            40.0,
            "the network was turned off and on again",
        ),
        RemedyKey.CLEAR_THUMBNAILS: Remedy(
            _LINUX,
            "Clear the small previews",
            "The small preview pictures that the file manager keeps are deleted. Your own "
            "pictures stay.",
            "Nothing has to be put back: they are made again when you open a folder.",
            "Clearing the small previews…",
            60.0,
            "the previews were deleted",
            Look.FIRST,
        ),
        RemedyKey.CLEAR_TEAMS_CACHE: Remedy(
            _WINDOWS,
            "Clear the Teams cache",
            "What Teams keeps on this laptop to start faster is deleted. Chats and files are in "
            "the cloud; your own backgrounds stay.",
            "Teams fetches it again at the next start. You may have to sign in again.",
            "Clearing the Teams cache…",
            60.0,
            "the cache of Teams was deleted",
            Look.FIRST,
        ),
    }
)


class Folder(Struct, frozen=True):
    """A folder below the home folder, and the bytes in it."""

    name: str
    size: int


class Found(Struct, frozen=True):
    """What a look saw, or what was done: so many items of so many bytes. `partial`: there is more
    that was not reached."""

    items: int = 0
    size: int = 0
    folders: tuple[Folder, ...] = ()
    partial: bool = False


class WhyNot(StrEnum):
    """Why a remedy failed. `presenters.remedies` has the words for each."""

    RECORDED = "recorded"
    NOT_HERE = "not_here"
    NOT_ALLOWED = "not_allowed"
    IN_USE = "in_use"
    TOO_SLOW = "too_slow"
    STILL_BUSY = "still_busy"
    LEFT_OVER = "left_over"
    NOT_BACK = "not_back"
    STRANGE = "strange"
    BROKEN = "broken"


class Looking(Struct, frozen=True):
    """It looks; nothing is changed."""


class Confirm(Struct, frozen=True):
    """The person is asked; `at` is when the look was, in Unix seconds."""

    at: float
    found: Found | None = None


class Running(Struct, frozen=True):
    """It is being done."""


class Done(Struct, frozen=True):
    """It is done, or there was nothing to do."""

    found: Found


class Failed(Struct, frozen=True):
    """It could not be done; `done` is what was done until then."""

    why: WhyNot
    done: Found


Phase = Looking | Confirm | Running | Done | Failed


class Attempt(Struct, frozen=True):
    """One remedy on its way, asked for from an article. `number` tells it from those before."""

    number: int
    article_id: ArticleId
    key: RemedyKey
    phase: Phase

    @property
    def is_busy(self) -> bool:
        """The laptop works on it now."""
        return isinstance(self.phase, Looking | Running)


class Tried(Struct, frozen=True):
    """A remedy that was run, when, and whether it came to its end."""

    key: RemedyKey
    at: float
    done: bool


class Remedies(Struct, frozen=True):
    """What this laptop can do, what is being done, and what was tried, the newest first."""

    offered: frozenset[RemedyKey] = frozenset()
    number: int = 0
    attempt: Attempt | None = None
    tried: tuple[Tried, ...] = ()


def known(key: str | UnsetType) -> RemedyKey | None:
    """The remedy that an article names; None for one that this agent does not have."""
    return next((one for one in RemedyKey if one == key), None)
