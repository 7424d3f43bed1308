"""Whom to ask next, and why. Pure: times come in as arguments, nothing is read or written.

A `Directory` keeps everybody who might help, in pools by device type. `next_wave` takes a question
and looks into one ring after the other: who may be asked (eligibility.py), in which order
(order.py), how many (settings.py). It gives a `Wave`, or `Nobody` with the time to try again.
docs/routing.md tells the rules and each number with its reason.
"""

from samebox_server.core.routing.directory import Directory
from samebox_server.core.routing.eligibility import Asking, Unfit
from samebox_server.core.routing.profile import Helper
from samebox_server.core.routing.settings import Pace, Routing, Weights
from samebox_server.core.routing.waves import (
    Chosen,
    Nobody,
    Progress,
    Wave,
    comer,
    next_wave,
)

__all__ = [
    "Asking",
    "Chosen",
    "Directory",
    "Helper",
    "Nobody",
    "Pace",
    "Progress",
    "Routing",
    "Unfit",
    "Wave",
    "Weights",
    "comer",
    "next_wave",
]
