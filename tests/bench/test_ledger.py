"""PERFORMANCE P1, P2: ratios against hledger and bare SQL, measured side by side on generated townships.

`make bench` prints them; `make bench ARGS="--years 10"` is the ten-year township (ty10). Nothing here asserts a time.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.township import Township as Generated
from tests.township import write_township
from villagebooks.core.period import Month
from villagebooks.services.desk import Office
from villagebooks.services.export import export_hledger
from villagebooks.services.history import import_history
from villagebooks.services.ledger import trial_balance
from villagebooks.services.office import create_office

LAST = 2026
TIMES = 5


@dataclass(frozen=True, slots=True)
class Township:
    """A generated township: its three tables, hledger journal, and the books they were imported into."""

    folder: Path
    books: Path
    office: Office
    first: Month
    last: Month


@pytest.fixture(scope="module")
def township(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Township:
    years = request.config.getoption("--years")
    folder = tmp_path_factory.mktemp("township")
    write_township(folder, Generated(seed="villagebooks", villages=40, vouchers=500, years=years, last_year=LAST))
    books = folder / "township.vbooks"
    office = create_office(books, "测速乡")
    import_history(office, folder)
    journals = [path.read_text(encoding="utf-8") for path in export_hledger(office, "all", folder / "journals")]
    (folder / "township.journal").write_text("\n".join(journals), encoding="utf-8")
    return Township(folder, books, office, Month(LAST - years + 1, 1), Month(LAST, 12))


def median(act: Callable[[], object]) -> float:
    """Seconds of the middle one of several runs, after one that warms up."""
    act()
    seconds = []
    for _turn in range(TIMES):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def tell(goal: str, text: str) -> None:
    print(f"\n{goal}  {text}")


def test_p1_the_township_trial_balance_as_a_whole_process_against_hledger(township: Township) -> None:
    program = [str(Path(sys.executable).parent / "villagebooks"), "--books", str(township.books)]
    ours = [*program, "trial-balance", "--book", "all", "--from", str(township.first), "--to", str(township.last)]
    theirs = ["hledger", "-f", str(township.folder / "township.journal"), "bal", "-N"]
    surroundings = {**os.environ, "LC_ALL": "C.UTF-8"}

    def run(command: list[str]) -> None:
        subprocess.run(command, check=True, capture_output=True, env=surroundings)

    mine = median(lambda: run(ours))
    process = subprocess.Popen(ours, stdout=subprocess.DEVNULL)
    peak_mb = os.wait4(process.pid, 0)[2].ru_maxrss // 1024
    process.returncode = 0
    other = median(lambda: run(theirs))
    tell(
        "P1",
        f"{mine:.3f} s, hledger {other:.3f} s: {other / mine:.1f} times (goal 30); at most {peak_mb} MB (goal 120)",
    )


def test_p2_the_township_trial_balance_in_the_window_against_its_bare_sql(township: Township) -> None:
    bare = sqlite3.connect(township.books)
    sums = "SELECT book, account, sum(debit_fen), sum(credit_fen) FROM balance GROUP BY book, account"
    floor = median(lambda: bare.execute(sums).fetchall())
    mine = median(lambda: trial_balance(township.office, "all", township.first, township.last))
    bare.close()
    tell("P2", f"{mine * 1000:.1f} ms, bare SQL {floor * 1000:.1f} ms: {mine / floor:.1f} times (goal 5 + 0.3 ms)")
