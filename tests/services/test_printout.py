"""Reports and vouchers of real books on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.pdf.reading import loose_fonts, page_sizes, words_of
from tests.services.conftest import simple_draft
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.statement import BALANCE_SHEET
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.desk import Desk
from villagebooks.services.ledger import ledger, trial_balance
from villagebooks.services.printout import print_ledger, print_statement, print_trial_balance, print_vouchers
from villagebooks.services.statement import statement
from villagebooks.services.voucher import reverse_voucher, save_voucher

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
        print_ledger(desk, ledger(desk, "101", month, month), tmp_path / "ledger.pdf"),
        print_statement(desk.office, statement(desk, BALANCE_SHEET, SEPTEMBER), tmp_path / "sheet.pdf"),
    ]
    for path, texts in zip(files, (("科目余额表", "51302"), ("101 库存现金", "742.60"), ("资产负债表",)), strict=True):
        words = words_of(path)
        assert all(text in words for text in texts)
        assert loose_fonts(path) == []
