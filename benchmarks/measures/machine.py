"""What kind of machine measured: enough to compare figures, nothing that names the machine."""

import os
import platform
import sys
from pathlib import Path

import psutil


def machine_class() -> dict[str, str | int]:
    """Processor, cores, memory, system and Python."""
    return {
        "cpu": _processor(),
        "cores": os.cpu_count() or 0,
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "load": f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "",
    }


def as_installed(folder: Path) -> dict[str, str]:
    """Our environment, with Python's bytecode kept in `folder`. An installed program has its
    own and is not compiled again at each start, whatever the measuring person's shell says."""
    ours = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder)}
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    return ours


def only_on_linux(what: str) -> None:
    """End kindly where the kernel does not tell what this benchmark reads."""
    if sys.platform != "linux":
        sys.exit(f"{what} is measured on Linux only; nothing was changed.")


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
