"""A small company in one process, for random walks through everything that can go wrong.

The rules and the storage are the real ones of both ends: the server's acts, machine, feeds and
timers on SQLite, the laptop's core and its SQLite store. What lies between is ours: time stands
still until a test moves it, frames lie on a wire until a test lets them through, and a process
dies between any two steps. Nothing here waits, so thousands of walks take seconds.
"""
