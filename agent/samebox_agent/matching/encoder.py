"""Sentences to vectors: all-MiniLM-L6-v2, in eight-bit numbers, by onnxruntime.

The model is made out of packages when Samebox is set up or built (tasks/encoder_model.py) and lies
beside this file. Two texts mean the same the more, the larger the product of their vectors.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from samebox_agent.matching import pieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL = Path(__file__).with_name("model")
FILES = ("encoder.onnx", "encoder.bin", "vocabulary.txt")
"""The graph, its weights, and the pieces of words that it reads."""
SIZE = 384
"""Numbers in a vector."""
MOST_TOKENS = 128
"""What stands behind them is not read: it costs time and says little more."""

Vectors = NDArray[np.float32]


class NoEncoder(Exception):
    """The model or what runs it is not on this machine; words must do alone."""


class Encoder:
    """Loaded at once: some 50 ms and 45 MB."""

    def __init__(self, threads: int = 1, model: Path = MODEL) -> None:
        self._session, self._pieces = _load(threads, model)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row for each text, of length 1."""
        rows = [self._vector(self._pieces.numbers(text, MOST_TOKENS)) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, SIZE), np.float32)

    def knows(self, word: str) -> bool:
        """Whether it reads a word, in small letters, as a whole; others it spells out."""
        return self._pieces.knows(word)

    def _vector(self, ids: list[int]) -> Vectors:
        tokens = np.array([ids], np.int64)
        told = {
            "input_ids": tokens,
            "attention_mask": np.ones_like(tokens),
            "token_type_ids": np.zeros_like(tokens),
        }
        (hidden,) = self._session.run(None, told)
        mean = np.asarray(hidden, np.float32)[0].mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


def _load(threads: int, model: Path) -> "tuple[InferenceSession, pieces.Pieces]":
    try:
        from onnxruntime import InferenceSession, SessionOptions
    except ImportError as error:
        raise NoEncoder(str(error)) from error
    if not all((model / name).is_file() for name in FILES):
        raise NoEncoder(f"there is no encoder in {model}")
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    try:
        known = pieces.read(model / "vocabulary.txt")
        file = str(model / "encoder.onnx")
        session = InferenceSession(file, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has no narrower one for a damaged file
        raise NoEncoder(f"the encoder in {model} is damaged: {error}") from error
    return session, known
