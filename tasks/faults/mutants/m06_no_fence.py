"""Nobody looks at the fence: who was helper once goes on writing (DEL-11)."""

from tasks.faults.mutants.mutant import Change, Mutant

MUTANT = Mutant(
    "no look at the fence",
    (
        Change(
            "shared/samebox_shared/session/machine.py",
            "def _written(state: QuestionState, event: on.MessageWritten, _: float) -> Stepped | "
            "Refused:\n    if event.fence != state.fence:",
            "def _written(state: QuestionState, event: on.MessageWritten, _: float) -> Stepped | "
            "Refused:\n    if False:",
        ),
        Change(
            "server/samebox_server/live/conversation.py",
            "    phase = Phase.LIVE if session.end is None else Phase.SOLVED\n",
            "    phase = Phase.LIVE\n",
        ),
    ),
    "claims",
)
