"""docs/privacy.md shows the catalogue as it is."""

from samebox_shared.model.facts import CATALOGUE

from tasks.privacy_page import COLUMNS, PAGE, table, with_table


def test_the_page_shows_todays_catalogue() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "run: python3 dev.py privacy"


def test_every_fact_has_a_row() -> None:
    assert table().count("| `") == len(CATALOGUE)


def test_a_row_tells_where_it_is_read_and_who_may_see_it_for_how_long() -> None:
    rows = {line.split("`")[1]: line for line in table().splitlines() if line.startswith("| `")}
    assert rows["firewall.active"] == (
        "| `firewall.active` | The firewall is on | bool | True | Windows, macOS, Linux "
        "| would help an attacker | nobody: it stays on the laptop | not kept: it never leaves |"
    )
    assert "| Linux | about the machine only | who accepts" in rows["wifi_status.rssi"]
    assert "| until it is taken back or the device leaves |" in rows["os_version.platform"]
    assert "| may say something about its owner |" in rows["programs.firefox"]


def test_every_row_fills_every_column() -> None:
    rows = [line for line in table().splitlines() if line.startswith("|")]
    assert {len(line.split(" | ")) for line in rows} == {len(COLUMNS)}
