"""Costs are medians with the dearest first; times are set against ours round by round."""

from benchmarks.facts import report
from benchmarks.facts.counting import in_json
from benchmarks.facts.tools import Taken, Tool, is_candidate


def run(clock: float, network: float) -> dict[str, object]:
    each = {"clock": clock, "network": network}
    several = {name: [ms, ms + 1, ms + 2] for name, ms in each.items()}
    return {"first_costs": each, "later_costs": several, "alone": several, "alone_cpu": several}


def taken(name: str, *wall: float) -> Taken:
    same = list(wall)
    return Taken(Tool(name, ("x",), in_json), same, same, same, same, told=1200)


def test_the_dearest_by_itself_stands_first() -> None:
    found = report.costs([run(1, 5), run(3, 7), run(2, 6)])
    assert [each["collector"] for each in found] == ["network", "clock"]
    assert (found[1]["first_ms"], found[1]["alone_ms"]) == (2, 3)
    assert report.costs_table(found).splitlines()[2] == "| network | 6.00 | 7.00 | 7.00 | 7.00 |"


def test_ratios_are_paired() -> None:
    assert report.ratios([10, 40], [1, 2]) == [10, 20]


def test_the_table_has_ours_first_and_says_what_is_missing() -> None:
    table = report.tools_table([taken("Samebox", 100, 200), taken("other", 1000, 6000)], ["gone"])
    rows = table.splitlines()[2:]
    assert rows[0] == "| Samebox | 150 | 1.0 | 150 | 150.0 | 150.0 | 1,200 |"
    assert rows[1].startswith("| other | 3,500 | 20.0 |")
    assert rows[2].startswith("| gone | not installed |")


def test_only_what_the_archives_have_is_asked_for() -> None:
    assert is_candidate("facter:\n  Installed: (none)\n  Candidate: 4.3.0-2\n")
    assert not is_candidate("osquery:\n  Installed: (none)\n  Candidate: (none)\n")
    assert not is_candidate("")
