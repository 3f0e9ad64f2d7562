"""What was typed as conditions on vouchers: what the books know of it is looked up once, lines are gone through."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from villagebooks.core.search import Term, VoucherQuery
from villagebooks.db.search.listed import in_numbers, in_pairs, in_texts

TOTAL = "COALESCE((SELECT SUM(t.debit_fen) FROM voucher_line t WHERE t.voucher = v.id), 0)"
Values = dict[str, object]
Match = Callable[[str], str]
"""From a column to the condition that it holds the words."""
Numbers = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term with the books that are called so, the vouchers whose papers speak of it (in order), whether any party is
    called so, parties' names that begin with its letters, and (book, code) of the accounts that it means. Lines need
    not be asked for what is nowhere."""

    term: Term
    books: tuple[int, ...] = ()
    vouchers: tuple[int, ...] = ()
    parties: bool = False
    names: tuple[str, ...] = ()
    accounts: tuple[tuple[int, str], ...] = ()


def span_of(table: str, query: VoucherQuery, values: Values) -> list[str]:
    """Conditions on book and day, which vouchers and lines have alike."""
    where = []
    if query.book:
        values["book"] = query.book
        where.append(f"{table}.book = (SELECT id FROM book WHERE code = :book)")  # noqa: S608  (our own words)
    if query.first:
        values["first"] = query.first.first_day.isoformat()
        where.append(f"{table}.day >= :first")
    if query.last:
        values["last"] = query.last.last_day.isoformat()
        where.append(f"{table}.day <= :last")
    return where


def conditions(
    connection: Connection, query: VoucherQuery, known: Sequence[Meaning], values: Values, rows: Numbers | None = None
) -> list[str]:
    """Conditions on a voucher `v` beside its book and day. Its lines are looked up; those of all vouchers with an id
    beyond the first of `rows` up to the second are gone through at once."""
    where = []
    if query.states:
        values.update((f"state{place}", one) for place, one in enumerate(query.states))
        where.append(f"v.state IN ({', '.join(f':state{place}' for place in range(len(query.states)))})")
    if rows is not None:
        values["above"], values["until"] = rows
        where.append("v.id > :above AND v.id <= :until")
    return [*where, *(_fits(connection, one, f"t{place}", values, rows) for place, one in enumerate(known))]


def matching(connection: Connection, text: str, name: str, values: Values) -> Match:
    """How a column is asked whether it holds a text: without regard to capitals, narrow and wide signs alike.

    Where there is neither the plain search is enough, which takes half as long.
    """
    plain = connection.dialect.name == "sqlite"
    if text.lower() == text.upper() and not any(ord(sign) in _TWINS for sign in text):
        values[name] = text
        find = "instr({}, :{}) > 0" if plain else "strpos({}, :{}) > 0"
        return lambda column: find.format(column, name)
    values[name] = f"%{text.translate(_TWINS)}%"
    like = "LIKE" if plain else "ILIKE"
    return lambda column: f"{column} {like} :{name} ESCAPE '!'"


_TWINS = {ord(sign): "_" for sign in "(),:;?（），：；？"} | {ord(sign): f"!{sign}" for sign in "!%_"}
"""Signs that people type narrow or wide as the input method has it: any one sign fits in their place."""


def _fits(connection: Connection, known: Meaning, name: str, values: Values, rows: Numbers | None) -> str:
    """One of the meanings of a term, what is cheap to ask before what is dear."""
    term, ways = known.term, []
    if term.state:
        values[f"{name}s"] = term.state
        ways.append(f"v.state = :{name}s")
    if term.days:
        values[f"{name}f"], values[f"{name}u"] = term.days
        ways.append(f"(v.day >= :{name}f AND v.day <= :{name}u)")
    if term.voucher:
        values[f"{name}w"], values[f"{name}n"] = term.voucher
        ways.append(f"(v.word = :{name}w AND v.number = :{name}n)")
    if term.number is not None:
        values[f"{name}n"] = term.number
        ways.append(f"v.number = :{name}n")
    if known.books:
        ways.append(in_numbers(connection, "v.book", known.books, f"{name}b", values))
    ways += _of_papers(connection, known.vouchers, f"{name}p", values, rows)
    lines = []
    if term.text:
        match = matching(connection, term.text, f"{name}t", values)
        ways.append(match("v.prepared_by"))
        lines.append(match("l.summary"))
        if known.parties:
            lines.append(_OF_PARTY.format(fits=f"{match('p.name')} OR {match('p.code')}"))
    if known.names:
        lines.append(_OF_PARTY.format(fits=in_texts(connection, "p.name", known.names, f"{name}i", values)))
    if known.accounts:
        # the code alone first: it sorts out most lines at a quarter of the price
        codes = in_texts(connection, "l.account", sorted({code for _book, code in known.accounts}), f"{name}c", values)
        pairs = in_pairs(connection, "(l.book, l.account)", known.accounts, f"{name}a", values)
        lines.append(f"({codes} AND {pairs})")
    if term.amount:
        values[f"{name}l"], values[f"{name}h"] = term.amount
        lines += [] if term.whole else [_AMOUNT.format(one, name=name) for one in ("l.debit_fen", "l.credit_fen")]
    ways += _of_lines(" OR ".join(lines), name if term.amount else "", rows)
    if rows is not None and term.amount and term.amount[0] <= 0 <= term.amount[1]:
        ways.append("NOT EXISTS (SELECT 1 FROM voucher_line l WHERE l.voucher = v.id)")
    return f"({' OR '.join(ways)})" if ways else "1 = 0"


_AMOUNT = "ABS({}) BETWEEN :{name}l AND :{name}h"
"""A line's, with either sign: nobody types one with a sign."""
_OF_PARTY = """(l.party <> '' AND (l.book, l.party) IN (SELECT p.book, p.code FROM party p WHERE {fits}))"""


def _of_lines(line: str, whole: str, rows: Numbers | None) -> list[str]:
    """Conditions on a voucher by one of its lines, and by the sum of all when `whole` names the limits."""
    if not line and not whole:
        return []
    fits = line
    if whole:
        one = f" OR MAX(CASE WHEN {line} THEN 1 ELSE 0 END) = 1" if line else ""
        fits = f"SUM(l.debit_fen) BETWEEN :{whole}l AND :{whole}h{one}"
    if rows is not None:
        lines = "v.id IN (SELECT l.voucher FROM voucher_line l WHERE l.voucher > :above AND l.voucher <= :until"
        return [f"{lines} GROUP BY l.voucher HAVING {fits})" if whole else f"{lines} AND ({fits}))"]
    if whole:  # a voucher without lines sums to 0
        fits = f"COALESCE({fits}, 0 BETWEEN :{whole}l AND :{whole}h)"
        return [f"(SELECT {fits} FROM voucher_line l WHERE l.voucher = v.id)"]  # noqa: S608  (our own words)
    return [f"EXISTS (SELECT 1 FROM voucher_line l WHERE l.voucher = v.id AND ({fits}))"]  # noqa: S608  (our own words)


def _of_papers(
    connection: Connection, vouchers: Sequence[int], name: str, values: Values, rows: Numbers | None
) -> list[str]:
    if rows is not None:
        vouchers = vouchers[bisect_right(vouchers, rows[0]) : bisect_right(vouchers, rows[1])]
    if not vouchers:
        return []
    return [in_numbers(connection, "v.id", vouchers, name, values)]
