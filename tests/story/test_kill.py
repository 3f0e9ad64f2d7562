"""kill −9 at random moments: the books stay whole, an import is all there or not at all, nothing is half posted.

Fifty kills each of import, posting and export; `VILLAGEBOOKS_KILLS` asks for more (`make soak`).
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

import pytest
from sqlalchemy import text

from tests.services.conftest import ACCOUNTS
from villagebooks.services.check import check_books
from villagebooks.services.desk import Office, open_office
from villagebooks.services.office import create_office
from villagebooks.services.verify import verify

KILLS = int(os.environ.get("VILLAGEBOOKS_KILLS", "50"))

IMPORTER = """
import sys
from pathlib import Path
from villagebooks.services.desk import open_office
from villagebooks.services.history import import_history

def act(place, folder):
    office = open_office(place)
    yield
    import_history(office, Path(folder))
    yield
"""
POSTER = """
from tests.services.conftest import sign_all, simple_draft, Staff, PASSPHRASE
from villagebooks.core.period import Month
from villagebooks.services.desk import open_desk, open_office
from villagebooks.services.key import unlock
from villagebooks.services.voucher import post_voucher, save_voucher

def act(place):
    office = open_office(place, "冯素芳")
    keys = [unlock(office.books, name, PASSPHRASE) for name in ("邹启明", "冯素芳", "谭永川", "龙小梅")]
    staff = Staff(None, *keys)
    desk = open_desk(office, "V01", Month(2026, 9))
    yield
    while True:
        saved = save_voucher(desk, simple_draft())
        sign_all(desk, saved.uid, staff)
        post_voucher(desk, saved.uid)
        yield
"""
EXPORTER = """
from datetime import date
from pathlib import Path
from tests.services.conftest import PASSPHRASE
from villagebooks.core.period import Month
from villagebooks.services.desk import open_desk, open_office
from villagebooks.services.key import unlock
from villagebooks.services.query import export_query_file

def act(place, folder):
    office = open_office(place, "冯素芳")
    signers = [unlock(office.books, name, PASSPHRASE) for name in ("邹启明", "冯素芳")]
    desk = open_desk(office, "V01", Month(2026, 9))
    yield
    while True:
        export_query_file(desk, signers, Path(folder), date(2026, 10, 25))
        yield
"""
STARTER = """
import json, os, sys

for line in sys.stdin:
    child = os.fork()
    if not child:
        for word in act(*json.loads(line)):
            print(os.getpid(), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
    print("gone", flush=True)
"""
"""Each act runs in a process of its own, which is killed. It is forked from one that has imported the program and
opened nothing: to start Python anew took most of the time of a kill, and proved nothing about the books."""


class Acts:
    """Starts the same act again and again, and kills it."""

    def __init__(self, program: str) -> None:
        self._starter = subprocess.Popen(
            [sys.executable, "-c", program + STARTER],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        self._child = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._starter.kill()
        self._starter.communicate()

    def start(self, *arguments: str) -> None:
        """Answers when the act is about to begin: the books are open."""
        assert self._starter.stdin is not None
        self._starter.stdin.write(json.dumps(arguments) + "\n")
        self._starter.stdin.flush()
        self._child = int(self._said())

    def kill_after(self, seconds: float) -> None:
        """Answers when the process is gone, killed or at its end."""
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.kill(self._child, signal.SIGKILL)
        while self._said() != "gone":
            pass

    def seconds_of_one(self, *arguments: str) -> float:
        """How long the act takes here and now: the kills fall into it and a little after, on a busy machine too."""
        self.start(*arguments)
        began = time.perf_counter()
        assert self._said() == str(self._child)
        seconds = time.perf_counter() - began
        self.kill_after(0)
        return seconds

    def _said(self) -> str:
        assert self._starter.stdout is not None
        return self._starter.stdout.readline().strip()


def errors(office: Office) -> list[str]:
    """The errors of the self-check, but for the stand-in sheet of the query tests, which is no signed sheet."""
    found = check_books(office, deep=True)
    return [str(one) for one in found if one.severity == "error" and one.table != "disclosure"]


def count(office: Office, table: str) -> int:
    with office.books.read() as connection:
        value: int = connection.execute(text(f"SELECT COUNT(*) FROM {table}")).scalar_one()
        return value


def write_history(folder: Path, vouchers: int) -> None:
    folder.mkdir()
    (folder / "villages.csv").write_text("code,name\nV01,老秤湾村\n", encoding="utf-8")
    parents = {code[:-2] for code, _name, _side in ACCOUNTS if len(code) > 3}
    rows = ["code,name,level,parent,root,side,leaf"]
    for code, name, side in ACCOUNTS:
        above = code[:-2] if len(code) > 3 else ""
        rows.append(f"{code},{name},{(len(code) - 1) // 2},{above},,{side},{int(code not in parents)}")
    (folder / "accounts.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    lines = ["village,date,no,kind,line,summary,account,debit,credit,party"]
    lines += [
        f"V01,2026-{1 + n * 12 // vouchers:02d}-10,{1 + n % (vouchers // 12)},normal,{row},打印纸,{account},{amounts},"
        for n in range(vouchers)
        for row, (account, amounts) in enumerate((("51302", "100,0"), ("101", "0,100")), 1)
    ]
    (folder / "lines.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_killed_import_is_whole_or_absent(tmp_path: Path) -> None:
    vouchers = 1200
    write_history(tmp_path / "history", vouchers)
    rng = random.Random(2026)
    seen = set()
    path = tmp_path / "centre.vbooks"
    create_office(path, "白雁河镇").books.close()
    create_office(tmp_path / "first.vbooks", "白雁河镇").books.close()
    with Acts(IMPORTER) as acts:
        window = 2 * acts.seconds_of_one(str(tmp_path / "first.vbooks"), str(tmp_path / "history"))
        for round_number in range(KILLS):
            acts.start(str(path), str(tmp_path / "history"))
            acts.kill_after(rng.random() * window)
            office = open_office(path)
            assert count(office, "voucher") in (0, vouchers)
            assert errors(office) == []
            seen.add(count(office, "voucher"))
            if count(office, "voucher"):
                office.books.close()
                path = tmp_path / f"centre-{round_number}.vbooks"
                office = create_office(path, "白雁河镇")
            office.books.close()
    assert seen == {0, vouchers}, "the kills came all too early or all too late to prove anything"


def posted_and_whole(office: Office) -> int:
    """How many vouchers are posted: the balances say as much, and no number is missing."""
    with office.books.read() as connection:
        posted: int = connection.execute(text("SELECT COUNT(*) FROM voucher WHERE state = 'posted'")).scalar_one()
        balance = connection.execute(text("SELECT SUM(debit_fen) FROM balance WHERE account = '51302'")).scalar()
        numbers = connection.execute(text("SELECT number FROM voucher ORDER BY number")).scalars().all()
    assert (balance or 0) == posted * 74_260
    assert list(numbers) == list(range(1, len(numbers) + 1))
    return posted


@pytest.mark.usefixtures("staff")
def test_a_killed_posting_leaves_no_half_posted_voucher(office: Office) -> None:
    rng = random.Random(9)
    posted_before = 0
    with Acts(POSTER) as acts:
        window = 2 * acts.seconds_of_one(office.books.place)
        for round_number in range(KILLS):
            acts.start(office.books.place)
            acts.kill_after(rng.random() * window)
            posted = posted_and_whole(office)
            assert posted >= posted_before
            posted_before = posted
            if round_number % 10 == 9:
                assert errors(office) == []
    assert errors(office) == []
    assert posted_before > 0


@pytest.mark.usefixtures("month", "kiosk")
def test_a_killed_export_leaves_a_valid_file_or_none(office: Office, tmp_path: Path) -> None:
    rng = random.Random(10)
    exported, files = tmp_path / "out", set()
    with Acts(EXPORTER) as acts:
        window = 2 * acts.seconds_of_one(office.books.place, str(exported))
        for _round in range(KILLS):
            acts.start(office.books.place, str(exported))
            acts.kill_after(rng.random() * window)
            for path in set(exported.glob("*.vbq")) - files:
                report = verify(path, office=office)
                assert (report.problems, report.rooted) == ((), True), path.name
                files.add(path)
    assert errors(office) == []
    assert len(files) > KILLS // 10, "the kills came too early to prove anything"
