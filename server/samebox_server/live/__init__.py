"""Everything live: sockets, presence, timers, and the shell that joins rules, store and people.

A laptop comes through front.py (HTTP, with limits for strangers) to lean_socket.py, or to the plain
socket.py; arrivals.py identifies and greets it, together with all who come at the same moment;
pulse.py keeps it alive. An act goes: the socket decodes it, hub.py puts it into a unit of the
writer, acts.py decides it (questions.py steps the shared machine and carries out its commands,
waves.py asks the routing), the writer commits, and hub.py sends what was written. Nothing here
contains SQL.
"""
