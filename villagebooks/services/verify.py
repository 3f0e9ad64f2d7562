"""Verifying what left the office, and finding the sheet of a code; open books give the root and the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.problem import Problem, Refused, Trouble, why
from villagebooks.core.query import FileReport
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import disclosure as disclosure_rows
from villagebooks.db import journal
from villagebooks.db import person as person_rows
from villagebooks.formats.chain import read_chain
from villagebooks.formats.container import Known, make_known
from villagebooks.formats.verify import verify_file
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.code import normal_code
from villagebooks.seal.disclosure import ANCHOR_KIND, CODE_COST, anchor_code, read_anchor
from villagebooks.seal.key import Argon2Cost, KeyDirectory, ever_valid, newest_directory
from villagebooks.seal.note import peek_note
from villagebooks.services.desk import Office


def verify(
    path: Path,
    root: str = "",
    keys: Path | None = None,
    office: Office | None = None,
    code: str = "",
    chain: Path | None = None,
    cost: Argon2Cost = CODE_COST,
) -> FileReport:
    """Verify any file of the program under a fingerprint, a key directory file, or the open books.

    `chain` is an exported chain that the file must agree with; open books are compared too. A file that does not hold
    at all gives a report with the reason as its problem and nothing else. Trouble when a file cannot be read.
    """
    try:
        heads = read_chain(_read(chain)).heads if chain else ()
        known = make_known(root, [_read(keys)] if keys else [], code, heads, cost)
        if office is None:
            return verify_file(path, known)
        with office.books.read() as connection:
            report = verify_file(path, _with_books(connection, known))
            return _compare(connection, report)
    except FormatError as error:
        return FileReport("", "", False, (), (), 0, 0, (str(error),))


def find_sheet(office: Office, code: str, cost: Argon2Cost = CODE_COST) -> FileReport:
    """The sheet of the open books that carries a printed 本期码: its anchor, checked against keys and journal.

    Refused when no sheet of these books was printed with the code.
    """
    normal = normal_code(code)
    if normal is None:
        raise Refused([Problem(_("公示码输错了，请核对。"), field="code")])
    with office.books.read() as connection:
        for book in book_rows.books(connection):
            for put_up in disclosure_rows.put_ups(connection, book_rows.book_id(connection, book.code)):
                if put_up.code == normal:
                    return _check_sheet(connection, put_up.anchor, normal, cost)
    raise Refused([Problem(_("这些账套里没有哪一期公开榜是这个本期码"), field="code")])


def _check_sheet(connection: Connection, note: bytes, code: str, cost: Argon2Cost) -> FileReport:
    """What is kept of a sheet, held against its code, the directory and the journal as it stands now."""
    try:
        directory = _newest(connection, Known())
        anchor = read_anchor(note, ever_valid(directory, note))
    except FormatError as error:
        return FileReport(ANCHOR_KIND, "", False, (), (), 0, len(note), (str(error),))
    said = peek_note(note)
    problems = () if anchor_code(note, cost) == code else (_("留存的锚定记录与本期码不符。"),)
    report = FileReport(
        ANCHOR_KIND, directory.fingerprint, True, said.signers, said.lines[1:], 0, len(note), problems,
        code_found=anchor.period, book=anchor.book, points=((anchor.size, anchor.head),),
    )  # fmt: skip
    return _compare(connection, report)


def _with_books(connection: Connection, known: Known) -> Known:
    root = known.root or str(book_rows.settings(connection, ["root"]).get("root", ""))
    newest = person_rows.directory(connection)
    return replace(known, root=root, keys=(*known.keys, *([newest[1]] if newest else [])))


def _newest(connection: Connection, known: Known) -> KeyDirectory:
    full = _with_books(connection, known)
    if not full.keys:
        raise FormatError(_("账套里还没有钥匙名录。"))
    return newest_directory(full.root or None, full.keys)


def _compare(connection: Connection, report: FileReport) -> FileReport:
    """The report with what the open books' journal says to the heads that the file states."""
    chain = report.chain or _chain_of(connection, report.book)
    if not chain or chain not in journal.heads(connection):
        return report
    stored = journal.heads_in(connection, chain, [size for size, _head in report.points])
    problems = list(report.problems)
    for size, head in report.points:
        if stored.get(size) != head:
            text = _("账套里到第 {n} 条为止的日志与文件里的不一样，有日志被改动过。")
            problems.append(text.format(n=size))
    problems += _first_fault(connection, chain, max((size for size, _head in report.points), default=0))
    rooted = report.rooted or (not report.root and not problems)
    return replace(report, problems=tuple(problems), rooted=rooted)


def _first_fault(connection: Connection, chain: str, size: int) -> Sequence[str]:
    """The first entry up to `size` that is not what was written when the chain was made."""
    faults = (seq for uid, seq, _what in journal.chain_faults(connection) if uid == chain and seq <= size)
    first = next(faults, None)
    return [] if first is None else [_("账套里第一条对不上的日志是第 {n} 条。").format(n=first)]


def _chain_of(connection: Connection, code: str) -> str:
    known = {book.code for book in book_rows.books(connection)}
    return journal.head(connection, book_rows.book_id(connection, code))[0] if code in known else ""


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Trouble(_("读不出文件 {name}（{reason}）").format(name=path.name, reason=why(error))) from error
