"""PERFORMANCE P4: posting one voucher against a raw commit of the same rows, side by side in one run.

Four people sign each voucher with their Ed25519 keys; posting verifies all of it, freezes, adds to the balances of a
book with a year (`--years 10`: ten years) of history, and journals. The raw commit is plain sqlite3 on a copy of the
same file without guards: the same rows in one durable transaction. Nothing here asserts a time.
"""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from tests.services.conftest import Staff, staff_of
from tests.township import Township, write_township
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Line
from villagebooks.db import guard
from villagebooks.db.approval import approvals_of
from villagebooks.db.book import book_id
from villagebooks.db.voucher import find_voucher
from villagebooks.services.approval import approve_voucher
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.office import create_office
from villagebooks.services.signature import check_signatures
from villagebooks.services.voucher import post_voucher, save_voucher

VOUCHERS = 400
SIGNATURES = 4
LAST = 2026
DURABLE = ("journal_mode = WAL", "synchronous = FULL", "mmap_size = 268435456", "temp_store = MEMORY")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one act took, milliseconds."""

    cpu: float
    wall: float


def measured(act: Callable[[], object]) -> Cost:
    cpu, wall = time.process_time(), time.perf_counter()
    act()
    return Cost((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000)


def percentile(values: Sequence[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    years = request.config.getoption("--years")
    tables = write_township(tmp_path / "tables", Township(villages=40, vouchers=500, years=years, last_year=LAST))
    office = create_office(tmp_path / "books.vbooks", "测速乡")
    import_history(office, tables)
    return open_desk(Office(office.books, "冯素芳"), "V001", Month(LAST, 12))


def signed_voucher(desk: Desk, staff: Staff, number: int) -> str:
    """The uid of a voucher of three lines that everybody has signed."""
    lines = (
        Line("报销办公用品费", "51302", 10_000 + number, 0),
        Line("支付等人务工费", "213", 5_000, 0, f"H{1 + number % 300:04d}"),
        Line("付款", "10201", 0, 15_000 + number),
    )
    voucher = save_voucher(desk, Draft(date(LAST, 12, 30), lines, attachment_count=2))
    for person in (staff.agent, staff.other, staff.cashier, staff.director):
        approve_voucher(desk, voucher.uid, person)
    return voucher.uid


def verify(desk: Desk, uid: str) -> None:
    """What posting looks at first: every signature by a valid key over this very body, linked to the one before."""
    with desk.books.read() as connection:
        row = book_id(connection, desk.book.code)
        voucher = find_voucher(connection, row, uid)
        assert voucher is not None
        assert len(approvals_of(connection, uid)) == SIGNATURES
        assert check_signatures(connection, desk.book, row, voucher, (), moves_money=True) == []


def refuse_spoilt(desk: Desk, tool: sqlite3.Connection, uid: str) -> None:
    """Posting looked at the signatures indeed: with one byte of the last note changed it refuses."""
    tool.execute("DROP TRIGGER guard_approval_update")
    tool.execute(
        "UPDATE approval SET note = CAST(CAST(note AS TEXT) || ' ' AS BLOB) WHERE object_uid = ? AND step = 'review'",
        (uid,),
    )
    with pytest.raises(Refused, match="邹启明的签字不成立"):
        post_voucher(desk, uid)


@dataclass(frozen=True, slots=True)
class Raw:
    """Plain sqlite3 on a copy of the books as they were before anything was posted, without guards."""

    source: sqlite3.Connection
    target: sqlite3.Connection

    def commit(self, uid: str) -> Callable[[], None]:
        """The commit of what posting this voucher wrote: its row, its balances, the journal's entries and head."""
        chain = "SELECT c.uid FROM chain c JOIN voucher v ON v.book = c.book WHERE v.uid = ?"
        head = self.source.execute(f"SELECT seq, head, uid FROM chain WHERE uid = ({chain})", (uid,)).fetchone()
        known = self.target.execute("SELECT seq FROM chain WHERE uid = ?", (head[2],)).fetchone()[0]
        entries = self.source.execute("SELECT * FROM journal WHERE chain = ? AND seq > ?", (head[2], known)).fetchall()
        before = self.source.execute(
            "SELECT * FROM journal_before WHERE chain = ? AND seq > ?", (head[2], known)
        ).fetchall()
        post = self.source.execute("SELECT state, posted_by, posted_at, uid FROM voucher WHERE uid = ?", (uid,))
        balances = self.source.execute(
            "SELECT b.* FROM voucher v JOIN voucher_line l ON l.voucher = v.id JOIN balance b ON b.book = v.book "
            "AND b.account = l.account AND b.party = l.party AND b.year = v.year AND b.month = v.month WHERE v.uid = ?",
            (uid,),
        ).fetchall()
        posted = post.fetchone()

        def act() -> None:
            run = self.target
            run.execute("BEGIN IMMEDIATE")
            run.execute("UPDATE voucher SET state = ?, posted_by = ?, posted_at = ? WHERE uid = ?", posted)
            run.executemany(f"INSERT OR REPLACE INTO balance VALUES ({', '.join('?' * 14)})", balances)
            run.executemany(f"INSERT INTO journal VALUES ({', '.join('?' * 9)})", entries)
            run.executemany("INSERT INTO journal_before VALUES (?, ?, ?)", before)
            run.execute("UPDATE chain SET seq = ?, head = ? WHERE uid = ?", head)
            run.execute("COMMIT")

        return act


def raw_copy(desk: Desk, folder: Path) -> Raw:
    """Both connections; what the books have in their write-ahead log is brought into the file first."""
    source = sqlite3.connect(desk.books.path, isolation_level=None)
    source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(desk.books.path, folder / "raw.db")
    target = sqlite3.connect(folder / "raw.db", isolation_level=None)
    for pragma in DURABLE:
        target.execute(f"PRAGMA {pragma}")
    for one in guard.GUARDS:
        target.execute(f"DROP TRIGGER IF EXISTS guard_{one.name}")
    return Raw(source, target)


def test_p4_posting_a_voucher_against_a_raw_commit_of_the_same_rows(desk: Desk, tmp_path: Path) -> None:
    staff = staff_of(Office(desk.books))
    uids = [signed_voucher(desk, staff, number) for number in range(VOUCHERS)]
    raw = raw_copy(desk, tmp_path)
    seals = [measured(partial(verify, desk, uid)) for uid in uids]
    post_voucher(desk, uids[0])  # statements are built once
    raw.commit(uids[0])()
    ours, bare = [], []
    for uid in uids[1:]:
        ours.append(measured(lambda: post_voucher(desk, uid)))  # noqa: B023  (called at once)
        bare.append(measured(raw.commit(uid)))
    more = statistics.median(one.cpu - other.cpu for one, other in zip(ours, bare, strict=True))
    seal = statistics.median(one.cpu for one in seals)
    walls, floor = [one.wall for one in ours], [one.wall for one in bare]
    cpu, p99 = statistics.median(one.cpu for one in ours), percentile(walls, 99)
    print(
        f"\nP4  post {cpu:.2f} ms of CPU ({seal:.2f} ms to read and verify {SIGNATURES} signatures), {more:.2f} ms "
        f"more than a raw commit (goal 3); wall median {statistics.median(walls):.1f}, p99 {p99:.1f} ms "
        f"(goal 10 on a quiet disk; raw commit {statistics.median(floor):.1f}, p99 {percentile(floor, 99):.1f} ms)"
    )
    refuse_spoilt(desk, raw.source, signed_voucher(desk, staff, VOUCHERS))
    desk.books.close()
    raw.source.close()
    raw.target.close()
