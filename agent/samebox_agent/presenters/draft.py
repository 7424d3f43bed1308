"""The page of a draft before it is handed over: what would leave, and what was taken out (J8)."""

from samebox_shared.model.ids import SessionId

from samebox_agent.core import draft_intents as wants
from samebox_agent.core import drafting, intents
from samebox_agent.core.drafts import Paper, Sentence, applies_to, may_put_back, title_of
from samebox_agent.core.redaction import Kind, Span
from samebox_agent.core.state import AgentState, Conversation
from samebox_agent.presenters import draft_way, marks, reasons, wording
from samebox_agent.presenters.views import (
    Banner,
    Button,
    DraftRow,
    DraftView,
    OwnRow,
    Pill,
    Reason,
    Switch,
    Tone,
    Weight,
)

NOT_SENT = Pill("Only on this laptop", Tone.GOOD)


def present(state: AgentState, found: Conversation) -> DraftView | None:
    """Before it is handed over for its asker, and afterwards for everyone who was in the session;
    None when there is no draft."""
    if found.session_id is None:
        return None
    draft = drafting.handed_over(state, found.session_id)
    if draft is not None:
        return draft_way.present(state, found, found.session_id, draft)
    paper = drafting.paper_of(state, found)
    return None if paper is None else _before(state, found, found.session_id, paper)


# Before anything leaves.


def _before(
    state: AgentState, found: Conversation, session_id: SessionId, paper: Paper
) -> DraftView:
    title = title_of(paper)
    choices = state.drafts.of(session_id)
    return DraftView(
        title=draft_way.TITLE,
        intro="The next one with such a laptop could find your answer. This draft of it is only on "
        f"your laptop. Hand it over, and what stands here goes to {_to_whom(found)}. Others see it "
        "only once it is published.",
        banner=_missing(paper, unsaid=drafting.is_unsaid(state, found)),
        heading=() if title is None else marks.of_pieces(title.pieces),
        pills=(NOT_SENT,),
        problem=tuple(_row(session_id, one, 0) for one in paper.problem),
        steps=tuple(_row(session_id, one, n) for n, one in enumerate(paper.steps, 1)),
        fits=draft_way.fits(applies_to(found.device_type), found.device_type.system_version),
        taken_heading=_taken_heading(paper),
        taken=_taken(session_id, paper),
        reason=None,
        undo=_undo(paper, choices.undo),
        fixed=_fixed(choices.fixed) if drafting.is_unsaid(state, found) else None,
        go_back=(),
        buttons=(
            Button(
                "Hand over for review",
                wants.HandOver(session_id),
                Weight.PRIMARY,
                enabled=paper.is_whole,
            ),
        ),
        links=(
            Button("Not now", wants.PutOff(session_id), Weight.QUIET),
            Button("Never for this one", wants.PutOff(session_id, for_ever=True), Weight.QUIET),
        ),
        footnote="There was more than an article may hold; the rest stays here."
        if paper.cut
        else "You can change the words later, in the browser.",
        session_id=session_id,
    )


def _fixed(typed: str) -> Reason:
    return Reason(
        heading="What fixed it?",
        text=typed,
        placeholder="Nobody wrote it down. What did you do? One step a line",
        leaves=(),
        note="",
        buttons=(),
    )


def _undo(paper: Paper, typed: str) -> Reason:
    return Reason(
        heading="How does one go back, if it does not help?",
        text=typed,
        placeholder="Turn it on again. Or: nothing has to be put back",
        leaves=marks.of_pieces(paper.undo.pieces) if paper.undo.spans else (),
        note="" if typed.strip() else "Nobody can publish it before that is said.",
        buttons=(),
    )


def _to_whom(found: Conversation) -> str:
    names = [who.person.name for who in drafting.lookers(found)]
    if not names:
        return "a moderator who was not part of it"
    return f"{reasons.listed(names)}, who helped, and then to a moderator who was not part of it"


def _missing(paper: Paper, *, unsaid: bool) -> Banner | None:
    if paper.is_whole:
        return None
    if unsaid and not paper.steps:
        detail = "Write it below. Without it the draft cannot be handed over."
        return Banner("Nobody wrote what fixed it", detail, Tone.NEUTRAL)
    if not paper.steps:
        title = "There is no step in it"
        why = "Nobody wrote what fixed it, or nothing was left once names and secrets were out."
    elif not paper.problem:
        title = "There is no problem in it"
        why = "Nothing was left of the question once names and secrets were out."
    else:
        title = "Too much is left out"
        why = "Keep at least one sentence of the problem and one step."
    return Banner(title, f"{why} It cannot be handed over like this.", Tone.WARN)


def _row(session_id: SessionId, one: Sentence, number: int) -> DraftRow:
    label = f"Step {number} goes along" if number else "This sentence goes along"
    switch = Switch(
        label,
        one.kept,
        wants.LeaveOut(session_id, one.written, out=False),
        wants.LeaveOut(session_id, one.written, out=True),
        detail=one.redacted.text,
    )
    return DraftRow(marks.of_pieces(one.redacted.pieces), number, switch)


def _taken_heading(paper: Paper) -> str:
    if paper.taken_out:
        return f"Taken out: {marks.sentence(paper.taken_out)}"
    return "Put back by you" if paper.put_back else "Nothing personal was found"


def _taken(session_id: SessionId, paper: Paper) -> tuple[OwnRow, ...]:
    back = tuple(
        OwnRow(
            wording.shorten(words, 48),
            "Goes along: you put it back",
            Button(
                "Take out",
                wants.PutBack(session_id, words, back=False),
                hint=f"Takes “{wording.shorten(words, 48)}” out again",
            ),
        )
        for words in paper.put_back
    )
    return (*(_one_taken(session_id, span) for span in paper.taken_out), *back)


def _one_taken(session_id: SessionId, span: Span) -> OwnRow:
    if span.kind is Kind.SECRET:
        return OwnRow("••••••", "A secret. It can never be put back", None)
    words, kind = wording.shorten(span.words, 48), span.kind.capitalize()
    if not may_put_back(span.kind, span.words):
        return OwnRow(words, f"{kind}. It can never be put back", None)
    put_back = wants.PutBack(session_id, span.words, back=True)
    return OwnRow(words, kind, Button("Put back", put_back, hint=f"Puts “{words}” back"))


# Elsewhere.


def button(state: AgentState, found: Conversation) -> tuple[Button, ...]:
    """The way to the draft, in the window of the question."""
    if found.session_id is None:
        return ()
    there = drafting.handed_over(state, found.session_id) is not None
    if not there and drafting.paper_of(state, found) is None:
        return ()
    label = "See the draft" if there else "Look at the draft"
    return (Button(label, intents.ShowDraft(found.session_id)),)


def to_do(state: AgentState) -> tuple[Banner, ...]:
    """On the help page: drafts that wait for this person."""
    return tuple(
        banner for found in state.conversations.values() if (banner := _to_do(state, found))
    )


def _to_do(state: AgentState, found: Conversation) -> Banner | None:
    about = wording.shorten(found.text, 60)
    if drafting.is_to_decide(state, found):
        return Banner(
            "Keep the answer for the next one?", about, Tone.NEUTRAL, button(state, found)
        )
    if drafting.is_to_look_at(state, found):
        who = found.peer.name if found.peer else "A colleague"
        title = f"{who} wrote down your answer. Is it right?"
        return Banner(title, about, Tone.NEUTRAL, button(state, found))
    if drafting.is_to_change(state, found):
        return Banner("Your draft was sent back", about, Tone.WARN, button(state, found))
    if drafting.is_news(state, found) and found.session_id is not None:
        title = "Your draft is an article now" if found.mine else "Your answer is an article now"
        noted = Button("OK", wants.NoteNews(found.session_id), Weight.QUIET)
        return Banner(title, about, Tone.GOOD, (*button(state, found), noted))
    return None
