"""docs/privacy.md shows the catalogue as it is."""

from samebox_shared.model.facts import CATALOGUE

from tasks.privacy_page import PAGE, table, with_table


def test_the_page_shows_todays_catalogue() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "run: python3 dev.py privacy"


def test_every_fact_has_a_row() -> None:
    assert table().count("| `") == len(CATALOGUE)
