"""What references name: an object's telling fields by its reference, and the references that words find."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from villagebooks.core.journal import Named
from villagebooks.core.money import read_yuan
from villagebooks.db.digest import SETS, named_values, row_content, tables_of
from villagebooks.db.tuples import fetch_among, fetch_plain

_VOUCHERS = (
    "SELECT v.uid, b.code, v.year, v.month, v.word, v.number, "
    "(SELECT l.summary FROM voucher_line l WHERE l.voucher = v.id ORDER BY l.line LIMIT 1), "
    "(SELECT SUM(l.debit_fen) FROM voucher_line l WHERE l.voucher = v.id) "
    "FROM voucher v JOIN book b ON b.id = v.book WHERE v.uid IN ({among})"
)
_APPROVALS = (
    "SELECT a.uid, b.code, a.about, a.object_uid, a.step, a.decision, a.mode FROM approval a "
    "JOIN book b ON b.id = a.book WHERE a.uid IN ({among})"
)
_PAPERS = (
    "SELECT p.uid, b.code, p.year, p.number, p.words, p.amount_fen FROM paper p JOIN book b ON b.id = p.book "
    "WHERE p.uid IN ({among})"
)
MOST = 400
"""Objects that words may find; of more the newest."""


def name_refs(connection: Connection, refs: Sequence[str]) -> dict[str, Named]:
    """The telling fields of each reference as they are today; what is gone, or was never there, is left out."""
    by_table: dict[str, list[str]] = {}
    for ref in dict.fromkeys(refs):
        table, _, key = ref.partition(":")
        by_table.setdefault(table, []).append(key)
    books = {str(row[0]): row[1] for row in fetch_plain(connection, "SELECT id, code FROM book", {})}
    out: dict[str, Named] = {}
    for table, keys in by_table.items():
        for key, named in _named(connection, table, keys, books):
            out[f"{table}:{key}"] = named
    return out


def _named(
    connection: Connection, table: str, keys: Sequence[str], books: dict[str, str]
) -> Iterator[tuple[str, Named]]:
    if table == "voucher":
        yield from _vouchers(connection, keys)
    elif table == "paper":
        yield from _papers(connection, keys)
    elif table == "approval":
        yield from _approvals(connection, keys, books)
    elif table == "voucher_remark":
        yield from _remarks(connection, keys)
    elif table == "vouchers":
        for key in keys:
            book, _, ends = key.partition("/")
            first, _, last = ends.partition("-")
            yield key, Named(table, books.get(book, ""), {"count": f"{int(last) - int(first) + 1} 张"})
    elif table in SETS:
        for key in keys:
            yield key, Named(table, books.get(key, "") if table != "people" else "", {"village": key})
    else:
        yield from _rows(connection, table, keys, books)


def _vouchers(connection: Connection, keys: Sequence[str]) -> Iterator[tuple[str, Named]]:
    for uid, book, year, month, word, number, summary, amount in fetch_among(connection, _VOUCHERS, keys, {}):
        title = f"{year:04d}-{month:02d} {word}{number}"
        values = {"title": title, "summary": summary or "", "amount_fen": int(amount or 0)}
        yield uid, Named("voucher", book, values)


def _papers(connection: Connection, keys: Sequence[str]) -> Iterator[tuple[str, Named]]:
    for uid, book, year, number, words, amount in fetch_among(connection, _PAPERS, keys, {}):
        values = {"title": f"{year} 第{number}号", "words": words, "amount_fen": amount}
        yield uid, Named("paper", book, values)


def _approvals(connection: Connection, keys: Sequence[str], books: dict[str, str]) -> Iterator[tuple[str, Named]]:
    rows = fetch_among(connection, _APPROVALS, keys, {})
    targets = name_refs(connection, [f"{row[2]}:{row[3]}" for row in rows if row[2] in ("voucher", "paper")])
    for uid, book, about, target, step, decision, mode in rows:
        named = targets.get(f"{about}:{target}")
        title = f"{_WORDS.get(about, '')}{named.values['title'] if named else ''}"
        yield uid, Named("approval", book, {"target": title, "step": step, "decision": decision, "mode": mode})


_WORDS = {
    "voucher": "凭证 ", "paper": "报账单 ", "period": "结账", "reconciliation": "对账", "count": "现金盘点",
    "migration": "转换制度", "merger": "合村并账",
}  # fmt: skip


def _remarks(connection: Connection, keys: Sequence[str]) -> Iterator[tuple[str, Named]]:
    vouchers = dict(_vouchers(connection, [key.partition("/")[0] for key in keys]))
    for key in keys:
        content = row_content(connection, f"voucher_remark:{key}")
        named = vouchers.get(key.partition("/")[0])
        if content and named:
            values = named_values(tables_of(f"voucher_remark:{key}")[0], content[0])
            yield key, Named("voucher_remark", named.book, {**values, "title": named.values["title"]})


def _rows(
    connection: Connection, table: str, keys: Sequence[str], books: dict[str, str]
) -> Iterator[tuple[str, Named]]:
    tables = tables_of(f"{table}:")
    for key in keys if tables else ():
        try:
            content = row_content(connection, f"{table}:{key}")
        except ValueError:
            continue  # a reference that was changed behind the program
        if content:
            values = named_values(tables[0], content[0])
            if "month" in values:
                values["month_text"] = f"{values['year']:04d}-{values['month']:02d}"
            yield key, Named(table, books.get(str(values.get("book", "")), ""), values)


def find_refs(connection: Connection, books: Sequence[int], words: str) -> list[str]:
    """References of the objects in these books (their row ids) that words name, the newest first.

    A voucher's number (记6, 2026-09 记6), an amount in yuan, or a text in a summary, a paper's words or payee, a name.
    """
    words = words.strip()
    if _REF.fullmatch(words):
        return [words]
    found = [f"voucher:{uid}" for uid in _voucher_uids(connection, books, words)]
    found += [f"paper:{uid}" for uid in _paper_uids(connection, books, words)]
    signed = "SELECT uid FROM approval WHERE object_uid IN ({among}) ORDER BY id DESC"
    uids = [ref.partition(":")[2] for ref in found]
    found += [f"approval:{row[0]}" for row in fetch_among(connection, signed, uids, {})] if uids else []
    found += [f"voucher_remark:{uid}/{kind}" for uid in uids for kind in ("void", "no_redo")]
    for table, key, column in _TEXTS:
        sql = f"SELECT {key} FROM {table} WHERE {column} LIKE :text LIMIT {MOST}"
        found += [f"{table}:{row[0]}" for row in fetch_plain(connection, sql, {"text": f"%{words}%"})]
    return found


_REF = re.compile(r"[a-z_]+:\S*", re.ASCII)
_TITLE = re.compile(r"(?:(\d{4})-(\d{1,2})\s*)?([^\W\d_]{1,4}?)[字\s-]*第?(\d{1,6})号?")
_TEXTS = (
    ("officer", "uid", "name"), ("key_box", "name", "name"), ("village", "code", "name"), ("book", "uid", "name"),
    ("setting", "key", "key"), ("imported_file", "sha256", "name"), ("bank_account", "uid", "label"),
    ("agreement", "uid", "number"), ("schedule", "uid", "name"), ("template", "uid", "name"),
    ("receipt_book", "code", "code"),
)  # fmt: skip


def _voucher_uids(connection: Connection, books: Sequence[int], words: str) -> list[str]:
    match, fen = _TITLE.fullmatch(words), read_yuan(words)
    head = f"SELECT DISTINCT v.uid, v.id FROM voucher v {{}} WHERE v.book IN ({{{{among}}}}) AND {{}} ORDER BY v.id DESC LIMIT {MOST}"
    if match:
        values: dict[str, object] = {"number": int(match[4]), "word": match[3]}
        where = "v.number = :number AND v.word = :word"
        if match[1]:
            where += " AND v.year = :year AND v.month = :month"
            values |= {"year": int(match[1]), "month": int(match[2])}
        return _uids(connection, head.format("", where), books, values)
    lines = "JOIN voucher_line l ON l.voucher = v.id"
    if fen:
        return _uids(connection, head.format(lines, "(l.debit_fen = :fen OR l.credit_fen = :fen)"), books, {"fen": fen})
    return _uids(connection, head.format(lines, "l.summary LIKE :text"), books, {"text": f"%{words}%"})


def _paper_uids(connection: Connection, books: Sequence[int], words: str) -> list[str]:
    fen = read_yuan(words)
    where = "amount_fen = :fen" if fen else "(words LIKE :text OR payee LIKE :text)"
    values: dict[str, object] = {"fen": fen} if fen else {"text": f"%{words}%"}
    sql = f"SELECT uid, id FROM paper WHERE book IN ({{among}}) AND {where} ORDER BY id DESC LIMIT {MOST}"
    return _uids(connection, sql, books, values)


def _uids(connection: Connection, sql: str, books: Sequence[int], values: dict[str, object]) -> list[str]:
    return [row[0] for row in fetch_among(connection, sql, books, values)]
