"""kill −9 at random moments: the books stay whole, an import is all there or not at all, nothing is half posted.

Fifty kills each of import, posting and export; `VILLAGEBOOKS_KILLS` asks for more (`make soak`).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

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
office = open_office(sys.argv[1])
print("ready", flush=True)
import_history(office, Path(sys.argv[2]))
print("done", flush=True)
"""
POSTER = """
import sys
from datetime import date
from pathlib import Path
from tests.services.conftest import sign_all, simple_draft, Staff, PASSPHRASE, CHEAP
from villagebooks.core.period import Month
from villagebooks.services.desk import Office, open_desk, open_office
from villagebooks.services.key import unlock
from villagebooks.services.voucher import post_voucher, save_voucher
office = open_office(sys.argv[1], "冯素芳")
keys = [unlock(office.books, name, PASSPHRASE) for name in ("邹启明", "冯素芳", "谭永川", "龙小梅")]
staff = Staff(None, *keys)
desk = open_desk(office, "V01", Month(2026, 9))
print("ready", flush=True)
while True:
    saved = save_voucher(desk, simple_draft())
    sign_all(desk, saved.uid, staff)
    post_voucher(desk, saved.uid)
    print("done", flush=True)
"""

EXPORTER = """
import sys
from datetime import date
from pathlib import Path
from tests.services.conftest import PASSPHRASE
from villagebooks.core.period import Month
from villagebooks.services.desk import open_desk, open_office
from villagebooks.services.key import unlock
from villagebooks.services.query import export_query_file
office = open_office(sys.argv[1], "冯素芳")
signers = [unlock(office.books, name, PASSPHRASE) for name in ("邹启明", "冯素芳")]
desk = open_desk(office, "V01", Month(2026, 9))
print("ready", flush=True)
while True:
    export_query_file(desk, signers, Path(sys.argv[2]), date(2026, 10, 25))
    print("done", flush=True)
"""


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill_after(process: subprocess.Popen[str], seconds: float) -> None:
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def seconds_of_one(program: str, *arguments: str) -> float:
    """How long the act takes here and now: the kills fall into it and a little after, on a busy machine too."""
    process = start(program, *arguments)
    began = time.perf_counter()
    assert process.stdout is not None
    assert process.stdout.readline() == "done\n"
    seconds = time.perf_counter() - began
    kill_after(process, 0)
    return seconds


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
    window = 2 * seconds_of_one(IMPORTER, str(tmp_path / "first.vbooks"), str(tmp_path / "history"))
    for _round in range(KILLS):
        process = start(IMPORTER, str(path), str(tmp_path / "history"))
        kill_after(process, rng.random() * window)
        office = open_office(path)
        assert count(office, "voucher") in (0, vouchers)
        assert errors(office) == []
        seen.add(count(office, "voucher"))
        if count(office, "voucher"):
            office.books.close()
            path = tmp_path / f"centre-{_round}.vbooks"
            create_office(path, "白雁河镇")
        office.books.close()
    assert seen == {0, vouchers}, "the kills came all too early or all too late to prove anything"


@pytest.mark.usefixtures("staff")
def test_a_killed_posting_leaves_no_half_posted_voucher(office: Office) -> None:
    rng = random.Random(9)
    window = 2 * seconds_of_one(POSTER, office.books.place)
    posted_before = 0
    for round_number in range(KILLS):
        kill_after(start(POSTER, office.books.place), rng.random() * window)
        with office.books.read() as connection:
            posted = connection.execute(text("SELECT COUNT(*) FROM voucher WHERE state = 'posted'")).scalar_one()
            balance = connection.execute(text("SELECT SUM(debit_fen) FROM balance WHERE account = '51302'")).scalar()
            numbers = connection.execute(text("SELECT number FROM voucher ORDER BY number")).scalars().all()
        assert posted >= posted_before
        assert (balance or 0) == posted * 74_260
        assert list(numbers) == list(range(1, len(numbers) + 1))
        posted_before = posted
        if round_number % 10 == 9:
            assert errors(office) == []
    assert errors(office) == []
    assert posted_before > 0


@pytest.mark.usefixtures("month", "kiosk")
def test_a_killed_export_leaves_a_valid_file_or_none(office: Office, tmp_path: Path) -> None:
    rng = random.Random(10)
    exported, files = tmp_path / "out", set()
    window = 2 * seconds_of_one(EXPORTER, office.books.place, str(exported))
    for _round in range(KILLS):
        kill_after(start(EXPORTER, office.books.place, str(exported)), rng.random() * window)
        for path in set(exported.glob("*.vbq")) - files:
            report = verify(path, office=office)
            assert (report.problems, report.rooted) == ((), True), path.name
            files.add(path)
    assert errors(office) == []
    assert len(files) > KILLS // 10, "the kills came too early to prove anything"
