"""Reads all facts of this machine once and prints them as JSON: the whole process that inventory
tools are compared with. Run as a script by the agent's own Python; the server's host is named.
"""

import sys

import msgspec
from samebox_agent.collectors.runner import collect
from samebox_shared.model.facts import FactKind


def main(host: str) -> int:
    """Nothing but one reading and its facts."""
    reading = collect(frozenset(FactKind), server_host=host)
    facts = {fact.name: fact.value for fact in reading.facts}
    sys.stdout.write(msgspec.json.encode(facts).decode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
