"""The small ones of the three tables (DESIGN §7): villages, accounts, parties, people, read and written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from villagebooks.core.account import NO_PAST, Account, AccountPast, ChartAccount, check_accounts
from villagebooks.core.book import KINDS, STANDARDS, Book, is_book_code
from villagebooks.core.history import EVERY_BOOK, HistoryBook, HistoryPerson, HistoryTables
from villagebooks.core.opening import TakeOver
from villagebooks.core.party import Party
from villagebooks.core.period import read_day, read_month
from villagebooks.core.person import Villager, check_id_number
from villagebooks.core.problem import Problem, Trouble
from villagebooks.core.words import _
from villagebooks.formats.account import ACCOUNT_COLUMNS, ACCOUNT_EXTRAS, ACCOUNTS, read_account_rows
from villagebooks.formats.record import Table
from villagebooks.formats.table import Faults, TableFile
from villagebooks.formats.voucher import OPENINGS, OpeningReader

VILLAGES, PARTIES, PEOPLE = "villages.csv", "parties.csv", "people.csv"
LARGEST_SMALL = 64 * 1024 * 1024
"""Bytes of a small table; more is a mistake (lines.csv under another name)."""


def read_tables(folder: Path, charts: Mapping[str, Sequence[ChartAccount]], faults: Faults) -> HistoryTables:
    """The small tables of a folder; what is wrong with them goes to `faults`. `charts` are the standards by name."""
    if not folder.is_dir():
        raise Trouble(_("没有文件夹 {folder}").format(folder=folder))
    books = tuple(_books(folder, faults))
    standards = {book.code: book.standard for book in books}
    given: set[tuple[str, str]] = set()
    pasts: dict[tuple[str, str], AccountPast] = {}
    accounts = _accounts(folder, standards, charts, given, pasts, faults)
    parties, people = _parties(folder, standards, faults), read_people(folder / PEOPLE, faults)
    tables = HistoryTables(books, accounts, parties, people, given_needs=frozenset(given), pasts=pasts)
    return replace(tables, take_overs=_take_overs(folder, tables, faults))


def _take_overs(folder: Path, tables: HistoryTables, faults: Faults) -> dict[str, TakeOver]:
    if not (folder / OPENINGS).exists():
        return {}
    accounts = {book.code: {one.code: one for one in tables.accounts_of(book.code)} for book in tables.books}
    parties = None
    if tables.parties is not None:
        parties = {book: {party.code for party in listed} for book, listed in tables.parties.items()}
    takes = OpeningReader(folder / OPENINGS, accounts, parties, faults).take_overs()
    for book in tables.books:
        take = takes.get(book.code)
        if take and book.start and book.start != take.start:
            text = _("账套 {code} 从 {start} 开始，接手的账到 {month} 为止")
            faults.add(text.format(code=book.code, start=book.start, month=take.month), OPENINGS)
    return takes


def _table(folder: Path, name: str, required: str, optional: str, faults: Faults) -> TableFile:
    path = folder / name
    if path.is_file() and path.stat().st_size > LARGEST_SMALL:
        raise Trouble(_("{file} 太大，不像这张表").format(file=name))
    return TableFile(path, required.split(), optional.split(), faults)


def _books(folder: Path, faults: Faults) -> Iterator[HistoryBook]:
    table = _table(folder, VILLAGES, "code name", "kind standard village start village_name", faults)
    seen: set[str] = set()
    before = bool(faults)
    for line, (code, name, kind, standard, village, start, village_name) in table.rows():
        standard = standard or STANDARDS[0]
        if not is_book_code(code):
            table.tell(line, _("账套代码“{code}”不能用：应是 1 至 20 个字母、数字或汉字").format(code=code))
        elif code.lower() in seen:  # V01 and v01 would be one file on Windows
            table.tell(line, _("账套代码 {code} 重复").format(code=code))
        elif not name.strip():
            table.tell(line, _("没有名称"))
        elif standard not in STANDARDS:
            table.tell(line, _("没有会计制度 {standard}，只有 2023 和 2004").format(standard=standard))
        elif kind and kind not in KINDS:
            table.tell(line, _("没有账套类别“{kind}”").format(kind=kind))
        elif start and read_month(start) is None:
            table.tell(line, _("“{text}”不是月份，应写成 2026-09").format(text=start[:20]))
        else:
            yield HistoryBook(code, name, kind or KINDS[0], standard, village or code, read_month(start), village_name)
        seen.add(code.lower())
    if not seen and bool(faults) == before:
        table.tell(0, _("只有表头，没有一行数据"))


def _accounts(
    folder: Path,
    standards: Mapping[str, str],
    charts: Mapping[str, Sequence[ChartAccount]],
    given: set[tuple[str, str]],
    pasts: dict[tuple[str, str], AccountPast],
    faults: Faults,
) -> dict[str, tuple[Account, ...]]:
    """Accounts by book; where the table tells dimensions or a past, these are added under book and code."""
    table = _table(folder, ACCOUNTS, " ".join(ACCOUNT_COLUMNS), " ".join(ACCOUNT_EXTRAS), faults)
    found: dict[str, list[Account]] = defaultdict(list)
    lines: dict[tuple[str, str], int] = {}
    for row in read_account_rows(table):
        book, code = row.book, row.account.code
        if book and book not in standards:
            table.tell(row.line, _("没有账套 {code}").format(code=book))
        elif (book, code) in lines:
            table.tell(row.line, _("科目 {code} 重复").format(code=code))
        else:
            lines[book, code] = row.line
            found[book].append(row.account)
            if row.past != NO_PAST:
                pasts[book, code] = row.past
            if row.needs_given:
                given.add((book, code))
    shared = found.get(EVERY_BOOK, [])
    for book, listed in found.items():
        # a standard's chart binds the books that use it; accounts shared by books of both standards may be of either
        used = {standards[book]} if book else set(standards.values())
        chart = [one for standard in sorted(used) for one in charts[standard]]
        own = [*shared, *listed] if book else shared
        for fault in check_accounts(own, chart):
            code = fault.where.partition(" ")[0]
            line = lines.get((book, code)) or lines.get((EVERY_BOOK, code)) or 0
            table.tell(
                line, _("{where}：{text}").format(where=fault.where, text=fault.text) if fault.where else fault.text
            )
    if not lines and not faults:
        table.tell(0, _("只有表头，没有一行数据"))
    return {book: tuple(accounts) for book, accounts in found.items()}


def _parties(folder: Path, standards: Mapping[str, str], faults: Faults) -> dict[str, tuple[Party, ...]] | None:
    if not (folder / PARTIES).exists():
        return None
    table = _table(folder, PARTIES, "book code name", "kind", faults)
    found: dict[str, dict[str, Party]] = defaultdict(dict)
    for line, (book, code, name, kind) in table.rows():
        if book not in standards:
            table.tell(line, _("没有账套 {code}").format(code=book))
        elif not code or not name:
            table.tell(line, _("没有代码或名称"))
        elif code in found[book]:
            table.tell(line, _("往来单位（个人）{code} 重复").format(code=code))
        else:
            found[book][code] = Party(code, name, kind)
    return {book: tuple(parties.values()) for book, parties in found.items()}


def read_people(path: Path, faults: Faults) -> tuple[HistoryPerson, ...]:
    """The roll of a people.csv, which may be called otherwise; nobody where there is no file."""
    return tuple(_people(path, faults))


def _people(path: Path, faults: Faults) -> Iterator[HistoryPerson]:
    if not path.exists():
        return
    optional = "sex id_number household_code role died_on"
    table = _table(path.parent, path.name, "village household name", optional, faults)
    seen: set[tuple[str, ...]] = set()
    numbers: dict[str, int] = {}
    for line, cells in table.rows():
        person = HistoryPerson(*cells)
        key = cells[:3]
        if not all(part.strip() for part in key):
            table.tell(line, _("没有村、户号或姓名"))
        elif key in seen:
            table.tell(line, _("同一户里已有这个姓名"))
        seen.add(key)
        if person.died_on and read_day(person.died_on) is None:
            table.tell(line, _("没有 {day} 这一天").format(day=person.died_on))
        code = person.household_code
        if code and not (code.isascii() and code.isdigit() and len(code) == 12):
            table.tell(line, _("户查询码应是 12 位数字"))
        if person.id_number:
            _check_number(table, line, person.id_number, numbers)
        yield person


def _check_number(table: TableFile, line: int, text: str, numbers: dict[str, int]) -> None:
    """The problem names the line only: an ID number is shown nowhere."""
    number = check_id_number(text)
    if isinstance(number, Problem):
        table.tell(line, number.text)
    elif number in numbers:
        table.tell(line, _("身份证号与第 {line} 行的人相同").format(line=numbers[number]))
    else:
        numbers[number] = line


def villages_table(books: Iterable[Book], names: Mapping[str, str]) -> Table:
    """villages.csv of books; `names` are the villages' own by code."""
    columns = ("code", "name", "kind", "standard", "village", "start", "village_name")
    rows = [
        (one.code, one.name, one.kind, one.standard, one.village, str(one.start), names.get(one.village, ""))
        for one in books
    ]
    return Table(columns, rows)


def parties_table(parties: Mapping[str, Iterable[Party]]) -> Table:
    """parties.csv of the parties of each book."""
    rows = [(book, one.code, one.name, one.kind) for book, listed in parties.items() for one in listed]
    return Table(("book", "code", "name", "kind"), rows)


def people_table(people: Iterable[Villager]) -> Table:
    """people.csv without ID numbers and household codes, which leave the office in query files only."""
    rows = [(one.village, one.household, one.name, one.sex, one.role, one.died_on) for one in people]
    return Table(("village", "household", "name", "sex", "role", "died_on"), rows)
