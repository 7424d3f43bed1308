"""What can go wrong between the laptop and the world outside it."""

from enum import StrEnum


class Problem(StrEnum):
    """What can stand between the laptop and the server, or the laptop and its own disk.
    `presenters.refusals` has the words for each."""

    BAD_ADDRESS = "bad_address"
    UNSAFE_ADDRESS = "unsafe_address"
    NAME_NOT_FOUND = "name_not_found"
    CONNECTION_REFUSED = "connection_refused"
    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"
    NOT_SAMEBOX = "not_samebox"
    BAD_CERTIFICATE = "bad_certificate"
    SERVER_TOO_OLD = "server_too_old"
    AGENT_TOO_OLD = "agent_too_old"
    SIGNED_OUT = "signed_out"
    SERVER_TROUBLE = "server_trouble"
    DISK_FULL = "disk_full"
    STORE_BROKEN = "store_broken"
    STORE_UNUSABLE = "store_unusable"
    NO_KEY_STORE = "no_key_store"
    KEY_NOT_KEPT = "key_not_kept"
    REPLACED = "replaced"
    SETTINGS_NOT_OPENED = "settings_not_opened"
    PORTAL_NOT_OPENED = "portal_not_opened"
    ARTICLES_NOT_SIGNED = "articles_not_signed"
