"""Machines for the collectors' tests: a folder as root, tables as registry and programs."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from samebox_agent.collectors.collector import Collector
from samebox_agent.collectors.system_command import CommandFailed
from samebox_agent.collectors.windows_registry import RegistryValue
from samebox_shared.model.facts import BY_NAME, Fact, FactValue, is_well_typed


def values(collector: Collector) -> dict[str, FactValue]:
    """What a collector tells; each fact is one it may tell, and of the right type."""
    found: dict[str, FactValue] = {}
    for fact in collector.collect():
        assert fact.name in collector.facts
        assert BY_NAME[fact.name].kind is collector.kind
        assert is_well_typed(BY_NAME[fact.name], fact.value), fact
        found[fact.name] = fact.value
    return found


def as_table(facts: Iterable[Fact]) -> dict[str, FactValue]:
    return {fact.name: fact.value for fact in facts}


def tree(root: Path, files: Mapping[str, str]) -> Path:
    """Writes files below `root`; a text that starts with "-> " becomes a link."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text.startswith("-> "):
            path.symlink_to(text.removeprefix("-> "))
        else:
            path.write_text(text, encoding="utf-8")
    return root


class FakeRegistry:
    """Key -> its values. A key exists when it, or one below it, has an entry."""

    def __init__(self, keys: Mapping[str, Mapping[str, RegistryValue]]) -> None:
        self.keys = keys

    def value(self, key: str, name: str) -> RegistryValue:
        return self.keys.get(key, {}).get(name)

    def subkeys(self, key: str) -> list[str]:
        below = [known[len(key) + 1 :] for known in self.keys if known.startswith(f"{key}\\")]
        return list(dict.fromkeys(name.partition("\\")[0] for name in below))

    def has(self, key: str) -> bool:
        return key in self.keys or bool(self.subkeys(key))


class FakePrograms:
    """Answers by the program's name and any of its arguments; every other program fails."""

    def __init__(self, answers: Mapping[str, bytes]) -> None:
        self.answers = answers
        self.ran: list[tuple[str, ...]] = []

    def __call__(self, command: tuple[str, ...]) -> bytes:
        self.ran.append(command)
        for word in (command[0].rpartition("/")[2], *command[1:]):
            if word in self.answers:
                return self.answers[word]
        raise CommandFailed(f"{command[0]} ended with 1")
