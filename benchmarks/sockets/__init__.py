"""What agents' sockets cost the server: `__main__` measures, `swarm` comes and comes back, `chat`
tells what two people notice of it."""
