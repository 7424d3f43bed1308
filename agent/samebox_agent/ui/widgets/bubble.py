"""Paints one entry of a conversation: mine on the right, theirs on the left, news in the middle."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from samebox_agent.presenters.views import Entry, Side, Tone
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space

ENTRY = Qt.ItemDataRole.UserRole + 1
WIDEST = 0.8
PAD_X, PAD_Y = 13, 9
MARGIN = Space.PAGE
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Measured:
    """An entry laid out for one width."""

    layout: QTextLayout
    text: QSizeF
    height: int


class Bubbles(QStyledItemDelegate):
    """Keeps what it measured, by entry, until the width changes."""

    def __init__(self, kit: Kit, view: QListView) -> None:
        super().__init__(view)
        self._kit = kit
        self._view = view
        self._measured: dict[Entry, Measured] = {}

    def forget_sizes(self) -> None:
        """The width changed."""
        self._measured.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._view.viewport().width(), self._measure(index.data(ENTRY)).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        marked = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if entry.side is Side.SYSTEM:
            self._paint_news(painter, rect, entry)
        else:
            self._paint_bubble(painter, rect, entry, marked)
        painter.restore()

    def _measure(self, entry: Entry) -> Measured:
        known = self._measured.get(entry)
        if known is None:
            known = self._measured[entry] = self._lay_out(entry)
        return known

    def _lay_out(self, entry: Entry) -> Measured:
        news = entry.side is Side.SYSTEM
        room = self._view.width() - 2 * MARGIN
        width = room if news else room * WIDEST - 2 * PAD_X
        font = self._kit.theme.font(Role.CAPTION if news else Role.BODY)
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter if news else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(entry.text.replace("\n", "\u2028"), font)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        layout.beginLayout()
        height = used = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 40.0))
            line.setPosition(QPointF(0, height))
            height += line.height() + 1
            used = max(used, line.naturalTextWidth())
        layout.endLayout()
        below = self._caption_height() if (entry.at or entry.state) and not news else 0
        total = height + below + (2 * Space.SMALL if news else 2 * PAD_Y + Space.SMALL)
        return Measured(layout, QSizeF(width if news else used, height), int(total + 0.99))

    def _caption_height(self) -> int:
        return QFontMetrics(self._kit.theme.font(Role.CAPTION)).height() + 3

    def _paint_news(self, painter: QPainter, rect: QRectF, entry: Entry) -> None:
        painter.setPen(self._kit.theme.colour("ink_soft"))
        at = QPointF(rect.left() + MARGIN, rect.top() + Space.SMALL)
        self._measure(entry).layout.draw(painter, at)

    def _paint_bubble(self, painter: QPainter, rect: QRectF, entry: Entry, marked: bool) -> None:
        known = self._measure(entry)
        colour = self._kit.theme.colour
        mine = entry.side is Side.MINE
        width = known.text.width() + 2 * PAD_X
        left = self._view.width() - MARGIN - width if mine else rect.left() + MARGIN
        box = QRectF(left, rect.top() + Space.TINY, width, known.text.height() + 2 * PAD_Y)
        painter.setBrush(colour("accent" if mine else "surface"))
        edge = QPen(colour("focus" if marked else "edge"), 2 if marked else 1)
        painter.setPen(Qt.PenStyle.NoPen if mine and not marked else edge)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 14, 14)
        painter.setPen(colour("on_accent" if mine else "ink"))
        known.layout.draw(painter, QPointF(box.left() + PAD_X, box.top() + PAD_Y))
        self._paint_caption(painter, rect, box.bottom(), entry)

    def _paint_caption(self, painter: QPainter, rect: QRectF, top: float, entry: Entry) -> None:
        text = " · ".join(part for part in (entry.at, entry.state) if part)
        if not text:
            return
        plain = entry.state_tone is Tone.NEUTRAL
        theme = self._kit.theme
        ink = theme.colour("ink_soft") if plain else QColor(theme.tone(entry.state_tone).ink)
        side = (
            Qt.AlignmentFlag.AlignRight if entry.side is Side.MINE else Qt.AlignmentFlag.AlignLeft
        )
        painter.setFont(theme.font(Role.CAPTION))
        painter.setPen(ink)
        box = QRectF(
            rect.left() + MARGIN + 4,
            top + 2,
            self._view.width() - 2 * MARGIN - 8,
            self._caption_height(),
        )
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)
