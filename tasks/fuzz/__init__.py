"""Searches for an input that breaks what reads articles and conditions (docs/decisions/0020).

`targets` says what must hold, `judging` decides it for one input, `engine` makes inputs up.
"""
