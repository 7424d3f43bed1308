"""The two colours of the mark. The theme builds on them; the tray icon needs nothing else of it."""

ACCENT = "#1F5FD6"
ON_ACCENT = "#FFFFFF"
