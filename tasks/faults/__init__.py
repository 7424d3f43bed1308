"""The fault harness: real processes, real faults, a history, and a checker that decides.

`python3 dev.py faults` runs a profile (profiles.py): story.py starts a server and the people
(company.py), lets them work (seat.py, errands.py), breaks things meanwhile (breaking.py), waits
until it is quiet, and asks checks.py whether anything was lost, doubled, out of order or promised
twice. docs/reliability.md says what that proves and what it does not.
"""
