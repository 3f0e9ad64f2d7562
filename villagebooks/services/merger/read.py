"""What a merger would do, how far each one is, and the balances of a book by former village."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from villagebooks.core.book import Book
from villagebooks.core.closing import OPEN, find_places
from villagebooks.core.former import FormerReport, build_former
from villagebooks.core.merger import (
    DRAFT,
    Merger,
    MergerPlan,
    MoveWords,
    SourceFacts,
    check_merger,
    details_of,
    move_words,
    plan_merger,
)
from villagebooks.core.migration import OldDetail, with_accounts
from villagebooks.core.period import Month, month_of
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.voucher import POSTED, VOID, Voucher
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import merger as merger_rows
from villagebooks.db import migration as migration_rows
from villagebooks.db import village as village_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.formats.account import read_chart
from villagebooks.paths import resource
from villagebooks.services.desk import Desk, Office


@dataclass(frozen=True, slots=True)
class MergerState:
    """A merger with its two vouchers as they stand, what they move, and what keeps it from being finished."""

    merger: Merger
    going: Voucher | None
    coming: Voucher | None
    problems: tuple[Problem, ...]
    moves: tuple[MoveWords, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanState:
    """What a merger would do, and its moves as people read them."""

    plan: MergerPlan
    moves: tuple[MoveWords, ...]


def list_mergers(office: Office) -> list[MergerState]:
    """Every merger that was begun and not given up."""
    with office.books.read() as connection:
        return [state_of(connection, one) for one in merger_rows.mergers(connection)]


def look_at_merger(office: Office, source: str, target: str, day: date, basis: str = "") -> PlanState:
    """What merging a book into another on a day would move and open, and what stands in its way; nothing is written."""
    with office.books.read() as connection:
        plan = plan_in(connection, source, target, day, basis)
        old, new = (book_rows.accounts(connection, book_rows.book_id(connection, code)) for code in (source, target))
    grown = with_accounts(new, plan.opened)
    return PlanState(plan, move_words([one.old for one in plan.moves], [one.new for one in plan.moves], old, grown))


def plan_in(connection: Connection, source: str, target: str, day: date, basis: str) -> MergerPlan:
    """The plan inside a larger act."""
    old, new = book_rows.find_book(connection, source), book_rows.find_book(connection, target)
    rows = [book_rows.book_id(connection, one.code) for one in (old, new)]
    details = migration_rows.balances_at(connection, rows[0], month_of(day))
    problems = check_merger(old, new, day, basis, details, _facts(connection, old, rows[0], day))
    if merger_rows.mergers(connection, rows[0]):
        problems.append(Problem(_("账套 {code} 已经在并账").format(code=source)))
    if problems:
        return MergerPlan((), (), tuple(problems))
    source_chart, target_chart = (book_rows.accounts(connection, row) for row in rows)
    former, used = former_name(connection, old, day), merger_rows.used_accounts(connection, rows[1])
    return plan_merger(details, source_chart, target_chart, former, used)


def former_name(connection: Connection, source: Book, day: date) -> str:
    """What the old village was called when it was merged."""
    return village_rows.village_name_on(connection, source.village, day) or source.name


def _facts(connection: Connection, book: Book, row_id: int, day: date) -> SourceFacts:
    accounts = book_rows.accounts(connection, row_id)
    places = find_places(accounts, read_chart(resource("charts", f"{book.standard}.csv")))
    return SourceFacts(
        book_rows.month_states(connection, row_id), merger_rows.waiting(connection, row_id),
        merger_rows.later(connection, row_id, day), frozenset(places.year_end),
    )  # fmt: skip


def state_of(connection: Connection, one: Merger) -> MergerState:
    """How far a merger is."""
    rows = [book_rows.book_id(connection, code) for code in (one.source, one.target)]
    going = voucher_rows.find_voucher(connection, rows[0], one.voucher_out)
    coming = voucher_rows.find_voucher(connection, rows[1], one.voucher_in)
    problems = _finish_problems(connection, one, rows[0], (going, coming)) if one.state == DRAFT else []
    moves: tuple[MoveWords, ...] = ()
    if going is not None and coming is not None:
        charts = [book_rows.accounts(connection, row) for row in rows]
        moves = move_words(details_of(going.lines), details_of(coming.lines), *charts)
    return MergerState(one, going, coming, tuple(problems), moves)


def _finish_problems(
    connection: Connection, one: Merger, source: int, vouchers: tuple[Voucher | None, Voucher | None]
) -> list[Problem]:
    """Both vouchers posted and in force, nothing left or waiting in the old book, its last month closed."""
    problems = []
    for code, voucher in zip((one.source, one.target), vouchers, strict=True):
        title = voucher.title if voucher else ""
        if voucher is None or voucher.state == VOID or voucher_rows.reversal_of(connection, voucher.uid):
            problems.append(
                Problem(
                    _("{code} 的转账凭证{title}已作废或冲销：放弃这次并账，重新开始").format(code=code, title=title)
                )
            )
        elif voucher.state != POSTED:
            problems.append(Problem(_("{code} 的转账凭证{title}还没有签完字记账").format(code=code, title=title)))
    month = month_of(one.day)
    waiting = merger_rows.waiting(connection, source, (one.voucher_out,))
    if waiting:
        problems.append(Problem(_("旧账套还有没记账的凭证：{names}").format(names=_("、").join(waiting[:5]))))
    if not problems:
        left = balances_left(connection, source, month)
        if left:
            names = _("、").join(one.account for one in left[:5])
            problems.append(Problem(_("旧账套还有余额：{names}").format(names=names)))
        if book_rows.month_states(connection, source).get(month, OPEN) == OPEN:
            problems.append(Problem(_("旧账套 {month} 还没有结账，先结账").format(month=month)))
    return problems


def balances_left(connection: Connection, source: int, month: Month) -> list[OldDetail]:
    """Details of the old book that are not zero after the transfer."""
    return migration_rows.balances_at(connection, source, month)


def former_report(desk: Desk, month: Month) -> FormerReport:
    """按原村列示 of the desk's book at the end of a month; Refused before its first month."""
    if month < desk.book.start:
        text = _("账从 {start} 开始，{month} 还没有账")
        raise Refused([Problem(text.format(start=desk.book.start, month=month))])
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        details = migration_rows.balances_at(connection, row_id, month)
        accounts = book_rows.accounts(connection, row_id, month.last_day)
        name = village_rows.book_name_on(connection, desk.book, month.last_day)
    return build_former(desk.book, name, month, details, accounts)
