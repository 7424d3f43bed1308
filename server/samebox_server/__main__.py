"""`python -m samebox_server`."""

import sys

from samebox_server.cli import main

sys.exit(main())
