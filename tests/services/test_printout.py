"""Reports and vouchers of real books on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.pdf.reading import loose_fonts, outline_of, page_sizes, words_of
from tests.services.conftest import reverse_voucher, simple_draft
from tests.services.test_sheet import desk_of, township
from villagebooks.core.ledger import DETAIL, GENERAL, JOURNAL, LedgerRequest
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.statement import BALANCE_SHEET
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.desk import Desk, Office
from villagebooks.services.ledger import read_sheet, read_sheets, trial_balance
from villagebooks.services.ledger.printing import print_year
from villagebooks.services.printout import (
    print_sheets,
    print_trial_balance,
    print_vouchers,
)
from villagebooks.services.statement import statement
from villagebooks.services.statement.paper import print_statement
from villagebooks.services.voucher import save_voucher

__all__ = ["township"]
SEPTEMBER = Span(Month(2026, 9), Month(2026, 9))


def test_vouchers_are_printed_with_names_signatures_and_what_they_reverse(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher], tmp_path: Path
) -> None:
    posted = sign_and_post(simple_draft())
    reverse_voucher(desk, posted.uid, date(2026, 9, 24))
    save_voucher(desk, simple_draft())
    out = print_vouchers(desk, SEPTEMBER, tmp_path / "new" / "vouchers.pdf")
    words = words_of(out)
    assert page_sizes(out) == [(210, 148)] * 3
    for text in (
        "管理费用",
        "办公费",
        "会计主管：邹启明",
        "出纳：龙小梅",
        "红字　冲销9月记-1号　未记账",
        "−742.60",
        "记字第 3 号",
    ):
        assert "".join(text.split()) in "".join(words.split()), text
    only = print_vouchers(desk, SEPTEMBER, tmp_path / "one.pdf", [posted.uid])
    assert page_sizes(only) == [(210, 148)]
    with pytest.raises(Refused, match="没有凭证可打印"):
        print_vouchers(desk, Span(Month(2026, 8), Month(2026, 8)), tmp_path / "none.pdf")


def test_reports_are_printed_under_the_books_name(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher], tmp_path: Path
) -> None:
    sign_and_post(simple_draft())
    month = SEPTEMBER.first
    files = [
        print_trial_balance(desk.office, trial_balance(desk.office, "all", month, month), tmp_path / "balance.pdf"),
        print_sheets(
            desk.office, [read_sheet(desk, LedgerRequest(DETAIL, month, month, "101"))], tmp_path / "ledger.pdf"
        ),
        print_statement(desk.office, statement(desk, BALANCE_SHEET, SEPTEMBER), tmp_path / "sheet.pdf"),
    ]
    for path, texts in zip(files, (("科目余额表", "51302"), ("101 库存现金", "742.60"), ("资产负债表",)), strict=True):
        words = words_of(path)
        assert all(text in words for text in texts)
        assert loose_fonts(path) == []


def test_the_ledgers_of_a_year_are_bound_by_kind_with_an_outline(township: Office, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    out = print_year(desk_of(township, "V04"), 2026, tmp_path / "V04.pdf", progress=lambda *one: told.append(one))
    outline = outline_of(out)
    heads = [title for level, title in outline if level == 0]
    assert heads == ["科目余额表", "总账", "日记账", "明细账", "往来明细账", "多栏账", "往来账龄"]
    titles = [title for level, title in outline if level == 1]
    assert "113 内部往来　往来明细账" in titles
    assert told == [(n, len(titles)) for n in range(len(titles) + 1)]
    assert set(page_sizes(out)) == {(297, 210)}
    assert loose_fonts(out) == []
    words = words_of(out)
    for text in ("核算单位：桐油槽村", "滕大山〔原桐油村〕", "总第 1 页", "本日合计", "1年以内", "结转下年"):
        assert (text in words) == (text != "结转下年"), text  # the year is not over


def test_kinds_may_be_chosen_and_a_cancelled_print_leaves_no_file(township: Office, tmp_path: Path) -> None:
    desk = desk_of(township, "V01")
    out = print_year(desk, 2026, tmp_path / "V01.pdf", (JOURNAL,))
    assert [title for _level, title in outline_of(out)] == ["日记账", "101 库存现金　日记账", "10201 基本户　日记账"]

    def cancel(done: int, _total: int) -> None:
        if done == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        print_year(desk, 2026, tmp_path / "never.pdf", progress=cancel)
    assert [path.name for path in tmp_path.glob("*.pdf*")] == ["V01.pdf"]
    with pytest.raises(Refused, match="2027 年没有这些账"):
        print_year(desk, 2027, tmp_path / "V01.pdf")


def test_ledgers_of_one_kind_are_printed_one_behind_another(township: Office, tmp_path: Path) -> None:
    desk = desk_of(township, "V01")
    for kind, title in ((GENERAL, "总账"), (DETAIL, "明细账")):
        sheets = read_sheets(desk, LedgerRequest(kind, Month(2026, 1), Month(2026, 9)))
        out = print_sheets(desk.office, sheets, tmp_path / f"{kind}.pdf")
        assert len(page_sizes(out)) >= len(sheets) > 5
        assert title in words_of(out)
