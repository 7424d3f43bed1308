"""The ask sheet: field by field exactly what will be sent, and to whom."""

import msgspec
from samebox_shared.model.devices import COMPUTERS, DeviceType, System
from samebox_shared.model.facts import SHAREABLE, FactKind

from samebox_agent.core import asking, intents, languages
from samebox_agent.core.state import AgentState, LinkState
from samebox_agent.presenters import reasons, wording
from samebox_agent.presenters.views import (
    AskView,
    Banner,
    Button,
    Choice,
    ShareRow,
    Switch,
    Tone,
    TriedRow,
    Weight,
)


def present(state: AgentState) -> AskView:
    """The sheet; its preview is the very value that is sent."""
    return AskView(
        title="Ask a colleague",
        text=state.ask.text,
        placeholder="What is wrong? What did you do just before?",
        to_whom=_to_whom(asking.device_type_to_send(state)),
        systems=_systems(state),
        topics_heading="What it is about",
        topics=_topics(state),
        rows=tuple(_row(state, kind) for kind in FactKind if kind in SHAREABLE),
        name_hidden=Switch(
            "My name stays hidden until someone accepts",
            True,
            intents.SetNameHidden(True),
            intents.SetNameHidden(False),
            "Others who are asked see the kind of laptop and your first line, never who you are.",
            enabled=False,
        ),
        along=(*_language(state), *_place(state)),
        tried=_tried(state),
        preview_button=_preview_button(state),
        preview=_preview(state) if state.ask.preview else "",
        trouble=_trouble(state),
        send=_send(state),
        footnote=_footnote(state),
    )


def _to_whom(told: DeviceType) -> str:
    if told.model:
        return f"First to colleagues with the same {told.model}, then wider, at last to IT."
    if told.system is not None:
        system = wording.SYSTEMS[told.system]
        return f"First to colleagues who use {system}, at last to IT."
    return "To IT, because the kind of laptop is not told."


def _systems(state: AgentState) -> tuple[Choice, ...]:
    """Said by hand when the device type is not shared (PR-1)."""
    shared = FactKind.DEVICE_TYPE in state.ask.included
    if shared and asking.device_type_to_send(state).system is not None:
        return ()
    not_said = Choice("Not said", not state.ask.system, intents.SaySystem(""))
    said = tuple(
        Choice(wording.SYSTEMS[system], state.ask.system == system, intents.SaySystem(system))
        for system in System
        if system in COMPUTERS
    )
    return (not_said, *said)


def _row(state: AgentState, kind: FactKind) -> ShareRow:
    lines = wording.fact_lines(state.facts.values, kind)
    switch = Switch(
        wording.KINDS[kind],
        kind in state.ask.included and bool(lines),
        intents.SetIncluded(kind, True),
        intents.SetIncluded(kind, False),
        enabled=bool(lines),
    )
    return ShareRow(switch, lines or ("Nothing was read on this laptop",))


def _topics(state: AgentState) -> tuple[Choice, ...]:
    """The one that goes along, guessed from the words until it is chosen; the others on demand."""
    chosen = asking.topic_to_send(state)
    if not state.ask.topics_shown:
        return (
            Choice(reasons.TOPICS[chosen], True, intents.ShowTopics(True)),
            Choice("Something different…", False, intents.ShowTopics(True)),
        )
    return tuple(
        Choice(words, topic is chosen, intents.ChooseTopic(topic))
        for topic, words in reasons.TOPICS.items()
    )


def _language(state: AgentState) -> tuple[Switch, ...]:
    tag = asking.language_here(state)
    if not tag:
        return ()
    return (
        Switch(
            f"Ask in {languages.NAMES[tag]}",
            state.ask.language,
            intents.SetLanguageAlong(True),
            intents.SetLanguageAlong(False),
            "The language of this laptop. Those who speak it are asked first.",
        ),
    )


def _place(state: AgentState) -> tuple[Switch, ...]:
    place = asking.place_to_offer(state)
    if not place:
        return ()
    return (
        Switch(
            f"I am at: {place}",
            state.ask.place,
            intents.SetPlaceAlong(True),
            intents.SetPlaceAlong(False),
            "Your own words. Somebody at the same place sees the same Wi-Fi and printers.",
        ),
    )


def _tried(state: AgentState) -> tuple[TriedRow, ...]:
    articles = state.fixes.articles
    return tuple(
        TriedRow(
            articles[item].title,
            Button("Leave out", intents.ForgetTried(item), Weight.QUIET, hint=articles[item].title),
        )
        for item in state.fixes.tried
        if item in articles
    )


def _preview_button(state: AgentState) -> Button:
    if state.ask.preview:
        return Button("Hide the exact text", intents.ShowPreview(False), Weight.QUIET)
    return Button("Show the exact text", intents.ShowPreview(True), Weight.QUIET)


def _preview(state: AgentState) -> str:
    return msgspec.json.format(msgspec.json.encode(asking.draft(state)), indent=2).decode()


def _trouble(state: AgentState) -> Banner | None:
    running = state.asking_now()
    if running is not None and running.is_aside:
        return Banner(wording.TOO_MANY_OPEN, "Your words are kept.", Tone.WARN)
    if running is not None:
        detail = "Your words are kept. Finish or withdraw the open one first."
        return Banner("You have an open question already", detail, Tone.WARN)
    return None


def _send(state: AgentState) -> Button:
    enabled = bool(state.ask.text.strip()) and state.asking_now() is None
    online = state.link.state is LinkState.ONLINE
    label = "Send" if online else "Keep and send later"
    return Button(label, intents.SendQuestion(), Weight.PRIMARY, enabled)


def _footnote(state: AgentState) -> str:
    if state.link.state is not LinkState.ONLINE:
        return "You are offline: the question is kept here and sent once you are back."
    return "Only the one who accepts can read the facts that you send."
