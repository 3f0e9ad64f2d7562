"""Vouchers of many months and books: read in the order asked for, page by page, each page by what stands before it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from villagebooks.core.period import Month
from villagebooks.core.search import AMOUNT, DAY, NUMBER, STATE, VILLAGE, FoundVoucher, Ordered, Term, VoucherQuery
from villagebooks.core.voucher import VOID
from villagebooks.db.tuples import each_plain, fetch_among, fetch_plain

_TOTAL = "COALESCE((SELECT SUM(t.debit_fen) FROM voucher_line t WHERE t.voucher = v.id), 0)"
_KEYS = {
    DAY: ("v.day", "v.id"),
    NUMBER: ("v.year", "v.month", "v.word", "v.number", "v.id"),
    VILLAGE: ("v.book", "v.year", "v.month", "v.word", "v.number", "v.id"),
    STATE: ("v.state", "v.day", "v.id"),
    AMOUNT: (_TOTAL, "v.id"),
}
Values = dict[str, object]
FEW_PASSES = 50_000
"""Rows of a part where no index has the order: each part goes through everything, and keeps only these in memory."""


def ordered_rows(
    connection: Connection, query: VoucherQuery, terms: Sequence[Term], after: tuple[object, ...] | None, limit: int
) -> Ordered:
    """The next rows after `after`, at most `limit`; more of them where no index has the order."""
    keys = _KEYS[query.order]
    values: Values = {}
    where = _conditions(connection, query, terms, values)
    if after is not None:
        values.update((f"after{place}", one) for place, one in enumerate(after))
        marks = ", ".join(f":after{place}" for place in range(len(keys)))
        where.append(f"({', '.join(keys)}) {'<' if query.down else '>'} ({marks})")
    way = " DESC" if query.down else ""
    if after is not None and not is_indexed(query):
        limit = max(limit, FEW_PASSES)
    sql = f"SELECT {', '.join(keys)} FROM voucher v{_where(where)} ORDER BY {', '.join(one + way for one in keys)}"  # noqa: S608  (our own words, values are bound)
    rows, last = array("q"), None
    for last in each_plain(connection, f"{sql} LIMIT {limit}", values):
        rows.append(last[-1])
    return Ordered(rows, last if len(rows) == limit else None)


def is_indexed(query: VoucherQuery) -> bool:
    """Whether an index has the order, so that a page costs what it shows."""
    return query.order in (DAY, VILLAGE) or (query.order == NUMBER and bool(query.book))


def found_rows(connection: Connection, rows: Sequence[int], terms: Sequence[Term]) -> list[FoundVoucher]:
    """These vouchers in this order, with the summary that was looked for."""
    text = next((one.text for one in terms if one.text), "")
    like = _like(connection)
    found = {
        row[0]: _to_found(row)
        for row in fetch_among(connection, _ROWS.replace("{like}", like), rows, {"text": _pattern(text)})
    }
    return [found[row] for row in rows if row in found]


def total_of(connection: Connection, query: VoucherQuery, terms: Sequence[Term]) -> int:
    """Fen of all vouchers that fit, without void ones."""
    values: Values = {"void": VOID}
    if terms or query.states:
        where = [*_conditions(connection, query, terms, values), "v.state != :void"]
        sql = f"SELECT SUM({_TOTAL}) FROM voucher v{_where(where)}"  # noqa: S608  (our own words, values are bound)
        return int(fetch_plain(connection, sql, values)[0][0] or 0)
    # everything of a book or of all: the lines at once, and those of void vouchers taken off
    lines = _span("l", query, values)
    gone = [*_span("v", query, values), "v.state = :void"]
    every = f"SELECT SUM(l.debit_fen) FROM voucher_line l{_where(lines)}"  # noqa: S608  (our own words, values are bound)
    void = f"SELECT SUM({_TOTAL}) FROM voucher v{_where(gone)}"  # noqa: S608  (our own words, values are bound)
    sums = [fetch_plain(connection, sql, values)[0][0] for sql in (every, void)]
    return int(sums[0] or 0) - int(sums[1] or 0)


def total_among(connection: Connection, rows: Sequence[int]) -> int:
    """Fen of these vouchers, without void ones."""
    total = 0
    for start in range(0, len(rows), 500):
        part = rows[start : start + 500]
        total += int(fetch_among(connection, _AMONG, part, {"void": VOID})[0][0] or 0)
    return total


_AMONG = f"SELECT SUM({_TOTAL}) FROM voucher v WHERE v.id IN ({{among}}) AND v.state != :void"  # noqa: S608  (our own words, values are bound)
_ROWS = f"""SELECT v.id, v.uid, b.code, b.name, v.year, v.month, v.word, v.number, v.day, v.kind, v.state,
    COALESCE((SELECT l.summary FROM voucher_line l WHERE l.voucher = v.id AND l.summary {{like}} :text ESCAPE '!'
        ORDER BY l.line LIMIT 1),
      (SELECT l.summary FROM voucher_line l WHERE l.voucher = v.id ORDER BY l.line LIMIT 1), ''),
    {_TOTAL}, v.attachment_count, v.prepared_by,
    COALESCE((SELECT p.name FROM voucher_line l JOIN party p ON p.book = l.book AND p.code = l.party
        WHERE l.voucher = v.id AND l.party != '' ORDER BY l.line LIMIT 1), '')
  FROM voucher v JOIN book b ON b.id = v.book WHERE v.id IN ({{among}})"""  # noqa: S608  (our own words, values are bound)


def _conditions(connection: Connection, query: VoucherQuery, terms: Sequence[Term], values: Values) -> list[str]:
    where = _span("v", query, values)
    if query.states:
        values.update((f"state{place}", one) for place, one in enumerate(query.states))
        where.append(f"v.state IN ({', '.join(f':state{place}' for place in range(len(query.states)))})")
    like = _like(connection)
    lines = _LINES_OF_ONE if query.book else _LINES_OF_ALL
    return [*where, *(_fits(one, f"t{place}", (like, lines), values) for place, one in enumerate(terms))]


def _span(table: str, query: VoucherQuery, values: Values) -> list[str]:
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


def _fits(term: Term, name: str, look: tuple[str, str], values: Values) -> str:
    """One of the meanings of a term; `look` is how words are compared, and how lines are looked up."""
    like, lines = look
    ways = []
    if term.state:
        values[f"{name}s"] = term.state
        ways.append(f"v.state = :{name}s")
    if term.day:
        values[f"{name}d"] = f"{term.day}%"
        ways.append(f"v.day LIKE :{name}d")
    if term.voucher:
        values[f"{name}w"], values[f"{name}n"] = term.voucher
        ways.append(f"(v.word = :{name}w AND v.number = :{name}n)")
    if term.number is not None:
        values[f"{name}n"] = term.number
        ways.append(f"v.number = :{name}n")
    number = term.paper if term.paper is not None else term.number
    if number is not None:
        values[f"{name}p"] = number
        ways.append(f"v.uid IN ({_PAPERS.format(f'p.number = :{name}p')})")
    if term.text:
        values[f"{name}t"] = _pattern(term.text)
        words = lines.format(_WORDS.format(like=like, text=f":{name}t"))
        ways.append(_TEXT.format(like=like, text=f":{name}t", lines=words))
    if term.amount:
        values[f"{name}l"], values[f"{name}h"] = term.amount
        ways.append(_amount(name, lines, term.whole))
    return f"({' OR '.join(ways)})"


_PAPERS = "SELECT j.voucher FROM paper p JOIN paper_voucher j ON j.paper = p.uid WHERE {}"
_TEXT = """v.prepared_by {like} {text} ESCAPE '!'
    OR v.book IN (SELECT id FROM book WHERE name {like} {text} ESCAPE '!' OR code {like} {text} ESCAPE '!')
    OR v.uid IN (SELECT j.voucher FROM document d JOIN paper_voucher j ON j.paper = d.paper
        WHERE d.number {like} {text} ESCAPE '!')
    OR v.uid IN (SELECT j.voucher FROM paper p JOIN paper_voucher j ON j.paper = p.uid
        WHERE p.payee {like} {text} ESCAPE '!')
    OR {lines}"""
_WORDS = """l.summary {like} {text} ESCAPE '!' OR (l.party != '' AND EXISTS (SELECT 1 FROM party p
    WHERE p.book = l.book AND p.code = l.party
      AND (p.name {like} {text} ESCAPE '!' OR p.code {like} {text} ESCAPE '!')))"""
_LINES_OF_ONE = "EXISTS (SELECT 1 FROM voucher_line l WHERE l.voucher = v.id AND ({}))"
_LINES_OF_ALL = "v.id IN (SELECT l.voucher FROM voucher_line l WHERE {})"
"""Lines that fit: looked up voucher by voucher within a book, gone through once for all books."""


def _amount(name: str, lines: str, whole: bool) -> str:
    """A range of fen: limits of the voucher's total as they are; an amount with either sign, of a line too."""
    low, high = f":{name}l", f":{name}h"
    if whole:
        return f"{_TOTAL} BETWEEN {low} AND {high}"
    side = "l.{} BETWEEN {low} AND {high} OR l.{} BETWEEN -{high} AND -{low}"
    cells = " OR ".join(side.format(one, one, low=low, high=high) for one in ("debit_fen", "credit_fen"))
    return f"{_TOTAL} BETWEEN {low} AND {high} OR {lines.format(cells)}"


def _where(where: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(where)}" if where else ""


def _like(connection: Connection) -> str:
    """Words without regard to capitals, on both databases."""
    return "LIKE" if connection.dialect.name == "sqlite" else "ILIKE"


_TWINS = {ord(sign): "_" for sign in "(),:;?（），：；？"} | {ord(sign): f"!{sign}" for sign in "!%_"}
"""Signs that people type narrow or wide as the input method has it: any one sign fits in their place."""


def _pattern(text: str) -> str:
    return f"%{text.translate(_TWINS)}%" if text else ""


def _to_found(row: tuple) -> FoundVoucher:  # type: ignore[type-arg]  # as the driver gives it
    return FoundVoucher(
        row[0], row[1], row[2], row[3], Month(row[4], row[5] or 1), row[6], row[7], date.fromisoformat(row[8]),
        row[9], row[10], row[11], int(row[12] or 0), row[13], row[14], row[15],
    )  # fmt: skip
