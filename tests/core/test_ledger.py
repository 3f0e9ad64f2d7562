"""Trial balance and ledger from balances: sides, levels, 113, sums of villages."""

from __future__ import annotations

from datetime import date

from villagebooks.core.account import Account, level_of, parent_code
from villagebooks.core.ledger import (
    Detail,
    Movement,
    TrialBalanceRow,
    build_ledger,
    build_trial_balance,
    sum_trial_balances,
)
from villagebooks.core.period import Month

ACCOUNTS = {
    code: Account(code, name, level_of(code), parent_code(code), "D", len(code) > 3 or code == "101")
    for code, name in (
        ("101", "现金"),
        ("113", "内部往来"),
        ("11301", "农户"),
        ("211", "应付款"),
        ("21101", "单位"),
        ("21102", "个人"),
    )
}
NAMES = {code: one.name for code, one in ACCOUNTS.items()}
MONTHS = (Month(2026, 1), Month(2026, 3))


def rows(*details: Detail, level: int | None = None) -> dict[str, tuple[int, ...]]:
    return {
        row.account: (
            row.opening_debit_fen, row.opening_credit_fen, row.debit_fen, row.credit_fen, row.closing_debit_fen,
            row.closing_credit_fen,
        )
        for row in build_trial_balance("V1", NAMES, details, level)
    }  # fmt: skip


def test_a_parent_shows_its_net_on_one_side() -> None:
    found = rows(Detail("21101", "", -500, 0, 100), Detail("21102", "", 200, 0, 0))
    assert found == {
        "211": (0, 300, 0, 100, 0, 400), "21101": (0, 500, 0, 100, 0, 600), "21102": (200, 0, 0, 0, 200, 0),
    }  # fmt: skip


def test_113_and_below_show_both_sides_from_their_parties() -> None:
    found = rows(
        Detail("11301", "张三", 900, 0, 100), Detail("11301", "李四", -400, 0, 0), Detail("11301", "", 0, 0, 50)
    )
    assert found == {"113": (900, 400, 0, 150, 800, 450), "11301": (900, 400, 0, 150, 800, 450)}


def test_parties_of_one_other_account_are_netted() -> None:
    assert rows(Detail("21101", "甲", -500, 0, 0), Detail("21101", "乙", 100, 0, 0))["21101"] == (0, 400, 0, 0, 0, 400)


def test_accounts_without_any_figure_are_left_out_and_red_movements_stay_negative() -> None:
    assert rows(Detail("101", "", 0, 0, 0)) == {}
    assert rows(Detail("101", "", 0, -50, 0)) == {"101": (0, 0, -50, 0, 0, 50)}
    assert rows(Detail("101", "", 0, 50, 50)) == {"101": (0, 0, 50, 50, 0, 0)}


def test_a_level_cuts_below() -> None:
    assert set(rows(Detail("21101", "", -5, 0, 0), Detail("101", "", 5, 0, 0), level=1)) == {"101", "211"}


def test_the_township_sums_columns_and_nets_no_village_against_another() -> None:
    one = TrialBalanceRow("V1", "211", "应付款", 0, 300, 1, 2, 0, 301)
    two = TrialBalanceRow("V2", "211", "应付款", 100, 0, 10, 20, 90, 0)
    assert sum_trial_balances([one, two]) == (TrialBalanceRow("*", "211", "应付款", 100, 300, 11, 22, 90, 301),)


def test_a_ledger_carries_the_balance_over_sides() -> None:
    lines = [
        Movement(date(2026, 1, 5), "记-1", "u1", "收", 700, 0),
        Movement(date(2026, 1, 6), "记-2", "u2", "付", 0, 700),
        Movement(date(2026, 2, 7), "记-1", "u3", "付", 0, 300, "甲"),
    ]
    book = build_ledger("V1", ACCOUNTS["101"], MONTHS, -0, lines)
    assert [(line.side, line.balance_fen) for line in book.lines] == [("借", 700), ("平", 0), ("贷", 300)]
    assert (book.opening_fen, book.closing_fen, book.name) == (0, -300, "现金")
