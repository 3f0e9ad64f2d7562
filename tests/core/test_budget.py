"""Budgets: adopted once, changed with a reason, held against what moved; agreements that do not overlap."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.account import Account, level_of, parent_code
from villagebooks.core.agreement import Agreement, check_agreement, check_end
from villagebooks.core.budget import ADOPT, CHANGE, BudgetAct, BudgetLine, build_budget, check_budget, plan_of

CODES = (
    ("501", "经营收入", "C"), ("50101", "发包收入", "C"), ("503", "补助收入", "C"), ("50301", "村级运转补助", "C"),
    ("513", "管理费用", "D"), ("51301", "运转支出", "D"), ("5130102", "办公费", "D"), ("5130108", "误工补贴", "D"),
    ("101", "库存现金", "D"),
)  # fmt: skip
PARENTS = {parent_code(code) for code, _name, _side in CODES}
ACCOUNTS = {
    code: Account(code, name, level_of(code), parent_code(code), side, code not in PARENTS)
    for code, name, side in CODES
}


def act(kind: str, *lines: tuple[str, int], day: date = date(2026, 1, 15), reason: str = "") -> BudgetAct:
    made = tuple(BudgetLine(code, fen) for code, fen in lines)
    return BudgetAct("u", "V01", 2026, kind, day, "成员代表大会 2026-01-15", made, reason)


YEAR = act(ADOPT, ("50101", 4_588_000), ("50301", 6_000_000), ("5130102", 850_000), ("5130108", 1_200_000))


def said(new: BudgetAct, *before: BudgetAct) -> list[str]:
    return [str(one) for one in check_budget(new, before, ACCOUNTS)]


def test_plan_against_actual_as_the_quarterly_sheet_of_the_demonstration_says_it() -> None:
    moved = {"50101": -4_588_000, "50301": -4_500_000, "5130102": 614_140, "5130108": 1_075_000}
    report = build_budget(("V01", "老秤湾村"), (2026, 9), [YEAR], ACCOUNTS, moved)
    assert [(row.name, row.plan_fen, row.actual_fen, row.tenths) for row in report.rows] == [
        ("发包收入", 4_588_000, 4_588_000, "十成"), ("村级运转补助", 6_000_000, 4_500_000, "七成半"),
        ("办公费", 850_000, 614_140, "七成"), ("误工补贴", 1_200_000, 1_075_000, "八成半"),
    ]  # fmt: skip
    assert report.total(income=True) == (10_588_000, 9_088_000, 1_500_000)


def test_what_moved_outside_every_plan_is_shown_and_not_lost() -> None:
    report = build_budget(("V01", "老秤湾村"), (2026, 9), [act(ADOPT, ("5130102", 100))], ACCOUNTS, {"5130108": 700})
    assert [(row.account, row.planned, row.actual_fen) for row in report.rows] == [
        ("513", False, 700), ("5130102", True, 0),
    ]  # fmt: skip


def test_a_change_adds_to_the_plan_and_needs_a_reason_and_an_adoption() -> None:
    more = act(CHANGE, ("5130102", 50_000), day=date(2026, 7, 1), reason="换打印机")
    assert said(more, YEAR) == []
    assert plan_of([YEAR, more])["5130102"] == 900_000
    assert said(more) == ["2026 年还没有通过预算，没有可调整的"]
    assert said(act(CHANGE, ("5130102", 1)), YEAR) == ["没有写调整的原因"]
    assert said(YEAR, YEAR)[0] == "2026 年的预算已经通过，要改请做“调整”"
    less = act(CHANGE, ("5130102", -850_001), day=date(2026, 7, 1), reason="不买了")
    assert said(less, YEAR) == ["第 1 行：减得比预算还多：原来是 8,500.00 元"]


def test_an_account_inside_another_or_no_income_is_refused_with_its_row() -> None:
    both = act(ADOPT, ("51301", 100), ("5130102", 100), ("101", 5))
    assert said(both) == [
        "第 2 行：5130102 在 51301 里面，两个都列会算两次", "第 3 行：101 不是收入或支出科目，不能列预算",
    ]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(["50101", "50301", "5130102", "5130108"]), st.integers(-9999, 9999))))
def test_plan_against_actual_loses_no_fen(moves: list[tuple[str, int]]) -> None:
    moved: dict[str, int] = {}
    for code, fen in moves:
        moved[code] = moved.get(code, 0) + fen
    report = build_budget(("V01", ""), (2026, 9), [act(ADOPT, ("51301", 5), ("50101", 7))], ACCOUNTS, moved)
    sums = {income: report.total(income=income)[1] for income in (True, False)}
    assert sums[False] - sums[True] == sum(moved.values())


def agreement(number: str = "2026-01", since: date = date(2026, 1, 1), until: date | None = None) -> Agreement:
    return Agreement(
        "u" + number, "V01", number, date(2025, 12, 20), since, until, "村民代表会议 2025-12-10", "田维国", "邹启明",
        "会计档案由中心保管，村里随时可查",
    )  # fmt: skip


def test_two_agreements_of_a_village_do_not_overlap_and_an_ended_one_leaves_room() -> None:
    first = agreement(until=date(2026, 12, 31))
    faults = check_agreement(agreement("2026-02", date(2026, 7, 1)), [first])
    assert [str(one) for one in faults] == ["与协议 2026-01（2026-01-01 起）的期限重叠"]
    assert check_agreement(agreement("2027-01", date(2027, 1, 1)), [first]) == []
    assert [str(one) for one in check_end(first, date(2027, 5, 1), "换届")] == ["终止日不在协议期限里"]
    assert first.holds(date(2026, 12, 31))
    assert not first.holds(date(2027, 1, 1))
