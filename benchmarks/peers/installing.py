"""Installs the peers when asked to, where that is allowed; otherwise names the command.

On Debian an installation starts the service it brings. That one is stopped and kept from coming
back, because the benchmark runs its own.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tasks.steps import StepFailed, Steps
from tasks.system_packages import Need, is_met, provide

PEERS = (
    Need("/usr/sbin/mosquitto", "mosquitto", "mosquitto"),
    Need("/usr/sbin/nats-server", "nats-server"),
    Need("/usr/bin/prosody", "prosody", "prosody"),
    Need("/usr/sbin/ejabberdctl", "ejabberd", "ejabberd"),
)
LOG = Path(__file__).parents[2] / ".venv" / "peers.log"


def install(needs: Sequence[Need] = PEERS) -> None:
    """Sees to it that every peer is there, as far as this machine lets us."""
    lacking = [need for need in needs if not is_met(need)]
    if not lacking:
        return
    try:
        provide(lacking, Steps(LOG))
    except StepFailed as failed:
        sys.stdout.write(f"{failed.sentence}\n{failed.advice}\n")
    finally:
        for need in lacking:
            _keep_stopped(need.debian)


def _keep_stopped(service: str) -> None:
    """Ends the service that the installation has just started, and only that."""
    commands = [["service", service, "stop"]]
    if Path("/run/systemd/system").exists():
        commands = [["systemctl", "disable", "--now", service]]
    for command in commands:
        if shutil.which(command[0]):
            subprocess.run(command, capture_output=True, check=False)
