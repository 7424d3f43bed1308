"""The front matter: each key with its rule, each mistake with its line."""

import msgspec
import pytest
from samebox_server.core.article_head import read_head
from samebox_server.core.article_text import Fault
from samebox_shared.model.articles import AppliesTo, Audience, Risk
from samebox_shared.model.devices import System

HEAD = """\
id: disk-full
title: The disk is full
language: en
topic: storage
symptoms:
- No room left
- Cannot save
applies_to:
- system: linux
  versions: '>=22.10'
- vendor: Lenovo
condition: mounts.system_free < 10
reason: Only {mounts.system_free} left
risk: 1
version: 3
"""


def test_every_key_is_read() -> None:
    head = read_head(HEAD, 2)
    assert (head.article_id, head.title, head.language) == ("disk-full", "The disk is full", "en")
    assert (head.topic, head.version, head.risk) == ("storage", 3, Risk.REVERSIBLE)
    assert head.symptoms == ("No room left", "Cannot save")
    assert head.applies_to == (
        AppliesTo(system=System.LINUX, versions=">=22.10"),
        AppliesTo(vendor="Lenovo"),
    )
    assert head.condition == "mounts.system_free < 10"
    assert head.reason == "Only {mounts.system_free} left"


def test_optional_keys_may_be_left_out_or_empty() -> None:
    short = HEAD.split("applies_to:")[0] + "condition:\nrisk: 0\nversion: 1\n"
    head = read_head(short, 2)
    assert (head.applies_to, head.condition, head.reason) == ((), "", "")


def test_values_are_taken_as_written() -> None:
    head = read_head(HEAD.replace("The disk is full", "1.10").replace("Lenovo", "no"), 2)
    assert (head.title, head.applies_to[1].vendor) == ("1.10", "no")


def test_a_translation_names_its_original() -> None:
    assert not read_head(HEAD, 2).translates
    head = read_head(HEAD.replace("language: en", "language: nl\ntranslates: disk-full-en"), 2)
    assert (head.language, head.translates) == ("nl", "disk-full-en")


def test_an_audience_is_a_role_or_not_there_at_all() -> None:
    assert read_head(HEAD, 2).audience is msgspec.UNSET
    head = read_head(HEAD.replace("language: en", "language: en\naudience: it"), 2)
    assert head.audience is Audience.IT
    for words, what in (("owner", "'owner' is no audience. Use it or moderator"), ("''", "empty")):
        with pytest.raises(Fault, match=what) as caught:
            read_head(HEAD.replace("language: en", f"language: en\naudience: {words}"), 2)
        assert caught.value.line == 5


WRONG_VALUES = [
    ("language: en", "language: nl\ntranslates: disk-full", 5, "cannot translate itself"),
    ("language: en", "language: nl\ntranslates: Disk", 5, "'Disk' is no translates. Write small"),
    ("id: disk-full", "id: Disk full", 2, "'Disk full' is no id. Write small letters"),
    ("id: disk-full", f"id: {'a' * 65}", 2, "65 characters. Keep it within 64"),
    ("id: disk-full", "id:", 2, "'id' is empty"),
    ("id: disk-full", "id: a: b", 2, "mapping values are not allowed here"),
    ("id: disk-full\n", "", 2, "'id' is missing"),
    ("title: The disk is full", f"title: {'a' * 121}", 3, "Keep it within 120"),
    ("title: The disk is full", "title: [a, b]", 3, "must be plain text"),
    ("title: The disk is full", 'title: "a\\u202eb"', 3, "hidden character (U+202E)"),
    ("title: The disk is full", 'title: "open', 3, "cannot be read"),
    ("title: The disk is full", "title: *gone", 3, "undefined alias"),
    ("title: The disk is full", 'title: "\\UFFFFFFFF"', 2, "The head cannot be read"),
    ("title: The disk is full", "colour: red", 3, "'colour' is not known here"),
    ("title: The disk is full", "? [a]\n: b", 3, "'?' is not known here"),
    ("title: The disk is full", "id: again", 3, "'id' is here twice"),
    ("language: en", "language: english", 4, "Keep it within 5"),
    ("language: en", "language: EN", 4, "a code such as en or nl-BE"),
    ("topic: storage", "topic: Disk 1", 5, "one word, for example storage"),
    ("- No room left\n- Cannot save", "", 6, "'symptoms' must be a list"),
    ("- No room left\n- Cannot save", " []", 6, "'symptoms' must be a list"),
    ("- Cannot save", "- No room left", 8, "This symptom is here twice"),
    ("- Cannot save", "-", 8, "This symptom is empty"),
    ("- Cannot save", "- it says: full", 8, "Put it in quotes"),
    ("- Cannot save", f"- {'a' * 201}", 8, "Keep it within 200"),
    ("- Cannot save", "\n".join(f"- {n}" for n in range(12)), 6, "13 symptoms. Keep the best 12"),
    ("- system: linux", "- system: amiga", 10, "'amiga' is no system. Use windows, macos, linux"),
    ("- system: linux", "- Linux\n- system: linux", 10, "'key: value' lines belong here"),
    ("- system: linux\n", "- vendor: Dell\n", 11, "Versions need a system"),
    ("'>=22.10'", "newer", 11, "'newer' is no range of versions. Write it like '>=11,<13'"),
    ("vendor: Lenovo", "vendor:", 12, "'vendor' is empty"),
    ("vendor: Lenovo", "maker: Lenovo", 12, "'maker' is not known here"),
    ("- vendor: Lenovo", "- vendor: a\n" * 20, 9, "21 kinds of device. Keep it within 20"),
    ("mounts.system_free < 10", "mounts.free < 10", 13, "'mounts.free', which is no fact"),
    ("mounts.system_free < 10", "mounts.system_free <", 13, "The condition cannot be read"),
    ("mounts.system_free < 10", "a" * 501, 13, "Keep it within 500"),
    ("{mounts.system_free}", "{mounts.free}", 14, "'mounts.free', which is no fact"),
    ("reason: Only {mounts.system_free} left", "", 13, "A condition needs a 'reason'"),
    ("condition: mounts.system_free < 10", "", 14, "A reason needs a 'condition'"),
    ("risk: 1", "risk: 3", 15, "Risk 3 is never published"),
    ("risk: 1", "risk: low", 15, "'low' is no risk. Use 0 (only looks)"),
    ("risk: 1", "risk: -1", 15, "'-1' is no risk"),
    ("version: 3", "version: 0", 16, "'0' is no version. Start with 1"),
    ("version: 3", "version: ²", 16, "'²' is no version"),
    ("version: 3", "version: 1000001", 16, "Version 1000001 is too high. Write the next number"),
]


@pytest.mark.parametrize(("right", "wrong", "line", "says"), WRONG_VALUES)
def test_a_mistake_is_named_with_its_line(right: str, wrong: str, line: int, says: str) -> None:
    assert right in HEAD
    with pytest.raises(Fault) as caught:
        read_head(HEAD.replace(right, wrong, 1), 2)
    assert says in caught.value.what
    assert caught.value.line == line


@pytest.mark.parametrize("text", ["", "# only a comment", "- a list", "words", "[" * 9_000])
def test_a_head_that_is_no_mapping_is_refused_on_its_first_line(text: str) -> None:
    with pytest.raises(Fault) as caught:
        read_head(text, 2)
    assert caught.value.line == 2
