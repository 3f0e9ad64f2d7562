"""The working paper as it stands: read from the books while it is worked on, from its signed bytes once finished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from villagebooks.core.account import Account
from villagebooks.core.book import Book
from villagebooks.core.closing import OPEN
from villagebooks.core.ledger import Detail
from villagebooks.core.migration import (
    FINISHED,
    NEW,
    MapRow,
    MigrationPaper,
    OldDetail,
    PaperHead,
    Sheets,
    base_chart,
    build_row,
    check_paper,
    check_start,
    propose_accounts,
    with_accounts,
)
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.statement import BALANCE_SHEET, Figures, Statement, build_rows
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import book as book_rows
from villagebooks.db import chart_template as template_rows
from villagebooks.db import migration as migration_rows
from villagebooks.db import village as village_rows
from villagebooks.formats.account import read_chart
from villagebooks.formats.migration import read_map
from villagebooks.paths import resource
from villagebooks.services.desk import Desk
from villagebooks.services.migration.body import read_body
from villagebooks.services.statement import statement
from villagebooks.services.statement.layout import layout_of

OPENING_COLUMN = "opening"
UNIFIED = "*"
"""In place of a book's code: the unified accounts of the township; no book can have this code."""


@dataclass(frozen=True, slots=True)
class PaperState:
    """A paper with both balance sheets and what still keeps it from being finished."""

    paper: MigrationPaper
    sheets: Sheets
    problems: tuple[Problem, ...]


def read_paper(desk: Desk) -> PaperState | None:
    """The book's paper, None while none was begun."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        head = migration_rows.find_head(connection, row_id)
        return state_in(connection, desk, head) if head else None


def look_at_paper(desk: Desk, like: str = "") -> PaperState:
    """The paper as it would begin at the end of the desk's month, with the chart of the book `like`; nothing is kept.

    Refused where no paper could be begun.
    """
    with desk.books.read() as connection:
        refuse_if(start_problems(connection, desk))
        row_id = book_rows.book_id(connection, desk.book.code)
        numbered = list(enumerate(migration_rows.balances_at(connection, row_id, desk.period), 1))
        name = village_rows.book_name_on(connection, desk.book, desk.period.last_day)
        head = PaperHead("", desk.book.code, name, desk.period, "", desk.book.name, like)
        added = new_accounts_of(connection, desk.book, like)
        paper = _build(connection, desk.book, head, numbered, added)
        return _judge(connection, desk, paper)


def start_problems(connection: Connection, desk: Desk) -> list[Problem]:
    """Whether a paper may be begun at the end of the desk's month."""
    row_id = book_rows.book_id(connection, desk.book.code)
    book = book_rows.find_book(connection, desk.book.code)
    closed = book_rows.month_states(connection, row_id).get(desk.period, OPEN) != OPEN
    return check_start(book, desk.period, closed, migration_rows.months_after(connection, row_id, desk.period.year))


def state_in(connection: Connection, desk: Desk, head: PaperHead) -> PaperState:
    """The paper inside a larger act."""
    name = village_rows.book_name_on(connection, desk.book, head.month.last_day)
    head = replace(head, book_name=name)
    if head.state == FINISHED:
        body = approval_rows.body_of(connection, head.uid, 1)
        if body is None:
            raise Refused([Problem(_("转换制度的工作底稿没有签过的原文，请先自查"))])
        paper, sheets = read_body(body, head)
        return PaperState(paper, sheets, ())
    added = migration_rows.new_accounts(connection, head.uid)
    paper = _build(connection, desk.book, head, migration_rows.lines(connection, head.uid), added)
    return _judge(connection, desk, paper)


def template_chart(connection: Connection, like: str) -> dict[str, Account]:
    """The township's unified accounts (`UNIFIED`), or those of the book `like`, with what they left out of the
    standard; or level 1 of the standard alone."""
    chart = base_chart(read_chart(resource("charts", f"{NEW}.csv")))
    if not like:
        return chart
    if like == UNIFIED:
        made = template_rows.newest(connection, NEW)
        if made is None:
            raise Refused([Problem(_("{standard} 年制度还没有统一科目").format(standard=NEW), field="template")])
        return with_accounts(chart, made.accounts)
    book = book_rows.find_book(connection, like)
    if book.standard != NEW:
        text = _("账套 {code} 用的是 {theirs} 年的会计制度，不能作新账套的科目")
        raise Refused([Problem(text.format(code=like, theirs=book.standard), field="template")])
    lent = book_rows.accounts(connection, book_rows.book_id(connection, like)).values()
    # what was stopped or divided there is history of that book alone
    fresh = [replace(one, split_on="", split_by="") for one in lent if not one.stopped_on]
    return with_accounts(chart, fresh)


def new_accounts_of(connection: Connection, book: Book, like: str) -> list[Account]:
    """Accounts that the new book needs beyond its template: own ones follow only into a chart of level 1 alone.

    In a township's chart a person chooses, else every village would bring its own names into the one chart.
    """
    if like:
        return []
    old = book_rows.accounts(connection, book_rows.book_id(connection, book.code))
    return list(propose_accounts(old, load_map(), template_chart(connection, "")))


def load_map() -> tuple[MapRow, ...]:
    """The comparison table."""
    return read_map(resource("migration", f"map_2004_{NEW}.csv"))


def _build(
    connection: Connection,
    book: Book,
    head: PaperHead,
    numbered: Sequence[tuple[int, OldDetail]],
    added: Sequence[Account],
) -> MigrationPaper:
    old = book_rows.accounts(connection, book_rows.book_id(connection, book.code))
    chart = with_accounts(template_chart(connection, head.template), added)
    decisions = migration_rows.decisions(connection, head.uid)
    table = load_map()
    rows = tuple(
        build_row(line, detail, old, table, chart, decisions.get(line, ())) for line, detail in numbered
    )  # fmt: skip
    return MigrationPaper(head, rows, chart, tuple(one.code for one in added))


def _judge(connection: Connection, desk: Desk, paper: MigrationPaper) -> PaperState:
    row_id = book_rows.book_id(connection, desk.book.code)
    sheets = sheets_of(connection, desk, paper)
    held = migration_rows.balances_at(connection, row_id, paper.head.month)
    now: Mapping[tuple[str, ...], int] = {one.key: one.balance_fen for one in held}
    return PaperState(paper, sheets, tuple(check_paper(paper, sheets, now)))


def sheets_of(connection: Connection, desk: Desk, paper: MigrationPaper) -> Sheets:
    """The old balance sheet at the end of the last month and the opening one that the paper gives so far."""
    month = paper.head.month
    old = statement(desk.at(month), BALANCE_SHEET, Span(month, month))
    sums: dict[tuple[str, str], int] = {}
    for row in paper.rows:
        for part in row.parts:
            key = (part.account, row.detail.party)
            sums[key] = sums.get(key, 0) + part.amount_fen
    details = tuple(Detail(account, party, fen, 0, 0) for (account, party), fen in sorted(sums.items()))
    start = month.next()
    lines = layout_of(connection, BALANCE_SHEET, NEW, start).lines
    rows = build_rows(lines, [Figures(details, details)], paper.chart)
    new = Statement(
        BALANCE_SHEET, paper.head.code, paper.head.name, NEW, Span(start, start), (OPENING_COLUMN,), rows
    )  # fmt: skip
    return Sheets(old, new)


def start_of(paper: MigrationPaper) -> Month:
    """The new book's first month."""
    return paper.head.month.next()
