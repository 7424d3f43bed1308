"""The only room with Qt: draws views, emits intents, decides nothing.

PySide6 puts an import of its own in the place of Python's. It reads the source of every module
that is imported from then on, looking for a `from __feature__` line, and keeps all it has read. We
use no such feature, so Python's own import goes back: 7 MB less and a quicker start
(benchmarks/idle.py, benchmarks/warm_start.py).
"""

import builtins
import linecache

import PySide6.QtCore  # noqa: F401 - it has to be there before its import is taken back

_pythons_own = getattr(builtins, "__orig_import__", None)
if _pythons_own is not None:
    builtins.__import__ = _pythons_own
    linecache.clearcache()
