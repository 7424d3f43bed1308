"""What a run found is told with its seed, and a broken promise with its piece of history."""

import json
from pathlib import Path

from tasks.faults.history import Answered, AnyEntry, Fault, Kept, Recorder, Said
from tasks.faults.pacing import Done
from tasks.faults.profiles import PROFILES
from tasks.faults.report import explain, judge, keep, tell
from tasks.faults.world import MESSAGE, OPENED, look

PROFILE = PROFILES["pr"].scaled(0.0001)
ENOUGH = Done(
    server_kills=1,
    agent_kills=1,
    carrier_kills=1,
    partitions=1,
    server_pauses=1,
    agent_pauses=1,
    toxics=1,
)


def story(*, lost: bool) -> list[AnyEntry]:
    entries: list[AnyEntry] = [
        Fault(0.5, "kill", "server"),
        Said(1.0, "ana", "one", "s"),
        Answered(1.1, "ana", "one"),
        Said(1.2, "ana", "two", "s"),
        Answered(1.3, "ana", "two"),
        Fault(9.0, "over", "harness"),
    ]
    for person in ("ana", "noor"):
        entries.append(Kept(9.0, person, "e", 1, f"{person} 1", OPENED, "s", question="q"))
        for number, word in enumerate(("one", "two"), 2):
            if not (lost and person == "noor" and word == "two"):
                event = f"{person} {number}"
                entries.append(Kept(9.0, person, "e", number, event, MESSAGE, "s", word))
    return entries


def test_a_good_run_is_told_in_a_few_lines() -> None:
    verdict = judge(look(story(lost=False)), PROFILE, ENOUGH, races=1, grace=1.0)
    words = tell(verdict, PROFILE, 12.0, 7, ["A note."])
    assert not verdict.breaches
    assert "seed 7" in words
    assert "A note." in words


def test_a_count_that_was_not_reached_is_told_and_fails() -> None:
    verdict = judge(look(story(lost=False)), PROFILE, Done(), races=0, grace=1.0)
    assert not verdict.is_whole
    assert "0 server kills   (wanted 1)" in tell(verdict, PROFILE, 12.0, 7, [])


def test_a_broken_promise_is_told_with_what_happened_around_it(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "harness.jsonl")
    entries = story(lost=True)
    for entry in entries:
        recorder.now(entry)
    recorder.close()
    verdict = judge(look(entries), PROFILE, ENOUGH, races=1, grace=1.0)
    assert not verdict.is_whole
    words = explain(verdict, tmp_path, ())
    assert "lost: noor does not have two" in words
    assert "0.500 kill server" in words
    assert "Answered(at=1.3" in words


def test_a_verdict_is_kept_as_json(tmp_path: Path) -> None:
    verdict = judge(look(story(lost=True)), PROFILE, ENOUGH, races=1, grace=1.0)
    keep(verdict, PROFILE, 12.0, 7, [], tmp_path / "verdict.json")
    kept = json.loads((tmp_path / "verdict.json").read_text())
    assert (kept["seed"], kept["good"]) == (7, False)
    assert kept["breaches"][0]["check"] == "lost"
