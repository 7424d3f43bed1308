"""What the page of a draft shows."""

from msgspec import Struct

from samebox_agent.core.intents import Page
from samebox_agent.presenters.view_parts import Banner, Button, OwnRow, Pill, Reason, Run, Switch


class DraftRow(Struct, frozen=True):
    """A sentence or a step as it leaves, and the switch that leaves it out. A step has a number."""

    runs: tuple[Run, ...]
    number: int = 0
    switch: Switch | None = None


class DraftView(Struct, frozen=True):
    """The draft article of a solved session: before it is handed over, and on its way.

    `taken` is what was taken out, each with the way to put it back. `undo` asks how one goes back,
    `go_back` is what was said of it."""

    title: str
    intro: str
    banner: Banner | None
    heading: tuple[Run, ...]
    pills: tuple[Pill, ...]
    problem: tuple[DraftRow, ...]
    steps: tuple[DraftRow, ...]
    fits: tuple[str, ...]
    taken_heading: str
    taken: tuple[OwnRow, ...]
    reason: Reason | None
    undo: Reason | None
    fixed: Reason | None
    go_back: tuple[Run, ...]
    buttons: tuple[Button, ...]
    links: tuple[Button, ...]
    footnote: str
    session_id: str
    page: Page = Page.DRAFT
