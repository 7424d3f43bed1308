"""Each check, on a small history in which exactly its promise is broken."""

from msgspec.structs import replace

from tasks.faults.checks import breaches
from tasks.faults.history import Answered, AnyEntry, Claimed, Fault, Got, Kept, Said, Up, Waiting
from tasks.faults.world import MESSAGE, OPENED, look

PEOPLE = ("ana", "noor")
TEXTS = ("one", "two", "three")


def opened(person: str, session: str = "s1", fence: int = 1, seq: int = 1) -> Kept:
    return Kept(
        9.0,
        person,
        "e",
        seq,
        f"{person}-{session}",
        OPENED,
        session,
        number=fence,
        question="q1",
        helper="noor",
    )


def kept(person: str, seq: int, label: str) -> Kept:
    return Kept(9.0, person, "e", seq, f"{person}-{seq}", MESSAGE, "s1", label)


def story() -> list[AnyEntry]:
    """Two people in a session; one says three messages, and all is well."""
    entries: list[AnyEntry] = [opened(person) for person in PEOPLE]
    for number, text in enumerate(TEXTS, 2):
        entries.append(Said(float(number), "ana", text, "s1"))
        entries.append(Answered(number + 0.1, "ana", text))
        for person in PEOPLE:
            one = kept(person, number, text)
            entries.append(Got(number + 0.2, *[getattr(one, name) for name in GOT]))
            entries.append(one)
    return entries


GOT = ("person", "epoch", "seq", "event", "kind", "subject", "label")


def broken(entries: list[AnyEntry]) -> set[str]:
    return {breach.check for breach in breaches(look(entries))}


def without(entries: list[AnyEntry], person: str, label: str) -> list[AnyEntry]:
    """As if this person had never had it."""
    return [
        entry
        for entry in entries
        if not (isinstance(entry, Got) and (entry.person, entry.label) == (person, label))
    ]


def test_a_good_history_breaks_nothing() -> None:
    assert broken(story()) == set()


def test_an_acknowledged_message_that_one_does_not_have_is_lost() -> None:
    assert broken(without(story(), "noor", "three")) == {"lost"}


def test_what_was_acknowledged_after_the_backup_that_was_restored_is_excused() -> None:
    restored = [
        Fault(at, what, "server")
        for at, what in ((3.5, "backup"), (6.0, "restored"), (7.0, "ready"))
    ]
    assert broken([*without(story(), "noor", "three"), *restored]) == set()
    assert "lost" in broken([*without(story(), "noor", "two"), *restored])


def test_a_message_that_was_not_acknowledged_may_be_missing() -> None:
    entries = [entry for entry in story() if getattr(entry, "label", "") != "three"]
    assert broken([*entries, Said(5.0, "ana", "three", "s1")]) == set()


def test_a_message_that_stands_twice_is_found() -> None:
    again = kept("noor", 5, "three")
    assert broken([*story(), again]) == {"twice"}


def test_an_event_that_stands_twice_is_found() -> None:
    again = replace(kept("noor", 5, ""), kind="other", event="noor-4")
    assert broken([*story(), again]) == {"twice"}


def test_a_feed_with_a_hole_is_found() -> None:
    assert "gap" in broken(without(story(), "noor", "two"))


def test_two_orders_are_found() -> None:
    entries = without(without(story(), "noor", "two"), "noor", "three")
    swapped = [
        replace(kept("noor", seq, label), event=f"again-{seq}")
        for seq, label in ((2, "three"), (3, "two"), (4, "one"))
    ]
    entries = without(entries, "noor", "one")
    assert broken([*entries, *swapped]) == {"order"}


def test_another_event_at_a_place_that_was_shown_is_found() -> None:
    moved = Got(7.0, "noor", "e", 2, "another", "other")
    assert "moved" in broken([*story(), moved])


def test_what_was_shown_and_is_gone_is_found() -> None:
    gone = Got(7.0, "noor", "e", 9, "gone", "other")
    assert broken([*story(), gone]) == {"forgotten"}


def test_what_was_shown_in_an_epoch_that_is_over_may_be_gone() -> None:
    assert broken([*story(), Got(7.0, "noor", "before", 9, "gone", "other")]) == set()


def test_words_that_nobody_said_are_found() -> None:
    assert broken([*story(), kept("noor", 5, "made up")]) == {"phantom"}
    shown = Got(7.0, "noor", "e", 4, "noor-4", MESSAGE, "s1", "made up")
    assert broken([*story(), shown]) == {"phantom"}


def test_words_shown_to_somebody_outside_the_session_are_found() -> None:
    assert broken([*story(), kept("kim", 1, "one")]) == {"outsider"}


def test_two_winners_are_found() -> None:
    claims = [Claimed(1.0, "noor", "q1", "o1"), Claimed(1.0, "kim", "q1", "o2")]
    assert broken([*story(), *claims]) == {"split", "won nothing"}


def test_two_sessions_of_one_fence_are_found() -> None:
    second: list[AnyEntry] = [opened(person, "s2", seq=5) for person in PEOPLE]
    assert broken([*story(), *second]) == {"split"}


def test_a_second_session_with_the_next_fence_is_as_it_should_be() -> None:
    second: list[AnyEntry] = [opened(person, "s2", fence=2, seq=5) for person in PEOPLE]
    assert broken([*story(), *second]) == set()


def test_a_stale_fence_that_is_taken_is_found() -> None:
    stale = Said(6.0, "ana", "late", "s1", True)
    assert broken([*story(), stale, Answered(6.1, "ana", "late", "stale_fence")]) == set()
    taken: list[AnyEntry] = [
        stale,
        Answered(6.1, "ana", "late"),
        kept("ana", 5, "late"),
        kept("noor", 5, "late"),
    ]
    assert broken([*story(), *taken]) == {"stale fence"}


def test_a_message_that_is_refused_without_a_reason_is_found() -> None:
    refused: list[AnyEntry] = [
        Said(6.0, "ana", "four", "s1"),
        Answered(6.1, "ana", "four", "not_found"),
    ]
    assert broken([*story(), *refused]) == {"refused"}


def test_an_outbox_that_is_not_empty_is_found() -> None:
    assert broken([*story(), Waiting(9.0, "ana", "four")]) == {"unanswered"}


def test_a_resync_in_the_same_epoch_is_found() -> None:
    assert broken([*story(), Up(0.5, "ana", False, 0)]) == set()
    assert broken([*story(), Up(0.5, "ana", True, 4)]) == {"resync"}


def test_a_session_that_only_one_has_is_found() -> None:
    assert broken([opened("ana")]) == {"half a session"}
