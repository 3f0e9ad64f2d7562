"""The reconcile command as scripts use it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.pdf.reading import words_of
from tests.services.conftest import CHEAP, PASSPHRASE
from villagebooks.cli import main
from villagebooks.core.approval import CASHIER, DIRECTOR
from villagebooks.services.desk import open_office
from villagebooks.services.key import hold_root_ceremony, issue_key
from villagebooks.services.office import appoint

CASE = Path(__file__).parent / "cases" / "baiyanhe"
STATEMENT = CASE / "bank_statement_V01_2026-09.csv"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reconcile") / "case.vbooks"
    assert main(["--books", str(path), "new", "--township", "白雁河镇"]) == 0
    assert main(["--books", str(path), "import", str(CASE / "three_tables")]) == 0
    office = open_office(path)
    for name, duty in {"邹启明": DIRECTOR, "龙小梅": CASHIER}.items():
        appoint(office, name, duty, "2020-01-01")
    root = hold_root_ceremony(office, PASSPHRASE, CHEAP)
    first = issue_key(office, root, "邹启明", PASSPHRASE, cost=CHEAP)
    issue_key(office, root, "龙小梅", PASSPHRASE, first.office_key, CHEAP)
    office.books.close()
    return path


def reconcile(books: Path, *more: str, person: str = "", account: str = "10201", period: str = "2026-09") -> int:
    words = ["--books", str(books), "reconcile", "--book", "V01", "--account", account, "--period", period, *more]
    if person:
        source, sink = os.pipe()
        os.write(sink, f"{PASSPHRASE}\n".encode())
        os.close(sink)
        words += ["--as", person, "--passphrase-fd", str(source)]
    return main(words)


def test_the_statement_of_the_case_reconciles_and_is_confirmed_by_somebody_else_than_the_cashier(
    books: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reconcile(books) == 1
    assert "10201 还没有对账单，请先导入" in capsys.readouterr().err
    assert reconcile(books, "--statement", str(STATEMENT)) == 0
    shown = capsys.readouterr()
    assert "14 笔，期初 105,662.00，期末 110,629.95" in shown.err
    lines = shown.out.splitlines()
    assert lines[0] == "side,kind,date,voucher,summary,amount"
    assert [line.rpartition(",")[2] for line in lines[1:]] == [
        "105971.95", "2400.00", "12.00", "108359.95", "110629.95", "2270.00", "108359.95", "0.00"
    ]  # fmt: skip
    assert reconcile(books, "--statement", str(STATEMENT)) == 1
    assert "不能导入两次" in capsys.readouterr().err
    assert reconcile(books, "--confirm", person="龙小梅") == 1
    assert "龙小梅是出纳" in capsys.readouterr().err
    out = tmp_path / "a.pdf"
    assert reconcile(books, "--confirm", "--format", "pdf", "--out", str(out), person="邹启明") == 0
    assert "确认：邹启明" in words_of(out)
    assert reconcile(books, "--json") == 0
    assert '"amount": "108359.95"' in capsys.readouterr().out
    assert main(["--books", str(books), "check", "--deep"]) == 0


def test_an_account_that_is_none_and_a_file_that_is_none(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reconcile(books, account="101") == 4
    assert "没有银行科目 101" in capsys.readouterr().err
    assert reconcile(books, "--statement", "没有.csv", period="2026-10") == 3
    assert "读不出 没有.csv" in capsys.readouterr().err
