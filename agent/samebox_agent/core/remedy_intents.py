"""What a person can want about remedies: see what one would do, do it, leave it."""

from dataclasses import dataclass

from samebox_shared.model.ids import ArticleId

from samebox_agent.core.early_intents import Intent
from samebox_agent.core.remedy_list import RemedyKey


@dataclass(frozen=True, slots=True)
class AskRemedy(Intent):
    """The button of a step: say what it would do. Nothing is changed yet."""

    article_id: ArticleId
    key: RemedyKey


@dataclass(frozen=True, slots=True)
class DoRemedy(Intent):
    """Do it: the attempt of this number, whose confirmation the person read."""

    number: int


@dataclass(frozen=True, slots=True)
class LeaveRemedy(Intent):
    """Not now, or the result was read."""

    number: int


RemedyIntent = AskRemedy | DoRemedy | LeaveRemedy
