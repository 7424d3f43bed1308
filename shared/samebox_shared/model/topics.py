"""What a question is about, and why somebody in particular is asked."""

from enum import StrEnum


class Topic(StrEnum):
    """The asker's choice, or a guess from the words that the asker can change."""

    OTHER = "other"
    NETWORK = "network"
    PRINTING = "printing"
    SOUND_AND_CAMERA = "sound_and_camera"
    DISPLAY = "display"
    STORAGE = "storage"
    BATTERY = "battery"
    UPDATES = "updates"
    SIGN_IN = "sign_in"
    MAIL_AND_CALENDAR = "mail_and_calendar"
    BROWSER = "browser"
    APPLICATION = "application"
    ACCESS = "access"


PLACE_MATTERS = frozenset({Topic.NETWORK, Topic.PRINTING})
"""Trouble of a place: somebody who is there sees the same printer and the same Wi-Fi."""


class Why(StrEnum):
    """A reason why this helper is asked, beside the ring; told to both."""

    SOLVED_LATELY = "solved_lately"
    SPEAKS_LANGUAGE = "speaks_language"
    SAME_PLACE = "same_place"
    HELPED_BEFORE = "helped_before"
    KNOWS_TOPIC = "knows_topic"
    IT_ONLY = "it_only"


class Part(StrEnum):
    """What somebody is in a session, beside its asker."""

    HELPER = "helper"
    SECOND = "second"
    IT = "it"
    WATCHER = "watcher"
