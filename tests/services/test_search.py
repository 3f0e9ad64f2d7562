"""Vouchers of several books and months are found by what people know of them, page by page in any order."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event

from tests.services.conftest import Grow, Staff, build_accounts, simple_paper
from tests.services.finding import all_found
from villagebooks.core.period import Month
from villagebooks.core.search import (
    AMOUNT,
    DAY,
    NUMBER,
    STATE,
    VILLAGE,
    FoundVoucher,
    Ordered,
    VoucherQuery,
    read_search,
)
from villagebooks.core.village import Village
from villagebooks.core.voucher import Draft, Line
from villagebooks.db.search import found_rows, order, ordered_rows
from villagebooks.services.account import read_entry_book
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.desk import Office, open_desk
from villagebooks.services.office import new_book, open_book
from villagebooks.services.paper import draft_voucher, save_paper
from villagebooks.services.search import order_vouchers, read_found, total_found, total_of_rows
from villagebooks.services.voucher import save_voucher, void_voucher

ORDERS = (DAY, NUMBER, VILLAGE, AMOUNT, STATE)


@pytest.fixture
def two_books(office: Office, grow: Grow) -> Office:
    grow(lambda: fill_two_books(office))
    return office


def fill_two_books(office: Office) -> None:
    book = new_book("V02", "V02", "竹坪村", "集体经济组织", "2023", Month(2026, 1))
    open_book(office, Village("V02", "竹坪村"), book, build_accounts())
    things = (
        ("V01", date(2026, 3, 5), "电费", 126_050), ("V01", date(2026, 3, 9), "买打印纸", 7_400),
        ("V01", date(2026, 8, 1), "电费", 500_000), ("V02", date(2026, 3, 7), "修水渠100%完工", 180_000),
        ("V02", date(2026, 3, 31), "电费", 126_050), ("V02", date(2026, 9, 2), "误工补助", 99),
    )  # fmt: skip
    for code, day, words, fen in things:
        desk = open_desk(Office(office.books, "冯素芳"), code, Month(day.year, day.month))
        lines = (Line(words, "51302", fen), Line(f"付{words}", "101", 0, fen))
        saved = save_voucher(desk, Draft(day, lines, attachment_count=1))
        if words == "误工补助":
            void_voucher(desk, saved.uid)


def titles(found: list[FoundVoucher]) -> list[str]:
    return [f"{one.book} {one.month} {one.title}" for one in found]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("记-2", ["V01 2026-03 记-2", "V02 2026-03 记-2"]), ("2026-03 记1", ["V01 2026-03 记-1", "V02 2026-03 记-1"]),
        ("电费", ["V01 2026-03 记-1", "V02 2026-03 记-2", "V01 2026-08 记-1"]),
        ("竹坪 电费", ["V02 2026-03 记-2"]),
        ("v02 电费", ["V02 2026-03 记-2"]), ("付电费 2026-08", ["V01 2026-08 记-1"]),
        ("1,260.50", ["V01 2026-03 记-1", "V02 2026-03 记-2"]), ("1260", ["V01 2026-03 记-1", "V02 2026-03 记-2"]),
        (">1500", ["V02 2026-03 记-1", "V01 2026-08 记-1"]), ("70..80", ["V01 2026-03 记-2"]),
        ("作废", ["V02 2026-09 记-1"]), ("0%", ["V02 2026-03 记-1"]), ("_", []), ("冯素芳 5000", ["V01 2026-08 记-1"]),
        ("没有的", []),
    ],
)  # fmt: skip
def test_a_voucher_is_found_by_what_people_know_of_it(two_books: Office, words: str, expected: list[str]) -> None:
    query = VoucherQuery(words)
    found = all_found(two_books, query)
    assert titles(found) == expected
    assert total_found(two_books, query) == sum(one.total_fen for one in found if one.state != "void")
    assert total_of_rows(two_books, [one.row for one in found]) == total_found(two_books, query)
    for book in ("V01", "V02"):
        within = all_found(two_books, VoucherQuery(words, book=book))
        assert titles(within) == [one for one in expected if one.startswith(book)]


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("误工补助（组长）", "（组长）"), ("误工补助（组长）", "补助(组长)"), ("误工补助(组长)", "补助（组长）"),
        ("修路120㎡", "120㎡"), ("修路，第①段", "修路，第①段"), ("买肥料：两袋！", "肥料:两袋！"),
    ],
)  # fmt: skip
def test_words_with_wide_signs_are_found_as_they_stand_and_as_they_are_typed(
    two_books: Office, kept: str, typed: str
) -> None:
    desk = open_desk(Office(two_books.books, "冯素芳"), "V01", Month(2026, 4))
    lines = (Line(kept, "51302", 100), Line("付款", "101", 0, 100))
    saved = save_voucher(desk, Draft(date(2026, 4, 1), lines))
    assert [one.uid for one in all_found(two_books, VoucherQuery(typed))] == [saved.uid]
    assert all_found(two_books, VoucherQuery(typed))[0].summary == kept


@pytest.mark.parametrize(
    "words",
    ["电费" * 30_000, "电 " * 20_000, "电\0费", "😀 \u202e", "1" * 5_000, "''); DROP TABLE voucher; --", "\\", "¼ ² ①"],
)
def test_a_letter_pasted_into_the_search_breaks_nothing(two_books: Office, words: str) -> None:
    for book in ("", "V01"):
        found = all_found(two_books, VoucherQuery(words, book=book))
        assert total_found(two_books, VoucherQuery(words, book=book)) == sum(
            one.total_fen for one in found if one.state != "void"
        )


def test_the_row_shows_the_summary_that_was_looked_for(two_books: Office) -> None:
    assert all_found(two_books, VoucherQuery("付修水渠"))[0].summary == "付修水渠100%完工"
    assert all_found(two_books, VoucherQuery("修水渠"))[0].summary == "修水渠100%完工"


def test_a_voucher_is_found_by_its_party(two_books: Office) -> None:
    desk = open_desk(Office(two_books.books, "冯素芳"), "V01", Month(2026, 9))
    lines = (Line("付修水渠工钱", "51302", 200, party="陈金山"), Line("付修水渠工钱", "101", 0, 200))
    save_voucher(desk, Draft(date(2026, 9, 1), lines, attachment_count=1))
    for book in ("", "V01"):
        (found,) = all_found(two_books, VoucherQuery("金山", book=book))
        assert (found.party, found.title) == ("陈金山", "记-1")
    assert all_found(two_books, VoucherQuery("金山", book="V02")) == []


@pytest.mark.parametrize("words", ["报1", "00000123", "墨香", "报账单第1号 742.60"])
def test_a_voucher_is_found_by_its_paper_its_invoice_and_who_was_paid(
    two_books: Office, staff: Staff, words: str
) -> None:
    desk = open_desk(Office(two_books.books, "冯素芳"), "V01", Month(2026, 9))
    paper = save_paper(desk, simple_paper())
    attest_paper(desk, paper.uid, staff.agent, scan="ab" * 32)
    accept_paper(desk, paper.uid)
    draft = draft_voucher(desk, [paper.uid])
    saved = save_voucher(desk, replace(draft, lines=(replace(draft.lines[0], account="51302"), draft.lines[1])))
    for book in ("", "V01"):
        assert [one.uid for one in all_found(two_books, VoucherQuery(words, book=book))] == [saved.uid]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("科目51302", 6), ("科目513", 6), ("科目：现金", 6), ("科目:kcxj", 6), ("库存现金", 6), ("51302", 6),
        ("zpc", 3), ("ZPC", 3), ("zpc 电费", 1), ("科目:102", 0), ("三月", 4), ("3月..8月", 5), ("3月7日以后", 5),
        ("5000以上", 1), ("大于1,500 3月", 1), (">多少", 0), ("电费 >多少", 3), ("电费 ＞＝5千", 1),
    ],
)  # fmt: skip
def test_accounts_initials_and_chinese_figures_find_vouchers(two_books: Office, words: str, expected: int) -> None:
    for book in ("", "V02"):
        found = all_found(two_books, VoucherQuery(words, book=book, year=2026))
        assert total_found(two_books, VoucherQuery(words, book=book, year=2026)) == sum(
            one.total_fen for one in found if one.state != "void"
        )
        assert book or len(found) == expected


def test_a_party_is_found_by_its_initials(two_books: Office) -> None:
    desk = open_desk(Office(two_books.books, "冯素芳"), "V01", Month(2026, 9))
    lines = (Line("付修水渠工钱", "51302", 200, party="陈金山"), Line("付修水渠工钱", "101", 0, 200))
    save_voucher(desk, Draft(date(2026, 9, 1), lines, attachment_count=1))
    for book in ("", "V01"):
        assert [one.party for one in all_found(two_books, VoucherQuery("cjs", book=book))] == ["陈金山"]


def test_the_bank_is_found_by_yhck_and_by_the_usual_reading_of_its_characters(two_books: Office) -> None:
    desk = open_desk(Office(two_books.books, "冯素芳"), "V01", Month(2026, 9))
    bank = next(one.code for one in read_entry_book(desk).accounts.values() if one.code.startswith("102") and one.leaf)
    lines = (Line("付修水渠工钱", "51302", 200), Line("付修水渠工钱", bank, 0, 200))
    saved = save_voucher(desk, Draft(date(2026, 9, 1), lines, attachment_count=1))
    for words in ("yhck", "科目:yhck", "yxck"):
        assert [one.uid for one in all_found(two_books, VoucherQuery(words))] == [saved.uid], words


def test_statements_do_not_grow_with_what_is_looked_for(two_books: Office) -> None:
    if not two_books.books.address:
        return  # a file's connection forgets statements by itself
    asked: set[str] = set()
    for words in ("竹坪", "v02", "村", "zpc", "科目51302", "科目513", "没有的"):
        for limit in (1, 2, 5):
            with two_books.books.read() as connection:
                event.listen(connection, "before_cursor_execute", lambda *told: asked.add(told[2]))
                found = ordered_rows(connection, VoucherQuery(words), read_search(words).terms, str.lower, None, limit)
                found_rows(connection, found.rows, ())
    before = len(asked)
    for words in ("冯素芳", "v0", "竹", "zp", "科目51", "科目101", "也没有的"):
        with two_books.books.read() as connection:
            event.listen(connection, "before_cursor_execute", lambda *told: asked.add(told[2]))
            found = ordered_rows(connection, VoucherQuery(words), read_search(words).terms, str.lower, None, 7)
            found_rows(connection, found.rows, ())
    assert len(asked) == before < 40


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("book", ["", "V01"])
def test_pages_of_any_size_make_the_same_list(two_books: Office, order: str, down: bool, book: str) -> None:
    query = VoucherQuery(book=book, order=order, down=down)
    keys = {
        DAY: lambda one: (one.day, one.row), NUMBER: lambda one: (one.month, one.word, one.number, one.row),
        VILLAGE: lambda one: (one.book, one.month, one.number), AMOUNT: lambda one: (one.total_fen, one.row),
        STATE: lambda one: (one.state, one.day, one.row),
    }  # fmt: skip
    every = all_found(two_books, query)
    assert len(every) == (3 if book else 6)
    assert every == sorted(every, key=keys[order], reverse=down)
    rows, after = [], None
    while True:
        part = order_vouchers(two_books, query, after, 2)
        rows += part.rows
        after = part.after
        if after is None:
            break
    assert read_found(two_books, query, rows) == every


def test_months_and_states_limit_the_list_and_its_sum(two_books: Office) -> None:
    query = VoucherQuery(first=Month(2026, 4), last=Month(2026, 8))
    assert titles(all_found(two_books, query)) == ["V01 2026-08 记-1"]
    assert total_found(two_books, query) == 500_000
    assert total_found(two_books, VoucherQuery(states=("void",))) == 0
    assert total_found(two_books, VoucherQuery()) == 126_050 * 2 + 7_400 + 500_000 + 180_000


WORDS = (
    "电费", "付", "记-1", "记-2", "1,260.50", "1260", ">1500", "<=74", "-100..0", "作废", "冯素芳", "竹坪", "v02",
    "2026-03", "金山", "报1", "00000123", "墨香", "电费 2026-03", "竹坪 电费 1260", "6", "没有的",
)  # fmt: skip


@pytest.mark.parametrize(("window", "portion", "few"), [(1, 2, 50_000), (2, 2, 1), (3, 1, 2)])
def test_a_search_in_pieces_finds_what_one_through_everything_finds(
    two_books: Office, monkeypatch: pytest.MonkeyPatch, window: int, portion: int, few: int
) -> None:
    desk = open_desk(Office(two_books.books, "冯素芳"), "V01", Month(2026, 9))
    lines = (Line("修水渠，付工钱", "51302", 150, party="陈金山"), Line("电费", "51302", 50), Line("付", "101", 0, 200))
    save_voucher(desk, Draft(date(2026, 9, 1), lines))
    ways = (("V02", NUMBER, ()), ("", AMOUNT, ()), ("", VILLAGE, ("draft",)))
    queries = [VoucherQuery(words, down=True) for words in WORDS]
    for place, words in enumerate(WORDS):
        book, ordered, states = ways[place % 3]
        queries.append(VoucherQuery(words, book, order=ordered, states=states, down=place % 2 == 1))
    once = [(all_found(two_books, query), total_found(two_books, query)) for query in queries]
    monkeypatch.setattr(order, "WINDOW", window)
    monkeypatch.setattr(order, "SLICE", portion)
    monkeypatch.setattr(order, "FEW_PASSES", few)
    monkeypatch.setattr(order, "MOST_LOOSE", min(few, order.MOST_LOOSE))
    for query, (expected, total) in zip(queries, once, strict=True):
        rows, before, after, percents = [], [], None, []
        while True:
            part = order_vouchers(two_books, query, after, 1)
            if (part.loose and part.rows) or part.after is None:  # what shows stays, unless more was found than is kept
                assert [row for row in part.rows if row in before] == before, query
            before = list(part.rows) if part.loose and part.rows else [] if not part.loose else before
            rows += [] if part.loose else part.rows
            percents.append(part.percent)
            after = part.after
            if after is None:
                break
        assert read_found(two_books, query, rows) == expected, query
        assert (total_found(two_books, query), percents[-1]) == (total, 100)
        assert max(percents[:-1], default=0) < 100


def test_hits_of_the_newest_come_first_and_others_between_them_are_told_with_them(
    two_books: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order, "WINDOW", 1)
    monkeypatch.setattr(order, "SLICE", 2)
    query, parts, after = VoucherQuery("费", down=True), [], None
    while not parts or after is not None:
        parts.append(order_vouchers(two_books, query, after, 1))
        after = parts[-1].after
    # the newest voucher is of 2 September and void; the pass finds the lights of March, then those of August and so on
    told = [[str(one.day) for one in read_found(two_books, query, part.rows)] for part in parts]
    assert told == [[], ["2026-03-05"], ["2026-08-01", "2026-03-05"], ["2026-08-01", "2026-03-31", "2026-03-05"]]
    assert [part.loose for part in parts] == [False, True, True, False]
    assert [part.percent for part in parts] == [16, 33, 66, 100]
    assert parts[-1].total_fen == 126_050 * 2 + 500_000


@pytest.mark.parametrize(
    "query",
    [
        VoucherQuery(), VoucherQuery(down=True), VoucherQuery(order=VILLAGE), VoucherQuery(order=VILLAGE, down=True),
        VoucherQuery(book="V01"), VoucherQuery(book="V01", order=NUMBER),
        VoucherQuery(book="V01", order=NUMBER, down=True),
        VoucherQuery(first=Month(2026, 1), last=Month(2026, 12)), VoucherQuery(book="V01", first=Month(2026, 1)),
        VoucherQuery("电费", down=True), VoucherQuery("记-1", order=VILLAGE), VoucherQuery("1260"),
        VoucherQuery(states=("void",), down=True), VoucherQuery("竹坪 >1000", order=AMOUNT),
    ],
)  # fmt: skip
def test_a_piece_is_a_step_into_an_index(
    two_books: Office, query: VoucherQuery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order, "WINDOW", 1)
    monkeypatch.setattr(order, "SLICE", 3)
    if two_books.books.address:
        return  # a server plans by its statistics, and a table of six rows is always read whole
    asked: list[str] = []
    with two_books.books.read() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(asked.append)
        terms = read_search(query.words).terms
        start = ordered_rows(connection, query, terms, str.lower, None, 1)
        assert start.after is not None
        ordered_rows(connection, query, terms, str.lower, start.after, 1)
        found_rows(connection, start.rows, terms)
        driver.set_trace_callback(None)
        plans = [row[3] for sql in asked if "SELECT" in sql for row in driver.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert not [
        one for one in plans if one.startswith("USE TEMP B-TREE FOR ORDER BY") or one in ("SCAN v", "SCAN l")
    ], plans
    assert [one for one in plans if "USING" in one and "voucher" in one]


@pytest.mark.parametrize("slice_of", [2, 50_000])
@pytest.mark.parametrize(("words", "order_by"), [("修水渠", DAY), ("", DAY), ("修水渠", VILLAGE)])
def test_a_draft_that_is_changed_while_it_is_looked_for_comes_once_and_counts_once(
    two_books: Office, monkeypatch: pytest.MonkeyPatch, words: str, order_by: str, slice_of: int
) -> None:
    desk = open_desk(Office(two_books.books, "冯素芳"), "V01", Month(2026, 9))
    kept = save_voucher(desk, Draft(date(2026, 9, 28), lines_of(150)))
    monkeypatch.setattr(order, "WINDOW", 1)
    monkeypatch.setattr(order, "SLICE", slice_of)
    query = VoucherQuery(words, order=order_by, down=True)
    rows: list[int] = []
    after, total, rev, days = None, 0, kept.rev, [date(2026, 9, 3), date(2026, 9, 1)]
    while True:
        part = order_vouchers(two_books, query, after, 1)
        if not part.loose:
            rows += part.rows
            total += part.total_fen or 0
        after = part.after
        if after is None:
            break
        if days and kept.uid in [one.uid for one in read_found(two_books, query, rows)]:
            rev = save_voucher(desk, Draft(days.pop(0), lines_of(100 + len(days)), uid=kept.uid), rev).rev
    assert sorted(rows) == sorted(one.row for one in all_found(two_books, query))
    if words and order_by == DAY:
        assert total == total_found(two_books, query) == 100 + len(days) + 180_000
        assert len(days) == (slice_of > 2)


@pytest.mark.parametrize("words", ["付", ""])
@pytest.mark.parametrize(("book", "changed", "moved"), [("", True, True), ("V02", True, False), ("", False, False)])
def test_an_answer_tells_that_the_books_changed_while_it_was_looked_for(
    two_books: Office, monkeypatch: pytest.MonkeyPatch, words: str, book: str, changed: bool, moved: bool
) -> None:
    desk = open_desk(Office(two_books.books, "冯素芳"), "V01", Month(2026, 9))
    kept = save_voucher(desk, Draft(date(2026, 9, 1), lines_of(150)))
    monkeypatch.setattr(order, "WINDOW", 1)
    monkeypatch.setattr(order, "SLICE", 2)
    query, told = VoucherQuery(words, book, down=True), list[Ordered]()
    while not told or told[-1].after is not None:
        told.append(order_vouchers(two_books, query, told[-1].after if told else None, 1))
        if changed and len(told) == 1:  # the draft moves to where the search has been
            save_voucher(desk, Draft(date(2026, 9, 28), lines_of(150), uid=kept.uid), kept.rev)
    assert [part.moved for part in told] == [False] * (len(told) - 1) + [moved]


def lines_of(fen: int) -> tuple[Line, Line]:
    return Line("修水渠", "51302", fen), Line("付", "101", 0, fen)
