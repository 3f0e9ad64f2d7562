"""现金盘点: what the books say, the count as a signed sheet, and the voucher for a difference."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from villagebooks.core.account import CASH
from villagebooks.core.approval import AGENT, CASHIER, DIRECTOR, ON_COUNT
from villagebooks.core.book import Book
from villagebooks.core.cash import CashCount, check_count, count_body, difference_draft
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.voucher import Draft
from villagebooks.core.words import _, plain_text
from villagebooks.db import approval as approval_rows
from villagebooks.db import book as book_rows
from villagebooks.db import cash as cash_rows
from villagebooks.db import person as person_rows
from villagebooks.seal import canonical
from villagebooks.services.approval import sign_body
from villagebooks.services.bank.state import book_balance
from villagebooks.services.desk import Desk, acting
from villagebooks.services.key import Unlocked
from villagebooks.services.signature import note_faults


@dataclass(frozen=True, slots=True)
class CashAccount:
    """A cash account at a day: the books' balance, the last count of the month, and what that one still lacks (fen).

    `left_fen` is counted minus what the books say now for the day of the count.
    """

    code: str
    name: str
    book_fen: int
    count: CashCount | None
    left_fen: int


def cash_accounts(desk: Desk, day: date | None = None) -> list[CashAccount]:
    """The book's cash accounts at a day, else at the end of the desk's month."""
    with desk.books.read() as connection:
        return accounts_at(connection, desk.book, desk.period, day or desk.period.last_day)


def accounts_at(connection: Connection, book: Book, month: Month, day: date) -> list[CashAccount]:
    """The same inside a larger read."""
    row = book_rows.book_id(connection, book.code)
    last = {one.account: one for one, _digest in cash_rows.counts(connection, row, month)}
    found = []
    for code, account in book_rows.accounts(connection, row).items():
        if code.startswith(CASH) and account.holds_lines:
            count, left = last.get(code), 0
            if count:
                now = book_balance(connection, book, code, count.day)
                left = count.left_fen(now)
            balance = book_balance(connection, book, code, day)
            found.append(CashAccount(code, account.name, balance, count, left))
    return found


def cash_counts(desk: Desk) -> list[CashCount]:
    """Every count of the desk's month, in the order they were made."""
    with desk.books.read() as connection:
        row = book_rows.book_id(connection, desk.book.code)
        return [one for one, _digest in cash_rows.counts(connection, row, desk.period)]


def record_cash_count(desk: Desk, count: CashCount, unlocked: Unlocked) -> CashCount:
    """Sign the count of a cash account for the desk's month; the books' balance is read in the same transaction.

    Signed by somebody of the centre who watched and does not hold the cash. Refused for pieces that do not come to the
    sum and for a difference without a reason.
    """
    with acting(desk) as act:
        held = set(person_rows.duties(act.connection, unlocked.person, act.at[:10]))
        problems = []
        if not held & {AGENT, DIRECTOR, CASHIER}:
            problems.append(Problem(_("{name}没有监盘的职责").format(name=unlocked.person)))
        texts = {name: plain_text(getattr(count, name)).strip() for name in ("holder", "counted_by", "reason")}
        if texts["holder"] == unlocked.person:
            text = _("现金由{name}保管，监盘要由别人签字")
            problems.append(Problem(text.format(name=unlocked.person), field="holder"))
        balance = book_balance(act.connection, desk.book, count.account, count.day)
        one = replace(
            count, uid=str(uuid.uuid4()), month=desk.period, book_fen=balance, watched_by=unlocked.person, at=act.at,
            holder=texts["holder"], counted_by=texts["counted_by"] or texts["holder"], reason=texts["reason"],
            pieces=tuple(piece for piece in count.pieces if piece[1]),
        )  # fmt: skip
        leaf = book_rows.accounts(act.connection, act.row).get(count.account)
        if leaf is None or not leaf.leaf:
            problems.append(Problem(_("没有科目 {code}").format(code=count.account), field="account"))
        refuse_if(problems + check_count(one))
        body = canonical.dump(count_body(one, desk.book.uid))
        sign_body(act, desk, ON_COUNT, one.uid, body, "watch", unlocked)
        cash_rows.add_count(act.connection, act.row, one, hashlib.sha256(body).hexdigest())
        act.record("count", f"cash_count:{one.uid}")
    return one


def draft_cash_difference(desk: Desk, account: str) -> Draft:
    """The voucher for what the last count of the month still lacks; Refused when nothing does."""
    with desk.books.read() as connection:
        at_end = accounts_at(connection, desk.book, desk.period, desk.period.last_day)
        found = next((one for one in at_end if one.code == account), None)
        accounts = book_rows.accounts(connection, book_rows.book_id(connection, desk.book.code))
    draft = difference_draft(found.count, found.left_fen, accounts) if found and found.count else None
    if draft is None:
        raise Refused([Problem(_("这个月的盘点没有差额要记"))])
    return draft


def count_faults(connection: Connection, book: Book) -> Iterator[tuple[str, str]]:
    """(uid, what is wrong) for counts that are not what was signed, and for signatures that do not hold."""
    row = book_rows.book_id(connection, book.code)
    for one, digest in cash_rows.counts(connection, row):
        body = canonical.dump(count_body(one, book.uid))
        if hashlib.sha256(body).hexdigest() != digest:
            yield one.uid, _("{day} 的现金盘点表与签过的不一样").format(day=one.day)
        given = approval_rows.approvals_of(connection, one.uid)
        if not given:
            yield one.uid, _("{day} 的现金盘点表没有签字").format(day=one.day)
        faults = note_faults(connection, book, row, given, digest)
        for (approval, _note), fault in zip(given, faults, strict=True):
            if fault or approval.signer != one.watched_by:
                yield one.uid, fault or _("签字的人与登记的不符")
