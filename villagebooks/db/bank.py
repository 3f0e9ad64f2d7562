"""Bank statements and their lines, what was matched, reconciliations; and what the books moved on an account."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, insert, select, text, update

from villagebooks.core.bank import (
    BOOK,
    CONFIRMED,
    KEPT,
    VOIDED,
    BankLine,
    BankMatch,
    BankStatement,
    MoneyItem,
)
from villagebooks.core.period import Month
from villagebooks.db import schema
from villagebooks.db.tuples import fetch_plain

MATCHED, UNDONE = "matched", "undone"
_statement, _line = schema.bank_statement.c, schema.bank_line.c
_match, _item, _sheet = schema.bank_match.c, schema.bank_match_item.c, schema.reconciliation.c
_MOVED = text(
    """SELECT v.uid, l.line, l.day, l.debit_fen - l.credit_fen, l.summary, l.party, v.year, v.month, v.word, v.number
    FROM voucher_line l JOIN voucher v ON v.id = l.voucher
    WHERE l.book = :book AND l.account = :account AND l.day BETWEEN :first AND :last
      AND v.state = 'posted' AND v.month > 0
    ORDER BY l.day, v.word, v.number, l.line"""
)


_WAITING = text(
    "SELECT v.uid, v.day, SUM(l.debit_fen - l.credit_fen) FROM voucher v JOIN voucher_line l ON l.voucher = v.id "
    "WHERE v.book = :book AND v.state NOT IN ('posted', 'void') AND l.account = :account GROUP BY v.uid, v.day"
)
_HELD = """SELECT book.id, (SELECT COUNT(*) FROM (SELECT account FROM balance
      WHERE year = :year AND balance.book = book.id AND account >= '102' AND account < '103' AND month <= :month
      GROUP BY account HAVING SUM(debit_fen - credit_fen) <> 0
        OR SUM(CASE WHEN month = :month THEN abs(debit_fen) + abs(credit_fen) ELSE 0 END) <> 0) AS held)
    FROM book"""


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """A reconciliation that was confirmed or withdrawn, without its items: those are in what was signed."""

    uid: str
    account: str
    month: Month
    book_fen: int
    bank_fen: int
    adjusted_fen: int
    state: str
    prepared_by: str
    confirmed_by: str
    confirmed_at: str
    digest: str


def statements(connection: Connection, book: int, account: str, states: Sequence[str] = (KEPT,)) -> list[BankStatement]:
    """Statements of an account with their lines, in the order of days; kept ones unless told otherwise."""
    query = select(schema.bank_statement).where(
        _statement.book == book, _statement.account == account, _statement.state.in_(states)
    )
    found = []
    for row in connection.execute(query.order_by(_statement.first_day, _statement.kind, _statement.imported_at)):
        lines = connection.execute(
            select(schema.bank_line).where(_line.statement == row.uid).order_by(_line.position)
        ).all()
        found.append(_to_statement(row, tuple(map(_to_line, lines))))
    return found


def find_statement(connection: Connection, book: int, uid: str) -> BankStatement | None:
    """One statement of the book with its lines."""
    query = select(schema.bank_statement).where(_statement.book == book, _statement.uid == uid)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    lines = connection.execute(select(schema.bank_line).where(_line.statement == uid).order_by(_line.position)).all()
    return _to_statement(row, tuple(map(_to_line, lines)))


def same_file(connection: Connection, sha256: str) -> tuple[str, str, str] | None:
    """(book, account, time) where a file of these bytes is kept already, in whichever book."""
    query = (
        select(schema.book.c.code, _statement.account, _statement.imported_at)
        .join(schema.book, schema.book.c.id == _statement.book)
        .where(_statement.sha256 == sha256, _statement.state == KEPT)
    )
    row = connection.execute(query).first()
    return tuple(row) if row else None


def add_statement(connection: Connection, book: int, one: BankStatement) -> None:
    """A statement with its lines; the service journals it in the same transaction."""
    connection.execute(
        insert(schema.bank_statement).values(
            uid=one.uid, book=book, account=one.account, kind=one.kind, name=one.name, sha256=one.sha256,
            first_day=one.first_day.isoformat(), until=one.until.isoformat(), opening_fen=one.opening_fen,
            closing_fen=one.closing_fen, state=one.state, imported_by=one.imported_by, imported_at=one.imported_at,
        )
    )  # fmt: skip
    rows = [
        {"statement": one.uid, "position": line.position, "side": line.side, "day": line.day.isoformat(),
         "summary": line.summary, "counterparty": line.counterparty, "number": line.number,
         "amount_fen": line.amount_fen, "balance_fen": line.balance_fen}
        for line in one.lines
    ]  # fmt: skip
    if rows:
        connection.execute(insert(schema.bank_line), rows)


def void_statement(connection: Connection, uid: str) -> None:
    """A statement that was imported by mistake; its rows stay."""
    connection.execute(update(schema.bank_statement).where(_statement.uid == uid).values(state=VOIDED))


def book_items(connection: Connection, book: int, account: str, first: date, last: date) -> list[MoneyItem]:
    """Posted lines of the books on a leaf from `first` to `last`, by day and voucher number."""
    values = {"book": book, "account": account, "first": first.isoformat(), "last": last.isoformat()}
    return [
        MoneyItem(
            BOOK, row[0], row[1], date.fromisoformat(row[2]), row[3], " ".join(filter(None, (row[4], row[5]))),
            f"{Month(row[6], row[7])} {row[8]}-{row[9]}",
        )
        for row in connection.execute(_MOVED, values)
    ]  # fmt: skip


def waiting_moves(connection: Connection, book: int, account: str) -> list[tuple[str, date, int]]:
    """What vouchers that are not posted yet move on a leaf: uid, day, fen."""
    rows = connection.execute(_WAITING, {"book": book, "account": account})
    return [(uid, date.fromisoformat(day), int(fen)) for uid, day, fen in rows]


def statement_items(one: BankStatement) -> list[MoneyItem]:
    """The lines of a statement as items to be matched."""
    return [
        MoneyItem(
            line.side, one.uid, line.position, line.day, line.amount_fen,
            " ".join(dict.fromkeys(filter(None, (line.summary, line.counterparty)))), line.number,
        )
        for line in one.lines
    ]  # fmt: skip


def matches(connection: Connection, book: int, account: str) -> list[tuple[BankMatch, list[tuple[str, str, int]]]]:
    """Matches of an account that were not undone, with the keys of their items, in the order they were made."""
    keys: dict[str, list[tuple[str, str, int]]] = {}
    query = (
        select(_item.match_uid, _item.side, _item.object, _item.position)
        .join(schema.bank_match, _match.uid == _item.match_uid)
        .where(_match.book == book, _match.account == account)
        .order_by(_item.day, _item.side.desc(), _item.object, _item.position)
    )
    for row in connection.execute(query):
        keys.setdefault(row.match_uid, []).append((row.side, row.object, row.position))
    rows = connection.execute(
        select(schema.bank_match)
        .where(_match.book == book, _match.account == account, _match.state == MATCHED)
        .order_by(_match.made_at, _match.uid)
    )
    return [
        (BankMatch(row.uid, row.kind, row.how, row.confidence, row.words, row.made_by, row.made_at), keys[row.uid])
        for row in rows
        if row.uid in keys
    ]


def add_match(connection: Connection, book: int, account: str, one: BankMatch) -> None:
    """A match with its items; the primary key refuses an item that is matched already."""
    connection.execute(
        insert(schema.bank_match).values(
            uid=one.uid, book=book, account=account, kind=one.kind, how=one.how, confidence=one.confidence,
            words=one.words, state=MATCHED, made_by=one.made_by, made_at=one.made_at,
        )
    )  # fmt: skip
    add_match_items(connection, one.uid, one.items)


def add_match_items(connection: Connection, uid: str, items: Iterable[MoneyItem]) -> None:
    """More items to a match: the rest that the bank paid later."""
    rows = [
        {"side": one.side, "object": one.object, "position": one.position, "match_uid": uid,
         "day": one.day.isoformat(), "amount_fen": one.amount_fen}
        for one in items
    ]  # fmt: skip
    connection.execute(insert(schema.bank_match_item), rows)


def set_match_kind(connection: Connection, uid: str, kind: str) -> None:
    """What a match has become by an item that came later."""
    connection.execute(update(schema.bank_match).where(_match.uid == uid).values(kind=kind))


def drop_match_items(connection: Connection, uid: str, keys: Sequence[tuple[str, str, int]]) -> int:
    """Free items of a match; how many it has left. Without any it is marked as undone."""
    for side, owner, position in keys:
        connection.execute(
            delete(schema.bank_match_item).where(
                _item.side == side, _item.object == owner, _item.position == position, _item.match_uid == uid
            )
        )
    left = connection.execute(select(func.count()).select_from(schema.bank_match_item).where(_item.match_uid == uid))
    count = int(left.scalar_one())
    if not count:
        connection.execute(update(schema.bank_match).where(_match.uid == uid).values(state=UNDONE))
    return count


def sheets(connection: Connection, book: int, account: str = "", state: str = CONFIRMED) -> list[KeptSheet]:
    """Reconciliations of an account, or of all, in the order of months."""
    where: list[ColumnElement[bool]] = [_sheet.book == book, _sheet.state == state]
    if account:
        where.append(_sheet.account == account)
    query = select(schema.reconciliation).where(*where)
    rows = connection.execute(query.order_by(_sheet.account, _sheet.year, _sheet.month))
    return [
        KeptSheet(
            row.uid, row.account, Month(row.year, row.month), row.book_fen, row.bank_fen, row.adjusted_fen, row.state,
            row.prepared_by, row.confirmed_by, row.confirmed_at, row.digest,
        )
        for row in rows
    ]  # fmt: skip


def confirmed_since(
    connection: Connection, book: int, accounts: Collection[str], month: Month
) -> tuple[str, Month] | None:
    """The first of these accounts, by code and month, whose reconciliation of this month or a later one is signed."""
    values = {"in_book": book, "accounts": list(accounts), "first": month.year * 100 + month.month}
    row = connection.execute(_CONFIRMED_SINCE, values).first()
    return (row.account, Month(row.year, row.month)) if row else None


_CONFIRMED_SINCE = (
    select(_sheet.account, _sheet.year, _sheet.month)
    .where(_sheet.book == bindparam("in_book"), _sheet.state == CONFIRMED)
    .where(_sheet.account.in_(bindparam("accounts", expanding=True)))
    .where(_sheet.year * 100 + _sheet.month >= bindparam("first"))
    .order_by(_sheet.account, _sheet.year, _sheet.month)
    .limit(1)
)


def confirmed_counts(connection: Connection, month: Month) -> dict[int, int]:
    """How many accounts of each book (row id) are confirmed for a month."""
    query = (
        select(_sheet.book, func.count())
        .where(_sheet.year == month.year, _sheet.month == month.month, _sheet.state == CONFIRMED)
        .group_by(_sheet.book)
    )
    return {book: count for book, count in connection.execute(query)}  # noqa: C416  (rows are no pairs for dict())


def held_counts(connection: Connection, month: Month) -> dict[int, int]:
    """How many bank accounts of each book moved in a month or hold money at its end, in one query for all."""
    found = fetch_plain(connection, _HELD, {"year": month.year, "month": month.month})
    return {book: count for book, count in found}  # noqa: C416  (rows are no pairs for dict())


def add_sheet(connection: Connection, book: int, one: KeptSheet) -> None:
    """A confirmed reconciliation."""
    connection.execute(
        insert(schema.reconciliation).values(
            uid=one.uid, book=book, account=one.account, year=one.month.year, month=one.month.month,
            until=one.month.last_day.isoformat(), book_fen=one.book_fen, bank_fen=one.bank_fen,
            adjusted_fen=one.adjusted_fen, state=one.state, prepared_by=one.prepared_by,
            confirmed_by=one.confirmed_by, confirmed_at=one.confirmed_at, digest=one.digest,
        )
    )  # fmt: skip


def withdraw_sheet(connection: Connection, uid: str, state: str) -> None:
    """A reconciliation that counts no longer; its row stays."""
    connection.execute(update(schema.reconciliation).where(_sheet.uid == uid).values(state=state))


def lines_hash(items: Iterable[MoneyItem]) -> str:
    """Hex SHA-256 over the days, amounts and rows of items, in their order."""
    running = hashlib.sha256()
    for one in items:
        parts = (one.side, one.object, str(one.position), one.day.isoformat(), str(one.amount_fen))
        running.update("\x1f".join(parts).encode() + b"\n")
    return running.hexdigest()


def _to_statement(row: Row[tuple[object, ...]], lines: tuple[BankLine, ...]) -> BankStatement:
    return BankStatement(
        row.uid, row.account, row.kind, row.name, row.sha256, date.fromisoformat(row.first_day),
        date.fromisoformat(row.until), row.opening_fen, row.closing_fen, row.state, row.imported_by, row.imported_at,
        lines,
    )  # fmt: skip


def _to_line(row: Row[tuple[object, ...]]) -> BankLine:
    return BankLine(
        row.position, date.fromisoformat(row.day), row.summary, row.amount_fen, row.balance_fen, row.counterparty,
        row.number, row.side,
    )  # fmt: skip
