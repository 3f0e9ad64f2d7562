"""Statements as banks give them: CSV in whatever encoding, or Excel, as rows of text; the words of their columns."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from villagebooks.core.bank import Reconciliation
from villagebooks.core.bank.columns import Grid, Words
from villagebooks.core.bank.reconciliation import BANK_PAID, BANK_RECEIVED, BOOK_PAID, BOOK_RECEIVED
from villagebooks.core.money import yuan_text
from villagebooks.core.problem import Trouble, why
from villagebooks.core.words import _
from villagebooks.formats.record import Table

LARGEST = 16 * 1024 * 1024
"""Bytes of a statement's file; more is another file."""
MOST_ROWS = 20_000
EXCEL = (".xlsx", ".xls", ".xlsb", ".ods")
COLUMNS = ("side", "kind", "date", "voucher", "summary", "amount")


def read_grid(path: Path) -> tuple[Grid, str]:
    """The first sheet of a file as rows of text, and the SHA-256 of its bytes. Trouble when it is no such file."""
    try:
        if path.stat().st_size > LARGEST:
            raise Trouble(_("{file} 太大，不像对账单").format(file=path.name))
        raw = path.read_bytes()
    except OSError as error:
        raise Trouble(_("读不出 {file}：{reason}").format(file=path.name, reason=why(error))) from error
    rows = list(_excel_rows(path, raw) if path.suffix.lower() in EXCEL else _text_rows(raw))
    if len(rows) > MOST_ROWS:
        raise Trouble(_("{file} 有 {n} 行，太多了").format(file=path.name, n=len(rows)))
    width = max((len(row) for row in rows), default=0)
    return [row + ("",) * (width - len(row)) for row in rows], hashlib.sha256(raw).hexdigest()


@lru_cache(maxsize=4)
def read_words(path: Path) -> Words:
    """What banks call their columns, by field, the best word first."""
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["field"], []).append(row["word"])
    return {field: tuple(words) for field, words in found.items()}


@lru_cache(maxsize=4)
def read_habits(path: Path) -> tuple[tuple[str, str], ...]:
    """(word of the bank, name of the account) for lines that only the bank has, the first that fits wins."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple((row["word"], row["account"]) for row in csv.DictReader(file))


def reconciliation_table(sheet: Reconciliation) -> Table:
    """The sheet as rows: both balances, the open items of each group, both adjusted balances, what they differ by."""

    def total(side: str, kind: str, fen: int) -> tuple[str, ...]:
        return side, kind, sheet.until.isoformat(), "", "", yuan_text(fen)

    def items(side: str, *groups: str) -> Iterator[tuple[str, ...]]:
        for one in sheet.items:
            if one.group in groups:
                yield side, one.group, one.day.isoformat(), one.title, one.words, yuan_text(one.amount_fen)

    rows = [
        total("book", "balance", sheet.book_fen), *items("book", BANK_RECEIVED, BANK_PAID),
        total("book", "adjusted", sheet.adjusted_book_fen), total("bank", "balance", sheet.bank_fen),
        *items("bank", BOOK_RECEIVED, BOOK_PAID), total("bank", "adjusted", sheet.adjusted_bank_fen),
        total("", "difference", sheet.unknown_fen),
    ]  # fmt: skip
    return Table(COLUMNS, rows)


def _text_rows(raw: bytes) -> Iterator[tuple[str, ...]]:
    text = _decode(raw)
    sample = "\n".join(text.splitlines()[:40])
    sign = max(",\t;|", key=sample.count)
    try:
        for row in csv.reader(io.StringIO(text.replace("\0", "")), delimiter=sign):
            yield tuple(cell.strip().strip("\t'`") for cell in row)
    except csv.Error as error:
        raise Trouble(_("这个文件不是正确的 CSV：{reason}").format(reason=error)) from error


def _decode(raw: bytes) -> str:
    """Banks write UTF-8, GBK, or UTF-16 for Excel."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _excel_rows(path: Path, raw: bytes) -> Iterator[tuple[str, ...]]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  (needed by this format only)

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheet = book.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError, OSError, ValueError) as error:
        if raw[:4] not in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
            yield from _text_rows(raw)  # many banks call a text file .xls
            return
        raise Trouble(_("{file} 不是能打开的 Excel 文件").format(file=path.name)) from error
    for row in rows:
        yield tuple(map(_cell_text, row))


def _cell_text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        exact = Decimal(str(cell))
        return str(exact.quantize(Decimal(1))) if exact == exact.to_integral() else str(exact.quantize(Decimal("0.01")))
    return str(cell).strip()
