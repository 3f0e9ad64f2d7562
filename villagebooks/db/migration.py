"""The working paper of a migration: its head, new accounts, rows and decisions; decisions are only ever added."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, Row, delete, insert, select, text, update

from villagebooks.core.account import Account, level_of, parent_code
from villagebooks.core.migration import DRAFT, FINISHED, Decision, OldDetail, PaperHead, Part
from villagebooks.core.period import Month
from villagebooks.db import schema

_migration, _line = schema.migration.c, schema.migration_line.c
_account, _decision, _part = schema.migration_account.c, schema.migration_decision.c, schema.migration_part.c
YEAR_END = 12

_BALANCES = text(
    """SELECT account, SUM(debit_fen - credit_fen) AS fen, party, project, contract, bank FROM balance
    WHERE book = :book AND year = (SELECT MAX(k.year) FROM account_balance k WHERE k.book = :book AND k.year <= :year)
      AND (year < :year OR month <= :month)
    GROUP BY account, party, project, contract, bank HAVING SUM(debit_fen - credit_fen) <> 0
    ORDER BY account, party, project, contract, bank"""
)
_QUANTITIES = text(
    """SELECT l.account, l.party, l.project, l.contract, l.bank,
      SUM(CASE WHEN l.credit_fen <> 0 THEN -l.quantity ELSE l.quantity END)
    FROM voucher_line l JOIN voucher v ON v.id = l.voucher JOIN account a ON a.book = l.book AND a.code = l.account
    WHERE l.book = :book AND (v.year < :year OR (v.year = :year AND v.month <= :month)) AND v.state = 'posted'
      AND a.needs LIKE '%quantity%'
    GROUP BY l.account, l.party, l.project, l.contract, l.bank"""
)
_LATER = text(
    """SELECT DISTINCT year, month FROM voucher
    WHERE book = :book AND year > :year AND state <> 'void' ORDER BY year, month"""
)


def balances_at(connection: Connection, book: int, month: Month) -> list[OldDetail]:
    """Every lowest detail with a balance at the end of a month."""
    at = {"book": book, "year": month.year, "month": month.month}
    counted = {tuple(row[:-1]): row[-1] for row in connection.execute(_QUANTITIES, at)}
    rows = connection.execute(_BALANCES, at)
    found = [OldDetail(row.account, row.fen, row.party, row.project, row.contract, row.bank) for row in rows]
    return [replace(one, quantity_milli=counted.get(one.key, 0)) for one in found]


def months_after(connection: Connection, book: int, year: int) -> list[Month]:
    """Months behind a year that hold vouchers which are not void."""
    return [Month(row.year, row.month or 1) for row in connection.execute(_LATER, {"book": book, "year": year})]


def find_head(connection: Connection, book: int) -> PaperHead | None:
    """The book's paper that is worked on or finished, None when none was begun (or it was given up)."""
    found = heads(connection, book)
    return found[-1] if found else None


def heads(connection: Connection, book: int) -> list[PaperHead]:
    """Papers of a book that were not given up, in the order in which they were begun."""
    query = (
        select(schema.migration, schema.book.c.code.label("old"), schema.book.c.name.label("old_name"))
        .join(schema.book, schema.book.c.id == _migration.book)
        .where(_migration.book == book, _migration.state.in_((DRAFT, FINISHED)))
        .order_by(_migration.made_at, _migration.uid)
    )
    return [_to_head(row) for row in connection.execute(query)]


def _to_head(row: Row[tuple[object, ...]]) -> PaperHead:
    return PaperHead(
        row.uid, row.old, row.old_name, Month(row.year, YEAR_END), row.code, row.name, row.template, row.state,
        row.made_by, row.made_at, row.finished_at, row.new_book, row.opening,
    )  # fmt: skip


def add_head(connection: Connection, book: int, head: PaperHead) -> None:
    """A new paper without rows."""
    connection.execute(
        insert(schema.migration).values(
            uid=head.uid, book=book, year=head.month.year, state=head.state, code=head.code, name=head.name,
            template=head.template, made_by=head.made_by, made_at=head.made_at,
        )
    )  # fmt: skip


def set_head(connection: Connection, head: PaperHead) -> None:
    """Write what may change of a paper: the new book it opens, its state."""
    connection.execute(
        update(schema.migration)
        .where(_migration.uid == head.uid)
        .values(
            state=head.state, code=head.code, name=head.name, template=head.template, finished_at=head.finished_at,
            new_book=head.new_book, opening=head.opening,
        )
    )  # fmt: skip


def new_accounts(connection: Connection, uid: str) -> list[Account]:
    """Accounts that the new book gets beyond the template, by code."""
    query = select(schema.migration_account).where(_account.migration == uid).order_by(_account.code)
    return [
        Account(
            row.code,
            row.name,
            level_of(row.code),
            parent_code(row.code),
            row.side,
            True,
            tuple(row.needs.split()),
            row.unit,
        )
        for row in connection.execute(query)
    ]


def put_accounts(connection: Connection, uid: str, accounts: Iterable[Account]) -> None:
    """Replace the accounts beyond the template."""
    connection.execute(delete(schema.migration_account).where(_account.migration == uid))
    rows = [
        {"migration": uid, "code": one.code, "name": one.name, "side": one.side, "needs": " ".join(one.needs),
         "unit": one.unit}
        for one in accounts
    ]  # fmt: skip
    if rows:
        connection.execute(insert(schema.migration_account), rows)


def lines(connection: Connection, uid: str) -> list[tuple[int, OldDetail]]:
    """Rows of the paper by number."""
    query = select(schema.migration_line).where(_line.migration == uid).order_by(_line.line)
    return [
        (
            row.line,
            OldDetail(row.account, row.balance_fen, row.party, row.project, row.contract, row.bank, row.quantity),
        )
        for row in connection.execute(query)
    ]


def put_lines(connection: Connection, uid: str, rows: Sequence[tuple[int, OldDetail]]) -> None:
    """Replace the rows; a detail keeps its number, since decisions go by it."""
    connection.execute(delete(schema.migration_line).where(_line.migration == uid))
    values = [
        {
            "migration": uid, "line": number, "account": one.account, "party": one.party, "project": one.project,
            "contract": one.contract, "bank": one.bank, "balance_fen": one.balance_fen,
            "quantity": one.quantity_milli,
        }
        for number, one in rows
    ]  # fmt: skip
    if values:
        connection.execute(insert(schema.migration_line), values)


def decisions(connection: Connection, uid: str) -> dict[int, list[Decision]]:
    """Every decision by row, the oldest first."""
    parts: dict[str, list[Part]] = defaultdict(list)
    of_paper = select(_decision.uid).where(_decision.migration == uid)
    query = select(schema.migration_part).where(_part.decision.in_(of_paper)).order_by(_part.decision, _part.part)
    for row in connection.execute(query):
        parts[row.decision].append(Part(row.account, row.amount_fen, row.quantity))
    found: dict[int, list[Decision]] = defaultdict(list)
    query_of_all = select(schema.migration_decision).where(_decision.migration == uid)
    for row in connection.execute(query_of_all.order_by(_decision.line, _decision.seq)):
        found[row.line].append(Decision(row.seq, row.at, row.person, row.reason, tuple(parts[row.uid])))
    return found


def add_decision(connection: Connection, uid: str, line: int, one: Decision) -> str:
    """Add a decision to a row; its uid, by which the journal knows it."""
    key = str(uuid.uuid4())
    connection.execute(
        insert(schema.migration_decision).values(
            uid=key, migration=uid, line=line, seq=one.seq, at=one.at, person=one.person, reason=one.reason
        )
    )
    connection.execute(
        insert(schema.migration_part),
        [
            {
                "decision": key,
                "part": number,
                "account": part.account,
                "amount_fen": part.amount_fen,
                "quantity": part.quantity_milli,
            }
            for number, part in enumerate(one.parts, 1)
        ],
    )
    return key
