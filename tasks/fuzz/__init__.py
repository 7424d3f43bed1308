"""Searches for an input that breaks a reader: of articles, bundles, conditions (decision 20).

`targets` says what must hold, `judging` decides it for one input, `engine` makes inputs up.
"""
