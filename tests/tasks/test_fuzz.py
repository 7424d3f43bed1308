"""The fuzzer's rules, and every input that once broke something."""

import random
from dataclasses import replace
from pathlib import Path
from time import thread_time

import msgspec
import pytest
from samebox_agent.core.conditions import BrokenCondition, DoesNotHold, Holds, check
from samebox_agent.net.bundles import Opened
from samebox_agent.net.failures import NotSamebox, NotSigned
from samebox_server.core.articles import BrokenArticle, parse
from samebox_server.starter import starter_files
from samebox_shared.model.articles import Article, ArticlePage

from tasks.fuzz import articles, bundles, conditions
from tasks.fuzz.__main__ import KEPT, Told, dictionary
from tasks.fuzz.judging import LIMIT_MILLISECONDS, BrokenPromise, Target, judge
from tasks.fuzz.minimal import minimal
from tasks.fuzz.mutation import mutated
from tasks.fuzz.targets import TARGETS

INPUTS = sorted(KEPT.rglob("*.txt"))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_once_broke_something_no_longer_does(path: Path) -> None:
    verdict = judge(TARGETS[path.parent.name], path.read_bytes())
    assert (verdict.trouble, verdict.detail) == ("", "")


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_a_search_starts_from_what_ships_and_nothing_of_it_breaks(name: str) -> None:
    target = TARGETS[name]
    start = target.start()
    assert len(start) > 50
    assert [judge(target, data).trouble for data in start[::20]] == [""] * len(start[::20])
    assert max(map(len, start)) < target.largest


def target_of(act: object) -> Target[object]:
    return Target("test", act, lambda data, done: None, list, (), 10)  # type: ignore[arg-type]


def busy(milliseconds: float) -> None:
    began = thread_time()
    while (thread_time() - began) * 1000 < milliseconds:
        pass


def test_a_crash_is_named_by_its_kind_and_place() -> None:
    verdict = judge(target_of(lambda data: int(data)), b"x")
    assert verdict.trouble == "valueerror-test-fuzz-lambda"
    assert verdict.detail.startswith("ValueError: invalid literal")


def test_a_panic_that_is_no_exception_is_a_crash_too() -> None:
    class Panic(BaseException):
        pass

    def act(data: bytes) -> None:
        raise Panic("index out of bounds")

    assert judge(target_of(act), b"").trouble == "panic-test-fuzz-act"


def test_slow_is_who_is_slow_twice() -> None:
    assert judge(target_of(lambda data: busy(LIMIT_MILLISECONDS + 1)), b"").trouble == "slow"
    waits = iter((LIMIT_MILLISECONDS + 1, 0.0))
    assert judge(target_of(lambda data: busy(next(waits))), b"").trouble == ""


def test_the_smallest_input_is_kept() -> None:
    assert minimal(b"some x and y more", lambda data: b"x" in data and b"y" in data) == b"xy"
    assert minimal(b"", lambda data: True) == b""
    assert minimal(b"no time", lambda data: True, seconds=-1) == b"no time"


def test_changes_are_repeatable_and_end_at_the_largest_input() -> None:
    def change(seed: int) -> str:
        return mutated("a && b\n", ["c < 1\n"], ["||"], 50, random.Random(seed))

    assert [change(seed) for seed in range(200)] == [change(seed) for seed in range(200)]
    assert max(len(change(seed)) for seed in range(200)) == 50
    assert len({change(seed) for seed in range(200)}) > 100


def test_a_remade_condition_is_often_accepted() -> None:
    start = [data.decode() for data in conditions.start()]
    made = [conditions.remade(start[n % 50], start, random.Random(n)) for n in range(200)]
    accepted = [text for text in made if text not in start and check(text) is None]
    assert len(accepted) > 60


def test_words_are_written_as_the_engine_reads_them() -> None:
    assert dictionary(['a"\\', "é\n"]) == '"a\\x22\\x5C"\n"\\xC3\\xA9\\x0A"\n'


def test_what_the_engine_says_of_itself_is_heard() -> None:
    told = Told()
    told.hear(b"#2048\tpulse  cov: 120 ft: 300 corp: 57/9kb lim: 100 exec/s: 466 rss: 99Mb")
    told.hear(b"something else")
    assert told == Told(runs=2048, places=120, corpus=57)


def an_article() -> Article:
    read = parse(starter_files()["battery-worn.md"], source="test")
    assert isinstance(read, Article)
    return read


@pytest.mark.parametrize(
    ("change", "promise"),
    [
        ({"title": "Bat\u3164tery"}, "not-the-same-again"),
        ({"title": "Battery  worn"}, "not-the-same-again"),
        ({"summary": ""}, "not-the-same-again"),
    ],
)
def test_an_article_that_does_not_come_back_breaks_a_promise(
    change: dict[str, str], promise: str
) -> None:
    with pytest.raises(BrokenPromise, match=promise):
        articles.promises(b"", msgspec.structs.replace(an_article(), **change))


@pytest.mark.parametrize("text", ["a\u200bb", "a\u3164", "a\ufe00", "a\u2028b", "a\n", "a  b"])
def test_a_text_that_hides_something_breaks_a_promise(text: str) -> None:
    with pytest.raises(BrokenPromise):
        articles._plain(text)


@pytest.mark.parametrize(
    ("body", "promise"),
    [("It is **worn**", "markup"), ("It <!-- not --> is", "markup"), ("It was", "other-words")],
)
def test_another_reader_must_see_the_same_words(body: str, promise: str) -> None:
    with pytest.raises(BrokenPromise, match=promise):
        articles._no_markup(an_article(), f"---\n---\n{body}\n")


def test_a_refusal_names_a_line_of_the_file() -> None:
    with pytest.raises(BrokenPromise, match="line-not-in-file"):
        articles.promises(b"a\nb", BrokenArticle("test", 3, "No."))
    with pytest.raises(BrokenPromise, match="without-a-sentence"):
        articles.promises(b"a\nb", BrokenArticle("test", 2, ""))


KNOWN = b"battery.present"
REFUSED = BrokenCondition("No.")


@pytest.mark.parametrize(
    ("done", "promise"),
    [
        (conditions.Done(REFUSED, None, ()), "only-the-agent-refuses"),
        (conditions.Done(None, "No.", ()), "only-the-server-refuses"),
        (conditions.Done(BrokenCondition(""), "No.", ()), "refused-without-a-word"),
        (conditions.Done(REFUSED, "No", ()), "fault-is-no-sentence"),
        (conditions.Done(REFUSED, "No.", (({}, Holds()),)), "a-refused-one-holds"),
        (conditions.Done(None, None, (({KNOWN.decode(): True}, DoesNotHold()),)), "turned-round"),
    ],
)
def test_what_both_sides_say_of_a_condition_is_compared(
    done: conditions.Done, promise: str
) -> None:
    with pytest.raises(BrokenPromise, match=promise):
        conditions.promises(KNOWN, done)


def test_facts_are_odd_and_the_same_each_time() -> None:
    text = "battery.present || mounts . volumes > 1"
    everything, nothing, *odd = conditions.some_facts(text)
    assert (set(everything), nothing) == ({"battery.present", "mounts.volumes"}, {})
    assert repr(odd) == repr(conditions.some_facts(text)[2:])


def test_a_remade_bundle_is_often_opened_and_none_without_a_signature() -> None:
    start = [data.decode() for data in bundles.start()]
    made = [bundles.remade(start[n % 50], start, random.Random(n)) for n in range(200)]
    done = [bundles.act(text.encode("utf-8", "surrogatepass")) for text in made]
    assert sum(isinstance(each.packed, Opened) for each in done) > 20
    assert {type(each.bare) for each in done} == {NotSigned}
    genuine = bundles.act(bundles.start()[1])
    assert isinstance(genuine.packed, Opened)
    assert len(genuine.packed.page.changes) == bundles.AT_ONCE


ELSEWHERE = msgspec.structs.replace(bundles.HEAD, start=2)
STUCK = ArticlePage(changes=(), head=3, more=True)
OPENED = Opened(bundles.HEAD, ArticlePage(changes=(), head=4, more=True), 0)
NO = NotSigned("no")


@pytest.mark.parametrize(
    ("done", "promise"),
    [
        (bundles.Done(OPENED, NO, NO), "without-a-signature"),
        (bundles.Done(NO, NotSigned(""), NO), "without-a-word"),
        (bundles.Done(NO, NO, NotSamebox("")), "without-a-word"),
        (
            bundles.Done(NO, replace(OPENED, head=ELSEWHERE), NO),
            "another-question",
        ),
        (
            bundles.Done(NO, replace(OPENED, page=ArticlePage(changes=(), head=3, more=True)), NO),
            "leads-nowhere",
        ),
    ],
)
def test_what_became_of_a_bundle_is_judged(done: bundles.Done, promise: str) -> None:
    with pytest.raises(BrokenPromise, match=promise):
        bundles.promises(b"", done)
