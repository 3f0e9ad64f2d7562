"""PERFORMANCE P9: `check` of balances against lines against a bare recount, `check --deep` against `hledger check`."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from pathlib import Path

from tests.bench.conftest import Made
from tests.bench.measure import TIMES, Run, median_run, run, tell, turn_about
from villagebooks.db.check import recount

PROGRAM = Path(sys.executable).parent / "villagebooks"
RECOUNT = """SELECT v.year, l.book, l.account, l.party, l.project, l.contract, l.bank, v.month,
    SUM(l.debit_fen), SUM(l.credit_fen)
  FROM voucher v JOIN voucher_line l ON l.voucher = v.id WHERE v.state = 'posted'
  GROUP BY v.year, l.book, l.account, l.party, l.project, l.contract, l.bank, v.month"""
TIMES_THE_RECOUNT = 3


def test_p9_balances_against_lines_against_a_bare_recount(township: Made) -> None:
    bare = sqlite3.connect(township.books)
    bare.execute("PRAGMA mmap_size = 268435456")
    bare.execute("PRAGMA temp_store = MEMORY")
    books = [row[0] for row in bare.execute("SELECT id FROM book")]

    def ours() -> None:
        with township.office.books.read() as connection:
            assert not any(fault for book in books for fault in recount(connection, book))

    mine, least = turn_about(ours, lambda: bare.execute(RECOUNT).fetchall())
    bare.close()
    what = f"{township.name} balances, openings and sums against lines {mine:.2f} s, bare recount {least:.2f} s"
    tell("P9", f"{what}: {mine / least:.1f} times (goal {TIMES_THE_RECOUNT})", mine <= TIMES_THE_RECOUNT * least)


def test_p9_the_deep_check_against_hledger_check(township: Made, journal: Path) -> None:
    plain = [PROGRAM, "--books", township.books, "check"]
    hledger = ["hledger", "-f", journal, "check"]
    if not shutil.which("hledger"):
        tell("P9", "hledger is not installed, nothing was measured against it", False)
        return
    runs: dict[str, list[Run]] = {"check": [], "deep": [], "hledger": []}
    for _turn in range(TIMES):
        runs["check"].append(run(plain))
        runs["deep"].append(run([*plain, "--deep"]))
        runs["hledger"].append(run(hledger))
    shallow, deep, other = (median_run(runs[name]) for name in ("check", "deep", "hledger"))
    what = f"{township.name} check {shallow.seconds:.2f} s, check --deep {deep.seconds:.2f} s, {deep.peak_mb} MB; "
    what += f"hledger check {other.seconds:.2f} s, {other.peak_mb} MB"
    tell("P9", f"{what}: {other.seconds / deep.seconds:.1f} times (goal: faster)", deep.seconds < other.seconds)
