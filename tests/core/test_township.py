"""Several books in one table: nothing is pooled that only looks alike, and the sum is what stands beside it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.account import Account, ChartAccount
from villagebooks.core.book import Book
from villagebooks.core.ledger import Detail
from villagebooks.core.period import Month
from villagebooks.core.statement import (
    add_up,
    check_one_standard,
    detail_entries,
    detail_rows,
    equity_rows,
    pick_figures,
    put_beside,
    trial_rows,
)

CHART = (
    ChartAccount("301", "资本", "所有者权益", "C"), ChartAccount("311", "公积公益金", "所有者权益", "C"),
    ChartAccount("501", "经营收入", "损益", "C"), ChartAccount("513", "管理费用", "损益", "D"),
)  # fmt: skip
KEY = st.tuples(st.sampled_from(["income", "expense"]), st.sampled_from(["501", "50101", "513"]), st.just("名"))
BOOKS = st.lists(
    st.dictionaries(KEY, st.tuples(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12))), min_size=1
)


def account(code: str, name: str) -> Account:
    return Account(code, name, (len(code) - 1) // 2, code[:-2] if len(code) > 3 else "", "D", leaf=True)


@given(BOOKS)
def test_the_sum_stands_behind_the_books_it_sums(books: list[dict[tuple[str, str, str], tuple[int, ...]]]) -> None:
    keys = sorted({key for one in books for key in one})
    total, beside = add_up(books, keys), put_beside(books, keys)
    for key in keys:
        amounts = beside[key]
        assert amounts[-2:] == total[key]
        assert tuple(sum(amounts[place:-2:2]) for place in range(2)) == total[key]
        assert len(amounts) == 2 * len(books) + 2


def test_the_same_code_under_another_name_is_another_row() -> None:
    ours = detail_entries(CHART, {"51301": account("51301", "办公费")}, [[Detail("51301", "", 0, 100, 0)]])
    theirs = detail_entries(CHART, {"51301": account("51301", "会议费")}, [[Detail("51301", "", 0, 50, 0)]])
    keys = sorted({*ours, *theirs})
    rows = [(row.line_no, row.label.strip("　"), row.amounts_fen) for row in detail_rows(add_up([ours, theirs], keys))]
    assert ("51301", "会议费", (50,)) in rows
    assert ("51301", "办公费", (100,)) in rows
    assert ("", "支出合计", (150,)) in rows


def test_income_and_expenditure_leave_closing_transfers_out() -> None:
    details = [Detail("501", "", 0, 900, 900, closing_debit_fen=900), Detail("513", "", 0, 300, 0)]
    entries = detail_entries(CHART, {}, [details, ()])
    assert entries == {("income", "501", "经营收入"): (900, 0), ("expense", "513", "管理费用"): (300, 0)}
    assert detail_rows(entries)[-1].amounts_fen == (600, 0)
    assert detail_rows({})[-1].amounts_fen == ()


def test_only_the_figures_that_were_asked_for_stand_beside() -> None:
    assert pick_figures({("", "1", "甲"): (1, 2, 3)}, (2, 0)) == {("", "1", "甲"): (3, 1)}
    assert trial_rows({}) == ()
    assert [row.amounts_fen for row in trial_rows({("", "101", "现金"): (5,), ("", "10101", "备用金"): (5,)})] == [
        (5,), (5,), (5,),
    ]  # fmt: skip


def test_one_table_holds_one_standard() -> None:
    new, old = (
        Book(code, code, code, code, "代行", year, Month(2026, 1)) for code, year in (("a", "2023"), ("b", "2004"))
    )
    assert check_one_standard([new], "") == []
    assert "请选一种制度" in str(check_one_standard([new, old], "")[0])
    assert str(check_one_standard([], "2004")[0]) == "没有执行 2004 年制度的账套"
    assert str(check_one_standard([], "")[0]) == "还没有账套"


@given(st.lists(st.tuples(st.sampled_from(["301", "31101", "321", "3220101", "32202", "501", "513"]),
                          *[st.integers(-(10**9), 10**9)] * 3, st.booleans(), st.booleans())))  # fmt: skip
def test_changes_of_equity_always_lead_from_the_opening_to_the_closing(
    moves: list[tuple[str, int, int, int, bool, bool]],
) -> None:
    names = {"32201": account("32201", "各项分配"), "3220101": account("3220101", "成员分配")}
    names["322"] = account("322", "收益分配")
    details = [
        Detail(code, "", opening, debit, credit, debit * closing, credit * closing, debit * (prior and not closing), 0)
        for code, opening, debit, credit, closing, prior in moves
    ]
    for row in equity_rows(CHART, names, details):
        if len(row.line_no) == 3 or row.label == "所有者权益合计":
            opening, increase, decrease, closing = row.amounts_fen
            assert opening + increase - decrease == closing
    total = equity_rows(CHART, names, details)[-1].amounts_fen
    assert total[3] == -sum(one.closing_fen for one in details)
