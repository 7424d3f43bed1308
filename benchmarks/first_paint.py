"""From the click on the tray icon to the painted help window, first and later."""

import sys
import time

from benchmarks.company.office import office
from benchmarks.laptop.probed import ProbedAgent
from benchmarks.laptop.screen import Screen, best_screen
from benchmarks.measures.figures import Goal, figure, publish

AGENTS = 5
CLICKS = 20
PAUSE = 0.15
"""Seconds between closing a window and the next click: a person is slower."""
SETTLE = 2.0
FIRST_GOAL = 160.0
LATER_GOAL = 50.0


def main() -> int:
    """A few agents one after another; each gives one first click and many later ones."""
    first: list[float] = []
    later: list[float] = []
    whole: list[float] = []
    with best_screen() as screen, office() as place:
        home = place.joined_home("ada")
        for _ in range(AGENTS):
            agent = ProbedAgent(home, screen)
            try:
                agent.await_icon()
                time.sleep(SETTLE)
                first.append(_click(agent)[0])
                for _ in range(CLICKS):
                    inside, outside = _click(agent)
                    later.append(inside)
                    whole.append(outside)
            finally:
                agent.end()
        rows = [
            figure("first click ever to painted", "ms", first, Goal("median", FIRST_GOAL)),
            figure("later clicks to painted", "ms", later, Goal("p95", LATER_GOAL)),
            figure(_outside(screen), "ms", whole),
        ]
        return publish("first_paint", rows, [f"display: {screen.name}"])


def _click(agent: ProbedAgent) -> tuple[float, float]:
    """Milliseconds from Qt's click to the painted window, and from the click outside."""
    began = time.monotonic()
    agent.click()
    painted = agent.said("painted")
    agent.close_windows()
    time.sleep(PAUSE)
    return painted["after_click"], (painted["at"] - began) * 1000


def _outside(screen: Screen) -> str:
    return f"later clicks, with {'xdotool and the tray' if screen.is_real else 'the signal'}"


if __name__ == "__main__":
    sys.exit(main())
