"""Why somebody is asked, in words: beside the ring, told to both sides."""

from collections.abc import Sequence

from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.topics import Topic, Why

from samebox_agent.presenters import wording

TOPICS: dict[Topic, str] = {
    Topic.NETWORK: "Wi-Fi and network",
    Topic.PRINTING: "Printing",
    Topic.SOUND_AND_CAMERA: "Sound and camera",
    Topic.DISPLAY: "Screens",
    Topic.STORAGE: "Storage",
    Topic.BATTERY: "Battery and charging",
    Topic.UPDATES: "Updates",
    Topic.SIGN_IN: "Signing in",
    Topic.MAIL_AND_CALENDAR: "Mail and calendar",
    Topic.BROWSER: "Browser",
    Topic.APPLICATION: "Programs",
    Topic.ACCESS: "Access to files",
    Topic.OTHER: "Something else",
}

_THEY: dict[Why, tuple[str, str]] = {
    Why.SOLVED_LATELY: ("solved this kind of trouble lately", "solved this kind of trouble lately"),
    Why.SPEAKS_LANGUAGE: ("speaks your language", "speak your language"),
    Why.SAME_PLACE: ("is at your place", "are at your place"),
    Why.HELPED_BEFORE: ("helped you before", "helped you before"),
    Why.KNOWS_TOPIC: ("chose to help with this topic", "chose to help with this topic"),
}
_YOU: dict[Why, str] = {
    Why.SOLVED_LATELY: "you solved this kind of trouble lately",
    Why.SPEAKS_LANGUAGE: "you speak their language",
    Why.SAME_PLACE: "you are at the same place",
    Why.HELPED_BEFORE: "you helped them before",
    Why.KNOWS_TOPIC: "you chose to help with this topic",
}


def of_them(why: Sequence[Why], count: int) -> str:
    """Why the asker's helpers are the ones, as one sentence; "" without a reason."""
    if Why.IT_ONLY in why:
        return "Questions about this topic go to IT at once."
    told = [_THEY[one][0 if count == 1 else 1] for one in why if one in _THEY]
    if not told:
        return ""
    subject = "They" if count != 1 else "This colleague"
    return f"{subject} {listed(told)}."


def who(why: Sequence[Why]) -> str:
    """The same about the one who came, as the end of a sentence: ", who …"; "" without a reason."""
    told = [_THEY[one][0] for one in why if one in _THEY]
    return f", who {listed(told)}" if told else ""


def of_you(why: Sequence[Why], ring: Ring, device_type: DeviceType) -> str:
    """Why this person is asked, as one sentence."""
    if Why.IT_ONLY in why:
        return "You are asked because this topic goes to IT at once."
    return f"You are asked because {listed([_ring(ring, device_type), *_of_you(why)])}."


def _of_you(why: Sequence[Why]) -> list[str]:
    return [_YOU[one] for one in why if one in _YOU]


def _ring(ring: Ring, device_type: DeviceType) -> str:
    match ring:
        case Ring.SAME_MODEL:
            phone = device_type.system in wording.PHONES
            return "you have the same phone" if phone else "you have the same laptop"
        case Ring.SAME_FAMILY:
            return f"you have another {device_type.family}"
        case Ring.SAME_VENDOR:
            return f"you have a {device_type.vendor}, too"
        case Ring.SAME_SYSTEM:
            return "you use the same system"
        case Ring.IT:
            return "no colleague could answer and you are IT"


def listed(parts: Sequence[str]) -> str:
    """As "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
