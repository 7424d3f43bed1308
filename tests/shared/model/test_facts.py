"""The catalogue of facts is one consistent table."""

import pytest
from samebox_shared.model.facts import (
    BY_NAME,
    CATALOGUE,
    PURPOSES,
    FactKind,
    FactSpec,
    FactType,
    is_well_typed,
)

VALUES: dict[FactType, object] = {
    FactType.BOOL: True,
    FactType.INT: 3,
    FactType.DOUBLE: 3.5,
    FactType.STRING: "three",
}


def test_names_are_unique_and_every_kind_has_a_purpose_and_a_fact() -> None:
    assert len(BY_NAME) == len(CATALOGUE)
    assert set(PURPOSES) == set(FactKind) == {spec.kind for spec in CATALOGUE}


@pytest.mark.parametrize("spec", CATALOGUE, ids=lambda spec: spec.name)
def test_every_example_is_well_typed_and_every_name_is_table_and_column(spec: FactSpec) -> None:
    assert is_well_typed(spec, spec.example)
    assert len(spec.name.split(".")) == 2


@pytest.mark.parametrize("wanted", FactType)
@pytest.mark.parametrize("given", FactType)
def test_a_value_has_exactly_the_type_that_is_promised(wanted: FactType, given: FactType) -> None:
    spec = FactSpec(name="a.b", kind=FactKind.SYSTEM, type=wanted, label="", example=1)
    assert is_well_typed(spec, VALUES[given]) == (wanted is given)


@pytest.mark.parametrize(
    ("kind", "value"), [(FactType.INT, 10**400), (FactType.INT, -(2**63)), (FactType.DOUBLE, 1e999)]
)
def test_no_number_is_too_large_to_be_said_in_words(kind: FactType, value: float) -> None:
    """One such value in a session would break every later start of the other laptop."""
    spec = next(spec for spec in BY_NAME.values() if spec.type is kind)
    assert not is_well_typed(spec, value)


def test_a_text_that_cannot_be_sent_is_no_fact() -> None:
    spec = next(spec for spec in BY_NAME.values() if spec.type is FactType.STRING)
    assert is_well_typed(spec, "naïve 😀")
    assert not is_well_typed(spec, "printer \udce9")
