"""PERFORMANCE P5: `import` of a generated township against `executemany` of the same rows, side by side in one run.

`make bench` measures ty1, `make bench ARGS="--years 10"` ty10. Nothing here asserts a time.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
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


def import_as_a_process(tables: Path, books: Path) -> tuple[float, resource.struct_rusage]:
    """Seconds of the whole command from start to end, and what it used."""
    subprocess.run([PROGRAM, "--books", books, "new", "--township", "测速乡"], check=True, capture_output=True)
    began = time.perf_counter()
    process = subprocess.Popen([PROGRAM, "--books", books, "import", tables], stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return time.perf_counter() - began, used


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
    ratios, mine, peaks, cpu = [], [], [], []
    for turn in range(TIMES):
        books = tmp_path / f"{turn}.vbooks"
        seconds, used = import_as_a_process(tables, books)
        floor = insert_the_same(books, tmp_path / f"{turn}.bare")
        ratios.append(floor / seconds)
        mine.append(seconds)
        cpu.append(used.ru_utime + used.ru_stime)
        peaks.append(used.ru_maxrss // 1024)
        for file in tmp_path.glob(f"{turn}.*"):
            if file.is_file():
                file.unlink()
    print(
        f"\nP5  import as a whole process {statistics.median(mine):.2f} s ({statistics.median(cpu):.2f} s of CPU): "
        f"{statistics.median(ratios):.2f} of the rate of inserting the same rows (goal 0.4); "
        f"at most {max(peaks)} MB (goal 200)"
    )
