"""The report: everything that was undone after an approval, by village and time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from villagebooks.core.book import Book
from villagebooks.core.cancellation import RED, REOPENED, SENT_BACK, UNRECONCILED, VOIDED, Cancellation
from villagebooks.core.closing import REOPEN
from villagebooks.core.period import Span
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import cancellation as undone_rows
from villagebooks.seal import canonical
from villagebooks.services.closing import period_acts
from villagebooks.services.desk import Desk, Office
from villagebooks.services.reason import reasons_of

ALL = "all"


@dataclass(frozen=True, slots=True)
class CancellationReport:
    """What was undone from the first day of the span to the last, book by book, oldest first."""

    whose: str
    span: Span
    rows: tuple[Cancellation, ...]


def cancellations(office: Office, book: str, span: Span) -> CancellationReport:
    """Everything of a book or of all that was undone in these months, by when it was undone."""
    with office.books.read() as connection:
        chosen = book_rows.books(connection) if book == ALL else [book_rows.find_book(connection, book)]
        found = [row for one in chosen for row in _of_book(connection, one)]
    for one in chosen:
        found += _reopened(Desk(office.books, office.person, one, one.start))
    inside = [one for one in found if str(span.first) <= one.at[:7] <= str(span.last)]
    whose = _("各村") if book == ALL else f"{chosen[0].code} {chosen[0].name}"
    return CancellationReport(whose, span, tuple(sorted(inside, key=lambda one: (one.book, one.at, one.ref))))


def _of_book(connection: Connection, book: Book) -> Iterator[Cancellation]:
    row_id = book_rows.book_id(connection, book.code)
    for one in undone_rows.void_vouchers(connection, row_id):
        people = _("、").join(one.signers) or one.actor
        yield Cancellation(
            book.code, one.month, VOIDED, one.title, people, one.at, one.why, one.amount_fen, f"voucher:{one.uid}"
        )
    for one in undone_rows.red_vouchers(connection, row_id):
        people = _("、").join(one.signers) or one.actor
        why = _("冲销 {title}").format(title=one.why)
        yield Cancellation(
            book.code, one.month, RED, one.title, people, one.at, why, one.amount_fen, f"voucher:{one.uid}"
        )
    reasons = {str(one.code): one.words for one in reasons_of(connection)}
    for one in undone_rows.papers_sent_back(connection, row_id):
        people = _("、").join(one.signers) or one.actor
        title = _("报账单 {n} 号").format(n=one.title)
        why = reasons.get(one.why, one.why)
        yield Cancellation(
            book.code, one.month, SENT_BACK, title, people, one.at, why, one.amount_fen, f"paper:{one.uid}"
        )
    for one, raw in undone_rows.sheets_withdrawn(connection, row_id):
        body = _read(raw)
        account, month, fen = undone_rows.sheet_title(connection, str(body.get("of", "")))
        yield Cancellation(
            book.code, month, UNRECONCILED, account, one.actor, one.at, str(body.get("reason", "")), fen,
            f"reconciliation:{body.get('of', '')}",
        )  # fmt: skip


def _reopened(desk: Desk) -> Iterator[Cancellation]:
    for one in period_acts(desk):
        if one.act == REOPEN:
            people = _("、").join(one.signers)
            yield Cancellation(
                desk.book.code, one.period, REOPENED, one.period, people, one.at, one.reason, 0, f"month:{one.period}"
            )


def _read(raw: bytes) -> dict[str, object]:
    try:
        body = canonical.load(raw)
    except canonical.FormatError:
        return {}
    return body if isinstance(body, dict) else {}
