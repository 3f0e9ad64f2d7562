"""自查: are the books right? Rules, balances rebuilt, chains, and with `deep` every row, signature and attachment.

Errors mean that the books are wrong or were changed behind the program; notices are unusual, not wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection

from villagebooks.core.approval import ON_PAPER
from villagebooks.core.book import Book
from villagebooks.core.journal import Finding
from villagebooks.core.problem import Trouble
from villagebooks.core.voucher import APPROVED, POSTED, SUBMITTED, Voucher, touches_money
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import attachment, balance, guard, journal
from villagebooks.db import book as book_rows
from villagebooks.db import check as check_rows
from villagebooks.db import paper as paper_rows
from villagebooks.db import person as person_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.key import read_directory
from villagebooks.services.approval import check_signatures, note_fault, seal_paper, seal_voucher
from villagebooks.services.closing import period_faults, report_faults, signature_faults
from villagebooks.services.desk import Desk, Office

ERROR, NOTICE = "error", "notice"
IMPORTED = "import"


def check_books(office: Office, book: str = "all", deep: bool = False) -> list[Finding]:
    """Everything found in one book or in all of them; the chains and guards of the office are always looked at."""
    with office.books.read() as connection:
        chosen = book_rows.books(connection) if book == "all" else [book_rows.find_book(connection, book)]
        findings = list(_office_findings(connection))
        for one in chosen:
            findings += _book_findings(connection, one)
            if deep:
                findings += _deep_book(connection, one)
                findings += _closings(office, connection, one)
        if deep:
            findings += [Finding(ERROR, table, row, what) for table, row, what in check_rows.changed_rows(connection)]
            findings += _directories(connection)
            findings += _attachments(office, connection)
    return findings


def _office_findings(connection: Connection) -> Iterator[Finding]:
    for name in guard.missing_guards(connection):
        yield Finding(ERROR, "sqlite_master", f"guard_{name}", _("保护触发器不见了"))
    for chain, seq, fault in journal.chain_faults(connection):
        yield Finding(ERROR, "journal", f"{chain}/{seq}", fault)


def _book_findings(connection: Connection, book: Book) -> Iterator[Finding]:
    row_id = book_rows.book_id(connection, book.code)
    for rule in check_rows.RULES:
        for row, detail in check_rows.broken(connection, rule, row_id):
            yield Finding(rule.severity, rule.table, row, rule.sentence.format(detail=detail), book.code)
    for row, fen in balance.differences(connection, row_id):
        text = _("余额与分录重新加出来的不符，相差 {fen} 分").format(fen=fen)
        yield Finding(ERROR, "balance", row, text, book.code)
    for period, fault in period_faults(connection, book):
        yield Finding(ERROR, "period", period, fault, book.code)


def _deep_book(connection: Connection, book: Book) -> Iterator[Finding]:
    row_id = book_rows.book_id(connection, book.code)
    accounts = book_rows.accounts(connection, row_id)
    for month in voucher_rows.months(connection, row_id):
        try:
            vouchers = voucher_rows.vouchers_of_month(connection, row_id, month)
        except ValueError:
            # a day or month that is none: nothing of this month can be read as vouchers
            yield Finding(ERROR, "voucher", str(month), _("这个月的凭证里有读不出的日期"), book.code)
            continue
        for voucher in vouchers:
            fault = _voucher_fault(connection, book, voucher)
            if fault:
                yield Finding(ERROR, "voucher", f"{voucher.month} {voucher.title} {voucher.uid}", fault, book.code)
            signed = voucher.posted_by != IMPORTED and voucher.state in (SUBMITTED, APPROVED, POSTED)
            if signed and voucher.state != SUBMITTED:
                for problem in check_signatures(connection, book, voucher, touches_money(voucher.lines, accounts)):
                    yield Finding(ERROR, "approval", voucher.uid, problem.text, book.code)
    yield from _papers(connection, book, row_id)


def _voucher_fault(connection: Connection, book: Book, voucher: Voucher) -> str:
    sealed, _body = seal_voucher(connection, book.uid, voucher)
    return "" if sealed.digest == voucher.digest else _("凭证或分录的内容与它的校验值不符")


def _papers(connection: Connection, book: Book, row_id: int) -> Iterator[Finding]:
    for paper in paper_rows.papers_of_book(connection, row_id):
        sealed, body = seal_paper(book.uid, paper)
        if sealed.digest != paper.digest:
            yield Finding(ERROR, "paper", paper.uid, _("报账单或单据的内容与它的校验值不符"), book.code)
        kept = approval_rows.body_of(connection, paper.uid, paper.rev)
        if kept is not None and kept != body:
            yield Finding(ERROR, "signed_body", f"{paper.uid}/{paper.rev}", _("签过的原文被改动"), book.code)
        for approval, note in approval_rows.approvals_of(connection, paper.uid, paper.rev):
            fault = note_fault(connection, book, approval, note, paper.digest, "")
            if fault or approval.on != ON_PAPER:
                yield Finding(ERROR, "approval", approval.uid, fault or _("签字的种类不对"), book.code)


def _closings(office: Office, connection: Connection, book: Book) -> Iterator[Finding]:
    for uid, fault in signature_faults(connection, book):
        yield Finding(ERROR, "approval", uid, fault, book.code)
    for year, fault in report_faults(Desk(office.books, office.person, book, book.start)):
        yield Finding(ERROR, "period", year, fault, book.code)


def _directories(connection: Connection) -> Iterator[Finding]:
    root = book_rows.settings(connection, ["root"]).get("root")
    for version, note in person_rows.directories(connection):
        try:
            if read_directory(note, str(root)).version != version:
                raise FormatError(_("版本号不符"))
        except FormatError as error:
            yield Finding(ERROR, "key_directory", str(version), str(error))


def _attachments(office: Office, connection: Connection) -> Iterator[Finding]:
    for image in attachment.all_rows(connection):
        try:
            content = attachment.read(office.books.files, image.sha256)
            if len(content) != image.size or hashlib.sha256(content).hexdigest() != image.sha256:
                raise Trouble(_("大小与登记的不符"))
        except Trouble as error:
            yield Finding(ERROR, "attachment", image.sha256, str(error))
