"""Buttons: what they say and what they mean come from the view."""

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from samebox_agent.core.intents import Intent
from samebox_agent.presenters.views import Button, Choice, Weight
from samebox_agent.ui.icons import Icon, paint_icon
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.column import Row
from samebox_agent.ui.widgets.text import tip


class Size(StrEnum):
    """How big a button is."""

    NORMAL = "normal"
    LARGE = "large"
    SMALL = "small"


class IntentButton(QPushButton):
    """Focus comes by Tab only, so that a click never takes the cursor out of a field.

    When the meaning changes while the button is held down, letting go does nothing: nobody
    accepts what they did not see.
    """

    def __init__(self, kit: Kit, size: Size = Size.NORMAL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._view: Button | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("scale", str(size))
        self.setAutoDefault(False)
        self.clicked.connect(self._emit)

    def draw(self, value: Button) -> None:
        """Show a button."""
        before, self._view = self._view, value
        if before == value:
            return
        if before is not None and before.intent != value.intent:
            self.setDown(False)
        self.setText(value.label.replace("&", "&&"))
        self.setAccessibleName(value.label)
        self.setAccessibleDescription(value.hint)
        self.setToolTip(tip(value.hint))
        self.setEnabled(value.enabled)
        self._set_weight(value.weight)

    def draw_or_hide(self, value: Button | None) -> None:
        """Show a button, or take no room."""
        if value is not None:
            self.draw(value)
        self.setVisible(value is not None)

    def _set_weight(self, weight: Weight) -> None:
        if self.property("weight") != str(weight):
            self.setProperty("weight", str(weight))
            self.style().unpolish(self)
            self.style().polish(self)

    def _emit(self) -> None:
        if self._view is not None:
            self._kit.send(self._view.intent)


class ButtonRow(Row[Button]):
    """Buttons side by side, wrapping when the window is narrow."""

    def __init__(
        self, kit: Kit, size: Size = Size.NORMAL, centred: bool = False, gap: int = Space.GAP
    ) -> None:
        super().__init__(lambda: IntentButton(kit, size), gap, centred)


class IconButton(QPushButton):
    """A round button with a drawing and a spoken name; the caller says what it means."""

    def __init__(self, kit: Kit, icon: Icon, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._icon = icon
        self.filled = False
        self.setAccessibleName(name)
        self.setToolTip(tip(name))
        self.setFixedSize(36, 36)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, ink = self._colours()
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(
            QPen(self._kit.theme.colour("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen
        )
        painter.setBrush(self._kit.theme.colour(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
        side = 18.0
        paint_icon(
            painter,
            self._icon,
            QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side),
            self._kit.theme.colour(ink),
            2.4,
        )

    def _colours(self) -> tuple[str, str]:
        if not self.isEnabled():
            return ("disabled_fill" if self.filled else "", "disabled_ink")
        if self.filled:
            return ("accent_hover" if self.underMouse() else "accent", "on_accent")
        return ("hover" if self.underMouse() else "", "ink")


class _ChipLook:
    """What both chips share: the look, and that only the view moves them."""

    def __init__(self, kit: Kit, button: QAbstractButton) -> None:
        self._kit = kit
        self._button = button
        self._intent: Intent | None = None
        button.setAutoExclusive(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self._emit)

    def draw(self, value: Choice) -> None:
        """Show an option."""
        self._intent = value.intent
        if self._button.text() != value.label:
            self._button.setText(value.label)
            self._button.setAccessibleName(value.label)
            self._button.updateGeometry()
        self._button.setChecked(value.chosen)

    def size(self) -> QSize:
        """As wide as its words in bold, so that nothing moves when it is chosen."""
        text = QFontMetrics(self._kit.theme.font(Role.STRONG)).size(0, self._button.text())
        return QSize(text.width() + 32, text.height() + 16)

    def paint(self) -> None:
        """Draw it; call it from paintEvent."""
        painter = QPainter(self._button)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._kit.theme.colour
        chosen, focus = self._button.isChecked(), self._button.hasFocus()
        box = QRectF(self._button.rect()).adjusted(1, 1, -1, -1)
        edge = "focus" if focus else ("accent" if chosen else "control_edge")
        painter.setPen(QPen(colour(edge), 2 if focus or chosen else 1))
        painter.setBrush(colour("hover" if self._button.underMouse() else "surface"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setFont(self._kit.theme.font(Role.STRONG if chosen else Role.BODY))
        painter.setPen(colour("link" if chosen else "ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._button.text())

    def _emit(self) -> None:
        if self._intent is not None:
            self._kit.send(self._intent)


class Chip(QRadioButton):
    """One option of a small group, drawn as a chip. It is chosen when the view says so."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = _ChipLook(kit, self)

    def draw(self, value: Choice) -> None:
        """Show an option."""
        self._look.draw(value)

    def nextCheckState(self) -> None:
        """Clicking asks; only the view answers."""

    def sizeHint(self) -> QSize:
        return self._look.size()

    def minimumSizeHint(self) -> QSize:
        return self._look.size()

    def hitButton(self, position: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        self._look.paint()


class TickChip(QCheckBox):
    """One of several that can all be chosen; a check box to a screen reader."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = _ChipLook(kit, self)

    def draw(self, value: Choice) -> None:
        """Show an option."""
        self._look.draw(value)

    def nextCheckState(self) -> None:
        """Clicking asks; only the view answers."""

    def sizeHint(self) -> QSize:
        return self._look.size()

    def minimumSizeHint(self) -> QSize:
        return self._look.size()

    def hitButton(self, position: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        self._look.paint()


class Chips(Row[Choice]):
    """A small group of options, of which one is chosen; or several, with `many`."""

    def __init__(self, kit: Kit, name: str, *, many: bool = False) -> None:
        super().__init__(lambda: TickChip(kit) if many else Chip(kit), Space.SMALL)
        self.setAccessibleName(name)
