"""What leaves the office as plain files: the three tables, a workbook a book, a journal a book; never refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.account import Account, AccountPast
from villagebooks.core.book import Book
from villagebooks.core.party import Party
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statement import BALANCE_SHEET, INCOME
from villagebooks.core.voucher import POSTED, VOID, Voucher
from villagebooks.core.words import _, pgettext
from villagebooks.db import account as account_rows
from villagebooks.db import book as book_rows
from villagebooks.db import history as history_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.db import person as person_rows
from villagebooks.formats.account import ACCOUNTS, accounts_table, read_chart
from villagebooks.formats.history import (
    PARTIES,
    PEOPLE,
    VILLAGES,
    parties_table,
    people_table,
    villages_table,
)
from villagebooks.formats.hledger import journal_text, roots_of
from villagebooks.formats.ledger import trial_balance_table
from villagebooks.formats.record import Table
from villagebooks.formats.statement import statement_table
from villagebooks.formats.voucher import LINES, csv_line, header_line, voucher_lines, voucher_table
from villagebooks.formats.xlsx import workbook_bytes
from villagebooks.paths import make_folder, resource
from villagebooks.seal.file import write_file_safely, write_parts_safely
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.ledger import ALL, trial_balance
from villagebooks.services.statement import statement


@dataclass(frozen=True, slots=True)
class ExportReport:
    """The files of an export, and what is not in them."""

    paths: tuple[Path, ...]
    notices: tuple[Problem, ...]


def export_csv(office: Office, book: str, out: Path) -> ExportReport:
    """Write the three tables with parties.csv and people.csv of one book or of all into a folder (DESIGN §7).

    Read into empty books they give the same tables again. ID numbers and household codes never leave this way, and
    vouchers that are not posted stay behind; both are told. Trouble when the disk fails.
    """
    make_folder(out)
    with office.books.read() as connection:
        books = _books(connection, book)
        names = {village.code: village.name for village in book_rows.villages(connection)}
        roll = [one for code in sorted({one.village for one in books}) for one in person_rows.people(connection, code)]
        tables = {
            VILLAGES: villages_table(books, names),
            ACCOUNTS: _accounts(connection, books),
            PARTIES: parties_table({one.code: _parties(connection, one) for one in books}),
            PEOPLE: people_table(roll),
        }
        for name, table in tables.items():
            write_file_safely(out / name, "".join(map(csv_line, (table.columns, *table.rows))).encode())
        notices = [Problem(_("身份证号和户查询码不导出"), PEOPLE)] if roll else []
        write_parts_safely(out / LINES, _lines(connection, books, notices))
    return ExportReport(tuple(out / name for name in (*tables, LINES)), tuple(notices))


def _books(connection: Connection, book: str) -> list[Book]:
    return book_rows.books(connection) if book == ALL else [book_rows.find_book(connection, book)]


def _accounts(connection: Connection, books: Sequence[Book]) -> Table:
    accounts = {one.code: book_rows.accounts(connection, _row(connection, one)).values() for one in books}
    roots = {one.code: roots_of(read_chart(resource("charts", f"{one.standard}.csv"))) for one in books}
    pasts: dict[tuple[str, str], AccountPast] = {}
    titles: dict[str, str] = {}
    for book in books:
        row = _row(connection, book)
        names, needs = account_rows.former_names(connection, row), account_rows.needs_since(connection, row)
        for code in {*names, *needs}:
            past = AccountPast(tuple(names.get(code, ())), tuple(needs.get(code, {}).items()))
            pasts[book.code, code] = past
        titles |= account_rows.transfer_titles(connection, row)
    return accounts_table(accounts, roots, pasts, titles)


def _parties(connection: Connection, book: Book) -> list[Party]:
    return list(book_rows.parties(connection, _row(connection, book)).values())


def _row(connection: Connection, book: Book) -> int:
    return book_rows.book_id(connection, book.code)


def _lines(connection: Connection, books: Sequence[Book], notices: list[Problem]) -> Iterator[bytes]:
    rows = [_row(connection, one) for one in books]
    looks = (("quantity", history_rows.has_quantities), ("corrects", history_rows.has_corrections))
    rare = [name for name, has in looks if any(has(connection, row) for row in rows)]
    yield header_line(rare).encode()
    for book in books:
        vouchers = history_rows.all_vouchers(connection, _row(connection, book))
        for text in voucher_lines(vouchers, rare):
            yield text.encode()
        waiting = sum(one.state not in (POSTED, VOID) for one in vouchers)
        if waiting:
            text = _("账套 {book} 有 {n} 张凭证还没有记账，没有导出")
            notices.append(Problem(text.format(book=book.code, n=waiting), LINES))


def export_hledger(office: Office, book: str, out: Path) -> list[Path]:
    """Write `<book>.journal` of one book or of all into a folder; the paths. Trouble when the disk fails."""
    paths = []
    make_folder(out)
    with office.books.read() as connection:
        for one in _books(connection, book):
            row = _row(connection, one)
            chart = read_chart(resource("charts", f"{one.standard}.csv"))
            vouchers = history_rows.all_vouchers(connection, row)
            text = journal_text(one.code, book_rows.accounts(connection, row), chart, vouchers)
            path = out / f"{one.code}.journal"
            write_file_safely(path, text.encode())
            paths.append(path)
    return paths


def export_xlsx(office: Office, book: str, out: Path) -> list[Path]:
    """Write `<book>.xlsx` of one book or of all: balances and statements of each year, every voucher, the accounts."""
    make_folder(out)
    with office.books.read() as connection:
        books = _books(connection, book)
    paths = []
    for one in books:
        path = out / f"{one.code}.xlsx"
        write_file_safely(path, workbook_bytes(_sheets(office, one), f"{one.code} {one.name}"))
        paths.append(path)
    return paths


def _sheets(office: Office, book: Book) -> Iterator[tuple[str, Table]]:
    with office.books.read() as connection:
        row = _row(connection, book)
        vouchers = history_rows.all_vouchers(connection, row)
        accounts, parties = book_rows.accounts(connection, row), book_rows.parties(connection, row)
        first = ledger_rows.first_month(connection, row, book.start)
    desk = open_desk(office, book.code, book.start)
    for span in _years(first, max(book.start, *_months(vouchers))):
        year = span.last.year
        balance = trial_balance(office, book.code, max(first, span.first), span.last)
        yield _("{year}年余额表").format(year=year), _headed(trial_balance_table(balance))
        yield _("{year}年资产负债表").format(year=year), _statement(desk, BALANCE_SHEET, span)
        yield _("{year}年收益及收益分配表").format(year=year), _statement(desk, INCOME, span)
    yield _("凭证"), voucher_table(vouchers, accounts, parties)
    listed = [
        (one.code, one.name, str(one.level), one.side, _state(one), " ".join(one.needs)) for one in accounts.values()
    ]
    yield _("科目"), Table((_("科目"), _("名称"), _("级次"), _("方向"), _("末级、停用"), _("辅助核算")), listed)


def _state(one: Account) -> str:
    """Whether the account takes lines, and since when it does not."""
    if one.stopped_on:
        return _("{day} 停用").format(day=one.stopped_on)
    if one.split_on:
        return _("{day} 拆分").format(day=one.split_on)
    return _("是") if one.leaf else ""


def _months(vouchers: Sequence[Voucher]) -> list[Month]:
    return [one.month for one in vouchers if one.state == POSTED] or [Month(1900, 1)]


def _years(first: Month, last: Month) -> Iterator[Span]:
    """January to December of every year that has ended in the books, of the newest to its last month."""
    for year in range(first.year, last.year + 1):
        yield Span(Month(year, 1), last if year == last.year else Month(year, 12))


def _statement(desk: Desk, kind: str, span: Span) -> Table:
    """The statement, or why there is none: a layout that somebody broke keeps nobody from the rest of his books."""
    try:
        return statement_table(statement(desk, kind, span, compare=True), heads=True)
    except Refused as refused:
        return Table((_("没有这张表"),), [(str(problem),) for problem in refused.problems])


def _headed(table: Table) -> Table:
    """The table with heads for people in place of the columns' names."""
    heads = {
        "book": _("账套"), "account": _("科目"), "name": _("名称"), "opening_debit": _("期初借方"),
        "opening_credit": _("期初贷方"), "debit": _("本期借方"), "credit": _("本期贷方"),
        "closing_debit": _("期末借方"), "closing_credit": _("期末贷方"), "line_no": _("行次"),
        "label": pgettext("row", "项目"),
        "closing": _("期末余额"), "opening": _("年初余额"), "amount": _("本年累计"), "period_amount": _("本期金额"),
        "prior": _("上年同期"),
    }  # fmt: skip
    return Table(tuple(heads.get(name, name) for name in table.columns), table.rows)
