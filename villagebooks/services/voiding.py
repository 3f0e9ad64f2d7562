"""What stands in the way of voiding: the steps that signed a voucher sign its voiding too (SECURITY §4)."""

from __future__ import annotations

from sqlalchemy import Connection

from villagebooks.core.approval import Approval, void_steps
from villagebooks.core.book import Book
from villagebooks.core.policy import Step
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import Voucher, touches_money
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import book as book_rows
from villagebooks.services.approval import centre_steps
from villagebooks.services.signature import void_faults


def open_steps(connection: Connection, book: Book, row_id: int, voucher: Voucher) -> tuple[list[Step], list[Approval]]:
    """The steps that must still sign before the voucher may be void, and every signature on this revision."""
    given = [one for one, _note in approval_rows.approvals_of(connection, voucher.uid, voucher.rev)]
    if not given:
        return [], given
    money = touches_money(voucher.lines, book_rows.accounts(connection, row_id))
    flow, _waiting = centre_steps(connection, book, voucher, money)
    return void_steps(flow, given, voucher.rev), given


def check_void(connection: Connection, row_id: int, voucher: Voucher) -> list[Problem]:
    """Whether the voucher may be void now: nobody has signed it, or every step that did has signed the voiding, each
    with a true signature."""
    book = book_rows.find_book(connection, voucher.book)
    steps, _given = open_steps(connection, book, row_id, voucher)
    if not steps:
        return [Problem(fault, voucher.title) for fault in void_faults(connection, book, row_id, voucher)]
    text = _("{title} 已由{steps}签字：作废要由同样的各步签字，每步一个人，并写明原因")
    return [Problem(text.format(title=voucher.title, steps=_("、").join(_(one.title) for one in steps)))]
