"""Where Samebox keeps its files on this laptop."""

import os
from pathlib import Path
from typing import NamedTuple

from samebox_agent.storage.trouble import unwritable


class Paths(NamedTuple):
    """Every place the agent writes to. `token` is used only where there is no key store."""

    data: Path
    database: Path
    lock: Path
    hand_over: Path
    log: Path
    token: Path
    matching: Path


def choose_paths(home: Path | None = None) -> Paths:
    """The paths under `home`, or where this system wants them; the folder is made, mode 0700.

    Raises StorageTrouble when it cannot be made. A folder that was there keeps its mode.
    """
    folder = _usual_folder() if home is None else home.expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error.strerror or str(error)) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise unwritable(folder, "not allowed")
    return Paths(
        data=folder,
        database=folder / "samebox.db",
        lock=folder / "samebox.lock",
        hand_over=folder / "samebox.hand-over",
        log=folder / "samebox.log",
        token=folder / "token",
        matching=folder / "matching.sqlite",
    )


def _usual_folder() -> Path:
    from platformdirs import user_data_path  # 26 ms, not needed with an explicit folder

    return user_data_path("samebox", appauthor=False)
