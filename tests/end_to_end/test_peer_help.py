"""The story J3 to J6 and J8: asked of the right people, accepted once, answered, written up."""

import pytest

from tasks.stage.laptop import Laptop, LaptopFailed
from tests.end_to_end.office import (
    MACBOOK,
    OTHER_WINDOWS,
    THINKPAD_FULL,
    Office,
    asks,
    brings_together,
    says,
)

NOTICE = "A colleague asks for help"
WINDOW = "A colleague asks"


def is_asked(laptop: Laptop) -> bool:
    return any(NOTICE in text for text in laptop.texts())


def test_only_colleagues_with_the_same_laptop_are_asked_and_the_first_wins(office: Office) -> None:
    asker = office.joined("Noor de Vries")
    ana, ben = office.helper("Ana Ruiz"), office.helper("Ben Okafor")
    chiara = office.helper("Chiara Conti", MACBOOK)
    idle = office.joined("Ida Lund")
    asks(asker, "Slow since this morning")
    asker.sees("Asking 2 colleagues with the same ThinkPad T14 Gen 3")
    ana.sees(NOTICE)
    ben.sees("You are asked because you have the same laptop.")
    ana.clicks("Accept")
    asker.sees("You are talking with Ana Ruiz")
    ben.cue("wait", gone=NOTICE)
    assert not is_asked(chiara)
    assert not is_asked(idle)


def test_a_decline_leads_to_the_next_ring_and_at_last_to_it(office: Office) -> None:
    asker, ana = office.joined("Noor de Vries"), office.helper("Ana Ruiz")
    elsewhere = office.helper("Eva Brandt", OTHER_WINDOWS)
    asks(asker, "No sound in calls")
    ana.sees(NOTICE)
    asker.sees("Asking 1 colleague with the same ThinkPad T14 Gen 3")
    assert not is_asked(elsewhere)
    ana.clicks("Not now", window=WINDOW)
    elsewhere.sees("You are asked because you use the same system.")
    elsewhere.clicks("Not now", window=WINDOW)
    asker.sees("Nobody who fits is there right now")
    it = office.laptop("Imran Aziz", MACBOOK)
    it.start()
    it.joins(office.server.invite("Imran Aziz", "it"))
    it.agrees()
    it.sees("no colleague could answer and you are IT")
    assert not is_asked(ana)
    it.clicks("Accept")
    asker.sees("You are talking with Imran Aziz")


def test_a_hidden_name_stays_hidden_until_someone_accepts(office: Office) -> None:
    asker, helper = office.joined("Noor de Vries"), office.helper("Ana Ruiz")
    asker.opens_help()
    asker.types("What is wrong?", "My touchpad jumps")
    asker.clicks("Ask a colleague")
    asker.sees("My name stays hidden until someone accepts")
    asker.clicks("Send")
    helper.sees("My touchpad jumps")
    assert "Noor" not in " ".join(helper.texts())
    helper.clicks("Accept")
    helper.sees("You are helping Noor de Vries")


def test_a_helper_sees_the_facts_that_were_granted_and_no_others(office: Office) -> None:
    asker, helper = office.joined("Noor de Vries", THINKPAD_FULL), office.helper("Ana Ruiz")
    asker.opens_help()
    asker.types("What is wrong?", "Everything is slow")
    asker.clicks("Ask a colleague")
    asker.clicks("Disk space")
    asker.clicks("Send")
    helper.sees("Everything is slow")
    assert "255 GB" not in " ".join(helper.texts())
    helper.clicks("Accept")
    helper.sees("Noor de Vries shared 5 facts")
    helper.clicks("Show all 5")
    helper.sees("Number of volumes")
    seen = " ".join(helper.texts("Noor"))
    assert "255 GB" in seen
    assert "i5-1245U" not in seen
    assert "Intel Wi-Fi" not in seen


def test_a_question_is_solved_and_becomes_a_draft_without_names(office: Office) -> None:
    asker, helper = office.joined("Noor de Vries"), office.helper("Ana Ruiz")
    brings_together(asker, helper)
    says(helper, "Noor", "Hi Noor, try another cable.")
    asker.sees("try another cable")
    says(asker, "Ana", "That did it, thank you Ana")
    helper.sees("That did it")
    with pytest.raises(LaptopFailed):
        helper.clicks("Solved", seconds=0)
    asker.clicks("Solved")
    asker.types("What fixed it", "Ana said: use another cable")
    asker.clicks("Say solved")
    helper.sees("Solved, with thanks")
    asker.clicks("Look at the draft")
    asker.sees("Only on this laptop")
    asker.sees("[name] said: use another cable")
    asker.clicks("Hand over for review")
    asker.sees("Waiting for Ana Ruiz to look")
    helper.clicks("See the draft")
    helper.sees("[name] said: use another cable")
    draft = " ".join(helper.texts("Draft"))
    assert "ThinkPad T14 Gen 3" in draft
    assert "Ana" not in draft
    helper.clicks("It is right")
    helper.sees("Waiting for a moderator")
    asker.sees("Waiting for a moderator")


def test_a_helper_who_hands_back_makes_room_for_another(office: Office) -> None:
    asker, ana = office.joined("Noor de Vries"), office.helper("Ana Ruiz")
    brings_together(asker, ana)
    ben = office.helper("Ben Okafor")
    says(asker, "Ana", "Are you there?")
    ana.sees("Are you there?")
    ana.clicks("Hand back")
    asker.sees("Your helper handed back; asking again")
    ben.sees(NOTICE)
    ben.clicks("Accept")
    asker.sees("You are talking with Ben Okafor")
