"""A finished paper against what was signed, against both books, and against the opening voucher it became."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from villagebooks.core.book import Book
from villagebooks.core.migration import FINISHED, MigrationPaper, PaperHead, PaperRow, opening_lines
from villagebooks.core.problem import Trouble
from villagebooks.core.voucher import Line
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import book as book_rows
from villagebooks.db import migration as migration_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.services.migration.act import PREPARE, REVIEW
from villagebooks.services.migration.body import read_body
from villagebooks.services.signature import note_faults


def migration_faults(connection: Connection, book: Book) -> Iterator[tuple[str, str, str, str]]:
    """(rule, table, row, what is wrong) of the book's finished paper."""
    row_id = book_rows.book_id(connection, book.code)
    for head in migration_rows.heads(connection, row_id):
        if head.state == FINISHED:
            yield from _paper_faults(connection, book, head)


def _paper_faults(connection: Connection, book: Book, head: PaperHead) -> Iterator[tuple[str, str, str, str]]:
    body = approval_rows.body_of(connection, head.uid, 1)
    if body is None:
        yield "migration_paper", "migration", head.uid, _("底稿签字完成了，却没有签过的原文")
        return
    yield from _signatures(connection, book, head, body)
    try:
        paper, _sheets = read_body(body, head)
    except Trouble as trouble:
        yield "migration_paper", "migration", head.uid, str(trouble)
        return
    for where, what in _changed(connection, head, paper):
        yield "migration_paper", "migration_line", where, what
    yield from _opening(connection, book, head, opening_lines(paper))


def _signatures(
    connection: Connection, book: Book, head: PaperHead, body: bytes
) -> Iterator[tuple[str, str, str, str]]:
    digest, steps = hashlib.sha256(body).hexdigest(), []
    given = approval_rows.approvals_of(connection, head.uid)
    faults = note_faults(connection, book, book_rows.book_id(connection, book.code), given, digest)
    for (approval, _note), fault in zip(given, faults, strict=True):
        steps.append(approval.step)
        if fault:
            yield "migration_paper", "approval", approval.uid, fault
    if sorted(steps) != [PREPARE, REVIEW]:
        yield "migration_paper", "migration", head.uid, _("底稿不是编制、审核两个人签的字")


def _changed(connection: Connection, head: PaperHead, paper: MigrationPaper) -> Iterator[tuple[str, str]]:
    """Rows of the paper that are not what was signed, by number."""
    lines = dict(migration_rows.lines(connection, head.uid))
    decisions = migration_rows.decisions(connection, head.uid)
    signed = {row.line: row for row in paper.rows}
    for number in sorted({*lines, *signed}):
        row, detail = signed.get(number), lines.get(number)
        title = _title(number, row)
        if row is None or detail is None:
            yield title, _("签字以后增加或去掉了这一行")
        elif detail != row.detail:
            yield title, _("余额或明细与签字时不符")
        elif tuple(decisions.get(number, ())) != row.decisions:
            yield title, _("决定与签字时不符")
    added = {one.code for one in migration_rows.new_accounts(connection, head.uid)}
    if added != set(paper.added) or head != paper.head:
        yield head.uid, _("新账套的科目或名称与签字时不符")


def _title(number: int, row: PaperRow | None) -> str:
    return _("第 {n} 行 {title}").format(n=number, title=row.title if row else "").strip()


def _opening(
    connection: Connection, book: Book, head: PaperHead, lines: Sequence[Line]
) -> Iterator[tuple[str, str, str, str]]:
    """The new book opens with exactly the paper's result, follows the old one, and the old one is stopped."""
    new = next((one for one in book_rows.books(connection) if one.uid == head.new_book), None)
    if new is None:
        yield "migration_opening", "migration", head.uid, _("底稿开的新账套不见了")
        return
    if new.predecessor != book.uid or book.stopped != head.month:
        yield (
            "migration_opening",
            "book",
            new.code,
            _("新账套没有接着旧账套，或旧账套没有停在 {month}").format(month=head.month),
        )
    opening = voucher_rows.find_voucher(connection, book_rows.book_id(connection, new.code), head.opening)
    if opening is None or Counter(opening.lines) != Counter(lines):
        yield "migration_opening", "voucher", f"{new.code} {head.opening}", _("期初凭证与签过字的底稿不符")
