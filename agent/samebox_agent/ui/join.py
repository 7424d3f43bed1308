"""Draws the first contact: paste an invite."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from samebox_agent.core.intents import TypeInvite
from samebox_agent.presenters.views import Banner, JoinView, Tone
from samebox_agent.ui import labels
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.mark import paint_mark
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.banner import BannerPanel
from samebox_agent.ui.widgets.buttons import IntentButton, Size
from samebox_agent.ui.widgets.fields import LineField
from samebox_agent.ui.widgets.page import PageFrame
from samebox_agent.ui.widgets.text import Words


class Mark(QWidget):
    """The Samebox mark, as a picture."""

    def __init__(self, kit: Kit, side: int) -> None:
        super().__init__()
        self._kit = kit
        self.setFixedSize(side, side)
        self.setAccessibleName("Samebox")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._kit.theme.colour
        paint_mark(painter, float(self.width()), colour("accent"), colour("on_accent"))


class JoinPage(PageFrame[JoinView]):
    """Enter in the field does what the button does."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._join = IntentButton(kit, Size.LARGE)
        self._intro = Words(Role.SOFT)
        self._invite_label = Words(Role.STRONG)
        self._invite = LineField(kit, labels.INVITE_FIELD, lambda text: kit.send(TypeInvite(text)))
        self._invite.on_enter = True
        self._invite.submitted.connect(self._join.click)
        self._busy = BannerPanel(kit)
        self._trouble = BannerPanel(kit)
        self._footnote = Words(Role.CAPTION)
        self._footnote.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(Mark(kit, 56), 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._intro)
        self.body.addLayout(labelled(self._invite_label, self._invite))
        for widget in (self._busy, self._trouble, self._join, self._footnote):
            self.foot.addWidget(widget)
        self.with_foot()

    def draw(self, view: JoinView) -> None:
        """Show the page."""
        self._intro.draw(view.intro)
        self._invite_label.draw(labels.INVITE_FIELD)
        self._invite.draw(view.invite, view.invite_placeholder)
        self._busy.draw(busy_banner(view.busy))
        self._trouble.draw(view.trouble)
        self._join.draw(view.join)
        self._footnote.draw(view.footnote)

    def first_field(self) -> QWidget:
        return self._invite


def labelled(label: QWidget, field: QWidget) -> QVBoxLayout:
    """A field close under its name."""
    layout = QVBoxLayout()
    layout.setSpacing(Space.SMALL)
    layout.addWidget(label)
    layout.addWidget(field)
    return layout


def busy_banner(text: str) -> Banner | None:
    """A sentence about what is going on, with the turning sign."""
    return Banner(text, tone=Tone.ACCENT, busy=True) if text else None
