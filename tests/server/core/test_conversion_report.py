"""The report says what a person has to look at."""

from samebox_server.core.conversion import convert
from samebox_server.core.conversion_report import report
from samebox_server.core.zendesk_export import Record

RECORD = Record(
    id=7,
    title="Odd",
    body="<p>Lead.</p><ol><li>Do.</ol><p>Rest.</p><script></script>",
    place="article 1 (id 7)",
    updated_at="2025-02-03T04:05:06Z",
)


def test_each_article_has_its_decisions_and_what_was_lost() -> None:
    text = report("a.json", [convert(RECORD)], ["article 2: broken"])
    assert "Conversion of a.json\n" in text
    assert "zendesk-7.md\n  “Odd”, article 1 (id 7), en-us, last changed there 2025-02-03\n" in text
    assert "  To decide:\n  - Write the undo:" in text
    assert "  Fell away:\n  - a script\n" in text
    assert "  Words that are in no file:\n  - paragraph: Rest.\n" in text
    assert text.endswith("Not converted\n- article 2: broken\n")


def test_what_is_empty_is_not_mentioned() -> None:
    record = Record(id=7, title="Odd", body="<p>Lead.</p><ol><li>Do.</ol>", place="article 1")
    text = report("a.json", [convert(record)], [])
    assert "Fell away" not in text
    assert "Not converted" not in text
    assert "last changed" not in text
