"""Who is brought into a live session."""

from dataclasses import replace

import pytest
from samebox_server.core.routing import Helper, Nobody, Progress, Wave
from samebox_server.core.routing.joining import second_helper, watcher_for
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import PersonId
from samebox_shared.model.topics import Part

from tests.server.core.routing.people import (
    ADA,
    ASKING,
    GEN_1,
    GEN_3,
    MAC,
    NOW,
    directory,
    ina,
    twin,
    volunteer,
    wishing,
)

NEW = PersonId("new")
NEWCOMER = volunteer("new", GEN_3, solved_total=0)
IN_SESSION = replace(ASKING, others=frozenset({PersonId("twin")}))


def guide(name: str, *, solved: int = 10, **changes: object) -> Helper:
    helper = wishing(name, GEN_1, watches_newcomers=True)
    return replace(helper, solved_total=solved, **changes)  # type: ignore[arg-type]


def names(found: Wave | Nobody) -> list[str]:
    assert isinstance(found, Wave)
    return [chosen.person_id for chosen in found.helpers]


def test_a_second_helper_is_asked_as_the_first_was() -> None:
    found = directory(twin(), volunteer("other", GEN_3), ina())
    assert names(second_helper(found, IN_SESSION, Progress(), Part.SECOND, NOW)) == ["other"]


def test_it_is_asked_for_by_name() -> None:
    found = directory(twin(), volunteer("other", GEN_3), ina())
    wave = second_helper(found, IN_SESSION, Progress(), Part.IT, NOW)
    assert (names(wave), isinstance(wave, Wave) and wave.ring) == (["ina"], Ring.IT)


def test_nobody_joins_whom_they_blocked() -> None:
    found = directory(volunteer("foe", GEN_3, blocked=frozenset({PersonId("twin")})))
    assert isinstance(second_helper(found, IN_SESSION, Progress(), Part.SECOND, NOW), Nobody)


def test_an_experienced_helper_watches_a_newcomer() -> None:
    found = directory(NEWCOMER, guide("gil"), guide("gus", last_asked=NOW - 9))
    chosen = watcher_for(found, ASKING, NEW, NOW)
    assert chosen is not None
    assert (chosen.person_id, chosen.ring, chosen.until > NOW) == ("gil", Ring.SAME_FAMILY, True)


@pytest.mark.parametrize(
    "unfit",
    [
        guide("gil", solved=9),
        guide("gil", blocked=frozenset({NEW})),
        guide("gil", blocked=frozenset({ADA})),
        guide("gil", present_until=0.0),
        guide("gil", device_types=(MAC,)),
        volunteer("gil", GEN_1, solved_total=50),
        replace(guide("ada")),
    ],
)
def test_without_somebody_fitting_the_session_goes_on_alone(unfit: Helper) -> None:
    assert watcher_for(directory(NEWCOMER, unfit), ASKING, NEW, NOW) is None


def test_who_is_no_newcomer_is_not_watched() -> None:
    found = directory(replace(NEWCOMER, solved_total=3), guide("gil"))
    assert watcher_for(found, ASKING, NEW, NOW) is None
    assert watcher_for(found, ASKING, PersonId("unknown"), NOW) is None


def test_nobody_watches_themselves() -> None:
    own = guide("new", solved=10)
    settings = directory().settings
    limits = replace(settings.limits, newcomer_sessions=20)
    found = directory(own, settings=replace(settings, limits=limits))
    assert watcher_for(found, ASKING, NEW, NOW) is None
