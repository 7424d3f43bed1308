"""Route one question: `decisions` in memory, `offers` through a real server into the sockets."""
