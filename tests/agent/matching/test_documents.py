"""What is looked for and through: the key of a document, the text of a question."""

import msgspec
import pytest
from samebox_agent.matching.documents import Document, Query

WHOLE = Document(
    id="vpn",
    title="VPN drops",
    body="It stops.",
    fix="Start it again.",
    examples=("vpn gone",),
    applies_to=("macOS",),
    area="Network",
    topic="vpn",
    created=5.0,
)


def test_the_key_of_the_same_document_is_the_same() -> None:
    assert msgspec.structs.replace(WHOLE).key() == WHOLE.key()


@pytest.mark.parametrize("field", WHOLE.__struct_fields__)
def test_the_key_changes_with_every_field(field: str) -> None:
    value = getattr(WHOLE, field)
    another = 6.0 if field == "created" else ("new",) if isinstance(value, tuple) else "new"
    assert msgspec.structs.replace(WHOLE, **{field: another}).key() != WHOLE.key()


def test_words_that_moved_to_another_field_change_the_key() -> None:
    assert Document(id="a", title="x", body="y").key() != Document(id="a", title="xy").key()


@pytest.mark.parametrize(
    ("title", "body", "text"),
    [
        ("VPN drops", "every hour", "VPN drops. every hour"),
        (" VPN drops ", "\n", "VPN drops"),
        ("", "every hour ", "every hour"),
        ("", "", ""),
    ],
)
def test_the_text_of_a_question_is_all_of_its_words(title: str, body: str, text: str) -> None:
    assert Query(title=title, body=body).text == text
