"""What is told of one voucher before it is signed: who may sign the step that is waited for, and hints that refuse
nothing: money that is not there, a payment without the village's paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from villagebooks.core.approval import PREPARE, check_signer
from villagebooks.core.book import Book
from villagebooks.core.period import month_of
from villagebooks.core.short import money_accounts, net_fen, short_words
from villagebooks.core.voucher import POSTED, VOID, Draft, Voucher, touches_money
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import book as book_rows
from villagebooks.db import person as person_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.services.account import today
from villagebooks.services.approval import centre_steps
from villagebooks.services.bank.state import book_balance
from villagebooks.services.bare_hint import bare_words
from villagebooks.services.desk import Desk, Office
from villagebooks.services.drawn import drawn_words
from villagebooks.services.paper_gap import gap_words
from villagebooks.services.short import below_with_all
from villagebooks.services.voucher import save_voucher

MOST_TOLD = 6
"""Sentences before a signature over many vouchers: more are not read."""


LONGEST_ON_PAPER = 60
"""Characters of a summary that every size of voucher paper holds; beyond it letters shrink, then the end is cut off."""


@dataclass(frozen=True, slots=True)
class SignHint:
    """The step that a voucher waits for (its title, empty when nothing is), who of those asked about may sign it, and
    what is told besides."""

    step: str
    people: tuple[str, ...]
    hints: tuple[str, ...]


def save_with_hints(desk: Desk, draft: Draft, seen: int) -> tuple[Voucher, tuple[str, ...]]:
    """`save_voucher`, and what is told of the voucher once it is kept."""
    voucher = save_voucher(desk, draft, seen)
    with desk.books.read() as connection:
        return voucher, _hints(connection, desk.book, [voucher], desk.period.last_day)


def sign_hint(desk: Desk, uid: str, people: Sequence[str]) -> SignHint:
    """Of a voucher of the desk's book and of people with keys; Refused when it is not there."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        voucher = voucher_rows.need_voucher(connection, row_id, uid)
        moves = touches_money(voucher.lines, book_rows.accounts(connection, row_id))
        step = centre_steps(connection, desk.book, voucher, moves)[1]
        hints = _hints(connection, desk.book, [voucher], desk.period.last_day)
        if step is None:
            return SignHint("", (), hints)
        given = [one for one, _note in approval_rows.approvals_of(connection, uid, voucher.rev)]
        day = today(desk.office).isoformat()
        may = [
            name
            for name in people
            if not check_signer(
                step, name, person_rows.duties(connection, name, day), given, voucher.rev,
                person_rows.former_names(connection, name),
            ) and (step.name != PREPARE or name == voucher.prepared_by)
        ]  # fmt: skip
        return SignHint(step.title, tuple(may), hints)


def money_fen(desk: Desk, accounts: Sequence[str]) -> dict[str, int]:
    """What the books hold of each account of money at the end of the desk's month, posted vouchers only, fen."""
    with desk.books.read() as connection:
        return {one: book_balance(connection, desk.book, one, desk.period.last_day) for one in accounts}


def batch_hints(office: Office, vouchers: Sequence[tuple[Book, Sequence[str]]]) -> tuple[str, ...]:
    """What is told once of several vouchers that one person is about to sign, book by book: money that they bring
    below zero together, those that pay without a paper."""
    told: list[str] = []
    with office.books.read() as connection:
        for book, uids in vouchers:
            row_id = book_rows.book_id(connection, book.code)
            found = [voucher_rows.find_voucher(connection, row_id, uid) for uid in uids]
            hints = _hints(connection, book, [one for one in found if one is not None])
            where = _("{where}：{text}") if len(vouchers) > 1 else "{text}"
            told += [where.format(where=book.name, text=text) for text in hints]
    more = len(told) - MOST_TOLD
    if more > 0:
        told[MOST_TOLD:] = [_("还有 {n} 条提示：少选几张，或一张一张打开看").format(n=more)]
    return tuple(told)


def _hints(
    connection: Connection, book: Book, vouchers: Sequence[Voucher], until: date | None = None
) -> tuple[str, ...]:
    """Of vouchers of one book that are not posted, as if all were."""
    waiting = [one for one in vouchers if one.state not in (POSTED, VOID)]
    if not waiting:
        return ()
    row_id = book_rows.book_id(connection, book.code)
    lines = [line for one in waiting for line in one.lines]
    last = max(until or date.min, *(month_of(one.day).last_day for one in waiting))
    held = {one: book_balance(connection, book, one, last) for one in money_accounts(lines)}
    names = {code: one.name for code, one in book_rows.accounts(connection, row_id).items()} if held else {}
    short = short_words([one.lines for one in waiting], held, names)
    short += _days_words(connection, book, waiting, [one for one in held if held[one] + net_fen(lines, one) < 0])
    bare = bare_words(connection, row_id, waiting)
    drawn = drawn_words(connection, row_id, waiting)
    return (*short, *gap_words(connection, waiting), *bare, *drawn, *_long_words(waiting))


def _days_words(
    connection: Connection, book: Book, vouchers: Sequence[Voucher], besides: Sequence[str]
) -> tuple[str, ...]:
    """Where the month ends above zero, and a day does not, even when all is posted that is not yet: the closing looks
    at the days."""
    told = _("{below}（没有记账的凭证也算在内），结账和自查会提示")
    return tuple(told.format(below=one) for one in below_with_all(connection, book, vouchers, besides))


def _long_words(vouchers: Sequence[Voucher]) -> Iterator[str]:
    """Of summaries that the printed voucher would not hold whole, the first of each voucher."""
    for one in vouchers:
        number, line = next(
            ((place, line) for place, line in enumerate(one.lines, 1) if len(line.summary) > LONGEST_ON_PAPER),
            (0, None),
        )
        if line is not None:
            text = _("{title} 第 {n} 行的摘要有 {count} 字，印在凭证上要缩小，过长的印不全：写短些，细的写在报账单上")
            yield text.format(title=one.title, n=number, count=len(line.summary))
