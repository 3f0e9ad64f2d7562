"""Bulk writing of imported history: tuples through the driver, guards in force, balances summed by the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, compress, count, repeat

from sqlalchemy import Connection, delete, insert, select, text, update

from villagebooks.core.balance import BookSums
from villagebooks.core.history import VoucherColumns
from villagebooks.core.period import Month
from villagebooks.core.voucher import POSTED, VOID, Voucher
from villagebooks.db import account_balance, schema, server
from villagebooks.db.balance import KIND
from villagebooks.db.voucher import vouchers_where

IMPORT = "import"
"""Who posted what an import brought in."""
MOST = 5000
"""Vouchers that are moved at a time."""

_CACHE_KB = 24 * 1024
_WAITING = {
    "import_voucher": "id INTEGER PRIMARY KEY, uid TEXT, book INTEGER, year BIGINT, month BIGINT, word TEXT, "
    "number BIGINT, day TEXT, kind TEXT, state TEXT, attachment_count BIGINT, link TEXT, prepared_by TEXT, "
    "digest TEXT",
    "import_line": "voucher INTEGER, line BIGINT, account TEXT, summary TEXT, debit_fen BIGINT, credit_fen BIGINT, "
    "party TEXT",
    "import_detail": "voucher INTEGER, line BIGINT, project TEXT, contract TEXT, bank TEXT, quantity BIGINT, "
    "PRIMARY KEY (voucher, line)",
    "import_balance": "book INTEGER, year BIGINT, account TEXT, party TEXT, month BIGINT, debit BIGINT, credit BIGINT",
    "import_balance_apart": "book INTEGER, year BIGINT, account TEXT, party TEXT, project TEXT, contract TEXT, "
    "bank TEXT, month BIGINT, debit BIGINT, credit BIGINT, c1 BIGINT, c2 BIGINT, p1 BIGINT, p2 BIGINT",
    "import_sum": "book INTEGER, year BIGINT, account TEXT, month BIGINT, debit BIGINT, credit BIGINT, side BIGINT",
    "import_sum_apart": "book INTEGER, year BIGINT, account TEXT, month BIGINT, debit BIGINT, credit BIGINT, "
    "c1 BIGINT, c2 BIGINT, p1 BIGINT, p2 BIGINT, before1 BIGINT, before2 BIGINT, side BIGINT",
}
"""Where rows wait, in memory, until they are moved. Few lines and balances have details beside the party or figures
beside debit and credit: they wait apart, since handing a row over costs by its columns."""
_MOVES = (
    text(
        """INSERT INTO voucher (id, uid, book, year, month, word, number, day, kind, state, rev, attachment_count,
          reverses, corrects, prepared_by, posted_by, posted_at, digest)
        SELECT id, uid, book, year, month, word, number, day, kind,
          CASE state WHEN 'posted' THEN 'approved' ELSE 'draft' END, 1, attachment_count,
          CASE kind WHEN 'reversal' THEN link ELSE '' END, CASE kind WHEN 'reversal' THEN '' ELSE link END, prepared_by,
          CASE state WHEN 'posted' THEN 'import' ELSE '' END, CASE state WHEN 'posted' THEN :at ELSE '' END, digest
        FROM import_voucher"""
    ),
    # LEFT keeps both databases at one pass through the lines
    text(
        """INSERT INTO voucher_line (voucher, line, book, day, account, summary, debit_fen, credit_fen, party, project,
          contract, bank, quantity)
        SELECT l.voucher, l.line, v.book, v.day, l.account, l.summary, l.debit_fen, l.credit_fen, l.party,
          COALESCE(d.project, ''), COALESCE(d.contract, ''), COALESCE(d.bank, ''), COALESCE(d.quantity, 0)
        FROM import_line l LEFT JOIN import_voucher v ON v.id = l.voucher
        LEFT JOIN import_detail d ON d.voucher = l.voucher AND d.line = l.line"""
    ),
    text("UPDATE voucher SET state = 'posted' WHERE id BETWEEN :first AND :last AND state = 'approved'"),
    text("UPDATE voucher SET state = 'void' WHERE id BETWEEN :first AND :last AND state = 'draft'"),
    text(
        """INSERT INTO balance (year, book, account, party, project, contract, bank, month, debit_fen, credit_fen,
          closing_debit_fen, closing_credit_fen, prior_debit_fen, prior_credit_fen)
        SELECT year, book, account, party, '', '', '', month, debit, credit, 0, 0, 0, 0 FROM import_balance
        UNION ALL
        SELECT year, book, account, party, project, contract, bank, month, debit, credit, c1, c2, p1, p2
        FROM import_balance_apart"""
    ),
    text(
        """INSERT INTO account_balance (book, year, account, month, debit_fen, credit_fen, closing_debit_fen,
          closing_credit_fen, prior_debit_fen, prior_credit_fen, before_debit_fen, before_credit_fen, side_fen)
        SELECT book, year, account, month, debit, credit, 0, 0, 0, 0, 0, 0, side FROM import_sum
        UNION ALL SELECT * FROM import_sum_apart"""
    ),
)
"""How rows go from where they wait to their own tables: in statements of many rows, guards in force."""
_MOVED = text(
    """INSERT INTO balance (year, book, account, party, project, contract, bank, month, debit_fen, credit_fen,
      closing_debit_fen, closing_credit_fen, prior_debit_fen, prior_credit_fen)
    SELECT v.year, v.book, l.account, l.party, l.project, l.contract, l.bank, v.month,
      SUM(CASE WHEN v.month = 0 THEN l.debit_fen - l.credit_fen ELSE l.debit_fen END),
      SUM(CASE WHEN v.month = 0 THEN 0 ELSE l.credit_fen END),
      SUM(CASE WHEN {kind} = 'closing_transfer' THEN l.debit_fen ELSE 0 END),
      SUM(CASE WHEN {kind} = 'closing_transfer' THEN l.credit_fen ELSE 0 END),
      SUM(CASE WHEN {kind} = 'prior_year' THEN l.debit_fen ELSE 0 END),
      SUM(CASE WHEN {kind} = 'prior_year' THEN l.credit_fen ELSE 0 END)
    FROM voucher v JOIN voucher_line l ON l.voucher = v.id
    WHERE v.book = :book AND v.id BETWEEN :first AND :last AND v.state = 'posted'
    GROUP BY v.year, v.book, l.account, l.party, l.project, l.contract, l.bank, v.month""".replace("{kind}", KIND)
)
_CARRY = text(
    """INSERT INTO balance (year, book, account, party, project, contract, bank, month, debit_fen)
    SELECT :year, book, account, party, project, contract, bank, 0, SUM(debit_fen - credit_fen)
    FROM balance WHERE year = :year - 1 AND book = :book
    GROUP BY book, account, party, project, contract, bank HAVING SUM(debit_fen - credit_fen) <> 0"""
)


def last_voucher_id(connection: Connection) -> int:
    """The largest row id given to a voucher so far."""
    return connection.execute(text("SELECT MAX(id) FROM voucher")).scalar() or 0


def has_vouchers(connection: Connection, book: int) -> bool:
    """Whether the book holds any voucher."""
    query = select(schema.voucher.c.id).where(schema.voucher.c.book == book).limit(1)
    return connection.execute(query).first() is not None


@dataclass(frozen=True, slots=True)
class Batch:
    """Vouchers of a book with its row id, their digests, and the row id of the first: those of the others follow."""

    book: int
    first: int
    digests: Sequence[str]
    columns: VoucherColumns


class HistoryWriter:
    """Writes batch after batch in the transaction that an import is, while the caller prepares the next one.

    What the database does with a batch runs on a thread of its own, one thing after the other: it needs no Python, so
    that reading goes on meanwhile. Leaving the `with` waits for all of it.
    """

    def __init__(self, connection: Connection, at: str) -> None:
        self._connection, self._at = connection, at
        self._pool = ThreadPoolExecutor(1, "import")
        self._running: Future[None] | None = None
        self._batches: list[Batch] = []
        self._sums: list[tuple[int, BookSums]] = []

    def __enter__(self) -> HistoryWriter:
        server.keep_in_memory(self._connection, _CACHE_KB)
        for name, columns in _WAITING.items():
            self._connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {name} ({columns})")
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: object) -> None:
        try:
            if kind is None:
                self._move()
                self._wait()
        finally:
            self._pool.shutdown()
        if kind is None:
            for name in _WAITING:
                self._connection.exec_driver_sql(f"DROP TABLE {name}")
            server.restart_counts(self._connection, [schema.voucher])
            server.keep_in_memory(self._connection)

    def write(self, batch: Batch) -> None:
        """Take a batch, whose row ids follow those of the batch before."""
        self._batches.append(batch)
        if sum(len(one.digests) for one in self._batches) >= MOST:
            self._move()

    def add_sums(self, book: int, sums: BookSums) -> None:
        """Take the balances of a book of which every voucher was taken."""
        self._sums.append((book, sums))

    def _wait(self) -> None:
        if self._running:
            running, self._running = self._running, None
            running.result()

    def _move(self) -> None:
        rows = {name: list(found) for name, found in _rows(self._batches, self._sums).items()}
        ids = [one[0] for one in rows["import_voucher"]] or [0]
        values = {"at": self._at, "first": ids[0], "last": ids[-1]}
        years = [(book, *sums.years) for book, sums in self._sums]
        self._batches, self._sums = [], []
        self._wait()
        for name, found in rows.items():
            server.empty(self._connection, name)
            server.copy_in(self._connection, name, found)
        self._running = self._pool.submit(_move, self._connection, values, years)


def _move(connection: Connection, values: dict[str, object], years: Iterable[tuple[int, int, int]]) -> None:
    for statement in _MOVES:
        connection.execute(statement, values)
    for book, first, last in years:
        for year in range(first + 1, last + 1):
            connection.execute(_CARRY, {"year": year, "book": book})


_Rows = Iterable[tuple[object, ...]]


def _rows(batches: Sequence[Batch], sums: Sequence[tuple[int, BookSums]]) -> dict[str, _Rows]:
    return {
        "import_voucher": chain.from_iterable(map(_voucher_rows, batches)),
        "import_line": chain.from_iterable(map(_line_rows, batches)),
        "import_detail": chain.from_iterable(map(_detail_rows, batches)),
        **_balance_rows([(book, *row) for book, one in sums for row in one.balance_rows()]),
        **_sum_rows([(book, *row) for book, one in sums for row in one.account_rows()]),
    }


def _balance_rows(rows: Sequence[tuple[object, ...]]) -> dict[str, _Rows]:
    """Balances of the party alone, without anything beside debit and credit, and the others."""
    apart = [any(row[4:7]) or any(row[10:]) for row in rows]
    plain = [row[:4] + row[7:10] for row, beside in zip(rows, apart, strict=True) if not beside]
    return {"import_balance": plain, "import_balance_apart": compress(rows, apart)}


def _sum_rows(rows: Sequence[tuple[object, ...]]) -> dict[str, _Rows]:
    apart = [any(row[6:12]) for row in rows]
    plain = [row[:6] + row[12:] for row, beside in zip(rows, apart, strict=True) if not beside]
    return {"import_sum": plain, "import_sum_apart": compress(rows, apart)}


def _voucher_rows(batch: Batch) -> _Rows:
    one = batch.columns
    return zip(
        count(batch.first), one.uids, repeat(batch.book), one.years, one.months, one.words, one.numbers, one.days,
        one.kinds, one.states, one.attachments, one.links, one.prepared, batch.digests, strict=False,
    )  # fmt: skip


def _line_keys(batch: Batch) -> tuple[Iterable[int], Iterable[int]]:
    """Of every line the voucher's row id and its number in it."""
    counts = batch.columns.counts
    return (
        chain.from_iterable(map(repeat, count(batch.first), counts)),
        chain.from_iterable(range(1, lines + 1) for lines in counts),
    )


def _line_rows(batch: Batch) -> _Rows:
    one = batch.columns
    return zip(*_line_keys(batch), one.accounts, one.summaries, one.debits, one.credits, one.parties, strict=True)


def _detail_rows(batch: Batch) -> _Rows:
    one = batch.columns
    details = (one.projects, one.contracts, one.banks, one.quantities)
    if not any(map(any, details)):
        return ()
    return (row for row in zip(*_line_keys(batch), *details, strict=True) if any(row[2:]))


def sum_balances(connection: Connection, book: int, first: int, last: int, until: int = 0) -> None:
    """Balances of an empty book from its imported vouchers, then the opening of every year up to the newest, and the
    sums by account. `until` is a year whose opening is wanted though nothing may have moved in it yet.
    """
    connection.execute(_MOVED, {"book": book, "first": first, "last": last})
    query = text("SELECT MIN(year), MAX(year) FROM balance WHERE book = :book")
    start, end = connection.execute(query, {"book": book}).one()
    if start is None:
        return
    for year in range(start + 1, max(end, until) + 1):
        connection.execute(_CARRY, {"year": year, "book": book})
    account_balance.fill(connection, book)


def forget_balances(connection: Connection, book: int) -> None:
    """Away with the sums of a book that is being imported: more of its vouchers came after they were made."""
    for table in (schema.balance, schema.account_balance):
        connection.execute(delete(table).where(table.c.book == book))


def set_start(connection: Connection, book: int, start: Month) -> None:
    """The book's first month, known when its vouchers are read."""
    connection.execute(
        update(schema.book)
        .where(schema.book.c.id == book)
        .values(start_year=start.year, start_month=start.month)
    )  # fmt: skip


def known_files(connection: Connection) -> dict[str, str]:
    """When a file was imported, by the SHA-256 of its bytes."""
    rows = connection.execute(select(schema.imported_file.c.sha256, schema.imported_file.c.at))
    return {row.sha256: row.at for row in rows}


def add_files(connection: Connection, files: Iterable[tuple[str, str]], at: str) -> None:
    """Remember imported files as (sha256, name)."""
    rows = [{"sha256": sha256, "name": name, "at": at} for sha256, name in files]
    if rows:
        connection.execute(insert(schema.imported_file), rows)


def has_quantities(connection: Connection, book: int) -> bool:
    """Whether a line of the book that leaves in lines.csv tells a quantity."""
    line, voucher = schema.voucher_line.c, schema.voucher.c
    joined = schema.voucher_line.join(schema.voucher, voucher.id == line.voucher)
    query = select(line.line).select_from(joined).where(line.book == book, line.quantity != 0)
    return connection.execute(query.where(voucher.state.in_((POSTED, VOID))).limit(1)).first() is not None


def has_corrections(connection: Connection, book: int) -> bool:
    """Whether a posted voucher of the book says which one it puts right."""
    voucher = schema.voucher.c
    query = select(voucher.id).where(voucher.book == book, voucher.corrects != "", voucher.state == POSTED)
    return connection.execute(query.limit(1)).first() is not None


def all_vouchers(connection: Connection, book: int) -> list[Voucher]:
    """Every voucher of a book in whatever state, by month, word and number."""
    return vouchers_where(connection, schema.voucher.c.book == book)
