"""Exam cases of the 2004 system, worked as an examinee books them: a year's income, two levy projects (一事一议)."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.period import Month, read_span
from villagebooks.core.statement import BALANCE_SHEET, INCOME
from villagebooks.services.desk import Desk, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.office import create_office
from villagebooks.services.statement import statement

ACCOUNTS = """code,name,level,parent,root,side,leaf
101,现金,1,,Assets,D,1
102,银行存款,1,,Assets,D,1
113,内部往来,1,,Assets,B,1
151,固定资产,1,,Assets,D,1
154,在建工程,1,,Assets,D,1
231,一事一议资金,1,,Liabilities,B,1
301,资本,1,,Equity,C,1
311,公积公益金,1,,Equity,C,1
321,本年收益,1,,Equity,C,1
322,收益分配,1,,Equity,C,0
32202,未分配收益,2,322,Equity,C,1
501,经营收入,1,,Income,C,1
502,经营支出,1,,Expenses,D,1
511,发包及上交收入,1,,Income,C,1
522,补助收入,1,,Income,C,1
531,其他收入,1,,Income,C,1
541,管理费用,1,,Expenses,D,1
551,其他支出,1,,Expenses,D,1
561,投资收益,1,,Income,C,1
"""
Entry = tuple[str, str, str, int]
"""Kind, account debited, account credited, yuan."""


def book(folder: Path, *entries: Entry) -> Desk:
    """A village under the 2004 system with one voucher an entry, numbered through December."""
    rows = ["village,date,no,kind,line,summary,account,debit,credit,party\n"]
    number = 0
    for kind, debit, credit, yuan in entries:
        number += kind != "opening"
        head = f"V1,2003-12-31,0,{kind}" if kind == "opening" else f"V1,2004-12-20,{number},{kind}"
        rows += [f"{head},1,题,{debit},{yuan * 100},0,\n", f"{head},2,题,{credit},0,{yuan * 100},\n"]
    folder.mkdir()
    (folder / "villages.csv").write_text("code,name,standard\nV1,某村,2004\n", "utf-8")
    (folder / "accounts.csv").write_text(ACCOUNTS, "utf-8")
    (folder / "lines.csv").write_text("".join(rows), "utf-8")
    office = create_office(folder / "exam.vbooks", "示例镇")
    import_history(office, folder)
    return open_desk(office, "V1", Month(2004, 12))


def yuan_of(desk: Desk, kind: str, column: str) -> dict[str, int]:
    span = read_span("2004")
    assert span is not None
    report = statement(desk, kind, span)
    place = report.columns.index(column)
    return {row.line_no: row.amounts_fen[place] // 100 for row in report.rows if row.line_no}


EARNED: tuple[Entry, ...] = (
    ("opening", "102", "32202", 8_000),
    ("normal", "102", "501", 30_000),
    ("normal", "102", "511", 45_000),
    ("normal", "102", "561", 12_000),
    ("normal", "502", "102", 18_000),
    ("normal", "541", "102", 48_000),
    ("normal", "102", "522", 20_000),
    ("normal", "102", "531", 7_000),
    ("normal", "551", "102", 5_000),
)
TRANSFERRED: tuple[Entry, ...] = (
    ("closing", "501", "321", 30_000),
    ("closing", "511", "321", 45_000),
    ("closing", "561", "321", 12_000),
    ("closing", "522", "321", 20_000),
    ("closing", "531", "321", 7_000),
    ("closing", "321", "502", 18_000),
    ("closing", "321", "541", 48_000),
    ("closing", "321", "551", 5_000),
    ("closing", "321", "32202", 43_000),
)


def test_income_of_the_year_before_and_after_it_is_transferred(tmp_path: Path) -> None:
    for name, entries in (("open", EARNED), ("closed", EARNED + TRANSFERRED)):
        desk = book(tmp_path / name, *entries)
        income = yuan_of(desk, INCOME, "amount")
        assert income["10"] == 21_000, "经营收益 = 30,000 + 45,000 + 12,000 − 18,000 − 48,000"
        assert (income["20"], income["21"]) == (43_000, 43_000)
        assert (income["22"], income["26"], income["35"]) == (8_000, 51_000, 51_000)
        sheet = yuan_of(desk, BALANCE_SHEET, "closing")
        assert (sheet["52"], sheet["32"], sheet["56"]) == (51_000, 51_000, 51_000)


def test_a_levy_project_with_paid_labour_becomes_an_asset(tmp_path: Path) -> None:
    """13,800 in money and 15,000 of labour make an asset of 28,800; what was levied goes from 231 to 311."""
    desk = book(
        tmp_path / "canal",
        ("normal", "113", "231", 13_800),
        ("normal", "101", "113", 13_800),
        ("normal", "154", "101", 13_800),
        ("normal", "154", "311", 15_000),
        ("normal", "151", "154", 28_800),
        ("normal", "231", "311", 13_800),
    )
    sheet = yuan_of(desk, BALANCE_SHEET, "closing")
    assert (sheet["19"], sheet["23"], sheet["43"]) == (28_800, 0, 0)
    assert sheet["51"] == 13_800 + 15_000
    assert sheet["32"] == sheet["56"] == 28_800


def test_a_road_that_is_no_asset_is_spent_and_what_is_left_of_the_levy_stays(tmp_path: Path) -> None:
    """28,000 of the levy and 20,000 of the village's own are spent; of 30,000 levied 2,000 stay in 231."""
    desk = book(
        tmp_path / "road",
        ("opening", "102", "301", 20_000),
        ("normal", "113", "231", 30_000),
        ("normal", "101", "113", 30_000),
        ("normal", "154", "101", 28_000),
        ("normal", "154", "102", 20_000),
        ("normal", "551", "154", 48_000),
        ("normal", "231", "311", 28_000),
    )
    sheet = yuan_of(desk, BALANCE_SHEET, "closing")
    assert (sheet["23"], sheet["43"], sheet["51"]) == (0, 2_000, 28_000)
    assert yuan_of(desk, INCOME, "amount")["16"] == 48_000
    assert sheet["32"] == sheet["56"] == 2_000
