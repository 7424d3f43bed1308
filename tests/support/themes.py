"""An encoder whose meanings a test can say: a text means the themes whose names it mentions."""

from collections.abc import Sequence

import numpy as np
from samebox_agent.matching.encoder import SIZE, Encoder, Vectors


class Themes(Encoder):
    """Each theme has a direction of its own; a text that mentions none has one besides them."""

    def __init__(self, *themes: str) -> None:
        self._themes = themes
        self.encoded: list[str] = []
        self.known: frozenset[str] = frozenset(themes)

    def knows(self, word: str) -> bool:
        return word in self.known

    def vectors(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        rows = np.zeros((len(texts), SIZE), np.float32)
        for row, text in zip(rows, texts, strict=True):
            about = [place for place, theme in enumerate(self._themes) if theme in text.casefold()]
            row[about or [len(self._themes)]] = 1.0
            row /= np.linalg.norm(row)
        return rows
