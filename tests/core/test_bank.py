"""Matching and reconciling: every item once, sums that agree, the same answer for the same items; banks' own tables."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.bank import (
    BANK,
    BANK_PAID,
    BANK_RECEIVED,
    BOOK,
    BOOK_PAID,
    BOOK_RECEIVED,
    CERTAIN,
    INSIDE,
    LIKELY,
    ONE_TO_MANY,
    ONE_TO_ONE,
    PARTIAL,
    POSSIBLE,
    BankLine,
    BankMatch,
    Columns,
    MoneyItem,
    build_reconciliation,
    check_balances,
    check_match,
    clean_line,
    guess_columns,
    kind_of,
    propose_matches,
    read_bank_day,
    read_lines,
)
from villagebooks.core.period import Month
from villagebooks.formats.bank import read_words
from villagebooks.paths import resource

SEPTEMBER = Month(2026, 9)
WORDS = read_words(Path(resource("bank", "columns.csv")))


def item(side: str, number: int, day: int, fen: int, words: str = "", month: int = 9) -> MoneyItem:
    return MoneyItem(side, f"{side}{number}", number, date(2026, month, day), fen, words, f"{side}-{number}")


def book(number: int, day: int, fen: int, words: str = "", month: int = 9) -> MoneyItem:
    return item(BOOK, number, day, fen, words, month)


def bank(number: int, day: int, fen: int, words: str = "", month: int = 9) -> MoneyItem:
    return item(BANK, number, day, fen, words, month)


def told(*items: MoneyItem) -> list[tuple[str, str, list[str]]]:
    found = propose_matches([i for i in items if i.side == BOOK], [i for i in items if i.side == BANK])
    return [(one.kind, one.confidence, [i.title for i in one.items]) for one in found]


def test_equal_amounts_a_day_apart_belong_together() -> None:
    assert told(book(7, 11, -240_000), bank(6, 12, -240_000)) == [(ONE_TO_ONE, CERTAIN, ["book-7", "bank-6"])]


def test_of_equal_amounts_the_nearest_day_and_the_likest_words_win() -> None:
    found = told(
        book(1, 5, -100, "付张三误工补贴"), book(2, 5, -100, "付李四误工补贴"),
        bank(1, 5, -100, "转账 李四"), bank(2, 5, -100, "转账 张三"),
    )  # fmt: skip
    assert [names for _kind, _sure, names in found] == [["book-1", "bank-2"], ["book-2", "bank-1"]]


def test_one_voucher_that_the_bank_paid_in_several_transfers() -> None:
    found = told(book(1, 5, -600), bank(1, 5, -100), bank(2, 5, -200), bank(3, 5, -300), bank(4, 6, -50))
    assert found == [(ONE_TO_MANY, LIKELY, ["book-1", "bank-1", "bank-2", "bank-3"])]


def test_several_vouchers_that_the_bank_took_as_one_sum() -> None:
    found = told(book(1, 5, 1_000), book(2, 5, 2_300), bank(1, 6, 3_300))
    assert found == [("many_to_one", LIKELY, ["book-1", "book-2", "bank-1"])]


def test_two_ways_to_add_up_are_only_possible() -> None:
    found = told(book(1, 5, -300), bank(1, 4, -100), bank(2, 5, -200), bank(3, 6, -100), bank(4, 7, -200))
    assert {(kind, sure) for kind, sure, _names in found} == {(ONE_TO_MANY, POSSIBLE)}


def test_what_the_bank_sent_back_and_took_again_is_a_pair_that_the_books_never_saw() -> None:
    found = told(
        book(11, 18, -320_000, "付第三村民小组分成"), bank(8, 18, -320_000, "转账 第三村民小组"),
        bank(9, 19, 320_000, "退汇 户名不符"), bank(11, 22, -320_000, "转账 第三村民小组"),
    )  # fmt: skip
    assert found == [(ONE_TO_ONE, CERTAIN, ["book-11", "bank-8"]), (INSIDE, LIKELY, ["bank-9", "bank-11"])]


def test_wages_of_which_one_card_did_not_work_leave_a_rest() -> None:
    found = propose_matches([book(14, 25, -1_135_000, "发放9月村干部报酬")], [bank(12, 25, -908_000, "代发工资 4笔")])
    assert [(one.kind, one.sure, one.rest_fen) for one in found] == [(PARTIAL, True, -227_000)]


def test_a_cheque_carried_for_weeks_is_offered_and_not_taken() -> None:
    assert told(book(1, 1, -500), bank(1, 28, -500)) == [(ONE_TO_ONE, POSSIBLE, ["book-1", "bank-1"])]


days = st.integers(0, 70).map(lambda n: date(2026, 8, 1) + timedelta(n))
amounts = st.sampled_from([100, 200, 300, 500, 800, 1_300, 2_600]).flatmap(lambda fen: st.sampled_from([fen, -fen]))
rows = st.lists(st.tuples(days, amounts, st.sampled_from(["", "代发工资", "退汇", "转账 张三"])), max_size=14)


def items_of(side: str, found: list[tuple[date, int, str]]) -> list[MoneyItem]:
    return [
        MoneyItem(side, side, place, day, fen, words, str(place))
        for place, (day, fen, words) in enumerate(sorted(found))
    ]


@given(rows, rows)
def test_no_item_is_matched_twice_and_sums_agree(books: list, banks: list) -> None:
    one, two = items_of(BOOK, books), items_of(BANK, banks)
    found = propose_matches(one, two)
    keys = [item.key for proposal in found for item in proposal.items]
    assert len(keys) == len(set(keys))
    assert set(keys) <= {item.key for item in (*one, *two)}
    for proposal in found:
        assert (proposal.kind == PARTIAL) == (proposal.rest_fen != 0)
        assert len(proposal.items) > 1
    assert found == propose_matches(one, two)


@given(rows, rows, st.integers(-1_000_000, 1_000_000))
def test_adjusted_balances_are_equal_whatever_was_matched_and_whenever_one_looks(
    books: list, banks: list, opening: int
) -> None:
    """Both sides began with the same balance, so whatever is open explains what they differ by, month after month."""
    one, two = items_of(BOOK, books), items_of(BANK, banks)
    found = [
        BankMatch(str(place), proposal.kind, "auto", "", "", "", "", proposal.items)
        for place, proposal in enumerate(propose_matches(one, two))
    ]
    used = {item.key for match in found for item in match.items}
    free = [item for item in (*one, *two) if item.key not in used]
    for month in (Month(2026, 8), SEPTEMBER, Month(2026, 10)):
        balances = [opening + sum(i.amount_fen for i in side if i.day <= month.last_day) for side in (one, two)]
        sheet = build_reconciliation(("10201", "基本户"), month, (balances[0], balances[1]), free, found)
        assert sheet.unknown_fen == 0
        assert all(item.amount_fen > 0 for item in sheet.items)


def test_open_items_stand_in_their_four_groups_and_a_difference_is_named() -> None:
    free = [book(1, 3, 500), book(2, 4, -300), bank(1, 5, 700), bank(2, 6, -50)]
    sheet = build_reconciliation(("10201", "基本户"), SEPTEMBER, (10_200, 10_550), free, [])
    assert [(one.group, one.amount_fen) for one in sheet.items] == [
        (BANK_RECEIVED, 700), (BANK_PAID, 50), (BOOK_RECEIVED, 500), (BOOK_PAID, 300),
    ]  # fmt: skip
    assert (sheet.adjusted_book_fen, sheet.adjusted_bank_fen, sheet.unknown_fen) == (10_850, 10_750, 100)


def test_what_was_matched_later_is_open_at_the_end_of_the_month_before() -> None:
    match = BankMatch("m", ONE_TO_ONE, "auto", "", "", "", "", (book(1, 28, -500), bank(1, 8, -500, month=10)))
    september = build_reconciliation(("10201", ""), SEPTEMBER, (0, 500), [], [match])
    assert [(one.group, one.amount_fen) for one in september.items] == [(BOOK_PAID, 500)]
    assert build_reconciliation(("10201", ""), Month(2026, 10), (0, 0), [], [match]).items == ()


def test_by_hand_two_at_least_whose_sums_agree() -> None:
    one, two, three = book(1, 3, -500), bank(1, 3, -300), bank(2, 3, -200)
    assert check_match([one, two, three]) == []
    assert kind_of([one, two, three]) == ONE_TO_MANY
    assert ["至少选两笔" in problem.text for problem in check_match([two])] == [True, False]
    assert [problem.text for problem in check_match([one, two])] == [
        "两边相差 2.00 元；银行只办了一部分的，选“留下差额”"
    ]
    assert check_match([one, two], rest_allowed=True) == []
    assert check_match([two, three]) != []
    assert check_match([bank(3, 1, 300), two]) == []


def grid(*rows: str) -> list[tuple[str, ...]]:
    found = [tuple(row.split(",")) for row in rows]
    width = max(map(len, found))
    return [row + ("",) * (width - len(row)) for row in found]


def read(*rows: str, opening: int | None = None):
    table = grid(*rows)
    return read_lines(table, guess_columns(table, WORDS), WORDS, opening)


def test_a_bank_s_table_with_heads_above_newest_first_and_debit_as_what_goes_out() -> None:
    found = read(
        "账户明细查询,,,,", "户名：老秤湾村,账号：6228********1234,,,",
        "交易时间,借方发生额,贷方发生额,账户余额,对方户名,摘要",
        "2026/9/5 10:11:12,,14400.00,15000.00,冉光才,转账收入", "20260903,¥400.00,,600.00,县供电公司,电费",
        "20260902,,1000.00,1000.00,县财政局,拨款", "合计,400.00,15400.00,,,",
    )  # fmt: skip
    assert [(line.day.day, line.amount_fen, line.balance_fen) for line in found.lines] == [
        (2, 100_000, 100_000), (3, -40_000, 60_000), (5, 1_440_000, 1_500_000),
    ]  # fmt: skip
    assert (found.opening_fen, found.closing_fen, found.problems) == (0, 1_500_000, ())
    assert found.lines[2].counterparty == "冉光才"
    assert check_balances(0, 1_500_000, found.lines) == []


def test_one_column_of_amounts_with_a_direction_or_a_sign() -> None:
    found = read(
        "日期,摘要,借贷标志,交易金额,余额", "2026年9月2日,拨款,贷,100.00,100.00", "2026-09-03,电费,借,40.00,60.00"
    )
    assert [line.amount_fen for line in found.lines] == [10_000, -4_000]
    signed = read("日期,摘要,金额", "2026-09-02,拨款,100.00", "2026-09-03,电费,-40.00", opening=500)
    assert [(line.amount_fen, line.balance_fen) for line in signed.lines] == [(10_000, 10_500), (-4_000, 6_500)]
    strange = read("日期,摘要,借贷标志,交易金额", "2026-09-02,拨款,?,100.00")
    assert [str(one) for one in strange.problems] == ["第 2 行：收支方向“?”看不懂"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("9月2日,拨款,,100.00,100.00", "第 2 行：日期“9月2日”看不懂"),
        ("2026-09-02,拨款,1.00,100.00,100.00", "第 2 行：收入和支出两列都有金额"),
        ("2026-09-02,拨款,,一百,100.00", "第 2 行：金额“一百”看不懂"),
        ("2026-09-02,拨款,,100.00,x", "第 2 行：余额“x”看不懂"),
    ],
)
def test_a_row_that_is_unclear_is_told_by_its_line(row: str, sentence: str) -> None:
    assert [str(one) for one in read("日期,摘要,支出,收入,余额", row).problems] == [sentence]


def test_a_file_without_a_head_is_told() -> None:
    assert "没有找到表头" in read("a,b", "1,2").problems[0].text


def test_a_line_that_was_taken_out_breaks_the_balances() -> None:
    lines = [BankLine(1, date(2026, 9, 2), "拨款", 100, 100), BankLine(2, date(2026, 9, 3), "电费", -40, 30)]
    assert [str(one) for one in check_balances(0, 30, lines)] == [
        "第 2 笔：2026-09-03 电费 之后余额应是 0.60 元，文件里是 0.30 元：中间少了、多了或错了一行"
    ]


def test_columns_chosen_before_are_used_while_the_table_has_them() -> None:
    table = grid("日期,记账日期,摘要,收入,支出", "2026-09-02,2026-09-03,x,1,")
    kept = Columns("记账日期", "摘要", "支出", "收入")
    assert guess_columns(table, WORDS, kept) == kept
    assert guess_columns(grid("日期,摘要,收入,支出", "2026-09-02,x,1,"), WORDS, kept).day == "日期"


def test_no_account_number_is_kept() -> None:
    line = clean_line(
        BankLine(1, date(2026, 9, 2), "转账 6228480123456789012 张三", 1, 1, "张三 62284801 23456789", "N1")
    )
    assert (line.summary, line.counterparty) == ("转账 ＊＊＊＊ 张三", "张三 ＊＊＊＊")
    assert clean_line(BankLine(1, date(2026, 9, 2), "收据0012351", 1, 1)).summary == "收据0012351"


@pytest.mark.parametrize("text", ["2026-9-2", "2026/09/02 08:00", "2026.09.02", "20260902", "2026年9月2日"])
def test_days_as_banks_write_them(text: str) -> None:
    assert read_bank_day(text) == date(2026, 9, 2)
    assert read_bank_day("2026-02-30") is None


def test_a_table_without_a_readable_row_and_without_a_balance_is_not_taken_for_a_quiet_month() -> None:
    table = [("交易日期", "摘要", "收入", "支出", "余额"), ("2026-13-05", "测试", "一百", "", "一百")]
    read = read_lines(table, guess_columns(table, WORDS), WORDS)
    assert next(str(one) for one in read.problems).startswith("表头下面没有读出一笔收支")
