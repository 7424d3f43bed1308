"""What a process costs, as the kernel counts it."""

from dataclasses import dataclass
from pathlib import Path

KIB_PER_MIB = 1024.0
NANOSECONDS_PER_MILLISECOND = 1e6


@dataclass(frozen=True)
class Use:
    """Counted since the process began, over the threads that live."""

    switches: dict[int, int]
    cpu_ms: dict[int, float]

    def since(self, before: "Use") -> tuple[int, float]:
        """Context switches and milliseconds of CPU between two looks."""
        switches = sum(n - before.switches.get(thread, 0) for thread, n in self.switches.items())
        cpu = sum(ms - before.cpu_ms.get(thread, 0.0) for thread, ms in self.cpu_ms.items())
        return switches, cpu


def use_of(pid: int) -> Use:
    """A look at every thread of the process."""
    switches, cpu = {}, {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        thread = int(task.name)
        status = _fields(task / "status")
        switches[thread] = int(status["voluntary_ctxt_switches"]) + int(
            status["nonvoluntary_ctxt_switches"]
        )
        ran = int((task / "schedstat").read_text().split()[0])
        cpu[thread] = ran / NANOSECONDS_PER_MILLISECOND
    return Use(switches, cpu)


def pss(pid: int) -> float:
    """MiB of memory, shared pages counted in part."""
    return mib_of(pid, "smaps_rollup", "Pss")


def mib_of(pid: int, file: str, field: str) -> float:
    """MiB of one field that the kernel tells in KiB."""
    return _kib(_fields(Path(f"/proc/{pid}/{file}"))[field])


def pss_parts(pid: int) -> tuple[float, float]:
    """The same in two parts: data of its own, and pages of files. The second shrinks while other
    programs on the machine use the same libraries."""
    fields = _fields(Path(f"/proc/{pid}/smaps_rollup"))
    return _kib(fields["Pss_Anon"]), _kib(fields["Pss_File"])


def _kib(text: str) -> float:
    return int(text.split()[0]) / KIB_PER_MIB


def _fields(file: Path) -> dict[str, str]:
    lines = (line.partition(":") for line in file.read_text(encoding="utf-8").splitlines())
    return {name: value.strip() for name, _, value in lines}
