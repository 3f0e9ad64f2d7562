"""The SQLite database inside a query file: what was disclosed of one book, built and opened in memory only.

Schema version 1 (`meta.schema`). Money is fen (INTEGER), days ISO text, months `2026-09`, flags 0 or 1.

    meta           key, value: schema, centre, village, book, book_name, standard, asof, seq
    account        code, name, level, parent, side, leaf
    party          code, name, kind
    balance        month, account, party, opening_fen (signed, debit positive), debit_fen, credit_fen
    statement      id, kind, first, last, name, standard, columns (JSON list)
    statement_row  statement, position, line_no, label, amounts (JSON list of fen)
    sheet          seq, month, record (canonical JSON of the printed sheet), put_up, stay_until
    anchor         seq, month, note (the signed note in the sheet's foot), code, previous_code
    voucher        uid, month, word, number, day, kind, rev, attachment_count, reverses, prepared_by, countersigned_by,
                   reviewed_by, cashier, posted_by, digest, mark (有异议，处理中 or empty)
    line           voucher, line, account, party, project, contract, summary, debit_fen, credit_fen
    image          name (the object b/… in the file), sha256, media, pages, size
    voucher_image  voucher, ordinal, image, title
    asset, resource, contract, debt, project   uid, name, record (JSON); empty until they are kept

No views, no triggers. Texts that people wrote are stripped of ID, bank card and mobile numbers as they are written.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date

from villagebooks.core.account import Account
from villagebooks.core.party import Party
from villagebooks.core.period import Month, Span, read_month
from villagebooks.core.person import hide_personal_numbers
from villagebooks.core.query import QueryBalance, QueryContent, QueryImage, QuerySheet, QueryTitle
from villagebooks.core.statement import Statement, StatementRow
from villagebooks.core.voucher import POSTED, Line, Voucher
from villagebooks.core.words import _
from villagebooks.seal.canonical import FormatError

SCHEMA_VERSION = "1"

_TABLES = """
meta key! value
account code! name #level parent side #leaf
party code! name kind
balance month account party #opening_fen #debit_fen #credit_fen / month, account, party
statement #id! kind first last name standard columns
statement_row #statement #position line_no label amounts / statement, position
sheet #seq! month record put_up stay_until
anchor #seq! month %note code previous_code
voucher uid! month word #number day kind #rev #attachment_count reverses prepared_by countersigned_by
  reviewed_by cashier posted_by digest mark / month, word, number
line voucher #line account party project contract summary #debit_fen #credit_fen / voucher, line
image name! sha256 media #pages #size
voucher_image voucher #ordinal image title / voucher, ordinal
asset uid! name record
resource uid! name record
contract uid! name record
debt uid! name record
project uid! name record
""".replace("\n  ", " ")
"""A table a line: # INTEGER, % BLOB, else TEXT; ! primary key; after the slash what is unique. All NOT NULL."""


def _create(table: str) -> str:
    names, _slash, unique = table.partition(" / ")
    name, *columns = names.split(" ")
    parts = []
    for column in columns:
        kind = {"#": "INTEGER", "%": "BLOB"}.get(column[0], "TEXT")
        parts.append(f"{column.strip('#%!')} {kind} NOT NULL" + (" PRIMARY KEY" if column.endswith("!") else ""))
    parts += [f"UNIQUE ({unique})"] if unique else []
    return f"CREATE TABLE {name} ({', '.join(parts)}) STRICT"


_STATEMENTS = tuple(map(_create, _TABLES.strip().split("\n")))
_TICKS = 1000
_MOST_TICKS = 20_000
"""A query may run 20 million steps of the virtual machine, about two seconds; ours take a thousandth of it."""


def build_database(title: QueryTitle, content: QueryContent) -> bytes:
    """The bytes of the database; nothing touches the disk."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        for statement in _STATEMENTS:
            base.execute(statement)
        base.execute("BEGIN")
        for table, rows in _rows(title, content):
            for row in rows:
                marks = ", ".join("?" * len(row))
                base.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608  (table names are ours)
        base.execute("COMMIT")
        base.execute("VACUUM")
        return base.serialize()


def open_database(raw: bytes) -> QueryDatabase:
    """The database of bytes whose signature and seal held; FormatError when it is not one of ours.

    A database may carry code (views, triggers) and a WAL mode that would look for other files: both are refused.
    """
    if len(raw) < 100 or not raw.startswith(b"SQLite format 3\0") or raw[18:20] != b"\x01\x01":
        raise FormatError(_("查询数据不是数据库，或写法不对。"))
    base = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    fuse = _Fuse()
    try:
        base.deserialize(raw)
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON"):
            base.execute(f"PRAGMA {pragma}")
        base.set_progress_handler(fuse.tick, _TICKS)
        found = base.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
        database = QueryDatabase(base, fuse)
        if tuple(row[0] for row in found) != _STATEMENTS or database.meta().get("schema") != SCHEMA_VERSION:
            raise FormatError(_("查询数据的版本不同，请升级软件。"))
    except sqlite3.Error as error:
        base.close()
        raise FormatError(_("查询数据库打不开。")) from error
    except FormatError:
        base.close()
        raise
    return database


class _Fuse:
    """Stops a query that runs too long; a damaged file must not hang the kiosk."""

    def __init__(self) -> None:
        self.left = _MOST_TICKS

    def tick(self) -> int:
        """Called every thousand steps; 1 interrupts."""
        self.left -= 1
        return int(self.left < 0)


@dataclass(frozen=True, slots=True)
class QueryDatabase:
    """What everybody of the village may see, read-only. Close it when the villager leaves."""

    connection: sqlite3.Connection
    fuse: _Fuse

    def close(self) -> None:
        """Forget everything."""
        self.connection.close()

    def meta(self) -> dict[str, str]:
        """Facts about the database itself."""
        return dict(self._all("SELECT key, value FROM meta"))

    def title(self) -> QueryTitle:
        """Whose database it is and which months it shows."""
        meta = self.meta()
        return QueryTitle(
            centre=meta["centre"], village=meta["village"], book=meta["book"], book_name=meta["book_name"],
            standard=meta["standard"], asof=date.fromisoformat(meta["asof"]), seq=int(meta["seq"]),
            months=tuple(_month(row[0]) for row in self._all("SELECT DISTINCT month FROM sheet ORDER BY month")),
        )  # fmt: skip

    def accounts(self) -> dict[str, Account]:
        """Accounts by code, in code order."""
        rows = self._all("SELECT code, name, level, parent, side, leaf FROM account ORDER BY code")
        return {row[0]: Account(row[0], row[1], row[2], row[3], row[4], bool(row[5])) for row in rows}

    def parties(self) -> dict[str, Party]:
        """Parties by code."""
        return {row[0]: Party(*row) for row in self._all("SELECT code, name, kind FROM party ORDER BY code")}

    def balances(self, month: Month) -> list[QueryBalance]:
        """Every lowest detail of a disclosed month."""
        query = "SELECT account, party, opening_fen, debit_fen, credit_fen FROM balance WHERE month = ? ORDER BY 1, 2"
        return [QueryBalance(month, *row) for row in self._all(query, str(month))]

    def statements(self) -> list[Statement]:
        """Every statement with its rows, in the order they were put in."""
        heads = self._all("SELECT id, kind, first, last, name, standard, columns FROM statement ORDER BY id")
        book = self.meta()["book"]
        return [
            Statement(
                kind, book, name, standard, Span(_month(first), _month(last)), tuple(json.loads(columns)),
                tuple(
                    StatementRow(line_no, label, tuple(json.loads(amounts)))
                    for line_no, label, amounts in self._all(
                        "SELECT line_no, label, amounts FROM statement_row WHERE statement = ? ORDER BY position", key
                    )
                ),
            )
            for key, kind, first, last, name, standard, columns in heads
        ]  # fmt: skip

    def sheets(self) -> list[QuerySheet]:
        """Every sheet that was put up, oldest first; a month put up again stands twice."""
        query = (
            "SELECT s.month, s.seq, s.record, a.note, a.code, a.previous_code, s.put_up, s.stay_until "
            "FROM sheet s JOIN anchor a ON a.seq = s.seq ORDER BY s.seq"
        )
        return [
            QuerySheet(
                _month(month), seq, record, note, code, before, date.fromisoformat(up), date.fromisoformat(until)
            )
            for month, seq, record, note, code, before, up, until in self._all(query)
        ]

    def vouchers(self, month: Month) -> list[Voucher]:
        """The month's posted vouchers with their lines, by word and number."""
        book = self.meta()["book"]
        rows = self._all("SELECT * FROM voucher WHERE month = ? ORDER BY word, number", str(month))
        return [self._voucher(book, row) for row in rows]

    def voucher(self, uid: str) -> Voucher | None:
        """One voucher, None when it was not disclosed."""
        rows = self._all("SELECT * FROM voucher WHERE uid = ?", uid)
        return self._voucher(self.meta()["book"], rows[0]) if rows else None

    def mark(self, uid: str) -> str:
        """有异议，处理中, or empty."""
        return next((str(row[0]) for row in self._all("SELECT mark FROM voucher WHERE uid = ?", uid)), "")

    def images(self, uid: str) -> list[QueryImage]:
        """The pictures behind a voucher."""
        query = (
            "SELECT v.voucher, v.ordinal, v.title, i.sha256, i.media, i.pages, i.size, i.name "
            "FROM voucher_image v JOIN image i ON i.name = v.image WHERE v.voucher = ? ORDER BY v.ordinal"
        )
        return [QueryImage(*row) for row in self._all(query, uid)]

    def image(self, name: str) -> QueryImage | None:
        """What the catalogue says of an object b/…, None when it is not in it."""
        rows = self._all("SELECT '', 0, '', sha256, media, pages, size, name FROM image WHERE name = ?", name)
        return QueryImage(*rows[0]) if rows else None

    def _voucher(self, book: str, row: Sequence[object]) -> Voucher:
        uid, month, word, number, day, kind, rev, count, reverses, *people, digest, _mark = row
        lines = self._all(
            "SELECT summary, account, debit_fen, credit_fen, party, project, contract FROM line "
            "WHERE voucher = ? ORDER BY line",
            uid,
        )
        return Voucher(
            uid=str(uid), book=book, word=str(word), month=_month(str(month)), number=int(str(number)),
            day=date.fromisoformat(str(day)), kind=str(kind), state=POSTED, rev=int(str(rev)),
            attachment_count=int(str(count)), lines=tuple(Line(*line) for line in lines), reverses=str(reverses),
            prepared_by=str(people[0]), countersigned_by=str(people[1]), reviewed_by=str(people[2]),
            cashier=str(people[3]), posted_by=str(people[4]), digest=str(digest),
        )  # fmt: skip

    def _all(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]  # rows differ by query
        self.fuse.left = _MOST_TICKS
        try:
            return self.connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise FormatError(_("查询数据库读不出来。")) from error


def _month(text: str) -> Month:
    month = read_month(text)
    if month is None:
        raise FormatError(_("查询数据里的月份写法不对。"))
    return month


def _rows(title: QueryTitle, content: QueryContent) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    clean = hide_personal_numbers
    meta = {
        "schema": SCHEMA_VERSION, "centre": title.centre, "village": title.village, "book": title.book,
        "book_name": title.book_name, "standard": title.standard, "asof": title.asof.isoformat(), "seq": str(title.seq),
    }  # fmt: skip
    yield "meta", sorted(meta.items())
    yield (
        "account",
        [(one.code, clean(one.name), one.level, one.parent, one.side, int(one.leaf)) for one in content.accounts],
    )
    yield "party", [(clean(one.code), clean(one.name), one.kind) for one in content.parties]
    yield (
        "balance",
        [
            (str(one.month), one.account, clean(one.party), one.opening_fen, one.debit_fen, one.credit_fen)
            for one in content.balances
        ],
    )
    yield from _statement_rows(content.statements)
    yield (
        "sheet",
        [(one.seq, str(one.month), one.record, str(one.put_up), str(one.stay_until)) for one in content.sheets],
    )
    yield "anchor", [(one.seq, str(one.month), one.anchor, one.code, one.previous_code) for one in content.sheets]
    yield from _voucher_rows(content)
    yield from _image_rows(content.images)


def _statement_rows(statements: Sequence[Statement]) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    for key, one in enumerate(statements, 1):
        span = one.span
        columns = json.dumps(one.columns)
        yield "statement", [(key, one.kind, str(span.first), str(span.last), one.name, one.standard, columns)]
        yield (
            "statement_row",
            [
                (key, position, row.line_no, row.label, json.dumps(row.amounts_fen))
                for position, row in enumerate(one.rows)
            ],
        )


def _voucher_rows(content: QueryContent) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    clean, marks = hide_personal_numbers, dict(content.marks)
    for one in content.vouchers:
        yield (
            "voucher",
            [
                (
                    one.uid, str(one.month), one.word, one.number, one.day.isoformat(), one.kind, one.rev,
                    one.attachment_count, one.reverses, one.prepared_by, one.countersigned_by, one.reviewed_by,
                    one.cashier, one.posted_by, one.digest, marks.get(one.uid, ""),
                )
            ],
        )  # fmt: skip
        yield (
            "line",
            [
                (
                    one.uid, number, line.account, clean(line.party), clean(line.project), clean(line.contract),
                    clean(line.summary), line.debit_fen, line.credit_fen,
                )
                for number, line in enumerate(one.lines, 1)
            ],
        )  # fmt: skip


def _image_rows(images: Sequence[QueryImage]) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    once = {one.name: one for one in images}
    yield "image", [(one.name, one.sha256, one.media, one.pages, one.size) for one in once.values()]
    yield (
        "voucher_image",
        [(one.voucher, one.ordinal, one.name, hide_personal_numbers(one.title)) for one in images],
    )
