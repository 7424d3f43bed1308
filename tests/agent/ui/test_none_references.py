"""The guard of the PySide6 pin: 6.12.0 loses a reference to None at every call on Python 3.11."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

CALLS = 10_000
TOLERANCE = 100


def rename(widget: QLabel) -> None:
    widget.setObjectName("a")


def rewrite(widget: QLabel) -> None:
    widget.setText("a")


def repaint(widget: QLabel) -> None:
    widget.repaint()


@pytest.mark.parametrize("call", [rename, rewrite, repaint])
def test_none_keeps_its_references(qtbot: QtBot, call: Callable[[QLabel], None]) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    label = QLabel(parent)
    call(label)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call(label)
    assert abs(sys.getrefcount(None) - before) < TOLERANCE
