"""Everything live: sockets, presence, timers, and the shell that joins rules, store and people.

An act goes: socket.py decodes it, hub.py puts it into a unit of the writer, acts.py decides it
(questions.py steps the shared machine and carries out its commands, waves.py asks the routing),
the writer commits, and hub.py sends what was written. Nothing here contains SQL.
"""
