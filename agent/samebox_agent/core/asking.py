"""The ask sheet: what goes along with a question, and nothing else."""

from msgspec.structs import replace
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.facts import Fact, FactKind
from samebox_shared.model.ids import ArticleId, QuestionId
from samebox_shared.model.topics import PLACE_MATTERS, Topic
from samebox_shared.protocol.acts import Ask
from samebox_shared.protocol.codec import MAX_TEXT

from samebox_agent.core import fixes, intents, languages, outbox, topics
from samebox_agent.core.commands import KeepText, Step
from samebox_agent.core.events import Moment
from samebox_agent.core.facts import by_name, of_kinds, that_may_leave
from samebox_agent.core.intents import Page
from samebox_agent.core.state import AgentState, AskForm, Conversation

ASK_FIELD = "ask"
"""Where the words of the ask sheet are kept."""


def start(state: AgentState, moment: Moment) -> Step:
    """Open the sheet with the words of the help field and the kinds the person agreed to share.

    Words that were written on from there, and a name that was hidden, stay as they were left.
    """
    words = state.fixes.text.strip()[:MAX_TEXT]
    text = state.ask.text if state.ask.text.startswith(words) else words
    ask = replace(
        state.ask,
        question_id=QuestionId(moment.fresh),
        text=text,
        included=state.sharing,
        preview=False,
        topic=None,
        topics_shown=False,
        language=FactKind.DESKTOP in state.sharing,
    )
    pages = tuple(page for page in state.window.pages if page is not Page.ASK)
    window = replace(state.window, pages=(*pages, Page.ASK))
    state = replace(state, ask=ask, window=window, trouble=None)
    state, commands = fixes.read_if_old(state, moment)
    return state, (*commands, KeepText(ASK_FIELD, text))


def not_solved(state: AgentState, article_id: ArticleId, moment: Moment) -> Step:
    """The article did not help: ask a colleague, with it attached as tried."""
    state = fixes.note_tried(state, article_id)
    article = state.fixes.articles.get(article_id)
    if article is not None and not state.fixes.text.strip():
        state = replace(state, fixes=replace(state.fixes, text=article.title))
    return start(state, moment)


def type_ask(state: AgentState, intent: intents.TypeAsk) -> Step:
    """Keep the words."""
    text = intent.text[:MAX_TEXT]
    return replace(state, ask=replace(state.ask, text=text)), (KeepText(ASK_FIELD, text),)


def change(
    state: AgentState,
    *,
    name_hidden: bool | None = None,
    system: str | None = None,
    preview: bool | None = None,
    language: bool | None = None,
    place: bool | None = None,
) -> Step:
    """Change one of the sheet's small choices."""
    ask = state.ask
    ask = replace(
        ask,
        name_hidden=ask.name_hidden if name_hidden is None else name_hidden,
        system=ask.system if system is None else system,
        preview=ask.preview if preview is None else preview,
        language=ask.language if language is None else language,
        place=ask.place if place is None else place,
    )
    return replace(state, ask=ask), ()


def choose_topic(state: AgentState, topic: Topic | None) -> Step:
    """The person knows better than the guess; None goes back to it."""
    return replace(state, ask=replace(state.ask, topic=topic, topics_shown=False)), ()


def show_topics(state: AgentState, on: bool) -> Step:
    """Show all topics, or only the one that goes along."""
    return replace(state, ask=replace(state.ask, topics_shown=on)), ()


def topic_to_send(state: AgentState) -> Topic:
    """What the person said it is about, or else a guess from the words."""
    return state.ask.topic or topics.guess(state.ask.text)


def language_here(state: AgentState) -> str:
    """The language of this laptop, as far as it was read; "" when it is not known."""
    return languages.of_locale(str(by_name(state.facts.values).get("locale.language", "")))


def place_to_offer(state: AgentState) -> str:
    """The person's own word for where they are, when the trouble is of the place."""
    matters = topic_to_send(state) in PLACE_MATTERS
    return state.helping.volunteering.place if matters else ""


def include(state: AgentState, intent: intents.SetIncluded) -> Step:
    """Include or leave out a kind of fact, for this question only."""
    kinds = state.ask.included
    kinds = kinds | {intent.kind} if intent.on else kinds - {intent.kind}
    return replace(state, ask=replace(state.ask, included=kinds)), ()


def facts_to_send(state: AgentState) -> tuple[Fact, ...]:
    """Exactly the facts that will leave: of the included kinds, as they were read.

    The device type travels in a field of its own.
    """
    kinds = state.ask.included - {FactKind.DEVICE_TYPE}
    return that_may_leave(of_kinds(state.facts.values, kinds))


def device_type_to_send(state: AgentState) -> DeviceType:
    """The laptop's type if it may be told, else what the person said by hand."""
    if FactKind.DEVICE_TYPE in state.ask.included:
        told = fixes.device_type(state)
        if told.system is not None:
            return told
    return DeviceType(system=System(state.ask.system) if state.ask.system else None)


def draft(state: AgentState) -> Ask:
    """The act as it will be sent; the preview shows the same value."""
    return Ask(
        question_id=state.ask.question_id or QuestionId(""),
        text=state.ask.text.strip(),
        device_type=device_type_to_send(state),
        facts=facts_to_send(state),
        name_hidden=state.ask.name_hidden,
        tried=state.fixes.tried,
        topic=topic_to_send(state),
        language=language_here(state) if state.ask.language else "",
        place=place_to_offer(state) if state.ask.place else "",
    )


def send(state: AgentState, moment: Moment) -> Step:
    """Press Send: the question is kept on the disk first, and its window opens at once."""
    ask = draft(state)
    if (
        not ask.text
        or not ask.question_id
        or state.asking_now() is not None
        or ask.question_id in state.conversations
    ):
        return state, ()
    conversation = Conversation(
        ask.question_id,
        True,
        ask.text,
        ask.device_type,
        facts=ask.facts,
        name_hidden=ask.name_hidden,
        topic=ask.topic,
        since=moment.wall,
        open=True,
        raised=1,
    )
    state = state.with_conversation(conversation)
    state = replace(
        state,
        ask=AskForm(),
        fixes=replace(state.fixes, text="", hits=(), searched="", tried=()),
        window=replace(state.window, pages=(Page.HELP,)),
    )
    state, commands = outbox.act(state, ask, moment)
    return state, (*commands, KeepText(ASK_FIELD, ""), KeepText(fixes.QUESTION_FIELD, ""))
