"""The month's checklist: the facts are read from the books, the rules of core judge them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from villagebooks.core.account import Account
from villagebooks.core.book import Book
from villagebooks.core.closing import (
    CHOICES,
    BankFact,
    Blocker,
    CashFact,
    DueFact,
    MonthFacts,
    Places,
    build_checklist,
    check_choices,
    find_places,
)
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.receipt import account_for, left_behind
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import closing as closing_rows
from villagebooks.db import correction as correction_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.db import paper as paper_rows
from villagebooks.formats.account import read_chart
from villagebooks.paths import resource
from villagebooks.services.bank.state import bank_leaves, build_sheet, read_state
from villagebooks.services.bare import bare_facts
from villagebooks.services.cash import accounts_at
from villagebooks.services.desk import Desk, Office, acting_office
from villagebooks.services.paper_gap import gap_facts
from villagebooks.services.schedule import due_of

SETTING = "closing"
SHEETS = "disclosure"
"""The setting that holds what stands on every sheet."""
_APART = ("112", "113")


def month_checklist(desk: Desk) -> list[Blocker]:
    """What stands in the way of closing the desk's month, what blocks first; nothing is written.

    Refused before the book's first month. Only posted vouchers count in figures.
    """
    with desk.books.read() as connection:
        return checklist_of(connection, desk.book, desk.period)


def checklist_of(connection: Connection, book: Book, month: Month) -> list[Blocker]:
    """The checklist inside a larger act."""
    if month < book.start:
        raise Refused([Problem(_("账从 {start} 开始，{month} 没有账可结").format(start=book.start, month=month))])
    facts = _facts(connection, book, month)
    return build_checklist(facts, _choices(connection))


def closing_choices(office: Office) -> Mapping[str, str]:
    """What the township chose for the rules that are not fixed: block or warn; a rule it does not name warns."""
    with office.books.read() as connection:
        return _choices(connection)


def choose_blocking(office: Office, choices: Mapping[str, str]) -> None:
    """Set which rules block and which only warn; Refused for an unknown or a fixed rule."""
    refuse_if(check_choices(choices))
    with acting_office(office) as act:
        book_rows.put_setting(act.connection, SETTING, dict(choices))
        act.record("setting", f"setting:{SETTING}")


def places_of(connection: Connection, book: Book) -> tuple[Places, dict[str, Account]]:
    """Where the accounts of a closing stand in this book, and its accounts."""
    accounts = book_rows.accounts(connection, book_rows.book_id(connection, book.code))
    return find_places(accounts, read_chart(resource("charts", f"{book.standard}.csv"))), accounts


def _choices(connection: Connection) -> dict[str, str]:
    kept = book_rows.settings(connection, [SETTING]).get(SETTING)
    pairs = kept.items() if isinstance(kept, dict) else ()
    return {str(rule): str(choice) for rule, choice in pairs if choice in CHOICES}


def _facts(connection: Connection, book: Book, month: Month) -> MonthFacts:
    row = book_rows.book_id(connection, book.code)
    places, accounts = places_of(connection, book)
    money = [code for code, one in accounts.items() if one.holds_lines and one.is_money]
    last = month.last_day.isoformat()
    issued = paper_rows.receipt_books(connection, row, book.code, month)
    seen = [one for one in paper_rows.receipts(connection, [one.code for one in issued]) if one.day <= last]
    counted = [account_for(one, [r for r in seen if r.book == one.code]) for one in issued]
    bare, taken = bare_facts(connection, row, month)
    start = ledger_rows.first_month(connection, row, book.start)
    return MonthFacts(
        month=month,
        accounts=accounts,
        places=places,
        vouchers=closing_rows.numbered_vouchers(connection, row, month),
        behind=closing_rows.months_behind(connection, row, month),
        money={code: ledger_rows.net_before(connection, row, [code], month, start) for code in money},
        days=closing_rows.money_days(connection, row, money, month),
        year=ledger_rows.details(connection, row, Span(Month(month.year, 1), month), start, _APART),
        alone=ledger_rows.details(connection, row, Span(month, month), start),
        receipts=tuple(one.count for one in counted),
        left_receipts=tuple(left_behind(counted)),
        open_receipts=closing_rows.open_receipts(connection, row, month),
        papers=closing_rows.open_papers(connection, row, month),
        funds=closing_rows.funds(connection, row, places.funds, places.works, month),
        banks=tuple(_bank_facts(connection, book, accounts, month)),
        cash=tuple(
            CashFact(one.code, one.count.day if one.count else None, one.left_fen)
            for one in accounts_at(connection, book, month, month.last_day)
        ),
        due=tuple(DueFact(one.names, one.month) for one in due_of(connection, book, month)),
        reds=tuple(
            (one.uid, one.title if one.month == month else f"{one.month} {one.title}")
            for one in correction_rows.reds_alone(connection, row, month.last_day)
        ),
        bare=bare,
        taken=taken,
        gaps=gap_facts(connection, row, month),
        cash_limit_fen=_cash_limit(connection),
    )


def _cash_limit(connection: Connection) -> int:
    """As it stands on the sheets, where the township set it itself."""
    kept = book_rows.settings(connection, [SHEETS]).get(SHEETS)
    limit = kept.get("cash_limit_fen", 0) if isinstance(kept, dict) else 0
    return limit if isinstance(limit, int) else 0


def _bank_facts(
    connection: Connection, book: Book, accounts: Mapping[str, Account], month: Month
) -> Iterator[BankFact]:
    """Every bank account; what is open for longer than the month is told only where statements are kept."""
    for leaf in bank_leaves(accounts):
        state = read_state(connection, book, leaf.code)
        old: tuple[tuple[str, int], ...] = ()
        if state.begun:
            sheet = build_sheet(connection, book, state, month)
            old = tuple((one.words, one.amount_fen) for one in sheet.items if one.day < month.first_day)
        yield BankFact(leaf.code, state.covered, state.sheet_of(month) is not None, old)
