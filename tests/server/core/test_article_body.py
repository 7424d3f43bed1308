"""The body: a summary, steps with links to settings pages, and the way back; nothing else."""

import pytest
from samebox_server.core.article_body import REMEDY_KEYS, SETTINGS_KEYS, read_body
from samebox_server.core.article_text import Fault
from samebox_shared.model.articles import Step

BODY = """
Free *some* room
on the `disk`.

## Steps

1. [Open storage settings](settings:storage) and
   look.
2. Empty the **bin**.

## Undo

Put it back.
"""


def test_summary_steps_and_undo_become_plain_text() -> None:
    body = read_body(BODY, 10)
    assert body.summary == "Free some room on the disk."
    assert body.steps == (
        Step(text="Open storage settings and look.", settings="storage"),
        Step(text="Empty the bin."),
    )
    assert (body.undo, body.undo_line) == ("Put it back.", 20)


def test_undo_may_be_missing() -> None:
    body = read_body(BODY.split("## Undo")[0], 10)
    assert (body.undo, body.undo_line) == ("", None)


@pytest.mark.parametrize("key", sorted(SETTINGS_KEYS))
def test_every_settings_page_can_be_linked_to(key: str) -> None:
    body = read_body(BODY.replace("settings:storage", f"settings:{key}"), 10)
    assert body.steps[0].settings == key


@pytest.mark.parametrize("key", sorted(REMEDY_KEYS))
def test_every_remedy_can_be_linked_to(key: str) -> None:
    body = read_body(BODY.replace("settings:storage", f"remedy:{key}"), 10)
    assert body.steps[0] == Step(text="Open storage settings and look.", remedy=key)


WEB = "Links to the web are refused"
WRONG = [
    ("Free *some*", "Free <b>some</b>", 11, "HTML is not shown"),
    ("on the `disk`", "on <i>the</i>", 12, "HTML is not shown"),
    ("Free *some*", "<div>\n\nFree", 11, "HTML is not shown"),
    ("Free *some*", f"{'*a _b ' * 21}c{'_ *' * 21}", 11, "Too many signs"),
    ("Free *some*", "![a cat](cat.png)", 11, "Pictures are not shown"),
    ("Free *some*", "[Wi-Fi](settings:wifi)", 11, "Only a step may have a link"),
    ("on the `disk`.", "\nMore.", 13, "One paragraph belongs here"),
    ("Free *some* room\non the `disk`.", "", 10, "The summary is missing"),
    ("Free *some* room\non the `disk`.", "a" * 1_201, 11, "Keep it within 1200"),
    ("Free *some* room\non the `disk`.", "a&#x202e;b", 11, "hidden character (U+202E)"),
    ("Free *some* room\non the `disk`.", "> Free", 11, "Take the > away"),
    ("Free *some* room\non the `disk`.", "- Free", 11, "Use a numbered list"),
    ("Free *some* room\non the `disk`.", "1. Free", 11, "A numbered list belongs under"),
    ("Free *some* room\non the `disk`.", "***", 11, "Delete this one"),
    ("Free *some* room\non the `disk`.", "    Free", 11, "indented like code"),
    ("Free *some* room\non the `disk`.", "```\nrm\n```", 11, "Blocks of code are not shown"),
    ("## Steps", "## How", 14, "Only '## Steps' and then '## Undo'"),
    ("## Steps", "# Steps", 14, "Only '## Steps' and then '## Undo'"),
    ("## Steps", "## Undo", 14, "Only '## Steps' and then '## Undo'"),
    ("Put it back.", "Back.\n\n## Undo\n\nAgain.", 24, "Only '## Steps' and then"),
    ("Put it back.", "Back.\n\n##", 24, "Only '## Steps' and then '## Undo'"),
    ("Put it back.", "", 20, "The undo is missing"),
    ("Put it back.", "&nbsp;", 22, "The undo is missing"),
    ("Free *some* room\non the `disk`.", "\u2028", 11, "The summary is missing"),
    ("Put it back.", "a" * 601, 22, "Keep it within 600"),
    ("settings:storage", "https://example.com", 16, WEB),
    ("settings:storage", "javascript:alert(1)", 16, WEB),
    ("settings:storage", "ms-msdt:/id", 16, WEB),
    ("settings:storage", "", 16, WEB),
    ("settings:storage", "settings:bios", 16, "'bios' is no settings page. Use one of about, app"),
    ("look.", "[look](settings:about).", 17, "A step opens one settings page or runs one"),
    ("look.", "[look](remedy:empty_bin).", 17, "A step opens one settings page or runs one"),
    ("Free *some*", "[Bin](remedy:empty_bin)", 11, "Only a step may have a link"),
    ("settings:storage", "remedy:format_disk", 16, "'format_disk' is no remedy. Use one of big"),
    ("settings:storage", "remedy:", 16, "'' is no remedy. Use one of biggest_folders"),
    ("settings:storage", "remedy:empty_bin;ls", 16, "'empty_bin;ls' is no remedy"),
    ("settings:storage", "remedy:Empty_bin", 16, "'Empty_bin' is no remedy"),
    ("settings:storage", "remedy:storage", 16, "'storage' is no remedy"),
    ("look.", "<https://example.com>", 17, WEB),
    ("look.", "![x](y)", 17, "Pictures are not shown"),
    ("look.", "[look].\n\n[look]: settings:wifi", 19, "Links are written in place"),
    ("2. Empty the **bin**.", "2.", 18, "This step is empty"),
    ("2. Empty the **bin**.", "2. &nbsp;", 18, "This step is empty"),
    ("2. Empty the **bin**.", "2. - Empty", 18, "Use a numbered list"),
    ("2. Empty the **bin**.", "2. Empty\n\n   it.", 20, "Make two steps of it"),
    ("2. Empty the **bin**.", "\nEmpty the bin.", 19, "Use a numbered list"),
    ("2. Empty the **bin**.", "- Empty the bin.", 18, "Use a numbered list"),
    ("2. Empty the **bin**.", "2. " + "a" * 601, 18, "The step has 601 characters"),
    ("2. Empty the **bin**.", "2. Go\n" * 20, 37, "There are 21 steps. Keep it within 20"),
]


@pytest.mark.parametrize(("right", "wrong", "line", "says"), WRONG)
def test_a_mistake_is_named_with_its_line(right: str, wrong: str, line: int, says: str) -> None:
    assert right in BODY
    with pytest.raises(Fault) as caught:
        read_body(BODY.replace(right, wrong, 1), 10)
    assert says in caught.value.what
    assert caught.value.line == line


def test_steps_are_needed() -> None:
    with pytest.raises(Fault, match="The steps are missing"):
        read_body("Only words.", 10)
    with pytest.raises(Fault, match="There are no steps"):
        read_body("Words.\n\n## Steps\n", 10)
