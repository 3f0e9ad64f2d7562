"""What leaves the office and is verified without the books: a voucher with its signatures, a chain of the log."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.approval import ON_VOUCHER, Approval, voids
from villagebooks.core.journal import Head
from villagebooks.core.period import read_month
from villagebooks.core.problem import Problem, Refused, Unknown
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import book as book_rows
from villagebooks.db import disclosure as disclosure_rows
from villagebooks.db import journal
from villagebooks.db import person as person_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.db.digest import row_content
from villagebooks.formats.chain import chain_parts
from villagebooks.formats.proof import Proof, SignedRow, build_proof, prove
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.disclosure import peek_anchor
from villagebooks.seal.file import write_file_safely, write_parts_safely
from villagebooks.seal.journal import leaf_hash
from villagebooks.seal.key import read_directory
from villagebooks.services.desk import Desk, Office

OFFICE = "office"
"""In place of a book's code: the chain of what belongs to no book."""

_TITLE = re.compile(r"(\d{4}-\d{2})\s*([^\d\s-]+)-?(\d{1,6})", re.ASCII)


def find_voucher(desk: Desk, text: str) -> str:
    """The uid of a voucher of this book named by its uid or as `2026-09记12`; Unknown when there is none."""
    match = _TITLE.fullmatch(text.strip())
    month = read_month(match[1]) if match else None
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        if match and month:
            heads = voucher_rows.heads_of_month(connection, row_id, month)
            found = [one.uid for one in heads if (one.word, one.number) == (match[2], int(match[3]))]
            if found:
                return found[0]
        elif voucher_rows.find_voucher(connection, row_id, text):
            return text
    raise Unknown(
        [Problem(_("账套 {book} 里没有凭证“{text}”").format(book=desk.book.code, text=text), field="voucher")]
    )


def export_proof(desk: Desk, uid: str, out: Path) -> Path:
    """Write a voucher's 凭证证明: signed bodies, signatures, their journal entries, directories, the next anchor.

    It is verified before it is written: Refused when nobody signed, or when what is kept does not hold.
    """
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        if voucher_rows.find_voucher(connection, row_id, uid) is None:
            raise Unknown([Problem(_("这个账套里没有这张凭证"))])
        given = [one for one, _note in approval_rows.approvals_of(connection, uid)]
        _check_standing(given)
        proof = _collect(connection, desk, row_id, uid, given)
    try:
        raw = build_proof(proof)
        prove(raw, lambda newest: read_directory(newest, None))
    except FormatError as error:
        raise Refused([Problem(_("这张凭证的签字不成立，不能出证明：{why}").format(why=error))]) from error
    write_file_safely(out, raw)
    return out


def _check_standing(given: Sequence[Approval]) -> None:
    """Refused when nobody signed, or when somebody has signed to void what a proof would say stands."""
    if not given:
        raise Refused([Problem(_("这张凭证还没有人签字，没有可以证明的"))])
    names = [one.name for one in voids(given, given[-1].rev)]
    if names:
        text = _("这张凭证正在作废（{names}已签），不能出证明；撤回作废后再出")
        raise Refused([Problem(text.format(names=_("、").join(names)))])


def _collect(connection: Connection, desk: Desk, row_id: int, uid: str, given: Sequence[Approval]) -> Proof:
    chain = journal.head(connection, row_id)[0]
    places, rows = [], []
    for one in given:
        ref = f"approval:{one.uid}"
        content, entry = row_content(connection, ref), journal.entry_of(connection, chain, ref, "sign")
        if entry is None or not content or not isinstance(content[0], list):
            raise Refused([Problem(_("{name}的签字在日志里没有登记").format(name=one.signer))])
        places.append(entry[0])
        rows.append(SignedRow(content[0], entry[1]))
    size, anchor = _next_anchor(connection, row_id, max(places))
    start = min(places) - 1
    leaves = tuple(leaf_hash(raw) for raw in journal.raw_entries(connection, chain, start + 1, size))
    return Proof(
        book=desk.book.uid, chain=chain, keys=tuple(note for _version, note in person_rows.directories(connection)),
        on=ON_VOUCHER, uid=uid, bodies=approval_rows.bodies_of(connection, uid),
        start=Head(start, journal.heads_in(connection, chain, [start]).get(start, "")), leaves=leaves,
        approvals=tuple(rows), anchor=anchor,
    )  # fmt: skip


def _next_anchor(connection: Connection, row_id: int, last: int) -> tuple[int, bytes]:
    """Size and note of the first sheet that pins the journal up to entry `last`, else (`last`, nothing)."""
    for one in disclosure_rows.put_ups(connection, row_id):
        size = peek_anchor(one.anchor).size
        if size >= last:
            return size, one.anchor
    return last, b""


def export_chain(office: Office, book: str, out: Path) -> Path:
    """Write a book's chain of the log, or the office's (`office`), entry by entry as it was hashed."""
    with office.books.read() as connection:
        row_id = None if book == OFFICE else book_rows.book_id(connection, book_rows.find_book(connection, book).code)
        chain, state = journal.head(connection, row_id)
        write_parts_safely(out, chain_parts(chain, state, journal.raw_entries(connection, chain)))
    return out
