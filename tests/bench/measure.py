"""How the benches measure: sides turn about in one run, medians of at least five, one line a goal."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

TIMES = 5
LAST = 2026
SURROUNDINGS = {**os.environ, "LC_ALL": "C.UTF-8"}


@dataclass(frozen=True, slots=True)
class Run:
    """A whole process: seconds from its start to its end, and the most memory that it held."""

    seconds: float
    peak_mb: int


def tell(goal: str, what: str, reached: bool) -> None:
    """The one line of a goal: what was measured against what, and the word."""
    print(f"\n{goal}  {what}: {'reached' if reached else 'not reached'}")


def run(command: Sequence[str | Path], wanted: int = 0) -> Run:
    """Run a process that must end with the wanted exit code; its output goes nowhere."""
    began = time.perf_counter()
    process = subprocess.Popen(
        list(command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=SURROUNDINGS
    )  # fmt: skip
    _pid, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == wanted, (command, process.returncode)
    return Run(seconds, used.ru_maxrss // 1024)


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
