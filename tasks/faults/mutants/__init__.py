"""Planted mistakes: each file has one, says where it goes and which run must find it.

The product itself has no switch for any of them. mutant.py puts a mistake into a copy of the code,
and `python3 dev.py mutants` runs the harness on the copy. When the code that a mistake is aimed at
changes, its file names the place to look at.
"""
