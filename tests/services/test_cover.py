"""Covers of a real month and year from the books, and from the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.pdf.reading import page_sizes, words_of
from tests.services.conftest import simple_draft
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.cover import catalogue, ledger_cover, print_cover, statement_cover, voucher_cover
from villagebooks.services.desk import Desk
from villagebooks.services.voucher import save_voucher, void_voucher

SEPTEMBER = Span(Month(2026, 9), Month(2026, 9))
YEAR = Span(Month(2026, 1), Month(2026, 12))


def test_the_cover_of_a_month_counts_its_vouchers(desk: Desk, sign_and_post: Callable[[Draft], Voucher]) -> None:
    sign_and_post(simple_draft())
    void_voucher(desk, save_voucher(desk, replace(simple_draft(), attachment_count=5)).uid)
    save_voucher(desk, simple_draft(day=date(2026, 11, 3)))
    (cover,) = voucher_cover(desk, SEPTEMBER)
    (numbers,) = cover.numbers
    assert (numbers.word, numbers.first, numbers.last, numbers.count, numbers.void) == ("记", 1, 2, 2, 1)
    assert (cover.sheets, cover.attachments, cover.volume, cover.volumes) == (2, 2, 1, 1)
    assert [one.month for one in voucher_cover(desk, YEAR)] == [9, 11]
    assert [one.month for one in catalogue(desk, YEAR)] == [Month(2026, 9), Month(2026, 11)]
    with pytest.raises(Refused, match="2026-08 没有凭证可装订"):
        voucher_cover(desk, Span(Month(2026, 8), Month(2026, 8)))
    with pytest.raises(Refused, match="2026-08 没有凭证"):
        catalogue(desk, Span(Month(2026, 8), Month(2026, 8)))


def test_a_year_s_ledgers_and_statements_have_covers_that_list_them(desk: Desk) -> None:
    ledgers, statements = ledger_cover(desk, 2026), statement_cover(desk, 2026)
    assert ledgers.contents == ("总账", "现金日记账", "银行存款日记账", "明细账", "辅助账（往来、项目）")
    assert statements.contents[:3] == ("资产负债表", "收益及收益分配表", "收支明细表")
    assert (ledgers.kept, statements.kept, statements.period) == ("30 年", "永久", "2026 年度")
    with pytest.raises(Refused, match="还没有账"):
        ledger_cover(desk, 2025)


@pytest.mark.parametrize("kind", ["vouchers", "catalogue", "ledgers", "statements"])
def test_what_is_asked_for_is_drawn(desk: Desk, kind: str, tmp_path: Path) -> None:
    save_voucher(desk, simple_draft())
    out = print_cover(desk, kind, SEPTEMBER, tmp_path / "neu" / "a.pdf", "240x140")
    assert page_sizes(out) == [(210, 297) if kind == "catalogue" else (240, 140)]
    assert "老秤湾村" in words_of(out)
