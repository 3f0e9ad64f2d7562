"""票据使用核销表: every number with who paid what for it, and what is still blank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.pdf.reading import page_sizes, words_of
from tests.services.conftest import Staff, simple_paper
from villagebooks.core.problem import Refused
from villagebooks.core.receipt import Receipt, ReceiptBook
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.desk import Desk
from villagebooks.services.paper import draft_voucher, issue_receipt_book, save_paper, void_receipt
from villagebooks.services.receipt import print_receipt_use, receipt_use

BOOK = ReceiptBook("B-1", "V01", "0012351", "0012375", "2026-09-01", "向丽蓉", used_before=2)


def test_every_number_is_told_with_its_payer_and_voucher(
    desk: Desk, staff: Staff, sign_and_post: Callable[[Draft], Voucher], tmp_path: Path
) -> None:
    issue_receipt_book(desk, BOOK)
    income = replace(
        simple_paper(), words="鱼塘承包费", spending_class="收入", direction="收入", payee="冉光才",
        amount_fen=1_440_000, paid_how="转账", witness="", group="",
    )  # fmt: skip
    taken = [Receipt("B-1", "0012353", "used", "", "2026-09-05", 1_440_000)]
    uid = save_paper(desk, income, taken).uid
    attest_paper(desk, uid, staff.agent, "ab" * 32)
    accept_paper(desk, uid)
    draft = draft_voucher(desk, [uid])
    sign_and_post(replace(draft, lines=(draft.lines[0], replace(draft.lines[1], account="50101"))))
    save_paper(desk, replace(income, payee="罗显富"), [Receipt("B-1", "0012356", "used", "", "2026-09-08", 186_000)])
    void_receipt(desk, Receipt("B-1", "0012355", "void", "", "2026-09-08"))
    use = receipt_use(desk, "B-1")
    assert use.total_fen == 1_626_000
    words = words_of(print_receipt_use(desk, "B-1", tmp_path / "neu" / "a.pdf"))
    assert page_sizes(tmp_path / "neu" / "a.pdf") == [(210, 297)]
    for text in (
        "收款收据使用核销表", "0012351—0012375", "冉光才", "14,400.00", "2026-09 记-1", "还没有入账", "断号",
        "用 4 张，共 16,260.00 元；作废 1 张（各联要收齐）；断号 1 张；空白 19 张。",
        "其中 2 张是本程序记账以前用的", "空白的是 0012357—0012375", "核销人：",
    ):  # fmt: skip
        assert text in words.replace("\n", " "), text


def test_a_book_that_was_never_issued_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有发过编号 X 的收据本"):
        print_receipt_use(desk, "X", tmp_path / "a.pdf")
