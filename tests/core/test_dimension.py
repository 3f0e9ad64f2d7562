"""科目余额表 with dimensions: details below their leaf, both sides of 113, levels."""

from __future__ import annotations

from villagebooks.core.account import Account
from villagebooks.core.ledger import DimensionDetail, DimensionRow, build_dimension_balance, dimension_sheet
from villagebooks.core.ledger.sheet import ACCOUNT, LINE
from villagebooks.core.period import Month, Span

ACCOUNTS = {
    code: Account(code, name, (len(code) - 1) // 2, code[:-2] if len(code) > 3 else "", "D", leaf=leaf)
    for code, name, leaf in (
        ("102", "银行存款", False), ("10201", "基本户", True), ("113", "内部往来", True), ("153", "在建工程", True),
    )
}  # fmt: skip
DETAILS = (
    DimensionDetail("10201", ("", "", "", ""), 500, 100, 0),
    DimensionDetail("113", ("甲", "", "", ""), 900, 0, 100),
    DimensionDetail("113", ("乙", "", "合1", ""), -400, 0, 0),
    DimensionDetail("113", ("乙", "", "合2", ""), -50, 0, 0),
    DimensionDetail("113", ("", "", "", ""), 0, 0, 30),
    DimensionDetail("153", ("", "道路", "", ""), 0, 70, 0),
    DimensionDetail("153", ("", "桥", "", ""), 0, 0, 0),
)


def net(row: DimensionRow) -> int:
    return row.closing_debit_fen - row.closing_credit_fen


def test_details_stand_below_their_leaf_each_on_its_side() -> None:
    rows = build_dimension_balance("V1", ACCOUNTS, DETAILS, ("party",))
    assert [(row.account, row.dimensions, row.closing_debit_fen, row.closing_credit_fen) for row in rows] == [
        ("102", (), 600, 0), ("10201", (), 600, 0), ("113", (), 800, 480), ("113", ("",), 0, 30),
        ("113", ("乙",), 0, 450), ("113", ("甲",), 800, 0), ("153", (), 70, 0),
    ]  # fmt: skip


def test_details_sum_to_their_leaf_whichever_dimensions_are_asked_for() -> None:
    for dimensions in (("party",), ("project",), ("party", "contract"), ("party", "project", "contract", "bank")):
        rows = build_dimension_balance("V1", ACCOUNTS, DETAILS, dimensions)
        for code in ("113", "153"):
            below = [net(row) for row in rows if row.account == code and row.dimensions]
            whole = next(net(row) for row in rows if row.account == code and not row.dimensions)
            assert not below or sum(below) == whole


def test_a_level_cuts_details_with_their_leaves() -> None:
    rows = build_dimension_balance("V1", ACCOUNTS, DETAILS, ("party", "project"), level=1)
    assert {row.account for row in rows} == {"102", "113", "153"}
    assert [row.dimensions for row in rows if row.account == "153"] == [(), ("", "道路")]


def test_the_table_names_parties_and_what_names_none() -> None:
    rows = build_dimension_balance("V1", ACCOUNTS, DETAILS, ("party", "project"))
    sheet = dimension_sheet("V1", Span(Month(2026, 9), Month(2026, 9)), rows, ("party", "project"), {"甲": "罗显富"})
    assert [one.name for one in sheet.columns][:4] == ["account", "name", "party", "project"]
    assert sheet.cells_of("party", LINE) == ["未指明", "乙", "罗显富", ""]
    assert sheet.cells_of("name", ACCOUNT) == ["银行存款", "　基本户", "内部往来", "在建工程"]
    assert [(row.account, row.party) for row in sheet.rows if row.role == LINE][2] == ("113", "甲")
