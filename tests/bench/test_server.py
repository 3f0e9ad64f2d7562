"""PERFORMANCE P10: eight accountants, each in an own book, posting on PostgreSQL with fsync=on, against one alone.

Every accountant is a process of its own, as on eight PCs. Nothing here asserts a time, but that no number
is lost.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.measure import busy_seconds, tell
from tests.conftest import run_server
from tests.services.conftest import Clock, make_office, staff_of
from tests.services.test_books import books_of
from villagebooks.db.books import open_books
from villagebooks.services.check import check_books
from villagebooks.services.desk import Office

WRITERS, EACH, TIMES, GOAL = 8, 25, 5, 2
ROOT = Path(__file__).parent.parent.parent


def post_together(place: str, codes: Sequence[str]) -> tuple[float, float]:
    """Vouchers a second of one process for each book, all at once, and how many processors worked meanwhile."""
    command = [sys.executable, "-m", "tests.bench.poster", place]
    writers = [
        subprocess.Popen(
            [*command, code, str(EACH)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for code in codes
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    began, busy = time.perf_counter(), busy_seconds()
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        assert writer.stdout is not None
        assert float(writer.stdout.readline())
    seconds, busy = time.perf_counter() - began, busy_seconds() - busy
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    return len(codes) * EACH / seconds, busy / seconds


def test_p10_eight_accountants_on_a_server_against_one(tmp_path: Path) -> None:
    with run_server(fsync="on") as server:
        place = f"{server.new_database('office')}?files={tmp_path / 'files'}"
        make_office(place)
        office = Office(open_books(place, Clock()))
        staff_of(office)
        codes = books_of(office, WRITERS)
        one, eight = [], []
        for turn in range(TIMES):
            one.append(post_together(place, codes[turn % WRITERS :][:1]))
            eight.append(post_together(place, codes))
        ratio = statistics.median(many[0] / alone[0] for many, alone in zip(eight, one, strict=True))
        (many, many_busy), (alone, alone_busy) = (
            map(statistics.median, zip(*side, strict=True)) for side in (eight, one)
        )
        what = f"eight accountants post {many:.0f} vouchers a second ({many_busy:.1f} processors at work), "
        what += f"one {alone:.0f} ({alone_busy:.1f}): {ratio:.2f} times (goal 2)"
        tell("P10", what, ratio >= GOAL)
        assert [found for found in check_books(office, deep=True) if found.severity == "error"] == []
        with office.books.read() as connection:
            numbers = connection.exec_driver_sql(
                "SELECT b.code, count(*), max(v.number) FROM voucher v JOIN book b ON b.id = v.book "
                "WHERE v.state = 'posted' GROUP BY b.code"
            ).all()
        assert len(numbers) == WRITERS
        assert all(count == last for _code, count, last in numbers)
        office.books.close()
