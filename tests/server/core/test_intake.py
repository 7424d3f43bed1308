"""What an import does with a file, by its version and by what is published."""

import msgspec
import pytest
from samebox_server.core.intake import Intake, Known, decide, fingerprint, left_out, line_at
from samebox_shared.model.articles import Article, Step
from samebox_shared.model.ids import ArticleId

ARTICLE = Article(
    article_id=ArticleId("a"), version=3, title="A", summary="B", steps=(Step(text="C"),)
)
TEXT = "---\nid: a\nversion: 3\n---\n"


def known(version: int = 3, *, source: str = "older") -> Known:
    article = msgspec.structs.replace(ARTICLE, version=version)
    return Known(article=article, source=source)


def changed(version: int = 3) -> Article:
    return msgspec.structs.replace(ARTICLE, version=version, title="Other")


@pytest.mark.parametrize(
    ("offered", "known", "intake", "version"),
    [
        (ARTICLE, None, Intake.NEW, 3),
        (ARTICLE, known(), Intake.AS_BEFORE, 3),
        (ARTICLE, known(5), Intake.AS_BEFORE, 5),
        (ARTICLE, known(2, source=TEXT), Intake.AS_BEFORE, 2),
        (ARTICLE, known(2), Intake.CHANGED, 3),
        (changed(9), known(), Intake.CHANGED, 9),
    ],
)
def test_what_becomes_of_a_file(
    offered: Article, known: Known | None, intake: Intake, version: int
) -> None:
    verdict = decide("a.md", TEXT, offered, known)
    assert (verdict.intake, verdict.version, verdict.words) == (intake, version, "")
    assert (verdict.source, verdict.article_id) == ("a.md", "a")


def test_the_same_number_with_other_text_is_taken_in_and_told() -> None:
    verdict = decide("a.md", TEXT, changed(), known())
    assert (verdict.intake, verdict.version) == (Intake.CHANGED, 4)
    assert verdict.words == "a.md: version 3 was published with other text, so this is 4 now."


@pytest.mark.parametrize(("text", "line"), [(TEXT, 3), ('---\n"version": 3\n---\n', 1)])
def test_an_older_number_with_other_text_undoes_nothing(text: str, line: int) -> None:
    verdict = decide("a.md", text, changed(), known(5))
    assert verdict.intake is Intake.LEFT_OUT
    assert verdict.words.startswith(f"a.md, line {line}: The file says version 3, but version 5 is")
    assert verdict.words.endswith("then write version: 6 to publish yours.")


def test_what_is_left_out_is_named_with_its_line() -> None:
    assert left_out("a.md", 7, "Mend it.").words == "a.md, line 7: Mend it."
    assert [line_at("a\nb\n", at) for at in (0, 2, 4)] == [1, 2, 3]


def test_a_fingerprint_knows_every_change_but_that_of_the_number() -> None:
    assert fingerprint(ARTICLE) == fingerprint(msgspec.structs.replace(ARTICLE, version=9))
    assert fingerprint(ARTICLE) != fingerprint(changed())
