"""What needs no encoder: fusing two rankings, and putting another thing in place for a while."""

from types import ModuleType

import pytest

from benchmarks.matching.rankers import fused, replaced


def test_what_both_found_early_comes_first() -> None:
    one = [("a", 9.0), ("b", 8.0), ("c", 7.0)]
    other = [("c", 0.9), ("b", 0.8)]
    assert [each for each, _ in fused(one, other)] == ["c", "b", "a"]
    assert fused(one, other)[0][1] == pytest.approx(1 / 63 + 1 / 61)
    assert fused([], []) == []


def test_what_was_replaced_comes_back_also_after_a_failure() -> None:
    module = ModuleType("somewhere")
    module.value = 1  # type: ignore[attr-defined]
    with replaced(module, "value", 2):
        assert vars(module)["value"] == 2
    with pytest.raises(ZeroDivisionError), replaced(module, "value", 2):
        raise ZeroDivisionError
    assert vars(module)["value"] == 1


def test_what_is_not_there_cannot_be_replaced() -> None:
    with pytest.raises(KeyError), replaced(ModuleType("somewhere"), "value", 2):
        pass
