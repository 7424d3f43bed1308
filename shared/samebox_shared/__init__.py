"""What the laptop and the server must agree on: the words, the wire, and a session's rules.

Only values and pure functions live here. Nothing in this package reads a clock, a file or a
socket, and nothing belongs here that only one side needs.
"""

__version__ = "0.1.0"
