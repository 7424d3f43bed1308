"""Who may have which article."""

import pytest
from samebox_server.core.readers import Reader, Shelf, may_have, scope
from samebox_shared.model.articles import AppliesTo, Audience
from samebox_shared.model.devices import System
from samebox_shared.model.people import Role

WINDOWS = AppliesTo(system=System.WINDOWS, versions=">=11")
MACOS = AppliesTo(system=System.MACOS)
THINKPADS = AppliesTo(vendor="Lenovo")


@pytest.mark.parametrize(
    ("audience", "roles", "may"),
    [
        (Audience.IT, {Role.IT}, True),
        (Audience.IT, {Role.MODERATOR, Role.OWNER}, False),
        (Audience.IT, set(), False),
        (Audience.MODERATOR, {Role.MODERATOR}, True),
        (Audience.MODERATOR, {Role.IT}, False),
    ],
)
def test_an_audience_is_whoever_holds_the_role(
    audience: Audience, roles: set[Role], may: bool
) -> None:
    assert may_have(Reader(frozenset(roles)), Shelf(audience)) is may


@pytest.mark.parametrize(
    ("system", "kinds", "may"),
    [
        (System.WINDOWS, (), True),
        (System.WINDOWS, (WINDOWS,), True),
        (System.WINDOWS, (MACOS, WINDOWS), True),
        (System.WINDOWS, (MACOS,), False),
        (System.WINDOWS, (THINKPADS,), True),
        (None, (MACOS,), True),
    ],
)
def test_what_cannot_fit_the_system_is_not_for_it(
    system: System | None, kinds: tuple[AppliesTo, ...], may: bool
) -> None:
    assert may_have(Reader(system=system), Shelf(applies_to=kinds)) is may


def test_a_scope_is_another_name_for_every_other_selection() -> None:
    roles = [set(), {Role.IT}, {Role.MODERATOR}, {Role.IT, Role.MODERATOR}]
    readers = [Reader(frozenset(held), system) for held in roles for system in (None, *System)]
    assert len({scope(reader) for reader in readers}) == len(readers)
    assert scope(Reader(frozenset({Role.OWNER}))) == scope(Reader())
    assert all(len(scope(reader)) == 16 for reader in readers)
