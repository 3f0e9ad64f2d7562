"""Which vouchers, in which order: everything by steps into an index; what is looked for in the newest first, where a
person looks first, then in all the rest by one pass in slices, as they lie in the file, which is quickest."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from sqlalchemy import Connection

from villagebooks.core.search import AMOUNT, DAY, NUMBER, STATE, VILLAGE, Ordered, Term, VoucherQuery
from villagebooks.core.voucher import VOID
from villagebooks.db.search.known import Initials, look_up
from villagebooks.db.search.term import TOTAL, Meaning, Values, conditions, span_of
from villagebooks.db.tuples import fetch_plain

_KEYS = {
    DAY: ("v.day", "v.id"),
    NUMBER: ("v.year", "v.month", "v.word", "v.number", "v.id"),
    VILLAGE: ("v.book", "v.year", "v.month", "v.word", "v.number", "v.id"),
    STATE: ("v.state", "v.day", "v.id"),
    AMOUNT: (TOTAL, "v.id"),
}
FEW_PASSES = 50_000
"""Rows of a part where each part goes through everything, and keeps only these in memory."""
WINDOW, SLICE = 20_000, 50_000
"""Vouchers that are gone through in one step: by an index, which shows first, and as they lie in the file."""
MOST_LOOSE = 1_000
"""So many rows are shown while others are still looked for between them."""
Key = tuple[object, ...]
Piece = tuple["array[int]", "array[int]"]
"""Rows that were told, and what each came to then (fen)."""
_COUNTED = f"CASE WHEN v.state = '{VOID}' THEN 0 ELSE {TOTAL} END"


@dataclass(frozen=True, slots=True)
class Rest:
    """Where the rest of an answer begins: behind a row's keys.

    `known` is what the books know of the terms, `seen` counts vouchers that were gone through in order; `sparse` goes
    through them by id, of which those up to `above` are done and `kept` (keys and fen) fits, until `until`.
    `told` are the pieces before; `stamp` is what the journals came to when the search began.
    """

    keys: Key | None
    known: tuple[Meaning, ...] = ()
    sparse: bool = False
    seen: int = 0
    above: int = 0
    until: int = 0
    kept: tuple[Key, ...] = ()
    told: tuple[Piece, ...] = ()
    stamp: int = -1


def ordered_rows(
    connection: Connection, query: VoucherQuery, terms: Sequence[Term], initials: Initials, after: object, limit: int
) -> Ordered:
    """The next rows behind `after`, none at all while they are still looked for. At most `limit` of everything; of what
    is looked for, all among the vouchers of a step."""
    rest = after if isinstance(after, Rest) else None
    stamp = rest.stamp if rest is not None else _stamp(connection, query)
    found = _next(connection, query, terms, initials, rest, limit)
    if isinstance(found.after, Rest):
        return replace(found, after=replace(found.after, stamp=stamp))
    return replace(found, moved=rest is not None and stamp != _stamp(connection, query))


def _next(
    connection: Connection, query: VoucherQuery, terms: Sequence[Term], initials: Initials, rest: Rest | None,
    limit: int,
) -> Ordered:  # fmt: skip
    if not terms and not query.states:
        return _plain_rows(connection, query, rest, limit)
    if rest is None:
        rest = Rest(None, look_up(connection, terms, initials), sparse=not is_indexed(query))
    return _slice(connection, query, rest) if rest.sparse else _window(connection, query, rest)


def _stamp(connection: Connection, query: VoucherQuery) -> int:
    """How many entries the journals have, that of the book looked in or all: every change writes one."""
    values: Values = {"book": query.book} if query.book else {}
    where = " WHERE book = (SELECT id FROM book WHERE code = :book)" if query.book else ""
    return int(fetch_plain(connection, f"SELECT SUM(seq) FROM chain{where}", values)[0][0] or 0)  # noqa: S608  (our own words, values are bound)


def is_indexed(query: VoucherQuery) -> bool:
    """Whether an index has the order, so that a page costs what it shows."""
    return query.order in (DAY, VILLAGE) or (query.order == NUMBER and bool(query.book))


def _plain_rows(connection: Connection, query: VoucherQuery, rest: Rest | None, limit: int) -> Ordered:
    """Everything of the books and months: only row ids, and of the last row the keys."""
    values: Values = {}
    where = [*span_of("v", query, values), *_beyond(query, rest, values)]
    if rest is not None and not is_indexed(query):
        limit = max(limit, FEW_PASSES)
    values["most"] = limit
    sql = f"SELECT v.id FROM voucher v{_where(where)} ORDER BY {_order(query)} LIMIT :most"  # noqa: S608  (our own words, values are bound)
    rows = array("q", chain.from_iterable(fetch_plain(connection, sql, values)))
    before = rest.told if rest is not None else ()
    new = _without(rows, _again(rows, before))
    if len(rows) < limit:
        return Ordered(new)
    sql = f"SELECT {', '.join(_KEYS[query.order])} FROM voucher v WHERE v.id = :row"  # noqa: S608  (as above)
    keys = fetch_plain(connection, sql, {"row": rows[-1]})[0]
    return Ordered(new, Rest(keys, told=(*before, (rows, array("q")))))


def _window(connection: Connection, query: VoucherQuery, rest: Rest) -> Ordered:
    """What fits among the next vouchers of the order; where that is little, the rest is for a pass."""
    values: Values = {}
    where = [*span_of("v", query, values), *_beyond(query, rest, values)]
    keys = _KEYS[query.order]
    sql = f"SELECT {', '.join(keys)} FROM voucher v{_where(where)} ORDER BY {_order(query)} LIMIT 1 OFFSET {WINDOW - 1}"  # noqa: S608  (our own words, values are bound)
    end: Key | None = next(iter(fetch_plain(connection, sql, values)), None)
    if end is not None:
        values.update((f"end{place}", one) for place, one in enumerate(end))
        where.append(f"({', '.join(keys)}) {'>=' if query.down else '<='} ({_marks('end', keys)})")
    # by id, as they lie in the file: vouchers of a day are far from each other when many villages have one
    fits = [f"v.id IN (SELECT v.id FROM voucher v{_where(where)})"]  # noqa: S608  (as above)
    fits += conditions(connection, query, rest.known, values)
    sql = f"SELECT {', '.join(keys)}, {_COUNTED} FROM voucher v{_where(fits)}"  # noqa: S608  (as above)
    found = sorted(map(tuple, fetch_plain(connection, sql, values)), reverse=query.down)
    if end is None:
        return _told(found, rest.told)
    until = _last(connection)
    sparse = len(found) * until <= WINDOW * FEW_PASSES  # a pass holds twice as many
    follow = replace(rest, keys=tuple(end), sparse=sparse, until=until, seen=rest.seen + WINDOW)
    return _told(found, rest.told, follow, percent=_percent(follow.seen, until))


def _slice(connection: Connection, query: VoucherQuery, rest: Rest) -> Ordered:
    """What fits among the next vouchers of the file, in order with what fitted before."""
    until = rest.until or _last(connection)
    upto = min(rest.above + SLICE, until)
    values: Values = {}
    where = [*span_of("v", query, values), *_beyond(query, rest, values)]
    where += conditions(connection, query, rest.known, values, (rest.above, upto))
    plainly = " NOT INDEXED" if connection.dialect.name == "sqlite" else ""
    sql = f"SELECT {', '.join(_KEYS[query.order])}, {_COUNTED} FROM voucher v{plainly}{_where(where)}"  # noqa: S608  (our own words, values are bound)
    kept = sorted([*rest.kept, *map(tuple, fetch_plain(connection, sql, values))], reverse=query.down)
    if upto < until:
        del kept[2 * FEW_PASSES :]
        follow = replace(rest, above=upto, until=until, kept=tuple(kept))
        shown = kept if len(kept) <= MOST_LOOSE else ()
        return _told(shown, rest.told, follow, loose=True, percent=_percent(upto, until))
    if len(kept) < 2 * FEW_PASSES:  # nothing was let go
        return _told(kept, rest.told)
    del kept[FEW_PASSES:]
    return _told(kept, rest.told, replace(rest, keys=kept[-1][:-1], above=0, until=until, kept=()), percent=0)


def _last(connection: Connection) -> int:
    return int(fetch_plain(connection, "SELECT MAX(id) FROM voucher", {})[0][0] or 0)


def _percent(seen: int, until: int) -> int:
    return min(99, 100 * seen // max(1, until))


def _told(
    found: Sequence[Key], before: tuple[Piece, ...], follow: Rest | None = None, *, loose: bool = False,
    percent: int = 100,
) -> Ordered:  # fmt: skip
    """A piece without what those before told. Somebody may change a draft's day meanwhile, and it lies ahead again: it
    stays where it was told, and the sum takes what it comes to now."""
    rows, sums = (array("q", (int(str(row[place])) for row in found)) for place in (-2, -1))
    again = _again(rows, before)
    if follow is not None and not loose:
        follow = replace(follow, told=(*before, (rows, sums)))
    return Ordered(_without(rows, again), follow, loose, percent, sum(sums) - sum(again.values()))


def _again(rows: array[int], before: tuple[Piece, ...]) -> dict[int, int]:
    """Those of the rows that were told before, and what each came to when it was told last (fen)."""
    here, again = set(rows), dict[int, int]()
    for told, sums in before:
        again.update((row, sums[told.index(row)] if sums else 0) for row in here.intersection(told))
    return again


def _without(rows: array[int], again: dict[int, int]) -> array[int]:
    return array("q", (row for row in rows if row not in again)) if again else rows


def _beyond(query: VoucherQuery, rest: Rest | None, values: Values) -> list[str]:
    """Condition on the keys of rows behind the last one."""
    if rest is None or rest.keys is None:
        return []
    keys = _KEYS[query.order]
    values.update((f"after{place}", one) for place, one in enumerate(rest.keys))
    return [f"({', '.join(keys)}) {'<' if query.down else '>'} ({_marks('after', keys)})"]


def _order(query: VoucherQuery) -> str:
    way = " DESC" if query.down else ""
    return ", ".join(one + way for one in _KEYS[query.order])


def _marks(name: str, keys: Sequence[str]) -> str:
    return ", ".join(f":{name}{place}" for place in range(len(keys)))


def _where(where: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(where)}" if where else ""
