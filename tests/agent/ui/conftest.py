"""A shell with its intents written down, and the option to keep the pictures."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from samebox_agent.core.intents import Intent
from samebox_agent.ui.bridge import Bridge
from samebox_agent.ui.shell import Shell
