"""The list of recipes, read before the task runner is there."""

from pathlib import Path

from tasks.recipes import listing, recipes

ROOT = Path(__file__).resolve().parent.parent.parent


def test_a_recipe_has_its_words_and_its_meaning(tmp_path: Path) -> None:
    justfile = tmp_path / "justfile"
    justfile.write_text(
        "# About the file\n\nset shell := ['sh']\n\n# Play it\ndemo *ARGUMENTS: check\n    true\n"
        "# Measure NAME\nbench NAME *ARGUMENTS:\n    true\n\nhidden:\n    true\n"
    )
    assert recipes(justfile) == {
        "demo": ("demo [...]", "Play it"),
        "bench": ("bench NAME [...]", "Measure NAME"),
    }


def test_our_own_justfile_lists_what_the_documents_promise() -> None:
    known = recipes(ROOT / "justfile")
    assert {"setup", "demo", "test", "check", "bench", "format", "lock", "build"} <= set(known)
    assert "\n  demo [...] " in listing(known)
