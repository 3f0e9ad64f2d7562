"""Opening a book in the window's way: the same books as the import of the same list; shortages stand apart."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.pdf.reading import words_of
from tests.services.conftest import line
from tests.services.test_opening import BOOKS, CASE, SEPTEMBER, TOTAL_ASSETS, amounts, fen, figures, taken_over_tables
from villagebooks.core.account import Account
from villagebooks.core.history import columns_of
from villagebooks.core.opening import (
    BANK_FOUND,
    CASH_FOUND,
    HandItem,
    HandOver,
    OpeningRow,
    TakeOver,
    read_opening_table,
    split_text,
)
from villagebooks.core.period import Month, read_span
from villagebooks.core.problem import Refused
from villagebooks.core.statement import BALANCE_SHEET, INCOME
from villagebooks.core.village import Village
from villagebooks.core.voucher import POSTED, Draft
from villagebooks.db import balance
from villagebooks.db import book as book_rows
from villagebooks.db import history as history_rows
from villagebooks.db.books import open_books
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.ledger import ledger, trial_balance
from villagebooks.services.office import create_office, new_book, open_book
from villagebooks.services.opening import (
    check_opening,
    hand_overs,
    open_balances,
    preview_opening,
    read_opening_book,
    read_opening_file,
)
from villagebooks.services.opening.printing import print_hand_over
from villagebooks.services.statement import statement
from villagebooks.services.voucher import save_voucher

LIST = CASE / "opening_and_ytd_to_2026-08.csv"
AUGUST = Month(2026, 8)


def accounts() -> list[Account]:
    with (CASE / "three_tables/accounts.csv").open(encoding="utf-8") as file:
        found = [
            Account(row["code"], row["name"], int(row["level"]), row["parent"], row["side"], row["leaf"] == "1")
            for row in csv.DictReader(file)
        ]
    return [*found, Account("181", "待处理财产损溢", 1, "", "B", leaf=True)]


def make_empty(place: Path | str, start: Month = SEPTEMBER.first) -> Office:
    """A centre with the six books of the case, each to begin in September, still empty."""
    office = create_office(place, "白雁河镇", "990123")
    for code in BOOKS:
        book = new_book(code, code[:3], f"{code}村", "代行", "2023", start)
        open_book(office, Village(code[:3], f"{code[:3]}村"), book, accounts())
    return office


@pytest.fixture
def office(made_once: Callable[..., Path | str]) -> Iterator[Office]:
    office = Office(open_books(made_once(make_empty)))
    yield office
    office.books.close()


def desk_on(office: Office, code: str = "V04") -> Desk:
    return open_desk(Office(office.books, "冯素芳"), code, Month(2026, 9))


def taken(desk: Desk) -> TakeOver:
    read = read_opening_file(desk, LIST)
    assert read.problems == ()
    return TakeOver(desk.book.code, AUGUST, read.rows)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Office]:
    """The whole history, and the same township opened in the window's way with the vouchers of September behind it."""
    folder = tmp_path_factory.mktemp("window")
    full = create_office(folder / "full.vbooks", "白雁河镇", "990123")
    import_history(full, CASE / "three_tables")
    opened = make_empty(folder / "opened.vbooks")
    for code in BOOKS:
        desk = desk_on(opened, code)
        open_balances(desk, taken(desk))
        book_september(full, opened, code)
    return full, opened


def book_september(source: Office, target: Office, code: str) -> None:
    """What posting does to rows and balances, without the signatures."""
    with source.books.read() as connection:
        found = history_rows.all_vouchers(connection, book_rows.book_id(connection, code))
    with target.books.write() as connection:
        row, first = book_rows.book_id(connection, code), history_rows.last_voucher_id(connection) + 1
        mine = [replace(one, reverses="") for one in found if one.state == POSTED and one.month == Month(2026, 9)]
        with history_rows.HistoryWriter(connection, "2026-10-01T00:00:00+00:00") as writer:
            if mine:
                writer.write(history_rows.Batch(row, first, [one.digest for one in mine], columns_of(mine)))
        for one in mine:
            balance.add_lines(connection, row, 2026, 9, one.kind, one.lines)


@pytest.mark.parametrize("first", [Month(2026, 1), Month(2026, 9)])
def test_september_and_its_year_sums_are_those_of_the_full_history(both: tuple[Office, Office], first: Month) -> None:
    full, opened = (figures(trial_balance(office, "all", first, Month(2026, 9)).rows) for office in both)
    assert len(full) > 200
    assert full == opened


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("kind", [BALANCE_SHEET, INCOME])
@pytest.mark.parametrize("period", ["2026-09", "2026", "2027-09"])
def test_statements_are_those_of_the_full_history(
    both: tuple[Office, Office], book: str, kind: str, period: str
) -> None:
    span = read_span(period)
    assert span is not None
    full, opened = (statement(open_desk(office, book, span.last), kind, span) for office in both)
    assert full.rows == opened.rows


@pytest.mark.parametrize("book", BOOKS)
def test_total_assets_are_the_figures_of_the_case_and_113_is_not_netted(both: tuple[Office, Office], book: str) -> None:
    office = both[1]
    sheet = amounts(statement(open_desk(office, book, SEPTEMBER.last), BALANCE_SHEET, SEPTEMBER), "closing")
    assert sheet["23"] == sheet["39"] == fen(TOTAL_ASSETS[book])
    if book == "V01":
        rows = {row.account: row for row in trial_balance(office, book, AUGUST.next(), AUGUST.next()).rows}
        assert (rows["113"].opening_debit_fen, rows["113"].opening_credit_fen) == (186_000, 320_000)


def test_the_same_openings_csv_gives_the_same_books_by_import_and_by_the_window(
    office: Office, new_place: Callable[[], Path | str], tmp_path: Path
) -> None:
    folder = taken_over_tables(tmp_path / "tables")
    (folder / "lines.csv").unlink()
    other = create_office(new_place(), "白雁河镇", "990123")
    import_history(other, folder)
    for code in BOOKS:
        desk = desk_on(office, code)
        read = read_opening_file(desk, folder / "openings.csv")
        assert (read.problems, read.month) == ((), AUGUST)
        open_balances(desk, TakeOver(code, AUGUST, read.rows))
    rows = [sorted_lines(one) for one in (office, other)]
    assert len(rows[0]) > 150
    assert rows[0] == rows[1]
    assert [str(one) for one in check_books(office, deep=True) if one.severity == "error"] == []
    assert figures(trial_balance(office, "all", Month(2026, 1), AUGUST).rows) == figures(
        trial_balance(other, "all", Month(2026, 1), AUGUST).rows
    )
    other.books.close()


def sorted_lines(office: Office) -> list[tuple[object, ...]]:
    query = (
        "SELECT b.code, v.year, v.month, v.number, v.kind, v.day, l.account, l.party, l.debit_fen, l.credit_fen, "
        "l.summary FROM voucher v JOIN voucher_line l ON l.voucher = v.id JOIN book b ON b.id = v.book"
    )
    with office.books.read() as connection:
        return sorted(tuple(row) for row in connection.execute(text(query)))


def test_the_preview_is_the_trial_balance_that_results(office: Office) -> None:
    desk = desk_on(office)
    take = taken(desk)
    shown = preview_opening(desk, take, None)
    assert check_opening(desk, take, None) == []
    assert read_opening_book(desk).empty
    open_balances(desk, take)
    assert not read_opening_book(desk).empty
    assert shown.rows == trial_balance(office, "V04", Month(2026, 1), AUGUST).rows
    with pytest.raises(Refused, match="账套 V04 里已有凭证"):
        open_balances(desk, take)


def record(desk: Desk, found: int, settled_on: str = "", **more: str) -> HandOver:
    """The old cashier should have 2,913.40 and 112,145.22 in the bank."""
    items = (
        HandItem(CASH_FOUND, "库存现金", "101", 0, 291_340, found, settled_on),
        HandItem(BANK_FOUND, "基本户", "10201", 0, 11_214_522, 11_214_522),
        HandItem("receipts", "空白收据", "0013001—0013050", 50), HandItem("papers", "未报单据", "", 7, 0, 128_600),
    )  # fmt: skip
    people = {"giver": "甘玉兰", "receiver": "冯素芳", "watcher": "屈明礼", **more}
    return HandOver("", date(2026, 8, 31), items=items, remark="日记账两本、公章未交", **people)


def test_what_is_short_is_a_line_of_its_own_on_113_of_who_handed_over(office: Office) -> None:
    desk = desk_on(office)
    take = taken(desk)
    with pytest.raises(Refused, match=r"库存现金 账上 2,913.40 元，实有 2,413.40 元，差 500.00 元：.*不能挤进权益"):
        open_balances(desk, take, record(desk, 241_340))
    with pytest.raises(Refused, match="不能挤进权益"):
        open_balances(desk, take, record(desk, 241_340, "32202"))
    with pytest.raises(Refused, match="不能是同一个人"):
        open_balances(desk, take, record(desk, 241_340, "113", watcher="甘玉兰"))
    told = open_balances(desk, take, record(desk, 241_340, "113"))
    assert told == []
    rows = {row.account: row for row in trial_balance(office, "V04", Month(2026, 9), Month(2026, 9)).rows}
    assert rows["101"].opening_debit_fen == 241_340
    assert rows["113"].opening_debit_fen == 3_848_000 + 50_000
    assert rows["32202"].opening_debit_fen == 3_861_578
    own = ledger(desk, "113", Month(2026, 1), Month(2026, 9), "甘玉兰")
    assert [(one.summary, one.debit_fen) for one in own.lines] == [("移交时短少：库存现金", 50_000)]
    assert [one.giver for one in hand_overs(desk)] == ["甘玉兰"]
    assert [str(one) for one in check_books(office, deep=True) if one.severity == "error"] == []


def test_what_is_short_may_wait_on_181_and_more_than_expected_too(office: Office) -> None:
    desk = desk_on(office)
    told = open_balances(desk, taken(desk), record(desk, 301_340, "181"))
    assert told == ["账套 V04 接手时 181 待处理财产损溢 有 -100.00 元没有查清"]
    rows = {row.account: row for row in trial_balance(office, "V04", Month(2026, 9), Month(2026, 9)).rows}
    assert (rows["101"].opening_debit_fen, rows["181"].opening_credit_fen) == (301_340, 10_000)


def test_a_record_of_other_balances_is_refused(office: Office) -> None:
    desk = desk_on(office)
    other = record(desk, 291_340)
    wrong = replace(other, items=(replace(other.items[0], book_fen=291_341, found_fen=291_341),))
    with pytest.raises(Refused, match="库存现金 的账面数和余额表不一样"):
        open_balances(desk, taken(desk), wrong)


def test_the_record_is_printed_in_three_copies_with_places_to_sign(office: Office, tmp_path: Path) -> None:
    desk = desk_on(office)
    open_balances(desk, taken(desk), record(desk, 241_340, "113"))
    out = print_hand_over(desk, tmp_path / "移交.pdf")
    words = words_of(out).replace(" ", "").replace("\u3000", "")
    for copy in ("第一联移交人", "第二联接收人", "第三联监交人（存档）"):
        assert copy in words
    for part in ("账务移交清单", "2,913.40", "2,413.40", "短少500.00", "0013001—0013050", "移交人：甘玉兰", "龙德彪"):
        assert words.count(part) >= 3, part


def test_what_does_not_add_up_is_refused_row_by_row(office: Office) -> None:
    desk = desk_on(office)
    rows = (OpeningRow("101", 10_000, 0, 0), OpeningRow("301", -9_000, 0, 0), OpeningRow("101", 1, 0, 0))
    problems = check_opening(desk, TakeOver("V04", AUGUST, rows), None)
    assert [str(one) for one in problems] == [
        "101 库存现金：这一明细已有一行，请合成一行", "账套 V04 的年初余额不平，借方多 10.01 元",
        "移交时短少的钱物要单独列一行：记 113 内部往来（移交人）或 181 待处理财产损溢，不能挤进权益",
    ]  # fmt: skip
    with pytest.raises(Refused, match="余额要到 2026-08 为止"):
        open_balances(desk, TakeOver("V04", Month(2026, 7), rows))
    with pytest.raises(Refused, match="一笔余额也没有"):
        open_balances(desk, TakeOver("V04", AUGUST, ()))


def test_a_book_that_begins_in_january_has_its_opening_the_day_before(new_place: Callable[[], Path | str]) -> None:
    office = make_empty(new_place(), Month(2026, 1))
    desk = open_desk(office, "V04", Month(2026, 1))
    rows = (OpeningRow("101", 10_000, 0, 0), OpeningRow("301", -10_000, 0, 0))
    record_of = HandOver(
        "", date(2025, 12, 31), "甘玉兰", "冯素芳", "屈明礼",
        (HandItem(CASH_FOUND, "库存现金", "101", 0, 10_000, 9_000, "113"),),
    )  # fmt: skip
    open_balances(desk, TakeOver("V04", Month(2025, 12), rows), record_of)
    with office.books.read() as connection:
        kept = connection.execute(text("SELECT year, month, number, kind, day FROM voucher")).all()
    assert [tuple(one) for one in kept] == [(2026, 0, 0, "opening", "2025-12-31")]
    found = {row.account: row for row in trial_balance(office, "V04", Month(2026, 1), Month(2026, 1)).rows}
    assert (found["101"].opening_debit_fen, found["113"].opening_debit_fen) == (9_000, 1_000)
    assert [str(one) for one in check_books(office, deep=True) if one.severity == "error"] == []
    office.books.close()


def test_vouchers_go_on_after_the_opening(office: Office) -> None:
    desk = desk_on(office)
    open_balances(desk, taken(desk))
    lines = (line("5130102", 100), line("101", credit=100))
    assert save_voucher(desk, Draft(date(2026, 9, 1), lines, attachment_count=1)).number == 1
    with pytest.raises(Refused, match="账套从 2026-09 开始"):
        save_voucher(desk, Draft(date(2026, 8, 31), lines, attachment_count=1))


def book_accounts() -> dict[str, Account]:
    return {one.code: one for one in accounts()}


def test_pasted_tables_may_stand_in_many_ways() -> None:
    wanted = (OpeningRow("101", 81_230, 2_400_000, 2_437_580), OpeningRow("113", -320_000, 0, 0, party="第三村民小组"))
    head = "科目代码\t科目名称\t往来\t年初借方\t年初贷方\t累计借方\t累计贷方\n"
    for pasted in (
        head + "101\t库存现金\t\t812.30\t\t24,000.00\t24,375.80\n113\t内部往来\t第三村民小组\t\t3200\t\t",
        "101\t\t812.30\t\t24,000.00\t24,375.80\n113\t第三村民小组\t\t3,200.00\t\t",
        "科目,往来,方向,期初余额,本年累计借方,本年累计贷方\n101,,借,812.30,24000,24375.80\n113,第三村民小组,贷,3200,,",
        "101\t库存现金\t812.30\t\t24,000.00\t24,375.80\n113\t第三村民小组\t\t3,200.00\t\t",
        ("科目编码,科目名称,往来,期末余额（借方）,期末余额（贷方）,累计借方,累计贷方\n"
        "101,库存现金,,436.50,,24000,24375.80\n113,内部往来,第三村民小组,,3200.00,,"),
        "代码,明细,方向,累计借方,累计贷方,期末余额\n101,,借,24000,24375.80,436.50\n113,第三村民小组,贷,,,3200.00",
    ):  # fmt: skip
        read = read_opening_table(split_text(pasted), "V01", book_accounts())
        assert (read.problems, read.rows) == ((), wanted), pasted
    parents = read_opening_table(split_text("102\t\t5\t\t\t\n10201\t\t5\t\t\t"), "V01", book_accounts())
    assert [one.account for one in parents.rows] == ["10201"]


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("101\t\tabc\t\t\t", "第 1 行：金额“abc”看不懂"),
        ("999\t\t1\t\t\t", "第 1 行：没有科目 999，请先到“科目”里增设"),
        ("科目,年初余额,累计借方,累计贷方,期末余额\n101,1.00,2.00,0,4.00",
         "第 2 行：科目 101 年初余额加减发生额是 3.00 元，表里的期末余额是 4.00 元"),
        ("账套,科目,年初余额\nV02,101,1.00", "里面没有账套 V01 的余额"),
    ],
)  # fmt: skip
def test_what_is_unclear_in_a_pasted_table_is_told_by_its_line(pasted: str, sentence: str) -> None:
    read = read_opening_table(split_text(pasted), "V01", book_accounts())
    assert [str(one) for one in read.problems] == [sentence]


def test_the_record_is_kept_as_it_was_typed(office: Office) -> None:
    desk = desk_on(office)
    open_balances(desk, taken(desk), record(desk, 291_340))
    kept = hand_overs(desk)[0]
    assert [(one.kind, one.count, one.number) for one in kept.items[2:]] == [
        ("receipts", 50, "0013001—0013050"), ("papers", 7, "")
    ]  # fmt: skip
    assert kept.recorded_by == "冯素芳"
