"""Covers on A4 and at the size of a voucher: numbers, sheets, attachments, days; nothing runs over the edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.pdf.reading import loose_fonts, page_sizes, words_of
from villagebooks.core.cover import (
    A4,
    LEDGERS,
    STATEMENTS,
    VOUCHER_SIZE,
    Catalogue,
    Cover,
    number_ranges,
    voucher_covers,
)
from villagebooks.core.period import Month
from villagebooks.core.voucher import POSTED, VOID, VoucherHead
from villagebooks.pdf.cover import catalogue_cells, cover_cells, draw_catalogues, draw_covers

LONG = "清岑县白雁河镇双柿垭村第十二村民小组（原桐油槽村、槽口村合并）股份经济合作联合社"
SEPTEMBER = Month(2026, 9)


def head(number: int, word: str = "记", state: str = POSTED, day: int = 0) -> VoucherHead:
    return VoucherHead(f"u{number}", word, number, date(2026, 9, day or min(number, 30)), "normal", state, "付电费",
                       38_642, 2, "冯素芳")  # fmt: skip


HEADS = (*(head(number) for number in range(1, 21)), head(21, state=VOID))


def test_a_cover_tells_numbers_sheets_attachments_and_days() -> None:
    (cover,) = voucher_covers("V01", "老秤湾村", "中心", SEPTEMBER, HEADS)
    cells = cover_cells(cover)
    assert dict(cells.facts) == {
        "册数": "第 1 册　共 1 册", "起止日期": "9 月 1 日至 9 月 21 日", "凭证张数": "21 张", "附件张数": "40 张",
    }  # fmt: skip
    assert cells.contents == (("记字", "第 1 号至第 21 号　共 21 张，其中作废 1 张"),)
    assert cells.period == "2026 年 9 月"
    assert "保管期限：30 年" in cells.foot


def test_a_month_of_many_vouchers_is_bound_in_volumes() -> None:
    covers = voucher_covers("V01", "老秤湾村", "中心", SEPTEMBER, HEADS, each=8)
    assert [(one.volume, one.volumes, one.sheets) for one in covers] == [(1, 3, 8), (2, 3, 8), (3, 3, 5)]
    assert [(one.numbers[0].first, one.numbers[0].last) for one in covers] == [(1, 8), (9, 16), (17, 21)]
    assert sum(one.attachments for one in covers) == 40
    assert voucher_covers("V01", "x", "y", SEPTEMBER, ()) == ()


def test_every_word_has_its_own_numbers() -> None:
    three = (head(1, "付"), head(2, "付", VOID), head(1, "收"), head(1, "转"))
    assert [(one.word, one.first, one.last, one.void) for one in number_ranges(three)] == [
        ("付", 1, 2, 1), ("收", 1, 1, 0), ("转", 1, 1, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(("paper", "size"), [(A4, (210, 297)), (VOUCHER_SIZE, (240, 140))])
def test_covers_are_drawn_at_their_size_with_long_names(paper: str, size: tuple[int, int], tmp_path: Path) -> None:
    (vouchers,) = voucher_covers("V01", LONG, LONG, SEPTEMBER, HEADS)
    year = Cover(LEDGERS, "V01", LONG, LONG, 2026, contents=tuple(f"第{n}本明细账" for n in range(14)), keep_years=30)
    report = replace(year, kind=STATEMENTS, contents=("资产负债表",), keep_years=0)
    assert draw_covers([vouchers, year, report], tmp_path / "a.pdf", paper) == 3
    assert page_sizes(tmp_path / "a.pdf") == [size] * 3
    words = words_of(tmp_path / "a.pdf")
    for text in (
        "会计凭证封面",
        "会计账簿封面",
        "会计报表封面",
        "第13本明细账",
        "保管期限：永久",
        "装订人：",
        "2026 年度",
    ):
        assert text in words
    assert loose_fonts(tmp_path / "a.pdf") == []


def test_the_catalogue_lists_every_number_and_sums_what_is_not_void(tmp_path: Path) -> None:
    many = tuple(head(number) for number in range(1, 61))
    one = Catalogue("V01", LONG, SEPTEMBER, (*many, head(61, state=VOID)))
    first, last = catalogue_cells(one, "中心")
    assert first.rows[0].cells == ("记-1", "2026-09-01", "付电费", "386.42", "2", "冯素芳", "")
    assert last.rows[-1].cells[2:5] == ("合计 61 张", "23,185.20", "120")
    assert last.rows[-2].cells[-1] == "作废"
    assert draw_catalogues([one, one], tmp_path / "a.pdf") == 4
    assert "会计凭证目录" in words_of(tmp_path / "a.pdf")
