"""Samebox on the employee's laptop: the tray icon, the fixes, and the way to a colleague."""

__version__ = "0.1.0"
