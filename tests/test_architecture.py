"""The shape of the tree: rooms, sizes, names, the mirror of tests, documents that tell the truth.

Who may import whom is said in the root pyproject.toml and checked by import-linter.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DISTRIBUTIONS = ("shared", "agent", "server")
SOURCES = (*DISTRIBUTIONS, "tasks", "benchmarks", "installers")
PURE_ROOMS = (
    "shared/samebox_shared",
    "agent/samebox_agent/core",
    "agent/samebox_agent/presenters",
    "server/samebox_server/core",
)
ATTICS = {"utils", "util", "helpers", "helper", "common", "misc", "lib", "base"}
OUTSIDE = {"now", "utcnow", "today", "open", "print", "input"}

ASKS_FOR_A_REASON = 300
TOO_LONG = 500
FUNCTION_TOO_LONG = 60
REASONS = {
    "agent/samebox_agent/core/conversation.py": "every transition of one machine in one file",
    "agent/samebox_agent/core/drafting.py": "the whole way of a draft on the laptop in one file",
    "agent/samebox_agent/core/intents.py": "one list of all a person can do",
    "agent/samebox_agent/core/redaction_rules.py": "one table of all that gives somebody away",
    "agent/samebox_agent/core/state.py": "one frozen value with its parts",
    "agent/samebox_agent/presenters/views.py": "one list of all a screen can show",
    "server/samebox_server/live/lean_socket.py": "the one file that knows the wire library",
    "server/samebox_server/store/sessions.py": "all that is asked and said of one table",
    "server/samebox_server/store/tables.py": "every table of the one database, side by side",
    "shared/samebox_shared/model/facts.py": "the catalogue of facts is one table",
    "shared/samebox_shared/protocol/events.py": "one list of all that a feed can hold",
    "shared/samebox_shared/session/machine.py": "every transition of one machine in one file",
}

# Tests that are not about one module of their room.
NO_MIRROR = ("tests/support", "tests/end_to_end", "tests/golden", "tests/machines")
ABOUT_A_WHOLE_ROOM = {
    "tests/test_architecture.py": "the tree itself",
    "tests/agent/ui/test_screens.py": "one picture of every screen",
    "tests/agent/ui/test_none_references.py": "the guard of the PySide6 pin",
}
# In the documents a word is taken for a path when it starts with one of our own folders.
PATH_IN_TEXT = re.compile(rf"`((?:{'|'.join((*SOURCES, 'tests', 'docs', 'locks'))})/[\w./-]*)`")


def files(*folders: str) -> Iterator[Path]:
    """Our Python files below these folders, in order; a migration is history and stays as it is."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_of(module: Path) -> Path:
    """Where the test of a module of a distribution lies."""
    distribution, _package, *rooms = module.relative_to(ROOT).parent.parts
    return ROOT.joinpath("tests", distribution, *rooms, f"test_{module.stem.lstrip('_')}.py")


test_of.__test__ = False  # type: ignore[attr-defined]


def mirrored_folder(test: Path) -> Path:
    """The folder whose modules the tests beside this one are about."""
    _tests, *rooms = test.relative_to(ROOT).parent.parts
    if rooms and rooms[0] in DISTRIBUTIONS:
        rooms.insert(1, f"samebox_{rooms[0]}")
    return ROOT.joinpath(*rooms)


def mirrors_something(test: Path) -> bool:
    """test_outbox.py and test_outbox_order.py are both about outbox.py, or a folder outbox/."""
    noun = test.stem.removeprefix("test_")
    nouns = {each.stem.lstrip("_") for each in mirrored_folder(test).glob("[!.]*")}
    return any(noun == each or noun.startswith(f"{each}_") for each in nouns)


def test_every_pure_module_with_behaviour_has_its_own_test() -> None:
    missing = [
        name_of(module)
        for module in files(*PURE_ROOMS)
        if module.stem != "__init__" and any(functions(module)) and not test_of(module).exists()
    ]
    assert missing == []


def test_every_test_file_mirrors_a_module() -> None:
    astray = [
        name_of(test)
        for test in files("tests")
        if test.stem.startswith("test_")
        and not name_of(test).startswith(NO_MIRROR)
        and name_of(test) not in ABOUT_A_WHOLE_ROOM
        and not mirrors_something(test)
    ]
    assert astray == []


def test_pure_rooms_never_ask_for_the_time_or_a_file() -> None:
    asked = [
        f"{name_of(module)}:{node.lineno}"
        for module in files(*PURE_ROOMS)
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and called(node) in OUTSIDE
    ]
    assert asked == []


def called(node: ast.Call) -> str:
    """`now` for `datetime.now()`, `open` for `open()`; a method of a value is not meant."""
    match node.func:
        case ast.Name(id=name) if name in ("open", "print", "input"):
            return name
        case ast.Attribute(value=ast.Name(id="datetime" | "date"), attr=name):
            return name
        case _:
            return ""


def test_no_file_is_too_long() -> None:
    sizes = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in files(*SOURCES)
    }
    unexplained = {
        name: size
        for name, size in sizes.items()
        if size > (TOO_LONG if name in REASONS else ASKS_FOR_A_REASON)
    }
    no_longer_needed = {name for name in REASONS if sizes.get(name, 0) <= ASKS_FOR_A_REASON}
    assert (unexplained, no_longer_needed) == ({}, set())


def test_no_test_file_is_too_long() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files("tests")}
    assert [name_of(path) for path, size in sizes.items() if size > TOO_LONG] == []


def test_no_function_is_too_long() -> None:
    too_long = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in files(*SOURCES, "tests")
        for node in functions(path)
        if (node.end_lineno or node.lineno) - node.lineno >= FUNCTION_TOO_LONG
    ]
    assert too_long == []


def test_there_is_no_attic() -> None:
    attics = [
        name_of(path)
        for folder in (*SOURCES, "tests")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.stem.removeprefix("test_") in ATTICS and path.suffix in ("", ".py")
    ]
    assert attics == []


def test_documents_name_only_what_exists() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    untrue = [
        f"{name_of(document)}: {path}"
        for document in documents
        for path in PATH_IN_TEXT.findall(document.read_text(encoding="utf-8"))
        if not (ROOT / path).exists()
    ]
    assert untrue == []
