"""What this process holds in memory, as P7 counts it."""

from __future__ import annotations

from pathlib import Path


def own_mb() -> int:
    """Pages of its own: what the PC has less of while the program runs, and Windows' task manager tells as 内存.

    The books, fonts and libraries lie beside it in the system's cache, read from files and given back whenever
    somebody needs the room.
    """
    return _told("RssAnon")


def held_mb() -> int:
    """With every page of a file that it has looked at."""
    return _told("VmRSS")


def _told(name: str) -> int:
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith(name))) // 1024
