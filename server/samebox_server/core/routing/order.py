"""In which order those who may be asked are asked, within one ring; and the reasons people see."""

from samebox_shared.model.topics import PLACE_MATTERS, Topic, Why

from samebox_server.core.routing.closeness import kind
from samebox_server.core.routing.eligibility import Asking
from samebox_server.core.routing.hours import Clocks
from samebox_server.core.routing.profile import Helper
from samebox_server.core.routing.settings import Routing

ONE_SOLVED = 0.5
"""A solved question is a reason to name until it has faded to half."""


class Order:
    """The order for one question at one moment. Larger is better; no part of it is shown to
    anybody but as a reason, and nobody is ranked by how fast or how often they answer (P15)."""

    def __init__(self, asking: Asking, clocks: Clocks, settings: Routing) -> None:
        self._asking = asking
        self._clocks = clocks
        self._weights = settings.weights
        self._limits = settings.limits
        self._experience = (kind(asking.device_type), asking.topic)
        is_demanding = asking.topic in settings.demanding
        self._first_steps = -self._weights.demanding if is_demanding else self._weights.fresh
        self._place = asking.place.casefold() if asking.topic in PLACE_MATTERS else ""

    def score(self, helper: Helper) -> float:
        """How good it is to ask this one now."""
        weights = self._weights
        score = weights.budget * (1.0 - helper.given(self._clocks.week)) + self._said(helper)
        rested = (self._clocks.now - helper.last_asked) / weights.rest_full
        score += weights.rest if rested >= 1.0 else weights.rest * max(0.0, rested)
        if helper.solved:
            solved = self._solved(helper) / weights.solved_enough
            score += weights.solved_lately * min(1.0, solved)
        if self._place and self._is_there(helper):
            score += weights.same_place
        return score + self._first_steps if helper.is_newcomer(self._limits) else score

    def why(self, helper: Helper) -> tuple[Why, ...]:
        """The reasons, in the order of the enum."""
        asking = self._asking
        known = asking.topic is not Topic.OTHER and asking.topic in helper.volunteering.topics
        holds = {
            Why.SOLVED_LATELY: self._solved(helper) >= ONE_SOLVED,
            Why.SPEAKS_LANGUAGE: bool(asking.language) and helper.speaks(asking.language),
            Why.SAME_PLACE: self._is_there(helper),
            Why.HELPED_BEFORE: asking.asker in helper.helped,
            Why.KNOWS_TOPIC: known,
        }
        return tuple(reason for reason in Why if holds.get(reason, False))

    def _said(self, helper: Helper) -> float:
        """What speaks for them by their own word, and by having met."""
        weights, asking, topics = self._weights, self._asking, helper.volunteering.topics
        score = weights.topic if topics and asking.topic in topics else 0.0
        if helper.tongues and helper.speaks(asking.language):
            score += weights.language
        return score + weights.before if asking.asker in helper.helped else score

    def _solved(self, helper: Helper) -> float:
        tally = helper.solved.get(self._experience)
        half_life = self._weights.solved_half_life
        return tally.now(self._clocks.now, half_life) if tally else 0.0

    def _is_there(self, helper: Helper) -> bool:
        return bool(self._place) and helper.volunteering.place.casefold() == self._place
