"""What the laptop writes the server can read: any draft is an article file."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from samebox_agent.core.drafts import article
from samebox_agent.core.redaction import Known
from samebox_server.core.articles import parse, render
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import ArticleId

from tests.agent.core.test_drafts import draft, drawn, told


def test_a_draft_of_long_messages_can_still_be_read() -> None:
    words = " ".join(f"Sentence {number} is rather long, as people write." for number in range(180))
    found = draft(told(words[:2_400], words))
    assert parse(render(found), source="draft") == found
    endless = draft(told(fixed_by="word " * 1_600))
    assert parse(render(endless), source="draft") == endless


@settings(deadline=None)
@example("Ana Ana Ana", "1.2.3.4 " * 300, "x", "", True)
@example("", "0\n0", "0\r0", "", True)
@given(
    st.text(max_size=400),
    st.text(max_size=800),
    st.text(max_size=30),
    st.text(max_size=99),
    st.booleans(),
)
def test_any_draft_is_a_file_that_can_be_read(
    question: str, fixed_by: str, name: str, model: str, back: bool
) -> None:
    said = told(
        f"It fails. {question}",
        f"Wait.\n{fixed_by}",
        device_type=DeviceType(system=System.LINUX, model=model),
    )
    known = Known((name, name[::-1]))
    taken = frozenset(span.words for span in drawn(said, known).taken_out)
    found = drawn(said, known, put_back=taken if back else frozenset())
    if found.is_whole:
        made = article(found, said, ArticleId("d1"))
        assert parse(render(made), source="draft") == made
