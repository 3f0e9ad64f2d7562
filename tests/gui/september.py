"""September of the ordinary village as planned, lived through by services alone, and told without uids and times.

The story at the window (`test_month.py`) does the same by keyboard and mouse; what both leave in the books is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.services.chain import journal_page
from tests.services.conftest import CHEAP
from villagebooks.core.bank import read_typed_statement
from villagebooks.core.cash import CashCount
from villagebooks.core.ledger import TrialBalance
from villagebooks.core.money import read_yuan
from villagebooks.core.paper import Paper
from villagebooks.core.period import Month, Span
from villagebooks.core.policy import Policy
from villagebooks.core.receipt import Receipt, ReceiptBook
from villagebooks.core.schedule import EACH, RECURRING, Schedule
from villagebooks.core.statement import BALANCE_SHEET, INCOME
from villagebooks.core.voucher import Draft
from villagebooks.db.books import open_books as open_file
from villagebooks.formats.photo import draw_photo, load_pens
from villagebooks.formats.query import write_reader_key
from villagebooks.paths import resource
from villagebooks.services.approval import accept_paper, approve_voucher, attest_paper, waiting_for
from villagebooks.services.bank import (
    bank_accounts,
    confirm_reconciliation,
    match_automatically,
    read_bank,
    type_statement,
)
from villagebooks.services.cash import cash_accounts, cash_counts, record_cash_count
from villagebooks.services.closing import close_month, period_acts, reopen_month
from villagebooks.services.demo.clock import DemoClock
from villagebooks.services.demo.data import (
    MONTH_FOLDER,
    PaperPlan,
    VoucherPlan,
    read_receipt_books,
    read_rows,
    read_vouchers,
)
from villagebooks.services.demo.town import Costs, Town, appoint_people, open_books
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.disclosure import hanging_sheet, list_put_ups, put_up, save_notes, sheet_notes
from villagebooks.services.ledger import ledger, trial_balance
from villagebooks.services.paper import (
    draft_voucher,
    issue_receipt_book,
    list_papers,
    list_receipts,
    receipt_counts,
    save_paper,
)
from villagebooks.services.picture import take_files
from villagebooks.services.query import export_query_file, make_reader
from villagebooks.services.schedule import draft_due, list_schedules, save_schedule
from villagebooks.services.statement import statement
from villagebooks.services.voucher import post_voucher, save_voucher
from villagebooks.services.voucher import read_vouchers as vouchers_of

DATA = resource("demo", "baiyanhe")
STATEMENT = DATA / MONTH_FOLDER / "bank_statement_V01.csv"
BOOK, SEPTEMBER = "V01", Month(2026, 9)
PASSPHRASE = "baiyanhe-2026"
DIRECTOR, AGENT, OTHER, CASHIER = "邹启明", "冯素芳", "谭永川", "龙小梅"
BY_HAND, BY_PLAN = 5, 15
"""Numbers of the vouchers that no paper gives: cash taken to the bank, and what the schedule makes."""
PLAN = "每月计提折旧"
READER = "查询机.key"
"""The kiosk's key file beside the books."""
PIECES = ((10_000, 2), (2_000, 2), (100, 3), (50, 1), (10, 4))
HOLDER = "向丽蓉"
WORDS = "9月30日开会，3人到齐，逐张看了15张凭证的单据，没有不同意的。"
WHY_REOPENED = "监委会的会议记录补夹进凭证"
TAKING, POSTING, CLOSING, SHOWING, EXPORTING = (
    date(2026, 9, 28), date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 10), date(2026, 10, 21),
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What happens in September: receipt book, papers with the pictures of each document, vouchers in their order."""

    receipts: ReceiptBook
    vouchers: tuple[VoucherPlan, ...]
    pictures: Mapping[tuple[int, int], tuple[Path, ...]]
    """By number of the voucher and place of the document."""
    schedule: Schedule

    @property
    def papers(self) -> Iterator[tuple[VoucherPlan, PaperPlan]]:
        """Every paper with the voucher that is made of it."""
        return ((one, paper) for one in self.vouchers for paper in one.papers)


def paper_statement() -> tuple[int, int, str]:
    """The bank's statement as it came on paper: both balances in fen, and its lines as somebody types them."""
    first, *rows = read_rows(STATEMENT)
    text = "\n".join(f"{row['日期']} {row['收入'] or '-' + row['支出']} {row['摘要']}" for row in rows)
    opening, closing = read_yuan(first["余额"]), read_yuan(rows[-1]["余额"])
    assert opening is not None
    assert closing is not None
    return opening, closing, text


def make_town(place: Path) -> Town:
    """The office as it stands at the end of August: history taken over, posts, keys, the township's policy."""
    clock = DemoClock(date(2026, 8, 31))
    office = open_books(place, DATA, clock)
    town, root = appoint_people(office, DATA, clock, PASSPHRASE, Costs(CHEAP, CHEAP, CHEAP))
    write_reader_key(place.with_name(READER), make_reader(office, root, 1, "查询机"))
    return town


def again(town: Town, place: Path) -> Town:
    """The same town in a copy of its file."""
    clock = DemoClock(date(2026, 8, 31))
    books = open_file(place, clock)
    return replace(town, office=Office(books, town.director), clock=clock)


def make_plan(folder: Path, policy: Policy) -> Plan:
    """The plan of the demonstration, its pictures drawn into the folder as a camera leaves them there."""
    pens = load_pens(resource("fonts"))
    vouchers, pictures = [], {}
    for one in read_vouchers(DATA):
        if one.book != BOOK:
            continue
        bare = one.number in (BY_HAND, BY_PLAN)
        papers = () if bare else tuple(replace(each, paper=_said(each.paper, policy)) for each in one.papers)
        for plan in papers:
            for place, drawn in enumerate(plan.pictures):
                paths = tuple(folder / f"{one.number:02d}-{place}-{n}.jpg" for n in range(len(drawn)))
                for path, picture in zip(paths, drawn, strict=True):
                    path.write_bytes(draw_photo(picture, pens))
                pictures[one.number, place] = paths
        vouchers.append(replace(one, papers=papers))
    wear = next(one for one in vouchers if one.number == BY_PLAN)
    lines = tuple(replace(one, summary=one.summary.replace("9月", "{月}月")) for one in wear.lines)
    schedule = Schedule("", PLAN, RECURRING, EACH, lines, SEPTEMBER, attachment_count=1)
    issued = next(one.issued for one in read_receipt_books(DATA) if one.book == BOOK)
    return Plan(issued, tuple(vouchers), pictures, schedule)


def _said(paper: Paper, policy: Policy) -> Paper:
    """As the form of a paper says it: bodies under the policy's first name for them."""
    first = {name: step.names[0] for step in policy.steps.values() for name in step.names}
    bodies = tuple(replace(one, name=first.get(one.name, one.name)) for one in paper.bodies)
    return replace(paper, bodies=bodies, paid_how={"代扣": "转账"}.get(paper.paid_how, paper.paid_how))


def live_through(town: Town, plan: Plan, folder: Path) -> Path:
    """The month by services, in the order in which the people at the window do it; the query file."""
    desk, staff = town.desk(AGENT, BOOK), town.staff
    town.clock.go_to(TAKING, 9)
    issue_receipt_book(desk, plan.receipts)
    saved = {one.number: _write(desk, plan, one.number, paper) for one, paper in plan.papers}
    for uid in saved.values():
        attest_paper(desk, uid, staff[AGENT], _scan(desk, uid))
        accept_paper(desk, uid)
    town.clock.go_to(POSTING, 9)
    save_schedule(desk, plan.schedule)
    for one in plan.vouchers:
        if one.number == BY_PLAN:
            draft_due(desk)
        elif one.number == BY_HAND:
            save_voucher(desk, Draft(one.day, one.lines, attachment_count=1))
        else:
            save_voucher(desk, replace(draft_voucher(desk, [saved[one.number]]), day=one.day, lines=one.lines))
    _sign_and_post(town)
    town.clock.go_to(CLOSING, 9)
    cashier = town.desk(CASHIER, BOOK)
    opening, closing, text = paper_statement()
    lines, _problems = read_typed_statement(text, SEPTEMBER)
    type_statement(cashier, "10201", lines, opening, closing)
    match_automatically(cashier, "10201")
    confirm_reconciliation(desk, "10201", staff[AGENT])
    held = next(one for one in cash_accounts(desk) if one.code == "101").book_fen
    count = CashCount("", "101", SEPTEMBER, SEPTEMBER.last_day, PIECES, held, held, holder=HOLDER)
    record_cash_count(desk, count, staff[AGENT])
    close_month(desk, staff[AGENT])
    reopen_month(desk, staff[AGENT], staff[DIRECTOR], WHY_REOPENED)
    close_month(desk, staff[AGENT])
    town.clock.go_to(SHOWING, 9)
    director = town.desk(DIRECTOR, BOOK)
    save_notes(director, replace(sheet_notes(director), committee_words=WORDS))
    put_up(director, [staff[DIRECTOR]], cost=CHEAP)
    town.clock.go_to(EXPORTING, 9)
    return export_query_file(director, [staff[DIRECTOR], staff[AGENT]], folder)


def _write(desk: Desk, plan: Plan, number: int, one: PaperPlan) -> str:
    documents = tuple(
        replace(
            document, images=tuple(replace(one, checked=True) for one in take_files(desk, plan.pictures[number, place]))
        )
        for place, document in enumerate(one.paper.documents)
    )
    book, _slash, named = one.receipt.partition("/")
    paper = one.paper
    receipts = [Receipt(book, named, "used", "", paper.day.isoformat(), paper.amount_fen)] if named else []
    return save_paper(desk, replace(paper, documents=documents), receipts).uid


def _scan(desk: Desk, uid: str) -> str:
    paper = next(one for one in list_papers(desk) if one.uid == uid)
    return paper.documents[0].images[0].sha256


def _sign_and_post(town: Town) -> None:
    people = {"prepare": AGENT, "countersign": OTHER, "cashier": CASHIER, "review": DIRECTOR}
    for name in people.values():
        desk = town.desk(name, BOOK)
        for one in vouchers_of(desk):
            step = waiting_for(desk, one.uid)
            if step and people[step.name] == name:
                approve_voucher(desk, one.uid, town.staff[name])
    for one in vouchers_of(town.desk(AGENT, BOOK)):
        post_voucher(town.desk(AGENT, BOOK), one.uid)


# what the books tell afterwards

UNTOLD = {
    "uid",
    "at",
    "made_at",
    "imported_at",
    "digest",
    "confirmed_at",
    "anchor",
    "anchor_hash",
    "code",
    "previous_code",
    "sheet",
    "head",
}


def told(thing: Any, names: Mapping[str, str]) -> Any:
    """A record as plain data without uids, times and what is made of signatures; uids inside go by their names."""
    if is_dataclass(thing) and not isinstance(thing, type):
        return {
            one.name: told(getattr(thing, one.name), names) for one in fields(thing) if one.name not in UNTOLD
        }  # fmt: skip
    if isinstance(thing, Mapping):
        return {str(told(key, names)): told(value, names) for key, value in thing.items()}
    if isinstance(thing, Sequence) and not isinstance(thing, str | bytes):
        return [told(one, names) for one in thing]
    return names.get(thing, thing) if isinstance(thing, str) else thing


def tell_month(office: Office, book: str, month: Month) -> dict[str, Any]:
    """Everything that the month left in the books."""
    desk = open_desk(office, book, month)
    vouchers, papers = vouchers_of(desk), list_papers(desk)
    names = {one.uid: one.title for one in vouchers} | {one.uid: f"报账单 {one.number}" for one in papers}
    year = Month(month.year, 1)
    hanging = hanging_sheet(desk)
    bank = [read_bank(desk, one.code) for one in bank_accounts(desk)]
    names |= {one.uid: one.name for month_of in bank for one in month_of.statements}
    return {
        "vouchers": told(vouchers, names),
        "papers": told(papers, names),
        "receipts": told([*receipt_counts(desk), *list_receipts(desk)], names),
        "schedules": told(list_schedules(desk), names),
        "trial balance": told(trial_balance(office, book, year, month), names),
        "ledgers": [told(ledger(desk, code, month, month), names) for code in leaves(office, book, month)],
        "statements": [told(statement(desk, one, Span(month, month)), names) for one in (BALANCE_SHEET, INCOME)],
        "bank": told(bank, names),
        "cash": told(cash_counts(desk), names),
        "closings": told(period_acts(desk), names),
        "sheet": told(hanging[0], names) if hanging else None,
        "put up": told(list_put_ups(desk), names),
        "journal": sorted((one.actor, one.kind) for one in journal_page(office, book)),
    }  # fmt: skip


def leaves(office: Office, book: str, month: Month) -> list[str]:
    """Every account with a figure."""
    report: TrialBalance = trial_balance(office, book, month, month)
    return [one.account for one in report.rows]
