"""PERFORMANCE P5: `import` of a generated township against `executemany` of the same rows, side by side in one run.

`make bench` measures ty1, `make bench ARGS="--years 10"` ty10. Nothing here asserts a time.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.township import Township, write_township

TIMES = 5
PROGRAM = Path(sys.executable).parent / "villagebooks"


@pytest.fixture(scope="module")
def tables(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    years = request.config.getoption("--years")
    folder = tmp_path_factory.mktemp("tables")
    return write_township(folder, Township(villages=40, vouchers=500, years=years, last_year=2026))


# a process of its own starts it: what a child has used counts what its parent held at the moment of the start
START = """import json, os, subprocess, sys, time
began = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_pid, status, used = os.wait4(child.pid, 0)
assert status == 0
print(json.dumps([time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024]))
"""


@dataclass(frozen=True, slots=True)
class Used:
    """What a whole command took from start to end: seconds, of them on a processor, and megabytes at the most."""

    seconds: float
    cpu: float
    peak_mb: int


def import_as_a_process(tables: Path, books: Path) -> Used:
    subprocess.run([PROGRAM, "--books", books, "new", "--township", "测速乡"], check=True, capture_output=True)
    command = [sys.executable, "-c", START, PROGRAM, "--books", books, "import", tables]
    return Used(*json.loads(subprocess.run(command, check=True, capture_output=True).stdout))


def insert_the_same(books: Path, bare: Path) -> float:
    """Seconds of plain sqlite3: the rows of `voucher` and `voucher_line`, as tuples in memory, into the same tables
    with the same keys and indexes, without guards or foreign keys, in one durable transaction."""
    source = sqlite3.connect(books)
    target = sqlite3.connect(bare, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "mmap_size = 268435456", "temp_store = MEMORY"):
        target.execute(f"PRAGMA {pragma}")
    names = ("voucher", "voucher_line")
    made = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type <> 'trigger' AND sql <> '' ORDER BY type DESC"
    for name in names:
        for (sql,) in source.execute(made, (name,)).fetchall():
            target.execute(sql)
    rows = {name: source.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in names}
    source.close()
    began = time.perf_counter()
    target.execute("BEGIN IMMEDIATE")
    for name in names:
        target.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[name][0]))})", rows[name])
    target.execute("COMMIT")
    seconds = time.perf_counter() - began
    target.close()
    return seconds


def test_p5_the_import_against_inserting_the_same_rows(tables: Path, tmp_path: Path) -> None:
    ratios, mine = [], []
    for turn in range(TIMES):
        books = tmp_path / f"{turn}.vbooks"
        used = import_as_a_process(tables, books)
        ratios.append(insert_the_same(books, tmp_path / f"{turn}.bare") / used.seconds)
        mine.append(used)
        for file in tmp_path.glob(f"{turn}.*"):
            if file.is_file():
                file.unlink()
    seconds, cpu = statistics.median(one.seconds for one in mine), statistics.median(one.cpu for one in mine)
    print(
        f"\nP5  import as a whole process {seconds:.2f} s ({cpu:.2f} s of CPU): "
        f"{statistics.median(ratios):.2f} of the rate of inserting the same rows (goal 0.4 on ty10); "
        f"at most {max(one.peak_mb for one in mine)} MB (goal 200)"
    )
