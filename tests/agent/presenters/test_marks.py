"""What was taken out, as runs to draw and in a sentence."""

from samebox_agent.core.redaction import Known, Piece, redact
from samebox_agent.core.redaction_rules import Kind
from samebox_agent.presenters import marks
from samebox_agent.presenters.view_parts import Run


def test_what_is_gone_is_a_run_of_its_own() -> None:
    assert marks.of_pieces((Piece("Ask "), Piece("Ana", Kind.NAME), Piece(" now."))) == (
        Run("Ask "),
        Run("name", gone=True),
        Run(" now."),
    )


def test_a_mark_in_words_of_another_laptop_is_one_too() -> None:
    assert marks.of_text("[name], call [telephone number]") == (
        Run("name", gone=True),
        Run(", call "),
        Run("telephone number", gone=True),
    )
    assert marks.of_text("[x]") == (Run("[x]"),)


def test_they_are_counted_in_words() -> None:
    known = Known(("Ana Ruiz", "Bo Jansen"))
    spans = redact("Ana, Bo: 192.168.1.1, 192.168.1.2 and 0612345678", known).spans
    said = "2 network addresses, 1 telephone number and 2 names"
    assert (marks.sentence(spans), marks.sentence(())) == (said, "")


def test_every_kind_can_be_more_than_one() -> None:
    assert {marks.many(kind, 2) for kind in Kind} >= {"secrets", "numbers of a person"}
