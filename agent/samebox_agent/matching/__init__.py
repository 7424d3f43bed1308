"""Finds the article, or the person, that a question is about, on this laptop and without a network.

Theory of operation. Everything known is a *document*. The index keeps its words (SQLite's FTS5)
and what it means (a few vectors of a small sentence encoder: its title, its whole, each earlier
question that it solved). A question is looked up both ways; the candidates of both are scored
together: likeness of meaning, share of the question's words found, the device and product it is
for, how recent it is. The score is comparable across questions, so that little of it means: say
nothing. Dutch questions are said in English first. Where the encoder is not there, words do alone.

The same code answers the help field and `samebox-match`, the command by which anyone can score it.
The encoder needs some 75 MB while it works: the agent runs all this in a process of its own,
which ends when nobody types any more.
"""

import os

# Before numpy is imported: a product of vectors takes a third of a millisecond alone. Shared among
# OpenBLAS' threads it waits for each of them: on a busy laptop for 8 ms, and now and then 100.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Before onnxruntime is imported: from 1.29 on it keeps an id of the device in the home folder and
# tells its maker about models and errors, unless this is set. Nothing of ours may leave the laptop.
# tests/end_to_end/test_silent_matching.py watches that it writes and calls nowhere.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
