"""An office in which everything was done once: papers, vouchers, receipts, a bank account, a closed month."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

from PIL import Image as Picture

from tests.services.conftest import (
    ACCOUNTS,
    CHEAP,
    PASSPHRASE,
    Staff,
    appoint_village,
    line,
    sign_all,
    simple_draft,
    simple_paper,
)
from villagebooks.core.account import Account, level_of, parent_code
from villagebooks.core.approval import AGENT, CASHIER, DIRECTOR
from villagebooks.core.cash import CashCount
from villagebooks.core.paper import Document, Paper
from villagebooks.core.period import Month
from villagebooks.core.receipt import Receipt, ReceiptBook
from villagebooks.core.schedule import Schedule
from villagebooks.core.voucher import CLOSING, Draft
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.bank import confirm_reconciliation, import_statement, match_automatically
from villagebooks.services.cash import record_cash_count
from villagebooks.services.correction import reverse_only
from villagebooks.services.desk import Desk, Office
from villagebooks.services.key import hold_root_ceremony, issue_key
from villagebooks.services.office import appoint
from villagebooks.services.paper import attach_image, draft_voucher, issue_receipt_book, save_paper
from villagebooks.services.schedule import draft_due, save_schedule
from villagebooks.services.voucher import post_voucher, save_voucher, void_voucher

MORE = (("151", "固定资产", "D"), ("181", "待处理财产损溢", "B"), ("211", "应付款", "C"), ("321", "本年收益", "C"))
NEEDS = {"113": ("party",), "211": ("project",)}


def accounts() -> list[Account]:
    rows = (*ACCOUNTS, *MORE)
    parents = {parent_code(code) for code, _name, _side in rows}
    return [
        Account(code, name, level_of(code), parent_code(code), side, code not in parents, NEEDS.get(code, ()))
        for code, name, side in rows
    ]


def employ(office: Office) -> Staff:
    posts = {"邹启明": DIRECTOR, "冯素芳": AGENT, "谭永川": AGENT, "龙小梅": CASHIER}
    for name, duty in posts.items():
        appoint(office, name, duty, "2026-01-01")
    appoint_village(office)
    root = hold_root_ceremony(office, PASSPHRASE, CHEAP)
    director = issue_key(office, root, "邹启明", PASSPHRASE, cost=CHEAP)
    others = [issue_key(office, root, name, PASSPHRASE, director.office_key, CHEAP) for name in list(posts)[1:]]
    return Staff(root, director, *others)


def live(desk: Desk, staff: Staff) -> None:
    """Vouchers 1 to 10 in this order; their row ids are their numbers here."""

    def book(draft: Draft) -> str:
        uid = save_voucher(desk, draft).uid
        sign_all(desk, uid, staff)
        post_voucher(desk, uid)
        return uid

    def money(day: date, debit: str, credit: str, fen: int) -> Draft:
        return Draft(day, (line(debit, fen), line(credit, credit=fen)), attachment_count=1)

    book(money(date(2026, 8, 3), "10201", "301", 10_000_000))
    book(money(date(2026, 9, 2), "101", "10201", 400_000))
    issue_receipt_book(desk, ReceiptBook("B-1", "V01", "0012351", "0012400", "2026-09-01", "向丽蓉"))
    spent = replace(
        simple_paper(), documents=(replace(simple_paper().documents[0], images=(attach_image(desk, png(1)),)),)
    )
    book(drafted(desk, staff, spent, "51302"))
    income = replace(
        simple_paper(), words="鱼塘承包费", spending_class="收入", direction="收入", amount_fen=1_440_000,
        paid_how="转账", witness="", group="",
        documents=(Document("收款收据", "0012351", images=(attach_image(desk, png(2)),)),),
    )  # fmt: skip
    receipt = Receipt("B-1", "0012351", "used", day="2026-09-10", amount_fen=1_440_000)
    book(drafted(desk, staff, income, "50101", receipt))
    wrong = book(money(date(2026, 9, 20), "51302", "10201", 50_000))
    red = reverse_only(desk, wrong, date(2026, 9, 21), "重复记账").uid
    sign_all(desk, red, staff)
    post_voucher(desk, red)
    transfer = (line("50101", 1_440_000), line("51302", credit=74_260), line("32202", credit=1_365_740))
    book(Draft(date(2026, 12, 31), transfer, kind=CLOSING))
    book(simple_draft(day=date(2027, 1, 5)))
    void_voucher(desk, save_voucher(desk, simple_draft(day=date(2027, 1, 8))).uid)
    moved = (line("301", 5_000, summary="{月}月调整"), line("32202", credit=5_000, summary="{月}月调整"))
    plan = Schedule("", "调整", "recurring", "each", moved, Month(2026, 9), Month(2026, 9), attachment_count=1)
    save_schedule(desk, plan)
    (drawn,) = draft_due(desk)
    sign_all(desk, drawn.uid, staff)
    post_voucher(desk, drawn.uid)


def reconcile(desk: Desk, staff: Staff, folder: Path) -> None:
    """September reconciled and confirmed, October imported, the cash of September counted."""
    september = ("2026-08-31,上期结余,,,100000.00", "2026-09-02,取现,4000.00,,96000.00",
                 "2026-09-11,鱼塘,,14400.00,110400.00")  # fmt: skip
    for month, rows in ((9, september), (10, ("2026-10-15,结息,,1.00,110401.00",))):
        file = folder / f"{month}.csv"
        file.write_text("\n".join(("日期,摘要,支出,收入,余额", *rows)), "utf-8")
        import_statement(desk.at(Month(2026, month)), "10201", file)
    match_automatically(desk, "10201")
    confirm_reconciliation(desk, "10201", staff.other)
    counted = 400_000 - 74_260
    count = CashCount("", "101", Month(2026, 9), date(2026, 9, 30), (), counted, 0, holder="向丽蓉")
    record_cash_count(desk, count, staff.agent)


def drafted(desk: Desk, staff: Staff, paper: Paper, account: str, *receipts: Receipt) -> Draft:
    """The draft of a signed and accepted paper with its other account."""
    uid = save_paper(desk, paper, receipts).uid
    attest_paper(desk, uid, staff.agent, scan="ab" * 32)
    accept_paper(desk, uid)
    draft = draft_voucher(desk, [uid])
    first, second = draft.lines
    lines = (replace(first, account=account), second) if first.debit_fen and account[0:3] == "513" else (
        first, replace(second, account=account)
    )  # fmt: skip
    return replace(draft, lines=lines)


def png(shade: int) -> bytes:
    out = io.BytesIO()
    Picture.new("L", (2, 2), shade).save(out, "PNG")
    return out.getvalue()
