"""The way to the server: HTTP for what happens once, one WebSocket for everything live.

Knows the protocol and the sockets, nothing of the agent's rules. What the network does wrong is a
value of `failures`, never an exception.
"""
