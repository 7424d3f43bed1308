"""Small programs that run inside the agent's own environment and tell what cannot be seen outside.

They wrap a class or add an event filter, and leave the agent's own code as it is.
"""
