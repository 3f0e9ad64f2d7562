"""票据使用核销表: every number with who paid what for it, and what is still blank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.pdf.reading import page_sizes, words_of
from tests.services.conftest import Staff, simple_paper
from villagebooks.core.problem import Refused
from villagebooks.core.receipt import USED, Receipt, ReceiptBook, next_number
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.db import paper as paper_rows
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.check import check_books
from villagebooks.services.closing import month_checklist
from villagebooks.services.desk import Desk, acting
from villagebooks.services.paper import (
    draft_voucher,
    issue_receipt_book,
    issued_books,
    save_paper,
    unreturned,
    void_receipt,
    void_rest,
)
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


def test_blanks_torn_off_behind_the_last_number_are_told_once_the_next_volume_is_begun(desk: Desk) -> None:
    first = issue_receipt_book(desk, BOOK)
    number = next_number(next(one for one in issued_books(desk) if one.book.code == first.code))
    wide, last = len(first.last), int(first.last)
    following = replace(
        BOOK, code="B-2", first=f"{last + 1:0{wide}d}", last=f"{last + 50:0{wide}d}", issued_on="2026-09-20"
    )
    use(desk, first.code, number, "2026-09-10")
    issue_receipt_book(desk, following)
    assert [one.book.code for one in unreturned(desk, following)] == [first.code]
    assert (left(desk), open_ends(desk)) == ([], []), "handed out, not begun"
    use(desk, "B-2", following.first, "2026-09-25")
    (told,) = left(desk)
    assert told.startswith("已换用 B-2，后面的空白")
    assert open_ends(desk) == [told]
    numbers = void_rest(desk, first.code, date(2026, 9, 26))
    assert numbers[-1] == first.last
    assert (left(desk), open_ends(desk), unreturned(desk, following)) == ([], [], [])
    with pytest.raises(Refused, match="没有空白了"):
        void_rest(desk, first.code, date(2026, 9, 26))
    assert [one for one in check_books(desk.office, deep=True) if one.rule == "row"] == []


def test_two_volumes_in_use_side_by_side_leave_nothing_behind(desk: Desk) -> None:
    first = issue_receipt_book(desk, BOOK)
    number = next_number(next(one for one in issued_books(desk) if one.book.code == first.code))
    wide, last = len(first.last), int(first.last)
    issue_receipt_book(
        desk, replace(BOOK, code="B-2", first=f"{last + 1:0{wide}d}", last=f"{last + 50:0{wide}d}",
                      issued_on="2026-09-05"),
    )  # fmt: skip
    use(desk, "B-2", f"{last + 1:0{wide}d}", "2026-09-06")
    use(desk, first.code, number, "2026-09-10")
    assert (left(desk), open_ends(desk)) == ([], [])


def test_the_volume_of_another_holder_was_called_done_with_while_he_had_nothing_to_write(desk: Desk) -> None:
    first = issue_receipt_book(desk, BOOK)
    number = next_number(next(one for one in issued_books(desk) if one.book.code == first.code))
    wide, last = len(first.last), int(first.last)
    of_market = replace(
        BOOK, code="B-2", first=f"{last + 1:0{wide}d}", last=f"{last + 50:0{wide}d}", issued_on="2026-09-05",
        issued_to="市场收费员",
    )  # fmt: skip
    issue_receipt_book(desk, of_market)
    use(desk, first.code, number, "2026-09-06")
    use(desk, "B-2", of_market.first, "2026-09-10")
    assert (left(desk), open_ends(desk)) == ([], [])
    use(desk, "B-2", f"{last + 2:0{wide}d}", "2026-12-20")
    (told,) = left(desk)
    assert told.startswith("已换用 B-2"), "three months without a receipt"


def use(desk: Desk, code: str, number: str, day: str) -> None:
    with acting(desk) as act:
        paper_rows.add_receipt(act.connection, Receipt(code, number, USED, "", day, 100))
        act.record("receipt", f"receipt:{code}/{number}")


def left(desk: Desk) -> list[str]:
    return [one.text for one in check_books(desk.office) if one.rule == "receipt_left"]


def open_ends(desk: Desk) -> list[str]:
    return [one.text for one in month_checklist(desk) if one.rule == "receipt_missing"]
