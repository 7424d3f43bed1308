"""The agent with a tell-tale: every file, socket, process and database it opens, and the thread.

Run by the agent's own Python. AUDIT_FILE names the file that gets one JSON line for each event.
"""

import json
import os
import sys
import threading
from types import FrameType

WATCHED = ("open", "socket.connect", "socket.bind", "sqlite3.connect", "subprocess.Popen")
STOREY = 12
"""How many callers are told: enough to find the culprit."""


def install() -> None:
    """Must come before anything of ours is imported; a hook can never be taken away again."""
    file = os.open(os.environ["AUDIT_FILE"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    ui = threading.main_thread().ident

    def tell(event: str, arguments: tuple[object, ...]) -> None:
        if event not in WATCHED:
            return
        line = {
            "event": event,
            "what": str(arguments[0]),
            "on_ui_thread": threading.get_ident() == ui,
            "callers": callers(),
        }
        os.write(file, json.dumps(line).encode() + b"\n")

    sys.addaudithook(tell)


def callers() -> list[str]:
    """The functions on the way here, the innermost first; without opening their files."""
    found: list[str] = []
    frame: FrameType | None = sys._getframe(2)
    while frame and len(found) < STOREY:
        found.append(f"{frame.f_code.co_filename}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return found


if __name__ == "__main__":
    install()
    from samebox_agent.cli import main

    sys.exit(main())
