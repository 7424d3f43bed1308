"""The servers that are measured: ours and its peers, each started from a temporary folder.

A peer runs as an ordinary process on loopback with a configuration that the benchmark writes, and
is ended by its process id. Nothing of the distribution's own services is used. Each has its
storage on, and the settings without which it would look worse than it is.
"""
