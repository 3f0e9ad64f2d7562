"""Taking a book over with its balances: what is refused, the balances that result, the one act that writes them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.account import Account
from villagebooks.core.history import columns_of
from villagebooks.core.ledger import TrialBalance, build_trial_balance
from villagebooks.core.opening import (
    MONEY_KINDS,
    HandOver,
    OpeningTable,
    TakeOver,
    build_shortages,
    check_hand_over,
    check_rows,
    check_take_over,
    preview_details,
    read_opening_table,
)
from villagebooks.core.party import Party
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem, refuse_if
from villagebooks.core.words import _, plain_text
from villagebooks.db import book as book_rows
from villagebooks.db import hand_over as hand_over_rows
from villagebooks.db import history as history_rows
from villagebooks.formats.bank import read_grid
from villagebooks.formats.table import Faults
from villagebooks.formats.voucher import BookRead
from villagebooks.formats.voucher.opening import take_over_vouchers
from villagebooks.services.approval import seal_voucher
from villagebooks.services.desk import Act, Desk, acting


@dataclass(frozen=True, slots=True)
class OpeningBook:
    """What the assistant needs of a book: its leaves and parties, the last month of the old books, whether it is
    still empty, and whether turnovers of the year are asked for (it does not begin in January)."""

    accounts: Mapping[str, Account]
    parties: Mapping[str, Party]
    month: Month
    empty: bool

    @property
    def mid_year(self) -> bool:
        """Whether months of the year lie before the first month here."""
        return self.month.month < 12


def read_opening_book(desk: Desk) -> OpeningBook:
    """The book as the assistant begins."""
    with desk.books.read() as connection:
        row = book_rows.book_id(connection, desk.book.code)
        return OpeningBook(
            book_rows.accounts(connection, row), book_rows.parties(connection, row), desk.book.start.plus(-1),
            not history_rows.has_vouchers(connection, row),
        )  # fmt: skip


def read_opening_file(desk: Desk, path: Path) -> OpeningTable:
    """The rows of this book in openings.csv (fen) or in a table from Excel (yuan)."""
    book = read_opening_book(desk)
    grid, _sha256 = read_grid(path)
    rows = [row for row in grid if any(row)]
    read = read_opening_table(rows, desk.book.code, book.accounts)
    if read.month and read.month != book.month:
        text = _("表里的余额到 {found} 为止，账套从 {start} 开始，要到 {month} 为止的")
        problem = Problem(text.format(found=read.month, start=desk.book.start, month=book.month))
        return replace(read, problems=(problem, *read.problems))
    return read


def check_opening(desk: Desk, take: TakeOver, record: HandOver | None) -> list[Problem]:
    """Everything that would refuse the take-over; the form paints it while balances are typed."""
    with desk.books.read() as connection:
        return _check(connection, desk, take, record)


def preview_opening(desk: Desk, take: TakeOver, record: HandOver | None) -> TrialBalance:
    """The trial balance that results, up to the month before the book's first; nothing is written."""
    book = read_opening_book(desk)
    whole = _with_shortages(take, record)
    names = {code: one.name for code, one in book.accounts.items()}
    rows = build_trial_balance(desk.book.code, names, preview_details(whole))
    first = Month(book.month.year, 1) if book.mid_year else book.month
    return TrialBalance(desk.book.code, desk.book.name, first, book.month, rows)


def open_balances(desk: Desk, take: TakeOver, record: HandOver | None = None) -> list[str]:
    """建账: write the balances as the vouchers an import of the same openings.csv would be, in one transaction.

    What was missing at hand-over stands on 113 of who handed over or on 181, as lines of its own. Answers what whoever
    takes over should look at. Refused when the book has vouchers, or for anything `check_opening` finds.
    """
    with acting(desk, alone=True) as act:
        refuse_if(_check(act.connection, desk, take, record))
        whole = _tidy(_with_shortages(take, record))
        row = act.row
        accounts = book_rows.accounts(act.connection, row)
        read = BookRead(desk.book.code, uuid.UUID(desk.book.uid).bytes, {}, None)
        notices = Faults()
        vouchers = [
            seal_voucher(act.connection, desk.book.uid, replace(one, prepared_by=desk.person))[0]
            for one in take_over_vouchers(whole, read, accounts, notices)
        ]
        first = history_rows.last_voucher_id(act.connection) + 1
        with history_rows.HistoryWriter(act.connection, act.at) as writer:
            digests = [one.digest for one in vouchers]
            writer.write(history_rows.Batch(row, first, digests, columns_of(vouchers)))
        _add_parties(act, row, read.used_parties)
        last = first + len(vouchers) - 1
        history_rows.sum_balances(act.connection, row, first, last, desk.book.start.year)
        act.record("opening", f"vouchers:{row}/{first}-{last}")
        if record:
            _keep_record(act, row, record)
    return [one.text for one in notices.all()]


def hand_overs(desk: Desk) -> list[HandOver]:
    """The hand-overs that were recorded for the book."""
    with desk.books.read() as connection:
        return hand_over_rows.hand_overs(connection, book_rows.book_id(connection, desk.book.code))


def _check(connection: Connection, desk: Desk, take: TakeOver, record: HandOver | None) -> list[Problem]:
    row = book_rows.book_id(connection, desk.book.code)
    accounts = book_rows.accounts(connection, row)
    problems = []
    if history_rows.has_vouchers(connection, row):
        problems.append(Problem(_("账套 {code} 里已有凭证，期初余额只能在空的账套里录").format(code=desk.book.code)))
    if take.month != desk.book.start.plus(-1) or take.book != desk.book.code:
        text = _("账套从 {start} 开始，余额要到 {month} 为止")
        problems.append(Problem(text.format(start=desk.book.start, month=desk.book.start.plus(-1))))
    if not any(one.opening_fen or one.debit_fen or one.credit_fen for one in take.rows):
        problems.append(Problem(_("一笔余额也没有")))
    problems += check_rows(take, accounts)
    problems += [Problem(text) for text in check_take_over(take)]
    return problems + (_check_record(take, record, accounts) if record else [])


def _check_record(take: TakeOver, record: HandOver, accounts: Mapping[str, Account]) -> list[Problem]:
    """The record speaks of the balances that are taken over, not of others."""
    problems = check_hand_over(record, accounts)
    for place, one in enumerate(record.items):
        held = sum(row.closing_fen for row in take.rows if row.account == one.number)
        if one.kind in MONEY_KINDS and held != one.book_fen:
            text = _("{what} 的账面数和余额表不一样，请重新填")
            problems.append(Problem(text.format(what=one.words), line=place, field="book_fen"))
    return problems


def _with_shortages(take: TakeOver, record: HandOver | None) -> TakeOver:
    return replace(take, shortages=build_shortages(record)) if record else take


def _tidy(take: TakeOver) -> TakeOver:
    """The take-over with every text as it can be signed."""
    rows = tuple(
        replace(
            one, party=plain_text(one.party).strip(), project=plain_text(one.project).strip(),
            contract=plain_text(one.contract).strip(), bank=plain_text(one.bank).strip(),
        )
        for one in take.rows
    )  # fmt: skip
    return replace(take, rows=rows)


def _add_parties(act: Act, row: int, used: set[str]) -> None:
    known = book_rows.parties(act.connection, row)
    new = [Party(name, name) for name in sorted(used) if name not in known]
    if new:
        book_rows.add_parties(act.connection, row, new)
        act.record("party", f"parties:{row}")


def _keep_record(act: Act, row: int, record: HandOver) -> None:
    items = tuple(
        replace(one, words=plain_text(one.words).strip(), number=plain_text(one.number).strip())
        for one in record.items
    )  # fmt: skip
    one = replace(
        record, uid=str(uuid.uuid4()), items=items, remark=plain_text(record.remark).strip(),
        recorded_by=act.person, recorded_at=act.at,
    )  # fmt: skip
    hand_over_rows.add_hand_over(act.connection, row, one)
    act.record("hand_over", f"hand_over:{one.uid}")
