"""What the agent remembers between starts: one table of names, types, defaults and sentences."""

from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from samebox_agent.storage.database import Database

T = TypeVar("T", str, bool, float)


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One setting. A value of the wrong type in the file counts as the default."""

    name: str
    default: T
    sentence: str


SERVER_ADDRESS = Setting("server_address", "", "The server's base address; empty: not joined.")
DEVICE_ID = Setting("device_id", "", "The id the server gave this device.")
PERSON_ID = Setting("person_id", "", "The id of the person who joined.")
PERSON_NAME = Setting("person_name", "", "The name the server has for the person.")
ORGANISATION = Setting("organisation", "", "The organisation's name, as the server says it.")
ROLES = Setting("roles", "", "The person's roles, separated by commas.")
SHARING_SEEN = Setting("sharing_seen", False, "Whether the sharing sheet was answered once.")
READING = Setting("reading", True, "Whether facts may be read on this laptop at all.")
APPEARANCE = Setting("appearance", "system", "system, light or dark.")
REMEDIES = Setting("remedies", "", "The remedies that were run and when, as JSON.")
SERVER_KEY = Setting("server_key", "", "The key that the server's articles are signed with.")
ARTICLES_SCOPE = Setting("articles_scope", "", "What the copy of the articles is a copy of.")
ARTICLES_EPOCH = Setting("articles_epoch", "", "The server's epoch that the copy comes from.")
ARTICLES_LEFT_OUT = Setting("articles_left_out", "", "The version that did not understand some.")
TRYING = Setting("trying", "", "The articles whose steps are being done, as JSON.")
MANNERS = Setting("manners", "", "What a notice was shown of and when, as JSON.")

KNOWN: tuple[Setting[str] | Setting[bool], ...] = (
    SERVER_ADDRESS,
    DEVICE_ID,
    PERSON_ID,
    PERSON_NAME,
    ORGANISATION,
    ROLES,
    SHARING_SEEN,
    READING,
    APPEARANCE,
    REMEDIES,
    SERVER_KEY,
    ARTICLES_SCOPE,
    ARTICLES_EPOCH,
    ARTICLES_LEFT_OUT,
    TRYING,
    MANNERS,
)


class Settings:
    """Settings in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, setting: Setting[T]) -> T:
        """The stored value, or the default."""
        found = self._database.row("SELECT value FROM setting WHERE name = ?", (setting.name,))
        if found is None:
            return setting.default
        try:
            value: T = msgspec.json.decode(found[0], type=type(setting.default))
        except msgspec.DecodeError:
            return setting.default
        return value

    def put(self, setting: Setting[T], value: T) -> None:
        """Durable before it returns."""
        self._database.execute(
            "INSERT OR REPLACE INTO setting VALUES (?, ?)",
            (setting.name, msgspec.json.encode(value).decode()),
        )
