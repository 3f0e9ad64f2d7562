"""断号报告: void numbers with who, when and why, and gaps that an import brought."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.conftest import simple_draft
from villagebooks.cli import main
from villagebooks.core.period import Month, Span
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.number import number_report
from villagebooks.services.office import create_office
from villagebooks.services.voucher import save_voucher, void_voucher

YEAR = Span(Month(2026, 1), Month(2026, 12))


def test_who_voided_a_number_when_and_why(desk: Desk) -> None:
    for amount in (100, 200, 300, 400):
        save_voucher(desk, simple_draft(amount))
    second = number_report(desk, YEAR)
    assert [(one.numbers, one.what) for one in second] == [("1—4", "used")]
    uids = [one.uid for one in [save_voucher(desk, simple_draft(5)) for _n in range(2)]]
    void_voucher(desk, uids[0], "发票抬头不是本村")
    void_voucher(desk, uids[1])
    lines = number_report(desk, YEAR)
    assert [(one.numbers, one.what, one.by, one.why) for one in lines] == [
        ("1—4", "used", "", ""), ("5", "void", "冯素芳", "发票抬头不是本村"), ("6", "void", "冯素芳", ""),
    ]  # fmt: skip
    assert lines[1].at.startswith("2026-09-02T09:")
    assert check_books(desk.office, deep=True) == []


def test_gaps_of_imported_numbers_are_told_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "villages.csv").write_text("code,name\nA,甲村\n", "utf-8")
    chart = "101,库存现金,1,,,D,1\n501,经营收入,1,,,C,1\n"
    (tmp_path / "accounts.csv").write_text("code,name,level,parent,root,side,leaf\n" + chart, "utf-8")
    rows = "".join(
        f"A,2026-01-05,{number},{kind},1,收,101,100,0,\nA,2026-01-05,{number},{kind},2,收,501,0,100,\n"
        for number, kind in ((1, "normal"), (4, "void"), (5, "normal"))
    )
    head = "village,date,no,kind,line,summary,account,debit,credit,party\n"
    (tmp_path / "lines.csv").write_text(head + rows, "utf-8")
    office = create_office(tmp_path / "a.vbooks", "镇")
    import_history(office, tmp_path)
    lines = number_report(open_desk(office, "A", Month(2026, 1)), YEAR)
    assert [(one.numbers, one.what, one.by) for one in lines] == [
        ("1", "used", ""), ("2—3", "gap", ""), ("4", "void", ""), ("5", "used", "")
    ]  # fmt: skip
    office.books.close()
    asked = ["--books", str(tmp_path / "a.vbooks"), "vouchers", "--book", "A", "--period", "2026", "--gaps"]
    assert main(asked) == 0
    assert capsys.readouterr().out.splitlines() == [
        "period,word,first,last,what,by,at,why", "2026-01,记,1,1,used,,,", "2026-01,记,2,3,gap,,,",
        "2026-01,记,4,4,void,,,", "2026-01,记,5,5,used,,,",
    ]  # fmt: skip
    assert main([*asked, "--format", "pdf", "--out", str(tmp_path / "x.pdf")]) == 1
