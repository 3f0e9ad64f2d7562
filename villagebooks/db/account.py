"""What stands behind an account: what it holds, its last lines, vouchers under way; its former names and needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, delete, func, insert, select, text, update

from villagebooks.core.account import QUANTITY, Account, Holding
from villagebooks.core.period import Month
from villagebooks.core.voucher import APPROVED, DIMENSIONS, DRAFT, POSTED, SUBMITTED, VOID, Line, dimensions
from villagebooks.db import schema
from villagebooks.db.voucher import find_voucher, has_lines

_line, _voucher, _account = schema.voucher_line.c, schema.voucher.c, schema.account.c
_name, _need = schema.account_name.c, schema.account_need.c

_EMPTY = {name: _line[name] == "" for name in DIMENSIONS} | {QUANTITY: _line.quantity == 0}

_HOLDINGS = text(
    """SELECT SUM(debit_fen - credit_fen) AS net, party, project, contract, bank FROM balance
    WHERE book = :book AND account = :account AND year = (SELECT MAX(year) FROM account_balance WHERE book = :book)
    GROUP BY party, project, contract, bank HAVING SUM(debit_fen - credit_fen) <> 0
    ORDER BY party, project, contract, bank"""
)
PARTY = "party"
_LAST_YEAR = text("SELECT MAX(year) FROM account_balance WHERE book = :book")
_NAMES = text(
    """SELECT DISTINCT project, contract, bank FROM balance
    WHERE year IN (:last, :before) AND book = :book AND (project <> '' OR contract <> '' OR bank <> '')"""
)
_COUNTED = text(
    """SELECT l.party, l.project, l.contract, l.bank,
      SUM(CASE WHEN l.debit_fen <> 0 THEN l.quantity ELSE -l.quantity END) AS counted
    FROM voucher_line l JOIN voucher v ON v.id = l.voucher
    WHERE l.book = :book AND l.account = :account AND l.quantity <> 0 AND v.state = 'posted'
    GROUP BY l.party, l.project, l.contract, l.bank"""
)


def holdings(connection: Connection, book: int, account: str) -> list[Holding]:
    """What every detail of the account holds by all that is posted, those that hold nothing left out."""
    values = {"book": book, "account": account}
    counted = {tuple(row[:4]): row.counted for row in connection.execute(_COUNTED, values)}
    held = [
        (row.net, (row.party, row.project, row.contract, row.bank)) for row in connection.execute(_HOLDINGS, values)
    ]
    return [Holding(net, *key, counted.get(key, 0)) for net, key in held]


def last_line(connection: Connection, book: int, account: str) -> tuple[date, str] | None:
    """Day and title (记-3) of the last voucher, not void, with a line on the account."""
    query = (
        select(_line.day, _voucher.word, _voucher.number)
        .join(schema.voucher, _voucher.id == _line.voucher)
        .where(_line.book == book, _line.account == account, _voucher.state != VOID)
        .order_by(_line.day.desc(), _voucher.id.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return (date.fromisoformat(row.day), f"{row.word}-{row.number}") if row else None


def waiting_titles(connection: Connection, book: int, account: str) -> list[str]:
    """`2026-09 记-3` of every voucher under way, not posted and not void, with a line on the account."""
    query = (
        select(_voucher.year, _voucher.month, _voucher.word, _voucher.number)
        .join(schema.voucher_line, _line.voucher == _voucher.id)
        .where(_line.book == book, _line.account == account, _voucher.state.in_((DRAFT, SUBMITTED, APPROVED)))
        .distinct()
        .order_by(_voucher.year, _voucher.month, _voucher.word, _voucher.number)
    )
    return [f"{Month(row.year, row.month)} {row.word}-{row.number}" for row in connection.execute(query)]


def accounts_with_lines(connection: Connection, book: int, accounts: Iterable[str]) -> set[str]:
    """Those of the accounts on which any voucher, in whatever state, has a line: one look into the index for each."""
    return {code for code in accounts if has_lines(connection, book, code)}


def lines_without(connection: Connection, book: int, account: str, needs: Sequence[str]) -> dict[str, int]:
    """How many lines of vouchers that are not void leave each of the dimensions empty."""
    found = {}
    for need in needs:
        query = (
            select(func.count())
            .select_from(schema.voucher_line.join(schema.voucher, _voucher.id == _line.voucher))
            .where(_line.book == book, _line.account == account, _voucher.state != VOID, _EMPTY[need])
        )
        found[need] = connection.execute(query).scalar_one()
    return found


def keep_name(connection: Connection, book: int, code: str, until: date, name: str) -> None:
    """Remember the name that an account had until a day; a name that was kept for that day already stays."""
    known = select(_name.until).where(_name.book == book, _name.code == code, _name.until == until.isoformat())
    if connection.execute(known).first() is None:
        values = {"book": book, "code": code, "until": until.isoformat(), "name": name}
        connection.execute(insert(schema.account_name).values(values))


def former_names(connection: Connection, book: int) -> dict[str, list[tuple[str, str]]]:
    """(ISO day from which it no longer held, name) of every account that was called otherwise, in order."""
    found: dict[str, list[tuple[str, str]]] = {}
    query = select(_name.code, _name.until, _name.name).where(_name.book == book).order_by(_name.code, _name.until)
    for row in connection.execute(query):
        found.setdefault(row.code, []).append((row.until, row.name))
    return found


def put_former_names(connection: Connection, book: int, names: Iterable[tuple[str, str, str]]) -> None:
    """Former names as (code, until, name), when an import brings them."""
    rows = [{"book": book, "code": code, "until": until, "name": name} for code, until, name in names]
    if rows:
        connection.execute(insert(schema.account_name), rows)


def put_needs_since(connection: Connection, book: int, code: str, needs: Iterable[str], since: str) -> None:
    """The account asks for these dimensions from an ISO day on; lines from before may lack them."""
    names = list(needs)
    drop_needs_since(connection, book, code, names)
    for need in names:
        connection.execute(insert(schema.account_need).values(book=book, code=code, need=need, since=since))


def drop_needs_since(connection: Connection, book: int, code: str, needs: Iterable[str]) -> None:
    """The account no longer asks for these."""
    names = list(needs)
    connection.execute(
        delete(schema.account_need).where(_need.book == book, _need.code == code, _need.need.in_(names))
    )  # fmt: skip


def needs_since(connection: Connection, book: int) -> dict[str, dict[str, str]]:
    """Of every account the dimensions that it asks for only since a day, with that day."""
    found: dict[str, dict[str, str]] = {}
    query = select(_need.code, _need.need, _need.since).where(_need.book == book).order_by(_need.code, _need.need)
    for row in connection.execute(query):
        found.setdefault(row.code, {})[row.need] = row.since
    return found


def used_names(connection: Connection, book: int) -> dict[str, list[str]]:
    """Projects, contracts and bank accounts that the book's newest two years name, for suggestions."""
    last = connection.execute(_LAST_YEAR, {"book": book}).scalar() or 0
    rows = connection.execute(_NAMES, {"book": book, "last": last, "before": last - 1}).all()
    return {name: sorted({one for row in rows if (one := getattr(row, name))}) for name in DIMENSIONS if name != PARTY}


def remove_account(connection: Connection, book: int, code: str) -> None:
    """Take away an account that nothing stands on, with what is kept beside it."""
    for table in (schema.account_name, schema.account_need, schema.account):
        connection.execute(delete(table).where(table.c.book == book, table.c.code == code))


def transfer_titles(connection: Connection, book: int) -> dict[str, str]:
    """`2026-09-记-7` of the posted vouchers that divided an account, by uid."""
    query = (
        select(_voucher.uid, _voucher.year, _voucher.month, _voucher.word, _voucher.number)
        .join(schema.account, _account.split_by == _voucher.uid)
        .where(_account.book == book, _voucher.state == POSTED)
    )
    rows = connection.execute(query)
    return {row.uid: f"{Month(row.year, row.month)}-{row.word}-{row.number}" for row in rows}


def split_of(connection: Connection, book: int, voucher: str) -> str:
    """Code of the account that this voucher divides, empty when it divides none."""
    query = select(_account.code).where(_account.book == book, _account.split_by == voucher)
    return connection.execute(query).scalar() or ""


def forget_transfer(connection: Connection, book: int, voucher: str) -> None:
    """The transfer of a division was voided: the account waits for another."""
    connection.execute(
        update(schema.account).where(_account.book == book, _account.split_by == voucher).values(split_by="")
    )


def usable_home(
    connection: Connection, book: int, accounts: Mapping[str, Account], lines: Sequence[Line], day: str
) -> tuple[Line, ...]:
    """The same for a suggestion of an ISO day: lines on accounts that take none any more have no account."""
    homes = at_home(connection, book, accounts, lines)
    used = {code for code, one in accounts.items() if one.leaf and not one.is_stopped(day)}
    return tuple(one if one.account in used else replace(one, account="") for one in homes)


def at_home(
    connection: Connection, book: int, accounts: Mapping[str, Account], lines: Sequence[Line]
) -> tuple[Line, ...]:
    """The lines as today's chart takes them: of a divided account on the one that got most of the line's detail."""
    return tuple(replace(one, account=_home(connection, book, accounts, one)) for one in lines)


def _home(connection: Connection, book: int, accounts: Mapping[str, Account], line: Line) -> str:
    code = line.account
    while code in accounts and accounts[code].split_on:
        transfer = find_voucher(connection, book, accounts[code].split_by)
        below = [one for one in transfer.lines if one.account != code] if transfer else []
        alike = [one for one in below if dimensions(one) == dimensions(line)] or below
        children = [one.code for one in accounts.values() if one.parent == code]
        code = max(alike, key=lambda one: abs(one.net_fen)).account if alike else children[0]
    return code
