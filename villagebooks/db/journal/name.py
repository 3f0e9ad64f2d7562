"""What references name: an object's telling fields by its reference, and the references that words find."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, or_, select

from villagebooks.core.journal import Named
from villagebooks.core.money import read_yuan
from villagebooks.core.words import N_, _
from villagebooks.db import schema
from villagebooks.db.digest import SETS, named_values, row_content, tables_of
from villagebooks.db.tuples import fetch_among, fetch_plain

_VOUCHERS = (
    "SELECT v.uid, b.code, v.year, v.month, v.word, v.number, "
    "(SELECT l.summary FROM voucher_line l WHERE l.voucher = v.id ORDER BY l.line LIMIT 1), "
    "(SELECT SUM(l.debit_fen) FROM voucher_line l WHERE l.voucher = v.id) "
    "FROM voucher v JOIN book b ON b.id = v.book WHERE v.uid IN ({among})"
)
_APPROVALS = (
    "SELECT a.uid, b.code, a.about, a.object_uid, a.step, a.decision, a.mode, a.name FROM approval a "
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
        table, _colon, key = ref.partition(":")
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
        yield from _approvals(connection, keys)
    elif table == "voucher_remark":
        yield from _remarks(connection, keys)
    elif table == "vouchers":
        for key in keys:
            book, _slash, ends = key.partition("/")
            first, _dash, last = ends.partition("-")
            yield key, Named(table, books.get(book, ""), {"count": _("{n} 张").format(n=int(last) - int(first) + 1)})
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
        values = {
            "title": _("{year} 第{number}号").format(year=year, number=number),
            "words": words,
            "amount_fen": amount,
        }
        yield uid, Named("paper", book, values)


def _approvals(connection: Connection, keys: Sequence[str]) -> Iterator[tuple[str, Named]]:
    rows = fetch_among(connection, _APPROVALS, keys, {})
    targets = name_refs(connection, [f"{row[2]}:{row[3]}" for row in rows if row[2] in ("voucher", "paper")])
    for uid, book, about, target, step, decision, mode, name in rows:
        named = targets.get(f"{about}:{target}")
        title = f"{_(_WORDS.get(about, ''))} {named.values['title'] if named else ''}".strip()
        values = {"target": title, "step": step, "decision": decision, "mode": mode, "name": name}
        yield uid, Named("approval", book, values)


_WORDS = {
    "voucher": N_("凭证"), "paper": N_("报账单"), "period": N_("结账"), "reconciliation": N_("对账"),
    "count": N_("现金盘点"), "migration": N_("转换制度"), "merger": N_("合村并账"),
    "post": N_("岗位移交"),
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
    said = "SELECT voucher, kind FROM voucher_remark WHERE voucher IN ({among}) ORDER BY at DESC"
    remarks = fetch_among(connection, said, uids, {}) if uids else []
    found += [f"voucher_remark:{row[0]}/{row[1]}" for row in remarks]
    for table, key, column in _TEXTS:
        rows = connection.execute(select(key).where(column.contains(words, autoescape=True)).limit(MOST))
        found += [f"{table}:{row[0]}" for row in rows]
    return found


_REF = re.compile(r"[a-z_]+:\S*", re.ASCII)
_TITLE = re.compile(r"(?:(\d{4})-(\d{1,2})\s*)?([^\W\d_]{1,4}?)[字\s-]*第?(\d{1,6})号?")
_voucher, _line, _paper = schema.voucher.c, schema.voucher_line.c, schema.paper.c
_TEXTS = (
    ("officer", schema.officer.c.uid, schema.officer.c.name), ("key_box", schema.key_box.c.name, schema.key_box.c.name),
    ("village", schema.village.c.code, schema.village.c.name), ("book", schema.book.c.uid, schema.book.c.name),
    ("setting", schema.setting.c.key, schema.setting.c.key),
    ("imported_file", schema.imported_file.c.sha256, schema.imported_file.c.name),
    ("bank_account", schema.bank_account.c.uid, schema.bank_account.c.label),
    ("agreement", schema.agreement.c.uid, schema.agreement.c.number),
    ("schedule", schema.schedule.c.uid, schema.schedule.c.name),
    ("template", schema.template.c.uid, schema.template.c.name),
    ("receipt_book", schema.receipt_book.c.code, schema.receipt_book.c.code),
)  # fmt: skip


def _voucher_uids(connection: Connection, books: Sequence[int], words: str) -> list[str]:
    match, fen = _TITLE.fullmatch(words), read_yuan(words)
    query = select(_voucher.uid).where(_voucher.book.in_(books)).order_by(_voucher.id.desc()).limit(MOST)
    if match:
        query = query.where(_voucher.number == int(match[4]), _voucher.word == match[3])
        if match[1]:
            query = query.where(_voucher.year == int(match[1]), _voucher.month == int(match[2]))
    else:
        text = _line.summary.contains(words, autoescape=True)
        wanted = or_(_line.debit_fen == fen, _line.credit_fen == fen) if fen else text
        query = query.where(_voucher.id.in_(select(_line.voucher).where(_line.book.in_(books), wanted)))
    return list(connection.execute(query).scalars())


def _paper_uids(connection: Connection, books: Sequence[int], words: str) -> list[str]:
    fen = read_yuan(words)
    text = or_(_paper.words.contains(words, autoescape=True), _paper.payee.contains(words, autoescape=True))
    query = select(_paper.uid).where(_paper.book.in_(books), _paper.amount_fen == fen if fen else text)
    return list(connection.execute(query.order_by(_paper.id.desc()).limit(MOST)).scalars())
