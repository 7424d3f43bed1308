"""Draws how the person wants to be asked. Typed fields and chips change a form; Save sends it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samebox_agent.core.helping_intents import TypeDay, TypeLanguages, TypePlace, TypeTimeZone
from samebox_agent.presenters.views import Field, Tone, VolunteeringView
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.rows import RowPanel
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.buttons import ButtonRow, Chips, IntentButton, Size
from samebox_agent.ui.widgets.fields import LineField
from samebox_agent.ui.widgets.labelled import LabelledField
from samebox_agent.ui.widgets.page import PageFrame
from samebox_agent.ui.widgets.panel import Panel
from samebox_agent.ui.widgets.switch import SwitchRow
from samebox_agent.ui.widgets.text import Words

DAY_WIDTH = 96


class DayRow(QWidget):
    """A weekday on the left, its hours on the right."""

    def __init__(self, kit: Kit, day: int) -> None:
        super().__init__()
        self._day = Words(Role.BODY)
        self._day.setFixedWidth(DAY_WIDTH)
        self._hours = LineField(kit, "", lambda text: kit.send(TypeDay(day, text)))
        self._complaint = Words(Role.CAPTION)
        self._complaint.set_tone(Tone.BAD)
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(self._day)
        row.addWidget(self._hours, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.HAIR)
        layout.addLayout(row)
        layout.addWidget(self._complaint)

    def draw(self, value: Field) -> None:
        """Show the hours of a day."""
        self._day.draw(value.label)
        self._hours.setAccessibleName(value.label)
        self._hours.setAccessibleDescription(value.complaint)
        self._hours.draw(value.text, value.placeholder)
        self._complaint.draw(value.complaint)


class VolunteeringPage(PageFrame[VolunteeringView]):
    """The page about helping."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._intro = Words(Role.SOFT)
        self._switches = RowPanel(kit, lambda: SwitchRow(kit))
        self._pause_heading = Words(Role.HEADING)
        self._pause = Chips(kit, "")
        self._topics_heading = Words(Role.HEADING)
        self._topics = Chips(kit, "", many=True)
        self._languages = LabelledField(kit, lambda text: kit.send(TypeLanguages(text)))
        self._hours_heading = Words(Role.HEADING)
        self._hours_detail = Words(Role.CAPTION)
        self._days = [DayRow(kit, day) for day in range(7)]
        self._zone = LabelledField(kit, lambda text: kit.send(TypeTimeZone(text)))
        self._use_zone = IntentButton(kit, Size.SMALL)
        self._minutes_heading = Words(Role.HEADING)
        self._minutes = Chips(kit, "")
        self._at_once_heading = Words(Role.HEADING)
        self._at_once = Chips(kit, "")
        self._place = LabelledField(kit, lambda text: kit.send(TypePlace(text)))
        self._watching_panel = Panel(kit)
        self._watching = SwitchRow(kit)
        self._watching_panel.body.addWidget(self._watching)
        self._links = ButtonRow(kit)
        self._save = IntentButton(kit, Size.LARGE)
        self._footnote = Words(Role.CAPTION)
        self._footnote.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._build(kit)

    def _build(self, kit: Kit) -> None:
        hours = Panel(kit, Space.SMALL)
        hours.body.addWidget(self._hours_detail)
        for day in self._days:
            hours.body.addWidget(day)
        hours.body.addWidget(self._zone)
        hours.body.addWidget(self._use_zone, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (
            self._intro,
            self._switches,
            self._pause_heading,
            self._pause,
            self._topics_heading,
            self._topics,
            self._languages,
            self._hours_heading,
            hours,
            self._minutes_heading,
            self._minutes,
            self._at_once_heading,
            self._at_once,
            self._place,
            self._watching_panel,
            self._links,
        ):
            self.body.addWidget(widget)
        self.foot.addWidget(self._save)
        self.foot.addWidget(self._footnote)
        self.with_foot()

    def draw(self, view: VolunteeringView) -> None:
        """Show the page."""
        self._intro.draw(view.intro)
        self._switches.draw(view.switches)
        for heading, words, chips, choices in (
            (self._pause_heading, view.pause_heading, self._pause, view.pause),
            (self._topics_heading, view.topics_heading, self._topics, view.topics),
            (self._minutes_heading, view.minutes_heading, self._minutes, view.minutes),
            (self._at_once_heading, view.at_once_heading, self._at_once, view.at_once),
        ):
            heading.draw(words)
            chips.setAccessibleName(words)
            chips.draw(choices)
        self._languages.draw(view.languages)
        self._hours_heading.draw(view.hours_heading)
        self._hours_detail.draw(view.hours_detail)
        for row, day in zip(self._days, view.days, strict=True):
            row.draw(day)
        self._zone.draw(view.time_zone)
        self._use_zone.draw_or_hide(view.use_zone)
        self._place.draw(view.place)
        self._watching.draw(view.watching)
        self._links.draw(view.links)
        self._save.draw(view.save)
        self._footnote.draw(view.footnote)
