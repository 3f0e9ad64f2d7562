"""Figures for pictures: bank accounts by what they hold, funds with their works, claims by age."""

from __future__ import annotations

from datetime import date

from villagebooks.core.graph import FundMove, build_ages, build_funds, build_money, sum_funds
from villagebooks.core.ledger import YEARS, Ageing, AgeingRow


def test_cash_is_one_and_the_banks_behind_the_third_are_together() -> None:
    ends = {(True, "101"): [5, 7]} | {(False, f"1020{n}"): [n, 10 * n] for n in range(1, 6)}
    ends[False, "10209"] = [0, 0]
    year = build_money((8, 9), ends, {"10205": "基本户"}, "101")
    assert [(one.account, one.name, one.ends_fen) for one in year.parts] == [
        ("101", "库存现金", (5, 7)),
        ("10205", "基本户", (5, 50)),
        ("10204", "10204", (4, 40)),
        ("10203", "10203", (3, 30)),
        ("", "其他银行账户", (3, 30)),
    ]
    assert [year.total_fen(place) for place in range(2)] == [20, 157]


def test_a_fund_counts_what_stands_in_works_as_drawn_and_says_when_it_is_overdrawn() -> None:
    moves = [
        FundMove("V02", "241", "pond", "蓄水池", False, -9_400, 0, 12_000),
        FundMove("V02", "153", "pond", "蓄水池", True, 8_000, 9_160, 0),
        FundMove("V02", "241", "relief", "救灾", False, 0, 600, 864),
        FundMove("V02", "241", "road", "修路", False, -100, 0, 0),
        FundMove("V02", "153", "road", "修路", True, 0, 150, 0),
        FundMove("V02", "153", "hall", "会堂", True, 0, 99, 0),
    ]
    funds = {one.name: (one.granted_fen, one.drawn_fen, one.left_fen) for one in build_funds(moves)}
    assert funds == {"蓄水池": (21_400, 17_160, 4_240), "救灾": (864, 600, 264), "修路": (100, 150, -50)}
    whole = sum_funds(build_funds(moves), {"V02": "石磨坪村"})
    assert [(one.name, one.granted_fen, one.left_fen) for one in whole] == [("石磨坪村", 22_364, 4_454)]


def test_only_claims_have_an_age() -> None:
    def row(is_debt: bool, parts: tuple[int, ...]) -> AgeingRow:
        return AgeingRow("V01", "112", "应收款", "", is_debt, sum(parts), parts, date(2024, 1, 1))

    rows = (row(False, (1, 2, 3, 4)), row(True, (9, 9, 9, 9)), row(False, (10, 0, 0, 5)))
    found = build_ages(Ageing("V01", date(2026, 9, 30), YEARS, rows))
    assert [(one.name, one.claims_fen) for one in found] == [
        ("1年以内", 11), ("1—2年", 2), ("2—3年", 3), ("3年以上", 9),
    ]  # fmt: skip
