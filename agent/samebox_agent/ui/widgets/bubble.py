"""Paints one entry of a conversation: mine on the right, theirs on the left, news in the middle."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
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
        below += self._name_height(entry)
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
        top = rect.top() + Space.TINY + self._name_height(entry)
        box = QRectF(left, top, width, known.text.height() + 2 * PAD_Y)
        self._paint_name(painter, rect, entry)
        filled = mine and not entry.faint
        painter.setBrush(colour("accent" if filled else "window" if entry.faint else "surface"))
        edge = QPen(colour("focus" if marked else "edge"), 2 if marked else 1)
        painter.setPen(Qt.PenStyle.NoPen if filled and not marked else edge)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 14, 14)
        painter.setPen(colour("on_accent" if filled else "ink_soft" if entry.faint else "ink"))
        known.layout.draw(painter, QPointF(box.left() + PAD_X, box.top() + PAD_Y))
        self._paint_caption(painter, rect, box.bottom(), entry)

    def _name_height(self, entry: Entry) -> int:
        return self._caption_height() + Space.TINY if entry.who else 0

    def _paint_name(self, painter: QPainter, rect: QRectF, entry: Entry) -> None:
        """Over the bubble and never in it, so that no text can pretend to be a name or IT."""
        if not entry.who:
            return
        font = self._kit.theme.font(Role.CAPTION)
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        room = self._view.width() - 2 * MARGIN - 60
        name = metrics.elidedText(entry.who, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(self._kit.theme.colour("ink_soft"))
        left, top = rect.left() + MARGIN + 4, rect.top() + Space.TINY
        height = self._caption_height()
        width = metrics.horizontalAdvance(name)
        painter.drawText(QRectF(left, top, width + 2, height), Qt.AlignmentFlag.AlignVCenter, name)
        if not entry.badge:
            return
        tone = self._kit.theme.tone(Tone.ACCENT)
        badge = QRectF(
            left + width + Space.SMALL, top, metrics.horizontalAdvance(entry.badge) + 14, height
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.fill))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setPen(QColor(tone.ink))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, entry.badge)

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
