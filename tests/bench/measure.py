"""How the benches measure: sides turn about in one run, medians of at least five, one line a goal."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

TIMES = 5
LAST = 2026
SURROUNDINGS = {**os.environ, "LC_ALL": "C.UTF-8"}
# what is installed has its bytecode beside it, and so has what is measured here
SURROUNDINGS.pop("PYTHONDONTWRITEBYTECODE", None)
SURROUNDINGS["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "villagebooks-bytecode")


@dataclass(frozen=True, slots=True)
class Run:
    """A whole process: seconds from its start to its end, and the most memory that it held."""

    seconds: float
    peak_mb: int


def tell(goal: str, what: str, reached: bool) -> None:
    """The one line of a goal: what was measured against what, and the word."""
    print(f"\n{goal}  {what}: {'reached' if reached else 'not reached'}")


_BESIDE = """
import os, sys, time
out = os.open(os.devnull, os.O_WRONLY)
began = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1),
    (os.POSIX_SPAWN_DUP2, out, 2)])
status, used = os.wait4(child, 0)[1:]
print(os.waitstatus_to_exitcode(status), time.perf_counter() - began, used.ru_maxrss // 1024)
"""


def run(command: Sequence[str | Path], wanted: int = 0) -> Run:
    """Run a process that must end with the wanted exit code; its output goes nowhere.

    A small process starts it: the system counts the memory of whoever starts a process as that one's own.
    """
    beside = [sys.executable, "-I", "-S", "-c", _BESIDE, *map(str, command)]
    told = subprocess.run(beside, env=SURROUNDINGS, check=True, capture_output=True, text=True).stdout.split()
    assert int(told[0]) == wanted, (command, told)
    return Run(float(told[1]), int(told[2]))


def busy_seconds() -> float:
    """Seconds that all processors of the machine have worked since it started, whoever let them."""
    worked = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    idle = int(worked[3]) + int(worked[4])
    return (sum(map(int, worked)) - idle) / os.sysconf("SC_CLK_TCK")


def median_run(runs: Sequence[Run]) -> Run:
    """The middle seconds, and the most memory of any."""
    return Run(statistics.median(one.seconds for one in runs), max(one.peak_mb for one in runs))


def turn_about(*sides: Callable[[], object], times: int = TIMES, repeat: int = 1) -> list[float]:
    """Middle seconds of each side; they run turn about, after one turn that warms up, `repeat` times in a turn.

    Seconds of the processor: what others do on the machine at the moment is not in them, and nothing waits for a disk.
    """
    seconds: list[list[float]] = [[] for _side in sides]
    for turn in range(times + 1):
        for side, taken in zip(sides, seconds, strict=True):
            began = time.process_time()
            for _again in range(repeat):
                side()
            if turn:
                taken.append((time.process_time() - began) / repeat)
    return [statistics.median(taken) for taken in seconds]
