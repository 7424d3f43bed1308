"""The page of a draft that was handed over: how far it is, and whether it is right."""

from samebox_shared.model.article_limits import SYMPTOM_LIMIT, TITLE_LIMIT
from samebox_shared.model.articles import AppliesTo, Article, DraftState
from samebox_shared.model.ids import SessionId
from samebox_shared.protocol.acts import ProposeArticle

from samebox_agent.core import draft_intents as wants
from samebox_agent.core import drafting, intents
from samebox_agent.core.draft_state import Way
from samebox_agent.core.state import AgentState, Conversation, LinkState
from samebox_agent.presenters import article as article_words
from samebox_agent.presenters import marks, reasons, wording
from samebox_agent.presenters.views import (
    Banner,
    Button,
    DraftRow,
    DraftView,
    Reason,
    Tone,
    Weight,
)

TITLE = "Draft article"
_OVER = (DraftState.PUBLISHED, DraftState.WITHDRAWN)


def fits(those: tuple[AppliesTo, ...], proven: str = "") -> tuple[str, ...]:
    """The laptops in words; `proven` is the version it is known to work on."""
    return tuple(
        " · ".join(
            part
            for part in (
                wording.SYSTEMS[fit.system] if fit.system else "",
                fit.versions,
                fit.model or fit.family,
                f"worked on version {proven}" if proven else "",
            )
            if part
        )
        for fit in those
    )


def present(
    state: AgentState, found: Conversation, session_id: SessionId, draft: Article
) -> DraftView:
    """What was handed over, and what those who helped can say of it."""
    looks = drafting.is_to_look_at(state, found)
    choices = state.drafts.of(session_id)
    return DraftView(
        title=TITLE,
        intro=_intro(state, found, looks),
        banner=_way(state, found, session_id),
        heading=marks.of_text(draft.title[:TITLE_LIMIT]),
        pills=(article_words.RISKS[draft.risk],),
        problem=tuple(DraftRow(marks.of_text(one[:SYMPTOM_LIMIT])) for one in draft.symptoms),
        steps=tuple(DraftRow(marks.of_text(one.text), n) for n, one in enumerate(draft.steps, 1)),
        fits=fits(draft.applies_to),
        taken_heading="",
        taken=(),
        reason=_doubt(state, session_id) if looks and choices.doubting else None,
        undo=None,
        fixed=None,
        go_back=marks.of_text(draft.undo) if draft.undo else (),
        buttons=_buttons(state, found, session_id),
        links=_links(state, found, session_id),
        footnote="Names, addresses and secrets were taken out on the laptop of the one who asked."
        if not found.mine
        else "",
        session_id=session_id,
    )


def _intro(state: AgentState, found: Conversation, looks: bool) -> str:
    who = found.peer.name if found.peer else "The one who asked"
    if looks and found.mine:
        return (
            "Somebody changed the words of your draft. Are they still right? A moderator reads it "
            "after you."
        )
    if looks:
        return (
            f"{who} wants to keep your answer for the next one with such a laptop. Is it right, "
            "and is nothing missing? A moderator reads it after you."
        )
    handed = f"This is what {'you' if found.mine else who} handed over."
    if drafting.state_of(state, found) in _OVER:
        return handed
    return f"{handed} Others see it only once it is published."


def _way(state: AgentState, found: Conversation, session_id: SessionId) -> Banner | None:
    if session_id not in state.drafts.written:
        return _leaving(state, session_id)
    way = state.drafts.ways.get(session_id, Way())
    match way.state:
        case DraftState.LOOKING:
            return _looking(state, found, session_id)
        case DraftState.REVIEW:
            detail = "Somebody who was not part of it reads it before anybody else does."
            return Banner("Waiting for a moderator", detail, Tone.ACCENT)
        case DraftState.SENT_BACK:
            why = f"“{way.words}” " if way.words else ""
            detail = f"{why}Change it in the browser and hand it over again."
            return Banner("Sent back", detail, Tone.WARN)
        case DraftState.PUBLISHED:
            return _published(state, way)
        case DraftState.WITHDRAWN:
            detail = f"“{way.words}”" if way.words else "It will not be published."
            return Banner("Taken back", detail, Tone.NEUTRAL)


def _leaving(state: AgentState, session_id: SessionId) -> Banner:
    waits = any(
        isinstance(item.act, ProposeArticle) and item.act.session_id == session_id
        for item in state.outbox
    )
    if waits and state.link.state is not LinkState.ONLINE:
        detail = "The server cannot be reached. It is kept here and goes by itself."
        return Banner("Will be handed over", detail, Tone.WARN)
    return Banner("Being handed over…", busy=True)


def _looking(state: AgentState, found: Conversation, session_id: SessionId) -> Banner | None:
    if drafting.is_to_look_at(state, found):
        return None
    if found.mine:
        names = _waited_for(state, found, session_id)
        who = reasons.listed(names) or "those who helped"
        return Banner(f"Waiting for {who} to look", "Then a moderator reads it.", Tone.ACCENT)
    match drafting.said_of(state, session_id):
        case True:
            return Banner("You said it is right", "A moderator reads it next.", Tone.GOOD)
        case False:
            return Banner("You said what is wrong", "It goes back to be changed.", Tone.NEUTRAL)
        case None:
            return None


def _waited_for(state: AgentState, found: Conversation, session_id: SessionId) -> list[str]:
    waits = state.drafts.ways.get(session_id, Way()).waits_for
    there = {who.person.person_id: who.person.name for who in drafting.lookers(found)}
    return [there[one] for one in waits if one in there] or list(there.values())


def _published(state: AgentState, way: Way) -> Banner:
    title = "Published"
    if way.article_id is None or way.article_id not in state.fixes.articles:
        detail = "Every laptop it fits has it within a minute."
        return Banner(title, detail, Tone.GOOD)
    button = Button("Open the article", intents.OpenArticle(way.article_id))
    return Banner(title, "Thank you. The next one finds it.", Tone.GOOD, (button,))


def _buttons(state: AgentState, found: Conversation, session_id: SessionId) -> tuple[Button, ...]:
    if drafting.is_to_change(state, found):
        return (_in_the_browser(session_id, Weight.PRIMARY),)
    if drafting.is_to_look_at(state, found) and not state.drafts.of(session_id).doubting:
        return _answers(session_id)
    return ()


def _answers(session_id: SessionId) -> tuple[Button, ...]:
    return (
        Button("It is right", wants.SayRight(session_id), Weight.PRIMARY),
        Button("Something is wrong", wants.StartDoubting(session_id)),
    )


def _doubt(state: AgentState, session_id: SessionId) -> Reason:
    why = state.drafts.of(session_id).why
    leaves = drafting.without_people(state, why)
    return Reason(
        heading="What is wrong?",
        text=why,
        placeholder="Step 2 is for another laptop",
        leaves=marks.of_pieces(leaves.pieces) if leaves.spans else (),
        note="Goes to everyone who was in the conversation.",
        buttons=(
            Button(
                "Send it", wants.SayWrong(session_id), Weight.PRIMARY, enabled=bool(why.strip())
            ),
            Button("Leave it", wants.StartDoubting(session_id, on=False), Weight.QUIET),
        ),
    )


def _links(state: AgentState, found: Conversation, session_id: SessionId) -> tuple[Button, ...]:
    way = state.drafts.ways.get(session_id, Way()).state
    if session_id not in state.drafts.written or way in _OVER:
        return ()
    if drafting.is_to_change(state, found):
        return ()
    return (_in_the_browser(session_id, Weight.QUIET),)


def _in_the_browser(session_id: SessionId, weight: Weight) -> Button:
    to = f"/portal/session/{session_id}"
    return Button("Change it in the browser", wants.OpenPortal(to), weight)
