"""统一科目: the chart a township wants of all its villages, by version; how books differ; putting it in place.

Nothing of a book changes before a person has seen the differences: `compare_books`, then `apply_unified`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.account import (
    APPLIED,
    Account,
    BookDeviations,
    Deviation,
    UnifiedChart,
    applied_chart,
    check_accounts,
    check_unified,
    compare_chart,
    unify,
)
from villagebooks.core.book import Book
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.words import _, plain_text
from villagebooks.db import account as account_rows
from villagebooks.db import book as book_rows
from villagebooks.db import chart_template as template_rows
from villagebooks.formats.account import (
    ACCOUNT_COLUMNS,
    ACCOUNT_EXTRAS,
    accounts_table,
    read_account_rows,
)
from villagebooks.formats.hledger import roots_of
from villagebooks.formats.table import Faults, TableFile
from villagebooks.formats.voucher import csv_line
from villagebooks.services.account.change import change_needs, first_open_day
from villagebooks.services.account.entry import standard_chart
from villagebooks.services.desk import Act, Desk, Office, acting, acting_office
from villagebooks.services.file import save_table

ALL = "all"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BookApplied:
    """What putting the unified accounts in place did to a book; `left` needs a person, `problems` refused all of it."""

    book: str
    name: str
    done: tuple[Deviation, ...]
    left: tuple[Deviation, ...]
    problems: tuple[Problem, ...] = ()


def unified_chart(office: Office, standard: str) -> UnifiedChart | None:
    """The unified accounts of a standard that count now, None when the township made none."""
    with office.books.read() as connection:
        return template_rows.newest(connection, standard)


def unified_accounts(office: Office, standard: str) -> list[Account]:
    """The accounts that a new book begins with; Refused when the township made none for the standard."""
    made = unified_chart(office, standard)
    if made is None:
        text = _("{standard} 年制度还没有定统一科目：先选“只建制度里的一级科目”，或跟别的账套一样")
        raise Refused([Problem(text.format(standard=standard), field="template")])
    return list(made.accounts)


def keep_unified(office: Office, standard: str, accounts: Sequence[Account], words: str = "") -> UnifiedChart:
    """A new version of the unified accounts of a standard; level 1 is the standard's, whatever is given.

    Refused for codes that are not well formed, names that are missing or stand twice, and when nothing changes.
    """
    chart = standard_chart(standard)
    named = [replace(one, name=plain_text(one.name).strip(), unit=plain_text(one.unit).strip()) for one in accounts]
    whole = unify(named, chart)
    refuse_if(check_unified(whole, chart))
    with acting_office(office) as act:
        old = template_rows.newest(act.connection, standard)
        if old and old.accounts == whole:
            text = _("和 {standard} 年制度统一科目的第 {n} 版一样，没有改动")
            raise Refused([Problem(text.format(standard=standard, n=old.version))])
        version = template_rows.next_version(act.connection, standard)
        made = UnifiedChart(
            str(uuid.uuid4()), standard, version, act.at, act.person, plain_text(words).strip(), whole
        )  # fmt: skip
        template_rows.add(act.connection, made)
        act.record("template", f"chart_template:{made.uid}")
    return made


def unified_from_book(office: Office, book: str) -> UnifiedChart:
    """A new version from the accounts of a book as they stand, without those out of use."""
    with office.books.read() as connection:
        found = book_rows.find_book(connection, book)
        accounts = book_rows.accounts(connection, book_rows.book_id(connection, book)).values()
    kept = [one for one in accounts if not one.stopped_on]
    words = _("照 {book} {name} 的科目").format(book=book, name=found.name)
    return keep_unified(office, found.standard, kept, words)


def import_unified(office: Office, standard: str, path: Path) -> UnifiedChart:
    """A new version from an accounts.csv of one chart; Refused with every problem by line."""
    faults = Faults()
    rows = list(read_account_rows(TableFile(path, ACCOUNT_COLUMNS, ACCOUNT_EXTRAS, faults)))
    books = {row.book for row in rows}
    if len(books) > 1:
        faults.add(_("这张表有 {n} 个账套的科目，统一科目只能是一套").format(n=len(books)), path.name)
    if not rows and not faults:
        faults.add(_("只有表头，没有一行数据"), path.name)
    if faults:
        raise Refused(faults.all())
    return keep_unified(office, standard, [row.account for row in rows], _("导入 {file}").format(file=path.name))


def export_unified(office: Office, standard: str, out: Path) -> Path:
    """Write the unified accounts as accounts.csv, to be changed in a spreadsheet and imported again."""
    made = unified_chart(office, standard)
    if made is None:
        raise Refused([Problem(_("{standard} 年制度还没有统一科目").format(standard=standard))])
    table = accounts_table({"": made.accounts}, {"": roots_of(standard_chart(standard))})
    save_table(out, "".join(map(csv_line, (table.columns, *table.rows))).encode())
    return out


def compare_books(office: Office, book: str = ALL) -> list[BookDeviations]:
    """How one book or every book differs from the unified accounts of its standard, in the order of codes.

    A book that takes no voucher any more is left out with `all`.
    """
    with office.books.read() as connection:
        chosen = [book_rows.find_book(connection, book)] if book != ALL else book_rows.books(connection)
        chosen = [one for one in chosen if book != ALL or one.stopped is None]
        charts = {one.standard: template_rows.newest(connection, one.standard) for one in chosen}
        return [_compare(connection, one, charts[one.standard]) for one in chosen]


def _compare(connection: Connection, book: Book, chart: UnifiedChart | None) -> BookDeviations:
    if chart is None:
        return BookDeviations(book.code, book.name, book.standard, 0, ())
    row = book_rows.book_id(connection, book.code)
    accounts = book_rows.accounts(connection, row)
    leaves = [code for code, one in accounts.items() if one.leaf]
    lines = account_rows.accounts_with_lines(connection, row, leaves)
    return BookDeviations(
        book.code, book.name, book.standard, chart.version, compare_chart(chart.accounts, accounts, lines)
    )  # fmt: skip


def apply_unified(
    office: Office, books: Sequence[str], kinds: Collection[str] = APPLIED, progress: Progress | None = None
) -> list[BookApplied]:
    """Remove the differences of these kinds from books, each in a transaction of its own; what was done and is left.

    Own accounts of a village stay; what must be divided first, or has its name under another code, is left to a person.
    A name counts from the first month that is not closed, a dimension from now on.
    """
    found = []
    for done, code in enumerate(books, 1):
        with office.books.read() as connection:
            book = book_rows.find_book(connection, code)
        try:
            found.append(_apply(Desk(office.books, office.person, book, book.start), kinds))
        except Refused as refused:
            found.append(BookApplied(code, book.name, (), (), refused.problems))
        if progress:
            progress(done, len(books))
    return found


def _apply(desk: Desk, kinds: Collection[str]) -> BookApplied:
    with acting(desk) as act:
        chart = template_rows.newest(act.connection, desk.book.standard)
        if chart is None:
            raise Refused([Problem(_("{standard} 年制度还没有统一科目").format(standard=desk.book.standard))])
        told = _compare(act.connection, desk.book, chart).deviations
        before = book_rows.accounts(act.connection, act.row)
        after = applied_chart(chart.accounts, before, told, kinds)
        refuse_if(_check_after(desk, after))
        _write(act, desk.book, before, after)
        done = tuple(one for one in told if one.kind in kinds and one.applies)
        if done:
            act.record("unified", f"accounts:{act.row}")
    return BookApplied(desk.book.code, desk.book.name, done, tuple(one for one in told if one not in done))


def _check_after(desk: Desk, after: dict[str, Account]) -> list[Problem]:
    accounts = list(after.values())
    problems = check_accounts(accounts, standard_chart(desk.book.standard))
    names: dict[tuple[str, str], Account] = {}
    for one in accounts:
        other = names.setdefault((one.parent, one.name), one)
        if other is not one:
            text = _("统一以后 {code} 和 {other} 都叫“{name}”，请先给自设的科目改名")
            problems.append(Problem(text.format(code=other.code, other=one.code, name=one.name), one.code))
    return problems


def _write(act: Act, book: Book, before: dict[str, Account], after: dict[str, Account]) -> None:
    row, since = act.row, first_open_day(act.connection, book)
    for code, new in after.items():
        old = before.get(code)
        if old is None or old == new:
            continue
        if old.name != new.name and since > book.start.first_day:
            account_rows.keep_name(act.connection, row, code, since, old.name)
        if (old.needs, old.unit) != (new.needs, new.unit):
            change_needs(act, old, new)
        else:
            book_rows.set_account(act.connection, row, new)
    book_rows.add_accounts(act.connection, row, [one for code, one in after.items() if code not in before])
