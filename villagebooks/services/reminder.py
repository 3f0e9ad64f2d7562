"""What the first page reminds of, read in one transaction each from what the books hold today."""

from __future__ import annotations

from villagebooks.core.period import month_of
from villagebooks.core.receipt import IssuedBook, Receipt, account_for
from villagebooks.core.reminder import Reminder, ReminderFacts, build_reminders
from villagebooks.db import agreement as agreement_rows
from villagebooks.db import archive as archive_rows
from villagebooks.db import book as book_rows
from villagebooks.db import journal
from villagebooks.db import paper as paper_rows
from villagebooks.db import person as person_rows
from villagebooks.db import post as post_rows
from villagebooks.db import schedule as schedule_rows
from villagebooks.services.account import today
from villagebooks.services.board import read_board
from villagebooks.services.desk import Office
from villagebooks.services.directory import opened_envelope
from villagebooks.services.inbox.read import waiting_in
from villagebooks.services.schedule import due_of


def read_reminders(office: Office) -> list[Reminder]:
    """Every reminder of today: of the month before, whose sheet hangs this month, and of what waits now."""
    day = today(office)
    month = month_of(day)
    board = read_board(office, month.plus(-1))
    with office.books.read() as connection:
        plans, receipts = [], list[tuple[str, IssuedBook]]()
        planned, held = schedule_rows.planned_books(connection), paper_rows.receipt_books_held(connection, month)
        seen: dict[str, list[Receipt]] = {}
        for number in paper_rows.receipts(connection, [one.code for books in held.values() for one in books]):
            seen.setdefault(number.book, []).append(number)
        for row, book in book_rows.books_by_id(connection).items():
            if not book.keeps(month):
                continue
            due = len(due_of(connection, book, month)) if row in planned else 0
            if due:
                plans.append((book.code, book.name, due))
            for one in held.get(row, ()):
                receipts.append((book.code, account_for(one, seen.get(one.code, ()))))
        facts = ReminderFacts(
            day, tuple(board), tuple(waiting_in(connection, office)), tuple(plans), tuple(receipts),
            tuple(person_rows.officers(connection)), tuple(agreement_rows.agreements(connection)),
            tuple(post_rows.changes(connection)), tuple(archive_rows.loans_out(connection)),
            {one.code: one.name for one in book_rows.villages(connection)},
            (office.books.now(), journal.newest_at(connection)),
            opened_envelope(connection, book_rows.centre(connection).name),
        )  # fmt: skip
    return build_reminders(facts)
