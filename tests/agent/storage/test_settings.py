"""Settings keep their type."""

from samebox_agent.storage.database import Database
from samebox_agent.storage.settings import KNOWN, SERVER_ADDRESS, SHARING_SEEN, Settings


def test_what_was_never_set_has_its_default(database: Database) -> None:
    assert Settings(database).get(SERVER_ADDRESS) == ""
    assert Settings(database).get(SHARING_SEEN) is False


def test_a_setting_is_there_again(database: Database) -> None:
    Settings(database).put(SERVER_ADDRESS, "https://help.example.com")
    Settings(database).put(SHARING_SEEN, False)
    Settings(database).put(SHARING_SEEN, True)
    assert Settings(database).get(SERVER_ADDRESS) == "https://help.example.com"
    assert Settings(database).get(SHARING_SEEN) is True


def test_a_value_of_the_wrong_type_counts_as_never_set(database: Database) -> None:
    database.execute("INSERT INTO setting VALUES ('helping', '\"often\"')")
    assert Settings(database).get(SHARING_SEEN) is False


def test_no_two_settings_share_a_name() -> None:
    assert len({setting.name for setting in KNOWN}) == len(KNOWN)
