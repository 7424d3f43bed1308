"""The switches of the sharing sheet."""

from samebox_agent.storage.database import Database
from samebox_agent.storage.sharing import Flip, SharingLedger
from samebox_shared.model.facts import FactKind


def test_everything_is_off_at_first(database: Database) -> None:
    assert SharingLedger(database).current_sharing() == frozenset()


def test_the_last_flip_counts_and_every_flip_is_kept(database: Database) -> None:
    ledger = SharingLedger(database)
    flips = (
        Flip(FactKind.BATTERY, True, 1.0),
        Flip(FactKind.STORAGE, True, 2.0),
        Flip(FactKind.BATTERY, False, 3.0),
    )
    for flip in flips:
        ledger.sharing(flip.kind, flip.on, flip.at)
    assert ledger.current_sharing() == {FactKind.STORAGE}
    assert ledger.history() == flips


def test_a_kind_of_another_version_is_left_out(database: Database) -> None:
    database.execute("INSERT INTO sharing (kind, is_on, at) VALUES ('mind', 1, 1.0)")
    assert SharingLedger(database).current_sharing() == frozenset()
