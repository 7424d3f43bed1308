"""The words that make a lock."""

from pathlib import Path

from tasks.lock import SOURCES, command


def test_every_lock_is_hashed_universal_and_without_addresses() -> None:
    for name, sources in SOURCES:
        words = command(Path("uv"), name, sources, ["--upgrade"])
        assert {"--universal", "--generate-hashes", "--no-emit-index-url"} <= set(words)
        assert words[-3:] == ["--upgrade", "--output-file", f"locks/{name}.txt"]


def test_the_tools_are_solved_before_those_that_take_their_versions_from_them() -> None:
    names = [name for name, _ in SOURCES]
    assert names.index("dev") < min(names.index("agent"), names.index("server"))
