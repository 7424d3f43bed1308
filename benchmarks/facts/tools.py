"""The inventory tools that Debian offers, how each is asked for everything, and what it took."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.facts import counting
from benchmarks.measures import whole_process
from benchmarks.peers.installing import install
from tasks.system_packages import Need, is_met, this_machine

FUSION = "FusionInventory"
OURS = "Samebox"


@dataclass(frozen=True)
class Tool:
    """`package` is Debian's; empty for ours."""

    name: str
    words: tuple[str, ...]
    count: Callable[[str], int]
    package: str = ""

    @property
    def need(self) -> Need:
        """What must be there to run it."""
        return Need(self.words[0], self.package)


FUSION_WORDS = ("fusioninventory-inventory",)
NOT_ABOUT_THE_MACHINE = ("software", "process", "environment", "user", "local_user")
OSQUERY = "SELECT * FROM system_info JOIN os_version JOIN uptime JOIN memory_info JOIN mounts"
TOOLS = (
    Tool("facter", ("facter", "--json"), counting.in_json, "facter"),
    Tool("inxi -F", ("inxi", "-F", "-c0"), counting.in_words, "inxi"),
    Tool("inxi -Fxxx", ("inxi", "-Fxxx", "-c0"), counting.in_words, "inxi"),
    Tool("lshw", ("lshw", "-json"), counting.in_json, "lshw"),
    Tool("hwinfo", ("hwinfo",), counting.in_lines, "hwinfo"),
    Tool(FUSION, FUSION_WORDS, counting.in_xml, "fusioninventory-agent"),
    Tool(
        f"{FUSION}, hardware only",
        (*FUSION_WORDS, f"--no-category={','.join(NOT_ABOUT_THE_MACHINE)}"),
        counting.in_xml,
        "fusioninventory-agent",
    ),
    Tool("GLPI Agent", ("glpi-inventory",), counting.in_xml, "glpi-agent"),
    Tool("osquery", ("osqueryi", "--json", OSQUERY), counting.in_json, "osquery"),
    Tool("neofetch", ("neofetch", "--stdout"), counting.in_lines, "neofetch"),
    Tool("fastfetch", ("fastfetch", "--pipe"), counting.in_lines, "fastfetch"),
    Tool("screenfetch", ("screenfetch", "-N", "-n"), counting.in_lines, "screenfetch"),
)


@dataclass
class Taken:
    """What a tool took, run by run; the same places belong to the same rounds."""

    tool: Tool
    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    pss_mib: list[float] = field(default_factory=list)
    rss_mib: list[float] = field(default_factory=list)
    told: int = 0

    def once(self, environment: Mapping[str, str]) -> None:
        """One run for the time, one for the memory."""
        run = whole_process.run(self.tool.words, environment)
        self.wall_ms.append(run.wall_ms)
        self.cpu_ms.append(run.cpu_ms)
        self.told = self.tool.count(run.printed)
        memory = whole_process.memory(self.tool.words, environment)
        self.pss_mib.append(memory.pss)
        self.rss_mib.append(memory.rss)


def provide() -> list[str]:
    """Installs what this machine may and can; the names of the tools it does without."""
    lacking = [tool.need for tool in TOOLS if not is_met(tool.need)]
    machine = this_machine()
    if lacking and machine.has_apt and (machine.is_root or machine.has_sudo):
        as_root = [] if machine.is_root else ["sudo", "-n"]
        subprocess.run([*as_root, "apt-get", "update"], capture_output=True, check=False)
        install([need for need in dict.fromkeys(lacking) if _is_offered(need.debian)])
    return [tool.name for tool in TOOLS if not is_met(tool.need)]


def _is_offered(package: str) -> bool:
    """Whether the system's own archives have it; one that they have not would stop the others."""
    if shutil.which("apt-cache") is None:
        return False
    words = ["apt-cache", "policy", package]
    told = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    return is_candidate(told)


def is_candidate(policy: str) -> bool:
    """What `apt-cache policy` says of one package."""
    return "Candidate: " in policy and "Candidate: (none)" not in policy


def measured(tools: Sequence[Tool], rounds: int, environment: Mapping[str, str]) -> list[Taken]:
    """Each once a round, each round beginning with another one; one run before is not counted."""
    taken = [Taken(tool) for tool in tools]
    for each in taken:
        whole_process.run(each.tool.words, environment)
    for number in range(rounds):
        sys.stdout.write(f"round {number + 1} of {rounds}: {len(tools)} whole processes\n")
        sys.stdout.flush()
        place = number % len(taken)
        for each in (*taken[place:], *taken[:place]):
            each.once(environment)
    return taken
