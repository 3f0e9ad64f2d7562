"""Trial balance and ledger on paper: heads on every page, carried sums, month totals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tests.pdf.reading import loose_fonts, outline_of, page_sizes, words_of
from villagebooks.core.account import Account
from villagebooks.core.ledger import (
    Ledger,
    Movement,
    PartyPart,
    Sheet,
    TrialBalance,
    TrialBalanceRow,
    build_ledger,
    columns_sheet,
    detail_sheet,
    parties_sheet,
)
from villagebooks.core.period import Month, Span
from villagebooks.pdf.ledger import draw_sheet, draw_sheets, draw_trial_balance, sheet_cells, trial_balance_cells
from villagebooks.pdf.table import TablePage

BANK = Account("10201", "基本户", 2, "102", "D", leaf=True)


def ledger_of(count: int, first: int = 1, last: int = 12) -> Ledger:
    moves = [
        Movement(date(2026, 1 + n * 12 // count, 5), f"记-{n}", "u", f"第{n}笔", 100, 30 if n % 2 else 0, "冉光才")
        for n in range(count)
    ]
    return build_ledger("V01", BANK, (Month(2026, first), Month(2026, last)), 50_000, moves)


def ledger_cells(ledger: Ledger) -> list[TablePage]:
    return [page for page, _look in sheet_cells(detail_sheet(ledger, {}))]


def cells_of(ledger: Ledger, label: str) -> list[tuple[str, ...]]:
    return [row.cells[4:] for page in ledger_cells(ledger) for row in page.rows if row.cells[2] == label]


def test_a_ledger_opens_totals_every_month_and_carries_into_the_next_year() -> None:
    ledger = ledger_of(12)
    rows = [row.cells for page in ledger_cells(ledger) for row in page.rows]
    assert rows[0][2:] == ("上年结转", "", "", "", "借", "500.00")
    assert rows[1] == ("2026-01-05", "记-0", "第0笔", "冉光才", "1.00", "", "借", "501.00")
    assert cells_of(ledger, "本月合计")[1] == ("1.00", "0.30", "借", "501.70")
    assert cells_of(ledger, "本年累计")[-1] == ("12.00", "1.80", "借", "510.20")
    assert rows[-1][2:] == ("结转下年", "", "", "", "借", "510.20")


def test_a_ledger_from_mid_year_does_not_call_its_sums_a_year() -> None:
    ledger = ledger_of(12, 3, 9)
    assert cells_of(ledger, "期初余额") == [("", "", "借", "500.00")]
    assert cells_of(ledger, "本年累计") == []
    assert len(cells_of(ledger, "本期累计")) == 12


def test_every_page_carries_its_sums_over_to_the_next() -> None:
    pages = ledger_cells(ledger_of(100))
    assert len(pages) > 2
    for page, following in pairwise(pages):
        assert page.rows[-1].cells[2] == "过次页"
        assert following.rows[0].cells == ("", "", "承前页", *page.rows[-1].cells[3:])
    assert len({len(page.rows) for page in pages[:-1]}) == 1


def test_an_account_without_movement_shows_its_opening() -> None:
    (page,) = ledger_cells(build_ledger("V01", BANK, (Month(2026, 9), Month(2026, 9)), 0, []))
    assert [row.cells[2:] for row in page.rows] == [("期初余额", "", "", "", "平", "0.00")]


def test_the_drawn_ledger_has_its_head_and_number_on_every_page(tmp_path: Path) -> None:
    out = tmp_path / "ledger.pdf"
    count = draw_sheet(replace(detail_sheet(ledger_of(100), {}), book_name="老秤湾村"), out)
    pages = words_of(out).split("\f")[:count]
    for number, text in enumerate(pages, 1):
        assert f"第 {number}／{count} 页" in text
        for word in ("10201 基本户", "日期", "摘要", "余额", "核算单位：老秤湾村"):
            assert word in text
    assert page_sizes(out) == [(297, 210)] * count
    assert loose_fonts(out) == []


def fen(text: str) -> int:
    return round(float(text.replace(",", "").replace("−", "-") or "0") * 100)


def test_carried_sums_are_those_of_the_lines_of_the_year_before_them() -> None:
    ledger = ledger_of(300)
    debit = credit = 0
    for page in ledger_cells(ledger)[:-1]:
        for one in page.rows[:-1]:
            if one.cells[1]:
                debit, credit = debit + fen(one.cells[4]), credit + fen(one.cells[5])
        assert page.rows[-1].cells[2] == "过次页"
        assert (fen(page.rows[-1].cells[4]), fen(page.rows[-1].cells[5])) == (debit, credit)
        assert fen(page.rows[-1].cells[7]) == 50_000 + debit - credit
    assert debit > 0


def test_a_new_year_begins_with_no_sums_carried() -> None:
    moves = [Movement(date(2025 + n // 60, 1 + n % 60 // 5, 5), f"记-{n}", "u", f"第{n}笔", 100, 0) for n in range(120)]
    ledger = build_ledger("V01", BANK, (Month(2025, 1), Month(2026, 12)), 0, moves)
    rows = [one for page in ledger_cells(ledger) for one in page.rows]
    words = [one.cells[2] for one in rows if one.cells[2] in ("上年结转", "结转下年")]
    assert words == ["上年结转", "结转下年", "上年结转", "结转下年"]
    carried = [fen(one.cells[4]) for one in rows if one.cells[2] == "过次页"]
    assert max(carried) <= 6_000


EXPENSES = {
    code: Account(code, name, (len(code) - 1) // 2, code[:-2] if len(code) > 3 else "", "D", leaf=len(code) > 3)
    for code, name in [("513", "管理费用"), *((f"513{n:02d}", f"第{n}项费用") for n in range(1, 15))]
}


def wide_sheet(count: int) -> Sheet:
    moves = [
        Movement(date(2026, 1 + n * 12 // count, 5), f"记-{n}", "u", f"第{n}笔", 100 + n, 0, "", f"513{1 + n % 14:02d}")
        for n in range(count)
    ]
    span = Span(Month(2026, 1), Month(2026, 12))
    return columns_sheet("V01", EXPENSES, "513", span, 0, moves)


def test_a_wide_ledger_is_printed_in_parts_that_repeat_day_voucher_and_summary(tmp_path: Path) -> None:
    sheet = wide_sheet(40)
    pages = sheet_cells(sheet)
    parts = {page.above[2].rpartition("　")[2] for page, _look in pages}
    assert parts == {"第 1／2 幅", "第 2／2 幅"}
    heads = [[column.head for column in look.columns] for _page, look in pages[:2]]
    assert heads[0][:3] == heads[1][:3] == ["日期", "凭证号", "摘要"]
    assert [*heads[0][7:], *heads[1][3:]] == [f"第{n}项费用" for n in range(1, 15)]
    for left, right in zip(pages[::2], pages[1::2], strict=True):
        assert [one.cells[:3] for one in left[0].rows] == [one.cells[:3] for one in right[0].rows]
        for one, other in zip(left[0].rows, right[0].rows, strict=True):
            assert sum(map(fen, (*one.cells[7:], *other.cells[3:]))) == fen(one.cells[3]) - fen(one.cells[4])
    out = tmp_path / "wide.pdf"
    assert draw_sheet(sheet, out) == len(pages)
    text = words_of(out)
    assert "借方分析" in text
    assert text.count("承前页") == text.count("过次页") == len(pages) - 2
    assert loose_fonts(out) == []


def parties_of(count: int, lines: int) -> Sheet:
    parts = [
        PartyPart(
            f"p{n}", 100,
            tuple(Movement(date(2026, 1 + k % 12, 5), f"记-{k}", "u", "收款", 0, 10, f"p{n}") for k in range(lines)),
            (0, 0),
        )
        for n in range(count)
    ]  # fmt: skip
    return parties_sheet(
        "V01", BANK, Span(Month(2026, 1), Month(2026, 11)), parts, {f"p{n}": f"第{n}户" for n in range(count)}
    )


@pytest.mark.parametrize("lines", [0, 1, 2, 3, 5, 40])
def test_parties_follow_one_another_and_carry_only_their_own_sums(lines: int) -> None:
    pages = [page for page, _look in sheet_cells(parties_of(30, lines))]
    room = sheet_cells(parties_of(1, 0))[0][1].rows
    heads = [one.cells[2] for page in pages for one in page.rows if one.cells[2].startswith("第")]
    assert heads == [f"第{n}户" for n in range(30)]
    for page, following in pairwise(pages):
        assert len(page.rows) <= room
        assert not page.rows[-1].cells[2].startswith("第")
        last, first = page.rows[-1].cells, following.rows[0].cells
        if last[2].startswith("过次页"):
            assert first[2] == last[2].replace("过次页", "承前页")
            assert first[3:] == last[3:]
        else:
            assert first[2].startswith("第")


def test_a_page_that_ends_with_the_year_is_full_and_no_fuller() -> None:
    for count in range(15, 35):
        moves = [Movement(date(2025, 12, 5), f"记-{n}", "u", "付", 100, 0) for n in range(count)]
        moves += [Movement(date(2026, 1, 5), f"记-{n}", "u", "付", 100, 0) for n in range(40)]
        ledger = build_ledger("V01", BANK, (Month(2025, 12), Month(2026, 1)), 0, moves)
        pages = sheet_cells(detail_sheet(ledger, {}, (0, 0)))
        assert all(len(page.rows) <= look.rows for page, look in pages)
        carried = [one.cells[4] for page, _look in pages for one in page.rows if one.cells[2] == "承前页"]
        assert all(fen(text) <= 100 * max(count, 40) for text in carried)


def test_many_ledgers_in_one_file_are_numbered_through_and_stand_in_its_outline(tmp_path: Path) -> None:
    out = tmp_path / "all.pdf"
    sheets = [detail_sheet(ledger_of(100), {}), detail_sheet(ledger_of(3), {})]
    count = draw_sheets([("明细账", iter(sheets)), ("多栏账", [wide_sheet(3)])], out, "2026年账簿")
    pages = words_of(out).split("\f")[:count]
    assert [f"总第 {n} 页" in page for n, page in enumerate(pages, 1)] == [True] * count
    assert "第 1／1 页" in pages[-2]
    outline = [title for _level, title in outline_of(out)]
    assert outline == ["明细账", "10201 基本户　明细账", "10201 基本户　明细账", "多栏账", "513 管理费用　多栏账"]


def row(book: str, account: str, *figures: int) -> TrialBalanceRow:
    return TrialBalanceRow(book, account, f"科目{account}", *figures)


def balance() -> TrialBalance:
    one = [row("V01", "102", 500, 0, 300, 100, 700, 0), row("V01", "10201", 500, 0, 300, 100, 700, 0),
           row("V01", "301", 0, 500, -20, 180, 0, 700)]  # fmt: skip
    return TrialBalance("V01", "老秤湾村", Month(2026, 1), Month(2026, 9), tuple(one))


def test_a_trial_balance_sums_its_first_level_only() -> None:
    (page,) = trial_balance_cells(balance())
    assert page.above == ("核算单位：老秤湾村", "2026年1月 — 2026年9月", "单位：元")
    assert page.rows[1].cells[:3] == ("10201", "　科目10201", "5.00")
    assert page.rows[2].cells[4] == "−0.20"
    assert page.rows[-1].cells == ("", "合　计", "5.00", "5.00", "2.80", "2.80", "7.00", "7.00")


def test_books_stand_on_pages_of_their_own(tmp_path: Path) -> None:
    rows = [row(book, f"{code}", 100, 0, 0, 0, 100, 0) for book in ("V01", "V02", "*") for code in range(101, 141)]
    whole = TrialBalance("all", "全部账套", Month(2026, 9), Month(2026, 9), tuple(rows))
    pages = trial_balance_cells(whole, "核算中心")
    assert [page.above[0] for page in pages][::2] == ["核算单位：V01", "核算单位：V02", "核算单位：全部账套合计"]
    assert draw_trial_balance(whole, tmp_path / "a.pdf") == len(pages) == 6
    draw_trial_balance(whole, tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    empty = TrialBalance("V01", "老秤湾村", Month(2026, 9), Month(2026, 9), ())
    assert draw_trial_balance(empty, tmp_path / "c.pdf") == 1
