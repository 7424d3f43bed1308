"""`python -m samebox_agent`."""

import sys

from samebox_agent.cli import main

if __name__ == "__main__":
    sys.exit(main())
