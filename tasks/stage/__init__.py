"""Real servers and real agents as child processes, driven the way a person would drive them.

The demo plays its story with these, and the end-to-end tests and benchmarks use the same.
"""
