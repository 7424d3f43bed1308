"""The intents that exist before anything else of the program is loaded.

The tray icon comes first, and its menu needs these; a module of its own keeps the start quick
(benchmarks/warm_start.py). Everybody else takes them from `core.intents`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Intent:
    """The common base."""


@dataclass(frozen=True)
class OpenHelp(Intent):
    """The tray icon or the launcher was clicked."""


@dataclass(frozen=True)
class Quit(Intent):
    """Stop Samebox on this laptop."""
