"""Sentences to vectors: all-MiniLM-L6-v2, in eight-bit numbers, by onnxruntime.

The model is made out of packages when Samebox is set up or built (tasks/encoder_model.py) and lies
beside this file. Two texts mean the same the more, the larger the product of their vectors.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MODEL = Path(__file__).with_name("model")
SIZE = 384
"""Numbers in a vector."""
MOST_TOKENS = 128
"""What stands behind them is not read: it costs time and says little more."""

Vectors = NDArray[np.float32]


class NoEncoder(Exception):
    """The model or what runs it is not on this machine; words must do alone."""


class Encoder:
    """Loaded at once: some 50 ms and 60 MB."""

    def __init__(self, threads: int = 1, model: Path = MODEL) -> None:
        self._session, self._tokenizer = _load(threads, model)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row for each text, of length 1."""
        rows = [self._vector(each.ids) for each in self._tokenizer.encode_batch(list(texts))]
        return np.stack(rows) if rows else np.zeros((0, SIZE), np.float32)

    def knows(self, word: str) -> bool:
        """Whether it reads a word, in small letters, as a whole; others it spells out."""
        return self._tokenizer.token_to_id(word) is not None

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


def _load(threads: int, model: Path) -> "tuple[InferenceSession, Tokenizer]":
    try:
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer
    except ImportError as error:
        raise NoEncoder(str(error)) from error
    file, words = model / "encoder.onnx", model / "tokenizer.json"
    if not file.is_file() or not words.is_file():
        raise NoEncoder(f"there is no encoder in {model}")
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    try:
        tokenizer = Tokenizer.from_file(str(words))
        session = InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # neither has a narrower one for a damaged file
        raise NoEncoder(f"the encoder in {model} is damaged: {error}") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_TOKENS)
    return session, tokenizer
