"""Taking over history in the three tables, all or nothing (DESIGN §7); `services.export` gives it out again."""

from __future__ import annotations

import gc
import hashlib
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from villagebooks.core.account import Account
from villagebooks.core.balance import BookSums
from villagebooks.core.book import STANDARDS, Book
from villagebooks.core.history import HistoryBook, HistoryTables, ImportReport, VoucherColumns
from villagebooks.core.party import Party
from villagebooks.core.period import Month, read_day
from villagebooks.core.problem import Problem, Refused, Trouble, why
from villagebooks.core.village import Village
from villagebooks.core.voucher import DIMENSIONS, POSTED, VOID
from villagebooks.core.words import _
from villagebooks.db import account as account_rows
from villagebooks.db import book as book_rows
from villagebooks.db import history as history_rows
from villagebooks.db import journal
from villagebooks.db.digest import VouchersDigest
from villagebooks.formats.account import ACCOUNTS, read_chart
from villagebooks.formats.history import PARTIES, PEOPLE, VILLAGES, read_tables
from villagebooks.formats.table import Faults
from villagebooks.formats.voucher import LINES, OPENINGS, BookRead, VoucherReader
from villagebooks.paths import resource
from villagebooks.seal.voucher import voucher_digests
from villagebooks.services.desk import Act, Office, acting_office
from villagebooks.services.office import new_book
from villagebooks.services.person import enter_people

TURN_SECONDS = 0.0003
"""How long a thread keeps Python from another that waits for it."""
Progress = Callable[[int, int], None]
"""Told how many bytes of how many are read."""


@dataclass(frozen=True, slots=True)
class _Target:
    """A book that takes history: its row id, whether it is new, and the accounts and parties it has already."""

    row: int
    book: Book
    new: bool
    accounts: Mapping[str, Account]
    parties: Mapping[str, Party]


@dataclass(slots=True)
class _Written:
    """Row ids of the vouchers written; sums of the book they are of now, and of which books the sums are written.

    A book is summed up while it is read and written when the next one begins; one of which more comes after that, or
    whose first month is given, is summed up by the database at the end.
    """

    first: int
    last: int
    given: frozenset[str]
    current: str = ""
    sums: BookSums = field(default_factory=BookSums)
    summed: set[str] = field(default_factory=set)
    again: set[str] = field(default_factory=set)
    digests: dict[str, VouchersDigest] = field(default_factory=lambda: defaultdict(VouchersDigest))

    def add(self, columns: VoucherColumns, digests: Sequence[str], at: str) -> None:
        """Count vouchers that are written now."""
        self.last += len(digests)
        said = {POSTED: (POSTED, history_rows.IMPORT, at), VOID: (VOID, "", "")}
        rows = [(digest, *said[state]) for digest, state in zip(digests, columns.states, strict=True)]
        self.digests[columns.book].add(rows)
        if columns.book in self.summed:
            self.again.add(columns.book)
        elif columns.book not in self.given:
            self.sums.add(columns)

    def pass_book(self) -> BookSums | None:
        """The sums of the current book, which the next one follows; None when it has none of its own."""
        sums, self.sums = self.sums, BookSums()
        if self.current in self.summed | self.given | {""}:
            return None
        self.summed.add(self.current)
        sums.settle()
        return sums


def import_history(office: Office, folder: Path, progress: Progress | None = None) -> ImportReport:
    """Import the three tables of a folder in one transaction.

    Refused with every problem by file, line and reason, or when the same file was imported before; then nothing is
    changed. Vouchers enter as posted by “import”; each file has an entry with its SHA-256 on the office chain.
    """
    faults, notices = Faults(), Faults()
    charts = {standard: read_chart(resource("charts", f"{standard}.csv")) for standard in STANDARDS}
    tables = read_tables(folder, charts, faults)
    files = _hash_files(folder)
    with acting_office(office) as act:
        _refuse_again(act, files)
        targets = {one.code: _prepare(act, one, tables, faults) for one in tables.books}
        reader = VoucherReader(folder, tables, {code: one.book.uid for code, one in targets.items()}, faults, notices)
        written = _write_vouchers(act, reader, targets, tables, faults, progress)
        reader.finish()
        if files.get(LINES, reader.sha256) != reader.sha256 and not faults:
            raise Trouble(_("{file} 在读入时被改动了，没有导入").format(file=LINES))
        people = enter_people(act, tables.people, {one.village for one in tables.books}, faults)
        if faults:
            raise Refused(faults.all())
        for code, target in targets.items():
            _finish_book(act, target, reader.books[code], tables, written, notices)
        _record_files(act, files)
    return ImportReport(
        books=len(tables.books),
        accounts=sum(len(tables.accounts_of(book.code)) for book in tables.books),
        parties=sum(len(_parties(tables, reader.books[code])) for code in targets),
        people=people,
        vouchers=sum(book.vouchers for book in reader.books.values()),
        lines=sum(book.lines for book in reader.books.values()),
        notices=notices.all(),
    )


def _hash_files(folder: Path) -> dict[str, str]:
    hashes = {}
    for name in (VILLAGES, ACCOUNTS, PARTIES, PEOPLE, OPENINGS, LINES):
        path = folder / name
        if path.is_file():
            try:
                with path.open("rb") as file:
                    hashes[name] = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as error:
                raise Trouble(_("读不出 {file}：{reason}").format(file=name, reason=why(error))) from error
    return hashes


def _refuse_again(act: Act, files: Mapping[str, str]) -> None:
    """Every file is one that was imported before; a lines.csv of nothing but its header is alike for all villages."""
    name = LINES if LINES in files else OPENINGS
    known = history_rows.known_files(act.connection)
    at = known.get(files.get(name, ""))
    if at and all(sha in known for sha in files.values()):
        text = _("已导入过：同样的文件在 {at} 导入过一次")
        raise Refused([Problem(text.format(at=at[:16].replace("T", " ")), name)])


def _record_files(act: Act, files: Mapping[str, str]) -> None:
    known = history_rows.known_files(act.connection)
    history_rows.add_files(
        act.connection, {sha: name for name, sha in files.items() if sha not in known}.items(), act.at
    )
    for sha in files.values():
        act.record("import", f"imported_file:{sha}")


def _prepare(act: Act, one: HistoryBook, tables: HistoryTables, faults: Faults) -> _Target:
    """The book as it stands, or a new one without start and accounts, which are known when the vouchers are read."""
    for book in book_rows.books(act.connection):
        if book.code == one.code:
            row = book_rows.book_id(act.connection, one.code)
            if history_rows.has_vouchers(act.connection, row):
                faults.add(_("账套 {code} 里已有凭证，历史只能导入空的账套").format(code=one.code), VILLAGES)
            target = _Target(
                row, book, False, book_rows.accounts(act.connection, row), book_rows.parties(act.connection, row)
            )
            _check_accounts_agree(target, tables, faults)
            return target
    if one.village not in {village.code for village in book_rows.villages(act.connection)}:
        names = {other.code: other.name for other in tables.books}
        name = one.village_name or names.get(one.village, one.name)
        book_rows.add_village(act.connection, Village(one.village, name))
        act.record("village", f"village:{one.village}")
    book = new_book(one.code, one.village, one.name, one.kind, one.standard, Month(1900, 1))
    row = book_rows.add_book(act.connection, book)
    journal.make_chain(act.connection, row)
    return _Target(row, book, True, {}, {})


def _check_accounts_agree(target: _Target, tables: HistoryTables, faults: Faults) -> None:
    for account in tables.accounts_of(target.book.code):
        known = target.accounts.get(account.code)
        if known and (known.name, known.leaf) != (account.name, account.leaf):
            text = _("账套 {book} 的科目 {code} 叫“{name}”，与导入的不一样")
            faults.add(text.format(book=target.book.code, code=account.code, name=known.name), ACCOUNTS)


def _write_vouchers(
    act: Act,
    reader: VoucherReader,
    targets: Mapping[str, _Target],
    tables: HistoryTables,
    faults: Faults,
    progress: Progress | None,
) -> _Written:
    """Write what the reader yields, nothing more once it has told a problem."""
    before, size = history_rows.last_voucher_id(act.connection), reader.size
    given = {one.code for one in tables.books if one.start} | set(tables.take_overs)
    written = _Written(before + 1, before, frozenset(given))
    with _at_full_speed(), history_rows.HistoryWriter(act.connection, act.at) as writer:
        for columns in reader.batches():
            if faults:
                continue
            if columns.book != written.current:
                _pass_book(writer, written, targets)
                written.current = columns.book
            target = targets[columns.book]
            digests = voucher_digests(target.book.uid, columns)
            writer.write(history_rows.Batch(target.row, written.last + 1, digests, columns))
            written.add(columns, digests, act.at)
            if progress:
                progress(reader.bytes_read, size)
        if not faults:
            _pass_book(writer, written, targets)
    if progress:
        progress(size, size)
    return written


@contextmanager
def _at_full_speed() -> Iterator[None]:
    """No search for garbage in cycles, of which nothing here makes any: looking through a million rows again and again
    takes a fifth of the time. And threads that give way often: the one that writes needs Python for moments only."""
    collected, turn = gc.isenabled(), sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
        if collected:
            gc.enable()


def _pass_book(writer: history_rows.HistoryWriter, written: _Written, targets: Mapping[str, _Target]) -> None:
    sums = written.pass_book()
    if sums:
        writer.add_sums(targets[written.current].row, sums)


def _finish_book(
    act: Act, target: _Target, read: BookRead, tables: HistoryTables, written: _Written, notices: Faults
) -> None:
    """Start, accounts, parties, balances and journal of a book after its vouchers are in."""
    connection, row = act.connection, target.row
    start = read.start or (_this_month(act) if target.new else target.book.start)
    if target.new:
        history_rows.set_start(connection, row, start)
        act.record("book", f"book:{target.book.uid}")
    elif read.start and read.start != target.book.start:
        text = _("账套 {code} 从 {start} 开始，导入的从 {found} 开始")
        problem = text.format(code=target.book.code, start=target.book.start, found=read.start)
        raise Refused([Problem(problem, LINES)])
    _add_accounts(act, target, read, tables, notices)
    _record(act, row, "accounts", f"accounts:{row}")
    parties = [party for party in _parties(tables, read) if party.code not in target.parties]
    if parties:
        book_rows.add_parties(connection, row, parties)
        _record(act, row, "party", f"parties:{row}")
    if read.vouchers:
        if target.book.code in written.again:
            history_rows.forget_balances(connection, row)
        if target.book.code not in written.summed - written.again:
            history_rows.sum_balances(connection, row, written.first, written.last, start.year)
        ref, digest = f"vouchers:{row}/{written.first}-{written.last}", written.digests[target.book.code].hexdigest()
        journal.record(connection, row, act.at, act.person, "import", ref, digest)


def _add_accounts(act: Act, target: _Target, read: BookRead, tables: HistoryTables, notices: Faults) -> None:
    """The accounts that the book does not have, with what they were called before and since when they need what."""
    connection, row, book = act.connection, target.row, target.book.code
    accounts = [
        account if tables.needs_given(book, account.code) else _with_needs(account, read, notices)
        for account in tables.accounts_of(book)
        if account.code not in target.accounts
    ]
    book_rows.add_accounts(connection, row, [replace(one, split_by=read.uid_of(one.split_by)) for one in accounts])
    for one in accounts:
        past = tables.past_of(book, one.code)
        account_rows.put_former_names(connection, row, [(one.code, until, name) for until, name in past.names])
        for need, since in past.needs:
            account_rows.put_needs_since(connection, row, one.code, [need], since)


def _record(act: Act, row: int, kind: str, ref: str) -> None:
    journal.record(act.connection, row, act.at, act.person, kind, ref)


def _this_month(act: Act) -> Month:
    day = read_day(act.at[:10])
    if day is None:
        raise ValueError(act.at)
    return Month(day.year, day.month)


def _parties(tables: HistoryTables, read: BookRead) -> list[Party]:
    if tables.parties is not None:
        return list(tables.parties.get(read.code, ()))
    return [Party(name, name) for name in sorted(read.used_parties)]


def _with_needs(account: Account, read: BookRead, notices: Faults) -> Account:
    """An account needs a dimension when most of its lines carry it; the lines without it are told as a notice."""
    total, *counts = read.filled.get(account.code, [0, 0, 0, 0, 0])
    needs = []
    for dimension, filled in zip(DIMENSIONS, counts, strict=True):
        if filled * 2 <= total or not total:
            continue
        needs.append(dimension)
        if filled < total:
            text = _("账套 {book} 科目 {code} {name} 有 {n} 行没有写往来、项目等明细，归入“未指明”")
            notices.add(text.format(book=read.code, code=account.code, name=account.name, n=total - filled), LINES)
    return replace(account, needs=(*needs, *account.needs))
