"""Vouchers and papers against the steps of the policy that each of them names: one read a policy, not one a voucher."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, text

from villagebooks.core.policy import Band, Centre, CentreDemand, PaperDemand
from villagebooks.core.words import _
from villagebooks.db.check.query import TEXTS, expand, row_name

_AMOUNT = "(CASE WHEN p.amount_fen < 1 THEN 1 ELSE p.amount_fen END)"
_PAPERS = "SELECT 1 FROM paper_voucher j JOIN paper p ON p.uid = j.paper WHERE j.voucher = v.uid"
_BOUND = re.compile(r":(\w+)")
_TAKEN = "p.state IN ('accepted', 'booked')"


_VOUCHERS = (
    "SELECT {voucher}, s.title FROM voucher v CROSS JOIN ({rows}) s WHERE v.book = :book AND v.state = 'posted' "
    "AND v.policy = :policy AND {own} AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.object_uid = v.uid "
    "AND a.rev = v.rev AND a.about = 'voucher' AND a.step = s.step AND a.decision = 'approve') {needed}"
)
_PAPERS_OF = (
    "SELECT {paper}, s.title FROM paper p JOIN ({rows}) s ON {needed} WHERE p.book = :book AND p.policy = :policy "
    "AND {taken} AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.object_uid = p.uid AND a.rev = p.rev "
    "AND a.about = 'paper' AND a.step = s.step AND a.decision = 'approve')"
)
_SIGNERS = (
    "SELECT {paper}, p.day, a.step, a.name, a.at FROM paper p JOIN approval a ON a.object_uid = p.uid "
    "AND a.rev = p.rev WHERE p.book = :book AND p.policy = :policy AND {taken} AND a.about = 'paper' "
    "AND a.decision = 'approve' AND {needed} ORDER BY p.year, p.number, a.id"
)
_UNRULED = (
    "SELECT {paper}, p.spending_class FROM paper p WHERE p.book = :book AND p.policy = :policy AND {taken} AND {needed}"
)


class _Words:
    """Texts of a policy as bound values, so that a quotation mark in a class or title breaks nothing."""

    def __init__(self, book: int, policy: str) -> None:
        self.values: dict[str, object] = {"book": book, "policy": policy}

    def put(self, word: str) -> str:
        name = f"w{len(self.values)}"
        self.values[name] = word
        return f"CAST(:{name} AS TEXT)"


def policies_used(connection: Connection, book: int) -> list[str]:
    """SHA-256 of every policy that a voucher or paper of the book names, empty for the built-in one."""
    sql = "SELECT policy FROM voucher WHERE book = :book UNION SELECT policy FROM paper WHERE book = :book"
    return sorted(connection.execute(text(sql), {"book": book}).scalars())


def unsigned_vouchers(connection: Connection, book: int, policy: str, centre: Centre) -> list[tuple[str, str]]:
    """(voucher, title of the step) for every posted voucher of the policy without a signature that it needs."""
    words = _Words(book, policy)
    steps = _rows(("step", "title"), [(words.put(one.step), words.put(one.title)) for one in centre.steps])
    needed = [_needed(words, one, centre.own) for one in centre.steps if not one.always]
    if centre.money_step:
        needed.append(f"AND (s.step <> {words.put(centre.money_step)} OR EXISTS ({TEXTS['money']}))")
    return _told(connection, _fill(_VOUCHERS, rows=steps, needed=" ".join(needed)), words)


def _needed(words: _Words, one: CentreDemand, own: Sequence[Band]) -> str:
    """Of a step that not every voucher needs: when it is needed."""
    reasons = [f"EXISTS ({_PAPERS} AND {_within(words, one.bands)})"] if one.bands else []
    if one.usual:
        reasons += [f"NOT EXISTS ({_PAPERS})", f"EXISTS ({_PAPERS} AND NOT {_within(words, own)})"]
    return f"AND (s.step <> {words.put(one.step)} OR {' OR '.join(reasons)})"


def _within(words: _Words, bands: Iterable[Band]) -> str:
    said = [
        f"(p.spending_class = {words.put(one.spending_class)} AND {_AMOUNT} BETWEEN {one.low_fen} AND {one.high_fen})"
        for one in bands
    ]
    return f"({' OR '.join(said)})" if said else "1 = 0"


def unsigned_papers(
    connection: Connection, book: int, policy: str, demands: Sequence[PaperDemand]
) -> list[tuple[str, str]]:
    """(paper, title of the step) for every accepted paper of the policy without a signature that it needs."""
    words = _Words(book, policy)
    ways = _ways(words, demands)
    by_band, by_way = _demand_rows(words, demands)
    found = []
    for rows, condition in (
        (by_band, f"p.spending_class = s.class AND {_AMOUNT} BETWEEN s.low AND s.high AND NOT {ways}"),
        (by_way, "p.paid_how = s.class"),
    ):
        found += _told(connection, _fill(_PAPERS_OF, rows=rows, needed=condition), words) if rows else []
    return found


def unruled_papers(
    connection: Connection, book: int, policy: str, bands: Sequence[Band], demands: Sequence[PaperDemand]
) -> list[tuple[str, str]]:
    """(paper, class) for every accepted paper of whose class and amount its policy says nothing."""
    words = _Words(book, policy)
    needed = f"NOT {_within(words, bands)} AND NOT {_ways(words, demands)}"
    return _told(connection, _fill(_UNRULED, needed=needed), words)


def paper_signers(
    connection: Connection, book: int, policy: str, steps: Sequence[str]
) -> list[tuple[str, str, str, str, str]]:
    """(paper, its day, step, whose ink, when registered) of every accepted paper of the policy, for some steps."""
    if not steps:
        return []
    words = _Words(book, policy)
    rows = _run(connection, _fill(_SIGNERS, needed=f"a.step IN ({', '.join(map(words.put, steps))})"), words)
    return [(row_name(row[0]), row[1], row[2], row[3], row[4]) for row in rows]


def _ways(words: _Words, demands: Sequence[PaperDemand]) -> str:
    """Whether the paper is paid in a way that has a chain of its own."""
    names = sorted({one.paid_how for one in demands if one.paid_how})
    return f"(p.paid_how IN ({', '.join(map(words.put, names))}))" if names else "(1 = 0)"


def _demand_rows(words: _Words, demands: Sequence[PaperDemand]) -> tuple[str, str]:
    by_band = [
        (words.put(one.step), words.put(one.title), words.put(one.band.spending_class), str(one.band.low_fen),
         f"CAST({one.band.high_fen} AS BIGINT)")
        for one in demands if one.band
    ]  # fmt: skip
    by_way = [(words.put(one.step), words.put(one.title), words.put(one.paid_how)) for one in demands if one.paid_how]
    names = ("step", "title", "class", "low", "high")
    return _rows(names, by_band), _rows(names[:3], by_way)


def _rows(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Values as a table of these names, on either database."""
    said = (", ".join(f"{value} AS {name}" for name, value in zip(names, row, strict=True)) for row in rows)
    return " UNION ALL ".join(f"SELECT {one}" for one in said)


def _fill(sql: str, **said: str) -> str:
    for name, words in {"taken": _TAKEN, **said}.items():
        sql = sql.replace(f"{{{name}}}", words)
    return sql


def _told(connection: Connection, sql: str, words: _Words) -> list[tuple[str, str]]:
    return [(row_name(str(row)), _(str(said))) for row, said in _run(connection, sql, words)]


def _run(connection: Connection, sql: str, words: _Words) -> list[tuple[Any, ...]]:
    statement = text(expand(sql))
    values = {name: words.values[name] for name in set(_BOUND.findall(statement.text))}
    return [tuple(row) for row in connection.execute(statement, values)]
