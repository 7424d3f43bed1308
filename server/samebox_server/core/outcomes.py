"""When counts of what came of an article are worth telling every laptop again."""

ENOUGH = 5
"""Below it nothing is told: one bad day says nothing about an article."""
HARM = 2
"""So many people whom a version made things worse for, and it is hidden until it was reviewed."""
MOST_REASONS = 3
"""Tasks that one person can make of one version: nobody fills the list alone."""
GROWTH = 1.2
"""Counts travel again when they have grown by a fifth, so that they never become a stream."""


def is_news(before: int, now: int) -> bool:
    """Whether laptops that know `before` outcomes (or nothing yet) should hear of `now`."""
    if now < ENOUGH:
        return False
    told = ENOUGH
    while told <= before:
        told = max(told + 1, int(told * GROWTH))
    return now >= told
