"""Sheets that hang or hung against their anchors, against each other, and against the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection

from villagebooks.core.book import Book
from villagebooks.core.disclosure import PutUp, Sheet, read_sheet
from villagebooks.core.money import said_yuan
from villagebooks.core.problem import Trouble
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import disclosure as disclosure_rows
from villagebooks.db import journal
from villagebooks.seal import canonical
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.disclosure import anchor_hash, peek_anchor, read_anchor
from villagebooks.seal.key import ever_valid
from villagebooks.services.check.found import Found
from villagebooks.services.key import load_directory


def sheet_faults(connection: Connection, book: Book) -> Iterator[Found]:
    """Every sheet of the book, oldest first."""
    row_id = book_rows.book_id(connection, book.code)
    money = [code for code, one in book_rows.accounts(connection, row_id).items() if one.is_money]
    before: PutUp | None = None
    for one in disclosure_rows.put_ups(connection, row_id):
        for rule, text in (
            *_signature(connection, one),
            *_chain(connection, row_id, one, before),
            *_numbers(connection, row_id, one, money),
        ):
            yield Found(rule, "disclosure", str(one.month), text)
        before = one


def _signature(connection: Connection, one: PutUp) -> Iterator[tuple[str, str]]:
    try:
        anchor = read_anchor(one.anchor, ever_valid(load_directory(connection), one.anchor))
    except (FormatError, Trouble) as error:
        yield "sheet_anchor", _("签名不成立：{why}").format(why=error)
        return
    said = (anchor.seq, anchor.period, anchor.sheet, anchor_hash(one.anchor))
    if said != (one.seq, str(one.month), hashlib.sha256(one.sheet).hexdigest(), one.anchor_hash):
        yield "sheet_hash", _("与签名时不符")


def _chain(connection: Connection, row_id: int, one: PutUp, before: PutUp | None) -> Iterator[tuple[str, str]]:
    try:
        anchor = peek_anchor(one.anchor)
    except FormatError:
        return  # told as a signature that does not hold
    if (anchor.previous, one.seq) != (before.anchor_hash if before else "", before.seq + 1 if before else 1):
        yield "sheet_chain", _("没有接上前一期")
    elif one.previous_code != (before.code if before else ""):
        yield "sheet_chain", _("上期码不是前一期的本期码")
    if journal.head_at(connection, row_id, anchor.size) != anchor.head:
        yield "sheet_chain", _("张榜时的操作日志与现在的接不上")


def _numbers(connection: Connection, row_id: int, one: PutUp, money: list[str]) -> Iterator[tuple[str, str]]:
    try:
        sheet = read_sheet(canonical.load(one.sheet))
    except (FormatError, ValueError):
        yield "sheet_hash", _("读不出来")
        return
    counted = disclosure_rows.four_numbers(connection, row_id, one.month, money)
    names = (_("上月剩下"), _("收进来"), _("花出去"), _("现在剩下"))
    for name, shown, found in zip(names, _four(sheet, counted), counted, strict=True):
        if shown != found:
            text = _("{name}：榜上 {shown}，账上 {found}")
            yield (
                "sheet_numbers",
                text.format(name=name, shown=said_yuan(shown), found=said_yuan(found)),
            )


def _four(sheet: Sheet, counted: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """The four numbers over all funds; what moved from one fund to another is in both, so in and out are net of it."""
    funds = (sheet.own, *sheet.others)
    income, spending = sum(one.income_fen for one in funds), sum(one.spending_fen for one in funds)
    between = max(0, min(income - counted[1], spending - counted[2])) if len(funds) > 1 else 0
    return (
        sum(one.opening_fen for one in funds),
        income - between,
        spending - between,
        sum(one.closing_fen for one in funds),
    )
