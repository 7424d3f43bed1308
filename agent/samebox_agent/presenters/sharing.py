"""The sharing sheet: what Samebox can see, may share if you allow it, and never sees."""

from samebox_shared.model.facts import NEVER_COLLECTED, PURPOSES, SHAREABLE, FactKind

from samebox_agent.core import intents
from samebox_agent.core.state import AgentState
from samebox_agent.presenters import wording
from samebox_agent.presenters.views import Button, SharingRow, SharingView, Switch, Weight


def present(state: AgentState) -> SharingView:
    """Each kind of fact with its purpose, an example, the value read now, and a switch."""
    return SharingView(
        title="What Samebox may share",
        intro="Samebox reads these facts on this laptop to find fixes for you. They stay here. "
        "A kind that is switched on is put on the sheet when you ask a colleague, and leaves "
        "only when you press Send. Device type is told to the server, so that the right "
        "colleague can be found.",
        reading=Switch(
            "Read facts on this laptop",
            state.reading,
            intents.SetReading(True),
            intents.SetReading(False),
            "Off: nothing is read. Help still works from your words.",
        ),
        rows=tuple(_row(state, kind) for kind in FactKind),
        never_heading="What Samebox never sees",
        never=NEVER_COLLECTED,
        done=Button(
            "Done" if state.sharing_agreed else "Agree and go on",
            intents.FinishSharing(),
            Weight.PRIMARY,
        ),
        footnote="You can change this at any time in Settings.",
    )


def _row(state: AgentState, kind: FactKind) -> SharingRow:
    return SharingRow(
        Switch(
            wording.KINDS[kind],
            kind in state.sharing,
            intents.SetSharing(kind, True),
            intents.SetSharing(kind, False),
            "" if kind in SHAREABLE else "Stays on this laptop: it cannot be shared.",
            enabled=kind in SHAREABLE,
        ),
        purpose=PURPOSES[kind],
        example=f"For example: {wording.example(kind)}",
        values=_values(state, kind),
        cost=_cost(state, kind) if wording.fact_lines(state.facts.values, kind) else "",
    )


def _values(state: AgentState, kind: FactKind) -> tuple[str, ...]:
    lines = wording.fact_lines(state.facts.values, kind)
    if lines:
        return lines
    if state.facts.busy:
        return ("Looking…",)
    return ("Nothing read on this laptop",)


def _cost(state: AgentState, kind: FactKind) -> str:
    """Its collectors run side by side, so the slowest one tells how long the kind took."""
    seconds = max((cost.seconds for cost in state.facts.costs if cost.kind is kind), default=None)
    if seconds is None:
        return ""
    milliseconds = round(seconds * 1000)
    if milliseconds < 1:
        return "Read in less than 1 ms"
    return f"Read in {milliseconds} ms" if milliseconds < 1000 else f"Read in {seconds:.1f} s"
