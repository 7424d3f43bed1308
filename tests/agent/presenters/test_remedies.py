"""A remedy in words: what it will do before it is done, what it found, and what to do next."""

from datetime import UTC

import pytest
from msgspec.structs import replace
from samebox_agent.core import fixes
from samebox_agent.core.remedy_intents import AskRemedy, DoRemedy, LeaveRemedy
from samebox_agent.core.remedy_list import (
    REMEDIES,
    Attempt,
    Confirm,
    Done,
    Failed,
    Folder,
    Found,
    Look,
    Looking,
    Phase,
    Remedies,
    RemedyKey,
    Running,
    Tried,
    WhyNot,
)
from samebox_agent.presenters import article, remedies
from samebox_agent.presenters.views import Button, RemedyView, StepView, Tone, Weight
from samebox_shared.model.articles import Step
from samebox_shared.model.ids import ArticleId

from tests.support.builders import DISK, NOW, a_page, an_article, joined_state

BIN = RemedyKey.EMPTY_BIN
FULL = Found(items=312, size=4_100_000_000)


def view(phase: Phase, key: RemedyKey = BIN) -> RemedyView:
    return remedies.present(Attempt(7, DISK, key, phase))


def step(here: Remedies, remedy: str = "empty_bin") -> StepView:
    """The one step of an article that names a remedy, as this laptop shows it."""
    found = an_article(steps=(Step(text="Let Samebox empty the bin.", remedy=remedy),))
    state = fixes.with_articles(joined_state(), a_page(found))
    return article.present(replace(state, remedies=here), found, UTC).steps[0]


def test_a_step_has_the_button_of_its_remedy() -> None:
    shown = step(Remedies(offered=frozenset({BIN})))
    assert shown.button == Button("Empty the bin", AskRemedy(DISK, BIN))
    assert (shown.remedy, shown.note) == (None, "")


@pytest.mark.parametrize("remedy", ["format_disk", "", "storage", "flush_dns"])
def test_what_is_not_known_or_not_here_is_only_words(remedy: str) -> None:
    shown = step(Remedies(offered=frozenset({BIN})), remedy)
    assert shown == StepView(1, "Let Samebox empty the bin.")


def test_a_remedy_on_its_way_stands_under_its_step_and_nowhere_else() -> None:
    attempt = Attempt(7, DISK, BIN, Looking())
    here = Remedies(offered=frozenset(RemedyKey), attempt=attempt)
    assert step(here).remedy == remedies.present(attempt)
    assert step(here).button is None
    other = step(here, "flush_dns")
    assert other.remedy is None
    assert other.button is not None
    assert not other.button.enabled
    elsewhere = replace(attempt, article_id=ArticleId("other"), phase=Confirm(NOW))
    shown = step(replace(here, attempt=elsewhere))
    assert (shown.remedy, shown.button) == (None, Button("Empty the bin", AskRemedy(DISK, BIN)))


@pytest.mark.parametrize(
    ("done", "note"),
    [
        (True, "Done here on 15 Jan 2027, 08:00."),
        (False, "Tried here on 15 Jan 2027, 08:00; it did not work."),
    ],
)
def test_what_was_tried_stands_at_the_step(done: bool, note: str) -> None:
    tried = (Tried(BIN, NOW, done), Tried(BIN, NOW - 9e6, not done))
    assert step(Remedies(offered=frozenset({BIN}), tried=tried)).note == note


def test_the_question_says_what_will_be_done_what_was_found_and_that_it_is_for_good() -> None:
    banner = view(Confirm(NOW, FULL)).banner
    assert banner.title == "Empty the bin?"
    assert banner.detail.splitlines() == [
        "All that lies in your own bin is deleted for good.",
        "Found: 312 items, 4.1 GB.",
        "This cannot be undone. If you are not sure, look into the bin yourself first.",
    ]
    assert banner.tone is Tone.WARN
    do_it, not_now = banner.buttons
    assert (do_it.label, do_it.intent, do_it.weight) == ("Do it", DoRemedy(7), Weight.DANGER)
    assert (not_now.label, not_now.intent) == ("Not now", LeaveRemedy(7))


@pytest.mark.parametrize("key", RemedyKey)
def test_every_question_has_its_words(key: RemedyKey) -> None:
    banner = view(Confirm(NOW), key).banner
    assert REMEDIES[key].does in banner.detail
    assert REMEDIES[key].undo in banner.detail
    assert "Found" not in banner.detail
    assert banner.buttons[0].weight is (Weight.DANGER if key is BIN else Weight.PLAIN)


def test_a_look_that_did_not_see_all_says_at_least() -> None:
    found = Found(items=1, size=2_000, partial=True)
    assert "Found: at least 1 item, 2 kB." in view(Confirm(NOW, found)).banner.detail


@pytest.mark.parametrize("key", RemedyKey)
def test_while_it_works_it_says_how_long_that_can_take(key: RemedyKey) -> None:
    for phase in (Looking(), Running()):
        banner = view(phase, key).banner
        assert banner.busy
        assert banner.buttons == ()
        assert banner.detail.startswith("It can take up to ")
    assert view(Running(), key).banner.title == REMEDIES[key].busy
    only = REMEDIES[key].look is Look.ONLY
    assert ("nothing is changed yet" in view(Looking(), key).banner.title) is not only


@pytest.mark.parametrize(
    ("key", "found", "title", "detail"),
    [
        (BIN, FULL, "The bin is empty", "Deleted: 312 items, 4.1 GB."),
        (BIN, Found(), "The bin is empty already", "Nothing was changed."),
        (
            RemedyKey.FLUSH_DNS,
            Found(),
            "The addresses are forgotten",
            "Try the website again, in a new window of the browser.",
        ),
        (
            RemedyKey.FLUSH_DNS,
            Found(partial=True),
            "The addresses are forgotten",
            "Only in part: this system keeps some that only an administrator can clear. Restart "
            "the laptop if a website is still not found.",
        ),
        (
            RemedyKey.CLEAR_TEAMS_CACHE,
            Found(items=1, size=5_000_000),
            "The Teams cache is empty",
            "Deleted: 1 folder or file, 5 MB. Start Teams. The first start takes longer.",
        ),
        (
            RemedyKey.RESTART_AUDIO,
            Found(items=3),
            "The sound is started again",
            "Play something. Programs that stay silent have to be started again.",
        ),
    ],
)
def test_the_end_is_said_with_its_result(
    key: RemedyKey, found: Found, title: str, detail: str
) -> None:
    banner = view(Done(found), key).banner
    assert (banner.title, banner.detail, banner.tone) == (title, detail, Tone.GOOD)
    assert [button.intent for button in banner.buttons] == [LeaveRemedy(7)]


def test_the_largest_folders_are_rows() -> None:
    folders = (Folder("Videos/Holiday", 12_400_000_000), Folder("Downloads", 900_000_000))
    shown = view(Done(Found(2, 13_300_000_000, folders)), RemedyKey.BIGGEST_FOLDERS)
    assert shown.rows == (("Videos/Holiday", "12 GB"), ("Downloads", "900 MB"))
    assert "Deleted" not in shown.banner.detail


def test_a_look_that_was_cut_short_does_not_call_them_the_largest() -> None:
    found = Found(1, 5, (Folder("a", 5),), partial=True)
    assert "others may be larger" in view(Done(found), RemedyKey.BIGGEST_FOLDERS).banner.detail


@pytest.mark.parametrize("key", RemedyKey)
def test_every_end_has_its_words(key: RemedyKey) -> None:
    assert view(Done(Found(items=1, size=1)), key).banner.title
    assert view(Done(Found()), key).banner.title


@pytest.mark.parametrize("why", WhyNot)
def test_every_failure_says_what_to_do_next(why: WhyNot) -> None:
    banner = view(Failed(why, Found())).banner
    assert banner.title
    assert banner.detail.endswith(".")
    assert banner.tone is Tone.WARN
    assert banner.buttons[-1].intent == LeaveRemedy(7)
    lasting = (WhyNot.RECORDED, WhyNot.NOT_HERE, WhyNot.NOT_ALLOWED, WhyNot.STRANGE)
    again = [button.intent for button in banner.buttons[:-1]]
    assert again == ([] if why in lasting else [AskRemedy(DISK, BIN)])


def test_what_was_done_before_it_failed_is_said() -> None:
    banner = view(Failed(WhyNot.LEFT_OVER, Found(items=2, size=3_000))).banner
    assert banner.detail.startswith("Deleted so far: 2 items, 3 kB. What is left is in use")
