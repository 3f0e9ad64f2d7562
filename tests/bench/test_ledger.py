"""PERFORMANCE P1, P2: the township's trial balance as a whole process against what accountants use for plain text
books, and every read of the window against the bare SQL of the same rows, side by side.

`make bench` prints them for ten years of 40 villages (`ARGS="--years 1"`: one year). Nothing here asserts a time.
"""

from __future__ import annotations

import csv
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bench.conftest import Made
from tests.bench.measure import TIMES, Run, median_run, run, tell, turn_about
from tests.township import INFO
from villagebooks.core.money import yuan_text
from villagebooks.core.period import Month, Span
from villagebooks.core.statement import BALANCE_SHEET, INCOME
from villagebooks.services.desk import open_desk
from villagebooks.services.ledger import ledger, trial_balance
from villagebooks.services.statement import statement
from villagebooks.services.voucher import list_vouchers, read_voucher

PROGRAM = Path(sys.executable).parent / "villagebooks"
MOST_MB = 120
GOALS = {"hledger": 30, "ledger": 5, "beancount": 60}
"""How many times as fast as each."""
BEANCOUNT = """
import sys
from pathlib import Path
from beancount import loader
from beancount.core import realization
entries, errors, options = loader.load_string(Path(sys.argv[1]).read_text())
assert not errors
realization.dump_balances(realization.realize(entries), options["dcontext"].build(), file=sys.stdout)
"""
VILLAGE, BANK = "V001", "10201"


@pytest.fixture(scope="module")
def beans(township: Made) -> Path:
    """The township for beancount, from its lines."""
    path = township.folder / "township.beancount"
    if not path.exists():
        path.write_text("".join(beancount_lines(township.folder / "lines.csv")), encoding="utf-8")
    return path


def beancount_lines(tables: Path) -> Iterator[str]:
    opened: set[str] = set()
    with tables.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["kind"] == "void":
                continue
            name = f"{INFO[line['account']][1]}:{line['village']}:A{line['account']}"
            opened.add(name)
            if line["line"] == "1":
                yield f'\n{line["date"]} * "{line["summary"]}"\n'
            yield f"  {name}  {yuan_text(int(line['debit']) - int(line['credit']))} CNY\n"
    for name in sorted(opened):
        yield f"\n2000-01-01 open {name} CNY\n"


def test_p1_the_township_trial_balance_as_a_whole_process(township: Made, journal: Path, beans: Path) -> None:
    span = ["--from", str(township.first), "--to", str(township.last)]
    ours = [PROGRAM, "--books", township.books, "trial-balance", "--book", "all", *span]
    commands: dict[str, list[str | Path]] = {
        "hledger": ["hledger", "-f", journal, "bal", "-N"],
        "ledger": ["ledger", "-f", journal, "bal"],
        "beancount": [sys.executable, "-c", BEANCOUNT, beans],
    }
    there = {name: command for name, command in commands.items() if shutil.which(command[0])}
    runs: dict[str, list[Run]] = {name: [] for name in ("ours", *there)}
    run(ours)
    for _turn in range(TIMES):
        runs["ours"].append(run(ours))
        for name, command in there.items():
            runs[name].append(run(command))
    mine = median_run(runs["ours"])
    for name, goal in GOALS.items():
        if name not in there:
            tell("P1", f"{name} is not installed, nothing was measured against it (goal {goal} times)", False)
            continue
        other = median_run(runs[name])
        times = other.seconds / mine.seconds
        what = f"{township.name} {mine.seconds:.3f} s, {name} {other.seconds:.2f} s: {times:.1f} times (goal {goal})"
        tell("P1", what, times >= goal)
    tell("P1", f"{township.name} at most {mine.peak_mb} MB (goal {MOST_MB})", mine.peak_mb <= MOST_MB)


YEAR, MONTH = 2026, 9
SUMS = """SELECT {book}account, SUM(CASE WHEN month < {since} THEN debit_fen - credit_fen ELSE 0 END),
    SUM(CASE WHEN month < {since} THEN 0 ELSE debit_fen END), SUM(CASE WHEN month < {since} THEN 0 ELSE credit_fen END),
    SUM(CASE WHEN month < {since} THEN side_fen ELSE 0 END), SUM(side_fen)
  FROM account_balance WHERE {where} AND year = {year} AND month <= 9 GROUP BY {book}account"""
NAMES = "SELECT code, name FROM account WHERE book = 1"
OF_VILLAGE = SUMS.format(book="", since=MONTH, where="book = 1", year=YEAR)
OF_TOWNSHIP = SUMS.format(book="book, ", since=MONTH, where="book IN (SELECT id FROM book)", year=YEAR)
TO_DATE = [SUMS.format(book="", since=1, where="book = 1", year=year) for year in (YEAR, YEAR - 1)]
REGISTER = f"""SELECT l.day, v.word, v.number, v.uid, l.summary, l.debit_fen, l.credit_fen, l.party
  FROM voucher_line l JOIN voucher v ON v.id = l.voucher
  WHERE l.book = 1 AND l.account = '{BANK}' AND l.day BETWEEN '2026-01-01' AND '2026-12-31' AND v.state = 'posted'
  ORDER BY l.day, v.word, v.number, l.line"""
LIST = """SELECT v.uid, v.word, v.number, v.day, v.kind, v.state, (SELECT l.summary FROM voucher_line l
    WHERE l.voucher = v.id AND l.line = 1), (SELECT SUM(l.debit_fen) FROM voucher_line l WHERE l.voucher = v.id)
  FROM voucher v WHERE v.book = 1 AND v.year = 2026 AND v.month = 9 ORDER BY v.word, v.number"""
VOUCHER = ("SELECT * FROM voucher WHERE uid = '{uid}'", "SELECT * FROM voucher_line WHERE voucher = {id} ORDER BY line")


def window_reads(made: Made) -> dict[str, tuple[Callable[[], object], tuple[str, ...], int]]:
    """Reads of the window by name: the service, the bare SQL of the rows it is made of, how many times it may take."""
    month = Month(YEAR, MONTH)
    desk = open_desk(made.office, VILLAGE, month)
    with sqlite3.connect(made.books) as bare:
        row, uid = bare.execute("SELECT id, uid FROM voucher WHERE book = 1 AND year = 2026 AND number = 5").fetchone()
    bare.close()
    span = Span(month, month)
    return {
        "trial balance of a village": (
            lambda: trial_balance(made.office, VILLAGE, month, month), (OF_VILLAGE, NAMES), 5,
        ),
        "balance sheet of a village": (lambda: statement(desk, BALANCE_SHEET, span), (TO_DATE[0], NAMES), 5),
        "income of a village": (lambda: statement(desk, INCOME, span), (TO_DATE[0], OF_VILLAGE, TO_DATE[1], NAMES), 5),
        "register of an account-year": (
            lambda: ledger(desk, BANK, Month(YEAR, 1), Month(YEAR, 12)), (REGISTER, NAMES), 10,
        ),
        "voucher list of a month": (lambda: list_vouchers(desk), (LIST,), 5),
        "a voucher opened": (
            lambda: read_voucher(desk, uid), tuple(one.format(uid=uid, id=row) for one in VOUCHER), 5,
        ),
    }  # fmt: skip


def test_p2_reads_of_the_window_against_their_bare_sql(township: Made) -> None:
    month = Month(YEAR, MONTH)
    every = (OF_TOWNSHIP, NAMES.replace("WHERE book = 1", ""))
    reads = {
        **window_reads(township),
        "trial balance of the township": (lambda: trial_balance(township.office, "all", month, month), every, 5),
    }
    bare = sqlite3.connect(township.books)
    bare.execute("PRAGMA mmap_size = 268435456")
    for name, (service, queries, goal) in reads.items():

        def floor(queries: tuple[str, ...] = queries) -> None:
            for query in queries:
                bare.execute(query).fetchall()

        mine, least = turn_about(service, floor, times=2 * TIMES + 1, repeat=5)
        allowed = goal * least + 0.0003
        what = f"{township.name} {name} {mine * 1000:.2f} ms, bare SQL {least * 1000:.2f} ms: {mine / least:.1f} times"
        tell("P2", f"{what} (goal {goal} times + 0.3 ms = {allowed * 1000:.2f} ms)", mine <= allowed)
    bare.close()
