"""Every kind of ledger from balances and lines: rows, totals, carried years, columns, quantities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.account import Account, level_of, parent_code
from villagebooks.core.ledger import (
    COLUMNS,
    GENERAL,
    JOURNAL,
    QUANTITIES,
    Detail,
    LedgerRequest,
    Movement,
    Sheet,
    Turnover,
    build_ledger,
    build_trial_balance,
    check_request,
    columns_sheet,
    counter_names,
    detail_sheet,
    general_sheet,
    journal_sheet,
    quantity_sheet,
)
from villagebooks.core.ledger.sheet import BROUGHT, DAY_TOTAL, LINE, MONTH_TOTAL, NEXT, OPENING, YEAR_TOTAL
from villagebooks.core.period import Month, Span

NAMES = (
    ("101", "库存现金", "D"), ("113", "内部往来", "B"), ("121", "库存物资", "D"), ("12101", "谷种", "D"),
    ("12102", "果苗", "D"), ("501", "经营收入", "C"), ("50101", "发包收入", "C"), ("50102", "租赁收入", "C"),
    ("513", "管理费用", "D"), ("51301", "运转支出", "D"), ("5130101", "干部报酬", "D"), ("5130102", "办公费", "D"),
    ("51302", "折旧", "D"),
)  # fmt: skip
PARENTS = {parent_code(code) for code, _name, _side in NAMES}
ACCOUNTS = {
    code: Account(code, name, level_of(code), parent_code(code), side, code not in PARENTS)
    for code, name, side in NAMES
}
SEPTEMBER = Span(Month(2026, 9), Month(2026, 9))
YEAR = Span(Month(2026, 1), Month(2026, 12))


def move(day: date, account: str, debit: int = 0, credit: int = 0, uid: str = "u", quantity: int = 0) -> Movement:
    return Movement(day, "记-1", uid, "买卖", debit, credit, "", account, quantity)


def shown(sheet: Sheet, *names: str) -> list[tuple[object, ...]]:
    places = [sheet.column(name) for name in names]
    return [(row.role, *(row.cells[place] for place in places)) for row in sheet.rows]


def test_a_general_ledger_tells_months_and_the_year_to_date() -> None:
    turnovers = [
        Turnover("5130101", Month(2026, 8), 700, 0), Turnover("51302", Month(2026, 8), 100, 0),
        Turnover("5130101", Month(2026, 9), 0, 50),
    ]  # fmt: skip
    sheet = general_sheet("V1", ACCOUNTS["513"], Span(Month(2026, 8), Month(2026, 9)), 900, turnovers, (950, 50))
    assert shown(sheet, "summary", "debit", "credit", "side", "balance") == [
        (OPENING, "期初余额", None, None, "借", 900),
        (BROUGHT, "本年累计至上月", 950, 50, "借", 900),
        (MONTH_TOTAL, "本月合计", 800, 0, "借", 1700),
        (YEAR_TOTAL, "本年累计", 1750, 50, "借", 1700),
        (MONTH_TOTAL, "本月合计", 0, 50, "借", 1650),
        (YEAR_TOTAL, "本年累计", 1750, 100, "借", 1650),
    ]


def test_a_ledger_over_two_years_closes_the_first_and_opens_the_second() -> None:
    turnovers = [Turnover("101", Month(2025, 11), 300, 0), Turnover("101", Month(2026, 2), 0, 400)]
    sheet = general_sheet("V1", ACCOUNTS["101"], Span(Month(2025, 10), Month(2026, 12)), 0, turnovers, (0, 0))
    assert shown(sheet, "date", "summary", "side", "balance") == [
        (OPENING, date(2025, 10, 1), "期初余额", "平", 0),
        (MONTH_TOTAL, date(2025, 11, 30), "本月合计", "借", 300),
        (YEAR_TOTAL, date(2025, 11, 30), "本年累计", "借", 300),
        (NEXT, date(2025, 12, 31), "结转下年", "借", 300),
        (OPENING, date(2026, 1, 1), "上年结转", "借", 300),
        (MONTH_TOTAL, date(2026, 2, 28), "本月合计", "贷", 100),
        (YEAR_TOTAL, date(2026, 2, 28), "本年累计", "贷", 100),
        (NEXT, date(2026, 12, 31), "结转下年", "贷", 100),
    ]
    assert sheet.cells_of("credit", YEAR_TOTAL) == [0, 400]


def test_a_detail_ledger_names_the_party_and_drills_to_its_vouchers() -> None:
    lines = [replace(move(date(2026, 9, 8), "113", 0, 1860, "u4"), party="lxf")]
    ledger = build_ledger("V1", ACCOUNTS["113"], (Month(2026, 9), Month(2026, 9)), 1860, lines)
    sheet = detail_sheet(ledger, {"lxf": "罗显富"}, (0, 0), "lxf")
    assert sheet.title == "113 内部往来（罗显富）　明细账"
    assert [(row.role, row.uid) for row in sheet.rows][1] == (LINE, "u4")
    assert sheet.cells_of("party", LINE) == ["罗显富"]
    assert detail_sheet(ledger, {}, None, "").title == "113 内部往来（未指明）　明细账"


def test_a_journal_balances_every_day_and_names_the_other_side() -> None:
    lines = [
        move(date(2026, 9, 2), "101", 4000, 0, "u1"), move(date(2026, 9, 8), "101", 1860, 0, "u4"),
        move(date(2026, 9, 8), "101", 0, 1860, "u5"), move(date(2026, 9, 8), "101", 0, 10, "u6"),
    ]  # fmt: skip
    vouchers = [
        ("u1", "101", True), ("u1", "10201", False), ("u4", "101", True), ("u4", "113", False), ("u5", "10201", True),
        ("u5", "101", False), ("u6", "5130102", True), ("u6", "51302", True), ("u6", "101", False),
    ]  # fmt: skip
    names = {code: account.name for code, account in ACCOUNTS.items()} | {"10201": "基本户"}
    counters = counter_names(lines, vouchers, names)
    sheet = journal_sheet("V1", ACCOUNTS["101"], SEPTEMBER, 500, lines, counters, (0, 0))
    assert sheet.cells_of("counter", LINE) == ["基本户", "内部往来", "基本户", "办公费 等"]
    days = [one for one in shown(sheet, "date", "debit", "credit", "balance") if one[0] == DAY_TOTAL]
    assert days == [
        (DAY_TOTAL, date(2026, 9, 2), 4000, 0, 4500),
        (DAY_TOTAL, date(2026, 9, 8), 1860, 1870, 4490),
    ]
    assert [row.role for row in sheet.rows[-2:]] == [MONTH_TOTAL, YEAR_TOTAL]


def test_columns_are_the_leaves_that_moved_and_a_level_joins_them() -> None:
    lines = [
        move(date(2026, 9, 3), "5130102", 300), move(date(2026, 9, 4), "5130101", 500),
        move(date(2026, 9, 30), "5130101", 0, 500),
    ]  # fmt: skip
    before = [Turnover("51302", Month(2026, 3), 40, 0)]
    sheet = columns_sheet("V1", ACCOUNTS, "513", SEPTEMBER, 40, lines, before)
    assert [one.name for one in sheet.columns if one.spread] == ["5130101", "5130102", "51302"]
    assert shown(sheet, "5130101", "5130102", "51302", "debit", "credit")[1:] == [
        (BROUGHT, 0, 0, 40, 40, 0),
        (LINE, 0, 300, 0, 300, 0),
        (LINE, 500, 0, 0, 500, 0),
        (LINE, -500, 0, 0, 0, 500),
        (MONTH_TOTAL, 0, 300, 0, 800, 500),
        (YEAR_TOTAL, 0, 300, 40, 840, 500),
    ]
    joined = columns_sheet("V1", ACCOUNTS, "513", SEPTEMBER, 40, lines, before, level=2)
    assert [one.name for one in joined.columns if one.spread] == ["51301", "51302"]
    assert joined.cells_of("51301", LINE) == [300, 500, -500]


def test_an_account_that_was_divided_keeps_a_column_for_its_older_lines() -> None:
    divided = {**ACCOUNTS, "501": replace(ACCOUNTS["501"], split_on="2026-09-10")}
    lines = [move(date(2026, 9, 3), "501", 0, 300), move(date(2026, 9, 20), "50101", 0, 40)]
    for level in (None, 2):
        sheet = columns_sheet("V1", divided, "501", SEPTEMBER, 0, lines, level=level)
        assert [one.head for one in sheet.columns if one.spread] == ["经营收入（未分）", "发包收入"]
        assert (sheet.cells_of("501", MONTH_TOTAL), sheet.cells_of("50101", MONTH_TOTAL)) == ([300], [40])


def test_income_is_analysed_on_its_credit_side_or_on_the_side_asked_for() -> None:
    lines = [move(date(2026, 9, 3), "50101", 0, 300), move(date(2026, 9, 30), "50101", 300)]
    sheet = columns_sheet("V1", ACCOUNTS, "501", SEPTEMBER, 0, lines)
    assert sheet.cells_of("50101", LINE) == [300, -300]
    assert {one.over for one in sheet.columns if one.spread} == {"贷方分析"}
    assert columns_sheet("V1", ACCOUNTS, "501", SEPTEMBER, 0, lines, side="D").cells_of("50101", LINE) == [-300, 300]


def test_an_account_that_moved_nothing_shows_every_column() -> None:
    sheet = columns_sheet("V1", ACCOUNTS, "501", SEPTEMBER, 0, [])
    assert [one.name for one in sheet.columns if one.spread] == ["50101", "50102"]


def test_quantities_come_in_go_out_and_are_left_at_their_average_price() -> None:
    seeds = replace(ACCOUNTS["12101"], needs=("quantity",), unit="公斤")
    lines = [
        move(date(2026, 9, 3), "12101", 15_000, 0, quantity=100_000),
        move(date(2026, 9, 5), "12101", 0, 5_000, quantity=40_000),
        move(date(2026, 9, 6), "12101", 0, -500, quantity=-4_000),
    ]
    before = (100_000, 10_000, 0, 0)
    sheet = quantity_sheet("V1", seeds, "公斤", SEPTEMBER, (100_000, 10_000), lines, before)
    assert shown(sheet, "in_quantity", "in_price", "in_amount", "out_quantity", "out_price", "out_amount")[2:] == [
        (LINE, 100_000, "1.5000", 15_000, 0, "", 0),
        (LINE, 0, "", 0, 40_000, "1.2500", 5_000),
        (LINE, 0, "", 0, -4_000, "1.2500", -500),
        (MONTH_TOTAL, 100_000, "1.5000", 15_000, 36_000, "1.2500", 4_500),
        (YEAR_TOTAL, 200_000, "1.2500", 25_000, 36_000, "1.2500", 4_500),
    ]
    assert shown(sheet, "balance_quantity", "balance_price", "balance_amount")[-1] == (
        YEAR_TOTAL, 164_000, "1.2500", 20_500,
    )  # fmt: skip
    assert sheet.unit == "数量单位：公斤"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (LedgerRequest(GENERAL, Month(2026, 9), Month(2026, 9), "999"), "账套 V1 没有科目 999"),
        (LedgerRequest(GENERAL, Month(2026, 9), Month(2026, 9)), "请指明科目"),
        (LedgerRequest(JOURNAL, Month(2026, 9), Month(2026, 9), "113"), "113 内部往来 不是现金或银行存款，没有日记账"),
        (
            LedgerRequest(COLUMNS, Month(2026, 9), Month(2026, 9), "101"),
            "101 库存现金 没有下级科目，分不出栏；请看明细账",
        ),
        (
            LedgerRequest(QUANTITIES, Month(2026, 9), Month(2026, 9), "121"),
            "121 库存物资 不记数量；要记，请在“设置”的“科目”里写上计量单位",
        ),
    ],
)
def test_a_ledger_that_the_book_does_not_keep_is_refused_in_a_sentence(asked: LedgerRequest, sentence: str) -> None:
    assert [one.text for one in check_request(asked, ACCOUNTS, "V1")] == [sentence]


def test_columns_that_no_row_fills_are_left_out_where_there_is_no_room() -> None:
    lines = [move(date(2026, 9, 3), "101", 5)]
    ledger = build_ledger("V1", ACCOUNTS["101"], (Month(2026, 9), Month(2026, 9)), 0, lines)
    sheet = detail_sheet(ledger, {})
    less = sheet.without_empty("party", "summary")
    assert [one.name for one in sheet.columns if one not in less.columns] == ["party"]
    assert less.cells_of("debit", LINE) == [5]


def test_quantities_of_different_units_are_not_added() -> None:
    units = {
        code: replace(account, needs=("quantity",), unit=unit)
        for code, unit in (("12101", "公斤"), ("12102", "棵"))
        for account in (ACCOUNTS[code],)
    }
    asked = LedgerRequest(QUANTITIES, Month(2026, 9), Month(2026, 9), "121")
    assert "计量单位不同" in check_request(asked, ACCOUNTS | units, "V1")[0].text
    assert check_request(replace(asked, account="12101"), ACCOUNTS | units, "V1") == []


LEAVES = [code for code, account in ACCOUNTS.items() if account.leaf]
LINES = st.lists(
    st.builds(
        lambda day, code, debit, fen, quantity: move(
            date(2025, 12, 1) + timedelta(day), code, fen if debit else 0, 0 if debit else fen,
            quantity=quantity * (1 if fen > 0 else -1),
        ),
        st.integers(0, 500), st.sampled_from(LEAVES), st.booleans(),
        st.integers(-99_999, 99_999).filter(bool), st.integers(0, 5_000),
    ),
    max_size=40,
).map(lambda lines: sorted(lines, key=lambda one: one.day))  # fmt: skip


@given(LINES, st.integers(1, 12), st.integers(0, 11))
def test_every_kind_of_ledger_ends_where_the_trial_balance_ends(lines: list[Movement], first: int, more: int) -> None:
    span = Span(Month(2026, first), Month(2026, first).plus(more))
    inside = [one for one in lines if span.first.first_day <= one.day <= span.last.last_day]
    opened = [one for one in lines if one.day < span.first.first_day]
    year = [one for one in opened if one.day.year == 2026]
    details = [
        Detail(code, "", net([one for one in opened if one.account == code]),
               sum(one.debit_fen for one in inside if one.account == code),
               sum(one.credit_fen for one in inside if one.account == code))
        for code in LEAVES
    ]  # fmt: skip
    wanted = {row.account: row for row in build_trial_balance("V1", ACCOUNTS, details)}
    for code, account in ACCOUNTS.items():
        mine = [one for one in inside if one.account.startswith(code)]
        before = [one for one in year if one.account.startswith(code)]
        opening = net([one for one in opened if one.account.startswith(code)])
        sums = (sum(one.debit_fen for one in before), sum(one.credit_fen for one in before))
        moved = [
            Turnover(one.account, Month(one.day.year, one.day.month), one.debit_fen, one.credit_fen) for one in mine
        ]
        ledger = build_ledger("V1", account, (span.first, span.last), opening, mine)
        sheets = [
            general_sheet("V1", account, span, opening, moved, sums), detail_sheet(ledger, {}, sums),
            journal_sheet("V1", account, span, opening, mine, {}, sums),
        ]  # fmt: skip
        if not account.leaf:
            earlier = [Turnover(one.account, Month(2026, 1), one.debit_fen, one.credit_fen) for one in before]
            sheets.append(columns_sheet("V1", ACCOUNTS, code, span, opening, mine, earlier))
        row = wanted.get(code)
        for sheet in sheets:
            debit, credit = (sum(sheet.cells_of(name, MONTH_TOTAL)) for name in ("debit", "credit"))  # type: ignore[arg-type]
            assert (debit, credit) == ((row.debit_fen, row.credit_fen) if row else (0, 0))
            assert last_net(sheet) == (row.closing_debit_fen - row.closing_credit_fen if row else 0)
            assert_year_to_date(sheet, sums)
            assert_columns(sheet)


def net(lines: list[Movement]) -> int:
    return sum(one.debit_fen - one.credit_fen for one in lines)


def last_net(sheet: Sheet) -> int:
    side, balance = (sheet.rows[-1].cells[sheet.column(name)] for name in ("side", "balance"))
    assert isinstance(balance, int)
    assert (side == "平") == (balance == 0)
    return -balance if side == "贷" else balance


def assert_year_to_date(sheet: Sheet, before: tuple[int, int]) -> None:
    """Sums of the year are those of its lines and of what moved before them; a new year begins with nothing."""
    sums, months, opened = list(before), [0, 0], False
    for row in sheet.rows:
        both = [row.cells[sheet.column(name)] for name in ("debit", "credit")]
        if row.role == OPENING:
            sums, opened = [0, 0] if opened else list(before), True
        elif row.role == MONTH_TOTAL:
            months = [one or 0 for one in both]  # type: ignore[misc]  # both are set by now
            sums = [a + b for a, b in zip(sums, months, strict=True)]
        elif row.role == YEAR_TOTAL:
            assert both == sums
            assert list(row.carry[:2]) == sums


def assert_columns(sheet: Sheet) -> None:
    """The columns of every row sum to what the row moved."""
    spread = [place for place, one in enumerate(sheet.columns) if one.spread]
    if not spread:
        return
    sign = -1 if "贷方" in sheet.columns[spread[0]].over else 1
    for row in sheet.rows:
        debit, credit = row.cells[sheet.column("debit")], row.cells[sheet.column("credit")]
        if isinstance(debit, int) and isinstance(credit, int):
            assert sum(row.cells[place] for place in spread) == sign * (debit - credit)  # type: ignore[misc]  # both are set by now


@given(LINES)
def test_what_is_left_is_what_came_in_less_what_went_out(lines: list[Movement]) -> None:
    seeds = replace(ACCOUNTS["12101"], needs=("quantity",), unit="公斤")
    mine = [one for one in lines if one.day.year == 2026]
    sheet = quantity_sheet("V1", seeds, "公斤", YEAR, (7, 70), mine, (0, 0, 0, 0))
    quantity, amount = (
        sum(sheet.cells_of(f"in_{name}", MONTH_TOTAL)) - sum(sheet.cells_of(f"out_{name}", MONTH_TOTAL))  # type: ignore[arg-type]
        for name in ("quantity", "amount")
    )
    assert sheet.rows[-1].cells[sheet.column("balance_quantity")] == 7 + quantity
    assert sheet.rows[-1].cells[sheet.column("balance_amount")] == 70 + amount == 70 + net(mine)
