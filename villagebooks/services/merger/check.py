"""Finished mergers against what was signed; stopped books that move; vouchers that shift between former villages."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from villagebooks.core.book import Book
from villagebooks.core.former import mixed_formers
from villagebooks.core.merger import FINISHED, Merger
from villagebooks.core.period import Month
from villagebooks.core.voucher import POSTED
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import book as book_rows
from villagebooks.db import merger as merger_rows
from villagebooks.db import schema
from villagebooks.db import village as village_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.services.merger.act import STEP, body_digest, merger_body
from villagebooks.services.merger.read import balances_left
from villagebooks.services.signature import note_faults

Fault = tuple[str, str, str, str]
"""(rule, table, row, what is wrong)"""


def merger_faults(connection: Connection, book: Book) -> Iterator[Fault]:
    """The book's finished mergers, and a successor of its village that is none."""
    row_id = book_rows.book_id(connection, book.code)
    for one in merger_rows.mergers(connection, row_id):
        if one.state == FINISHED:
            yield from _merger(connection, book, row_id, one)
    village = village_rows.find_village(connection, book.village)
    if village and village.successor:
        found = village_rows.find_village(connection, village.successor)
        if found is None or found.code == village.code:
            yield "successor", "village", village.code, _("并入的村 {code} 没有").format(code=village.successor)
        if book.stopped is None:
            yield (
                "successor",
                "village",
                village.code,
                _("村已经并入别的村，账套 {code} 还没有停用").format(code=book.code),
            )


def _merger(connection: Connection, book: Book, row_id: int, one: Merger) -> Iterator[Fault]:
    target = book_rows.find_book(connection, one.target)
    going = voucher_rows.find_voucher(connection, row_id, one.voucher_out)
    coming = voucher_rows.find_voucher(connection, book_rows.book_id(connection, target.code), one.voucher_in)
    where = _("{source} 并入 {target}").format(source=one.source, target=one.target)
    if going is None or coming is None:
        yield "merger", "merger", where, _("转账凭证不见了")
        return
    body = merger_body(one, book, target, going, coming)
    if approval_rows.body_of(connection, one.uid, 1) != body:
        yield "merger", "merger", where, _("并账的内容或转账凭证与签字时不符")
    signed = approval_rows.approvals_of(connection, one.uid)
    if [approval.step for approval, _note in signed] != [STEP]:
        yield "merger", "merger", where, _("不是中心主任一个人签的字")
    faults = note_faults(connection, book, row_id, signed, body_digest(body))
    for (approval, _note), fault in zip(signed, faults, strict=True):
        if fault:
            yield "merger", "approval", approval.uid, fault
    left = balances_left(connection, row_id, book.stopped or Month(one.day.year, one.day.month))
    if left or book.stopped is None:
        yield "merger", "book", book.code, _("已并账，旧账套还有余额或没有停用")


def former_faults(connection: Connection, book: Book) -> Iterator[Fault]:
    """Posted vouchers whose lines belong to more than one former village."""
    row_id = book_rows.book_id(connection, book.code)
    uids = merger_rows.marked_vouchers(connection, row_id)
    if not uids:
        return
    accounts = book_rows.accounts(connection, row_id)
    where = (schema.voucher.c.uid.in_(uids), schema.voucher.c.state == POSTED)
    for voucher in voucher_rows.vouchers_where(connection, *where):
        names = mixed_formers(voucher.lines, accounts)
        if names:
            text = _("一张凭证里动了 {names} 的账")
            words = text.format(names=_("、").join(_("原{name}").format(name=name) for name in names))
            yield "former_mixed", "voucher", f"{voucher.month} {voucher.title}", words
