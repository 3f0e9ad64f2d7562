"""What takes long to look at: contents against their digests, every signature, every row, every attachment."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from villagebooks.core.account import Account
from villagebooks.core.approval import ON_PAPER
from villagebooks.core.book import Book
from villagebooks.core.period import Month
from villagebooks.core.problem import Trouble
from villagebooks.core.voucher import APPROVED, POSTED, VOID, Voucher, touches_money
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import attachment, journal
from villagebooks.db import book as book_rows
from villagebooks.db import check as check_rows
from villagebooks.db import paper as paper_rows
from villagebooks.db import person as person_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.seal.approval import peek_approval
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.key import directory_faults
from villagebooks.services.approval import seal_paper, seal_voucher
from villagebooks.services.bank import reconciliation_faults, reconciliation_signatures
from villagebooks.services.cash import count_faults
from villagebooks.services.check.found import Found
from villagebooks.services.closing import report_faults, signature_faults
from villagebooks.services.desk import Desk, Office
from villagebooks.services.post.check import post_faults
from villagebooks.services.signature import check_signatures, note_faults, void_faults

IMPORTED = "import"


def book_faults(office: Office, connection: Connection, book: Book) -> Iterator[Found]:
    """Vouchers, papers and closings of a book against their digests and signatures."""
    row_id = book_rows.book_id(connection, book.code)
    yield from _vouchers(connection, book, row_id)
    yield from _papers(connection, book, row_id)
    for uid, fault in signature_faults(connection, book):
        yield Found("signature", "approval", uid, fault)
    yield from _cashier(connection, book)
    for year, fault in report_faults(Desk(office.books, office.person, book, book.start)):
        yield Found("report", "period", year, fault)


def _cashier(connection: Connection, book: Book) -> Iterator[Found]:
    """Reconciliations, cash counts and hand-overs of posts against what was signed."""
    for where, fault in reconciliation_faults(connection, book):
        yield Found("reconciliation", "reconciliation", where, fault)
    for uid, fault in reconciliation_signatures(connection, book):
        yield Found("signature", "approval", uid, fault)
    for uid, fault in count_faults(connection, book):
        yield Found("cash_count", "cash_count", uid, fault)
    for uid, fault in post_faults(connection, book):
        yield Found("post_change", "post_change", uid, fault)


def office_faults(office: Office, connection: Connection) -> Iterator[Found]:
    """Rows against the journal, key directories, attachments on disk."""
    for table, row, what in check_rows.changed_rows(connection):
        yield Found("row", table, row, what)
    for chain, seq, what in journal.before_faults(connection):
        yield Found("before", "journal_before", f"{chain}/{seq}", what)
    yield from _directories(connection)
    yield from _bodies(connection)
    yield from _attachments(office, connection)


def _vouchers(connection: Connection, book: Book, row_id: int) -> Iterator[Found]:
    """Vouchers without papers and signatures, which history is made of, by their rows; all others as a whole."""
    others: dict[tuple[int, int], set[str]] = {}
    for one in check_rows.plain_vouchers(connection, row_id, book.uid):
        if one.whole is None or one.signed:
            others.setdefault((one.year, one.month), set()).add(one.uid)
        elif not one.whole:
            where = f"{one.year:04d}-{one.month:02d} {one.title} {one.uid}"
            yield Found("voucher_seal", "voucher", where, _("凭证或分录的内容与它的校验值不符"))
    accounts = book_rows.accounts(connection, row_id)
    for (year, month), uids in sorted(others.items()):
        try:
            vouchers = voucher_rows.vouchers_of_month(connection, row_id, Month(year, month))
        except ValueError:
            # a day or month that is none: nothing of this month can be read as vouchers
            yield Found("voucher_read", "voucher", f"{year}-{month:02d}", _("这个月的凭证里有读不出的日期"))
            continue
        for voucher in (one for one in vouchers if one.uid in uids):
            yield from _whole_voucher(connection, book, row_id, voucher, accounts)


def _whole_voucher(
    connection: Connection, book: Book, row_id: int, voucher: Voucher, accounts: Mapping[str, Account]
) -> Iterator[Found]:
    fault = _voucher_fault(connection, book, voucher)
    if fault:
        yield Found("voucher_seal", "voucher", f"{voucher.month} {voucher.title} {voucher.uid}", fault)
    if voucher.state == VOID and not journal.is_old(connection, f"voucher:{voucher.uid}", "void"):
        for fault in void_faults(connection, book, row_id, voucher):
            yield Found("void_tier", "approval", voucher.uid, fault)
    if voucher.posted_by != IMPORTED and voucher.state in (APPROVED, POSTED):
        moves_money = touches_money(voucher.lines, accounts)
        papers = paper_rows.papers_where_uids(connection, voucher.papers)
        for problem in check_signatures(connection, book, row_id, voucher, papers, moves_money):
            yield Found("signature", "approval", voucher.uid, problem.text)


def _voucher_fault(connection: Connection, book: Book, voucher: Voucher) -> str:
    sealed, _body = seal_voucher(connection, book.uid, voucher)
    return "" if sealed.digest == voucher.digest else _("凭证或分录的内容与它的校验值不符")


def _papers(connection: Connection, book: Book, row_id: int) -> Iterator[Found]:
    for paper in paper_rows.papers_of_book(connection, row_id):
        sealed, _body = seal_paper(book.uid, paper)
        if sealed.digest != paper.digest:
            yield Found("paper_seal", "paper", paper.uid, _("报账单或单据的内容与它的校验值不符"))
        given = approval_rows.approvals_of(connection, paper.uid, paper.rev)
        faults = note_faults(connection, book, row_id, given, paper.digest)
        for (approval, _note), fault in zip(given, faults, strict=True):
            if fault or approval.on != ON_PAPER:
                yield Found("signature", "approval", approval.uid, fault or _("签字的种类不对"))


def _directories(connection: Connection) -> Iterator[Found]:
    root = book_rows.settings(connection, ["root"]).get("root")
    for version, fault in directory_faults(str(root or ""), person_rows.directories(connection)):
        yield Found("directory", "key_directory", str(version), fault)


def _bodies(connection: Connection) -> Iterator[Found]:
    """Every text that was signed, also of revisions long replaced, against its digest and the notes that sign it."""
    told = set()
    for where, note, digest, body in approval_rows.notes_with_bodies(connection):
        if where in told:
            continue
        fault = _body_fault(note, digest, body)
        if fault:
            told.add(where)
            yield Found("signed_body", "signed_body", where, fault)


def _body_fault(note: bytes, digest: str, body: bytes | None) -> str:
    if body is None:
        return _("签过的原文不见了")
    try:
        signed = peek_approval(note).doc
    except FormatError:
        signed = digest  # a note that cannot be read is told with the signature
    return "" if digest == signed == hashlib.sha256(body).hexdigest() else _("签过的原文被改动")


def _attachments(office: Office, connection: Connection) -> Iterator[Found]:
    folder = office.books.files
    known = set()
    for image in attachment.all_rows(connection):
        known.add(attachment.place(folder, image.sha256))
        try:
            content = attachment.read(folder, image.sha256)
            if len(content) != image.size or hashlib.sha256(content).hexdigest() != image.sha256:
                raise Trouble(_("大小与登记的不符"))
        except Trouble as error:
            yield Found("attachment", "attachment", image.sha256, str(error))
    for path in attachment.stored(folder):
        if path not in known:
            yield Found("attachment_extra", "attachment", path.name, _("文件夹里有，账套里没有登记"))
