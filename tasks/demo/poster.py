"""One picture of the whole story, composed of the demo's own pictures: it opens the README."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
)

PANELS = (
    ("fix-found", "A fix for this very laptop"),
    ("ask", "You see exactly what is sent"),
    ("session-asker", "A colleague who has the same"),
    ("draft", "The answer is kept for the next"),
)
WIDE, HIGH = 440, 720
GAP, EDGE, CAPTION = 44, 64, 84
SHADOW_STEPS = 18
TOP, BOTTOM, INK = "#EAF1FF", "#DDE7FB", "#1B2A4A"
FONTS = ["Inter", "Segoe UI", "SF Pro Text", "Cantarell", "Noto Sans", "DejaVu Sans"]


def main(arguments: list[str]) -> int:
    """`python -m tasks.demo.poster FOLDER FILE`."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    folder, file = Path(arguments[0]), Path(arguments[1])
    width = 2 * EDGE + len(PANELS) * WIDE + (len(PANELS) - 1) * GAP
    image = QImage(width, HIGH + 2 * EDGE + CAPTION, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    _paint_ground(painter, image)
    for place, (name, caption) in enumerate(PANELS):
        left = EDGE + place * (WIDE + GAP)
        _paint_panel(painter, QRectF(left, EDGE, WIDE, HIGH), folder / f"{name}.png")
        _paint_caption(painter, QRectF(left, EDGE + HIGH, WIDE, CAPTION), caption)
    painter.end()
    saved = image.save(str(file))
    application.quit()
    return 0 if saved else 1


def _paint_ground(painter: QPainter, image: QImage) -> None:
    ground = QLinearGradient(QPointF(0, 0), QPointF(0, image.height()))
    ground.setColorAt(0, QColor(TOP))
    ground.setColorAt(1, QColor(BOTTOM))
    painter.fillRect(image.rect(), ground)


def _paint_panel(painter: QPainter, box: QRectF, file: Path) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 40, 90, 4))
    for step in range(SHADOW_STEPS, 0, -1):
        painter.drawRoundedRect(box.adjusted(-step, -step / 2, step, step * 1.6), 24, 24)
    frame = QPainterPath()
    frame.addRoundedRect(box, 16, 16)
    picture = QImage(str(file))
    scaled = picture.scaledToWidth(2 * WIDE, Qt.TransformationMode.SmoothTransformation)
    painter.save()
    painter.setClipPath(frame)
    painter.fillRect(box, QColor("#F4F6FA"))
    painter.drawImage(QRectF(box.x(), box.y(), WIDE, scaled.height() / 2), scaled)
    painter.restore()


def _paint_caption(painter: QPainter, box: QRectF, caption: str) -> None:
    font = QFont()
    font.setFamilies(FONTS)
    font.setPixelSize(24)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(INK))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, caption)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
