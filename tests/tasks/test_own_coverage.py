"""Which lines count as covered by a file's own test."""

from pathlib import Path

from tasks.own_coverage import not_covered, own_test


def test_the_own_test_carries_the_name_of_its_file() -> None:
    assert own_test(Path("agent/samebox_agent/core/outbox.py")) == "tests.agent.core.test_outbox"


def test_another_files_test_does_not_count_and_importing_does() -> None:
    contexts = {
        1: [""],
        2: ["tests.agent.core.test_outbox.test_order"],
        3: ["tests.agent.core.test_outbox_order.test_order"],
    }
    assert not_covered([1, 2, 3, 4], contexts, "tests.agent.core.test_outbox") == [3, 4]
