"""What the laptop's articles are a copy of, and how fetching them goes."""

from msgspec import Struct


class ArticleCopy(Struct, frozen=True):
    """`scope` and `epoch` as the server named them. `missed` counts in a row how often changes did
    not come; `is_refused`: what came was not the server's."""

    scope: str = ""
    epoch: str = ""
    missed: int = 0
    is_refused: bool = False
