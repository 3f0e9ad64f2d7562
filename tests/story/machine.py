"""Two villages lived through in any order of acts, their invariants held after every one of them.

The same machine runs short in the tests and long in the soak.
"""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text

from tests.services import whole_office
from tests.services.conftest import Clock, Staff, cancel_all, line, sign_all
from tests.township import Township, write_township
from villagebooks.core.account import Share, Split, new_account
from villagebooks.core.closing import OPEN
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.statement import BALANCE_SHEET
from villagebooks.core.village import Village
from villagebooks.core.voucher import POSTED, VOID, Draft, Voucher
from villagebooks.db.books import open_books
from villagebooks.services.account import split_account
from villagebooks.services.check import check_books
from villagebooks.services.closing import close_month, draft_closing_transfers, lock_year, month_states, reopen_month
from villagebooks.services.correction import correct_difference, correct_voucher, reverse_only
from villagebooks.services.desk import Desk, Office, list_books, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.ledger import trial_balance
from villagebooks.services.office import create_office, new_book, open_book
from villagebooks.services.statement import statement
from villagebooks.services.voucher import post_voucher, read_voucher, read_vouchers, save_voucher, void_voucher

AGENT = "冯素芳"
BOOKS = ("V01", "V02")
YEARS = (2026, 2027)
START, END = Month(2026, 1), Month(2027, 12)
LEAVES = ("101", "10201", "113", "152", "301", "32202", "50101", "51302", "5130201", "5130202")
PARTIES = ("罗显富", "第三村民小组")
LOOKED_AT = (Month(2026, 1), Month(2026, 12), Month(2027, 1), END)

books = st.sampled_from(BOOKS)
leaves = st.sampled_from(LEAVES)
fens = st.integers(1, 10**11)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
places = st.integers(0, 30)


def new_clock() -> Clock:
    clock = Clock()
    clock.moment = datetime(2028, 1, 5, 9, 0, tzinfo=UTC)
    return clock


@functools.cache
def base() -> tuple[Path, Staff, Path]:
    """An office of two villages with its people's keys, and the tables of a third book: made once a run and copied."""
    folder = Path(tempfile.mkdtemp(prefix="villagebooks-machine-"))
    office = Office(create_office(folder / "centre.vbooks", "白雁河镇", clock=new_clock()).books, AGENT)
    for code, name in (("V01", "老秤湾村"), ("V02", "石磨坪村")):
        book = new_book(code, code, name, "代行", "2023", START)
        open_book(office, Village(code, name), book, whole_office.accounts())
    staff = whole_office.employ(office)
    office.books.close()
    tables = write_township(folder / "tables", Township(villages=1, years=2, vouchers=30, last_year=2027, red=80))
    return folder / "centre.vbooks", staff, tables


def not_zero(figures: Mapping[str, int]) -> dict[str, int]:
    return {code: fen for code, fen in figures.items() if fen}


class Life(RuleBasedStateMachine):
    """What accountants do, in any order; what is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.place, self.staff, self.tables = base()
        self.folder = Path(tempfile.mkdtemp(prefix="villagebooks-life-"))
        shutil.copy(self.place, self.folder)
        shutil.copytree(f"{self.place}.files", self.folder / f"{self.place.name}.files")
        self.office = Office(open_books(self.folder / self.place.name, new_clock()), AGENT)
        self.uids: dict[str, list[str]] = {code: [] for code in BOOKS}
        self.posted: dict[str, list[tuple[Any, ...]]] = {}

    def desk(self, book: str, month: Month = START) -> Desk:
        return open_desk(self.office, book, month)

    def pick(self, book: str, place: int) -> str:
        return self.uids[book][place % len(self.uids[book])]

    def does(self, what: str, act: Callable[[], object]) -> bool:
        """Whether the act was done; a refusal leaves the file as it was."""
        before = self.state()
        try:
            act()
        except Refused:
            event(f"{what} refused")
            assert self.state() == before
            return False
        event(f"{what} done")
        return True

    def state(self) -> list[tuple[Any, ...]]:
        with self.office.books.read() as connection:
            heads = connection.execute(text("SELECT uid, seq, head FROM chain ORDER BY uid")).all()
            sums = connection.execute(
                text("SELECT COUNT(*), SUM(debit_fen), SUM(credit_fen), (SELECT COUNT(*) FROM voucher) FROM balance")
            ).all()
        return [tuple(row) for row in (*heads, *sums)]

    def keep(self, book: str, made: Voucher) -> None:
        self.uids[book].append(made.uid)

    def post(self, book: str, uid: str) -> None:
        desk = self.desk(book)
        if read_voucher(desk, uid).state in (POSTED, VOID):
            return
        with suppress(Refused):  # signed in part before
            sign_all(desk, uid, self.staff)
        self.does("post", lambda: post_voucher(desk, uid))

    @rule(
        book=books, day=days, parts=st.lists(st.tuples(leaves, fens, st.sampled_from(PARTIES)), min_size=1, max_size=4),
        credit=leaves, word=st.sampled_from(("", "记", "收", "付", "转")),
        posted=st.sampled_from((True, True, True, False)),
    )  # fmt: skip
    def save(
        self, book: str, day: date, parts: list[tuple[str, int, str]], credit: str, word: str, posted: bool
    ) -> None:
        lines = [line(account, fen, party=party) for account, fen, party in parts]
        lines.append(line(credit, credit=sum(fen for _account, fen, _party in parts), party=parts[0][2]))
        draft = Draft(day, tuple(lines), word=word, attachment_count=1)
        if self.does("save", lambda: self.keep(book, save_voucher(self.desk(book), draft))) and posted:
            self.post(book, self.uids[book][-1])

    @rule(book=books, place=places)
    def sign_and_post(self, book: str, place: int) -> None:
        self.post(book, self.pick(book, place))

    @rule(book=books, place=places)
    def void(self, book: str, place: int) -> None:
        uid = self.pick(book, place)
        if read_voucher(self.desk(book), uid).state in ("submitted", "approved"):
            self.does("void", lambda: cancel_all(self.desk(book), uid, self.staff))
        else:
            self.does("void", lambda: void_voucher(self.desk(book), uid))

    @rule(book=books, place=places, day=days)
    def reverse(self, book: str, place: int, day: date) -> None:
        uid = self.pick(book, place)
        if self.does("reverse", lambda: self.keep(book, reverse_only(self.desk(book), uid, day, "重复记账"))):
            self.post(book, self.uids[book][-1])

    @rule(book=books, place=places, day=days)
    def redo(self, book: str, place: int, day: date) -> None:
        uid, made = self.pick(book, place), []
        if self.does("redo", lambda: made.append(correct_voucher(self.desk(book), uid, day))):
            for one in (made[0].red, made[0].blue):
                self.keep(book, one)
                self.post(book, one.uid)

    @rule(book=books, place=places, day=days, fen=fens)
    def differ(self, book: str, place: int, day: date, fen: int) -> None:
        desk, uid = self.desk(book), self.pick(book, place)
        old = read_voucher(desk, uid)
        if len(old.lines) == 2:
            right = [fen, fen]
            if self.does("differ", lambda: self.keep(book, correct_difference(desk, uid, right, day))):
                self.post(book, self.uids[book][-1])

    @rule(book=books, further=st.sampled_from((-1, 1, 1, 2, 5)))
    def close(self, book: str, further: int) -> None:
        """So many months behind the last that is closed; what is unfinished may stand in the way."""
        month = self.last_closed(book).plus(further)
        self.does("close", lambda: close_month(self.desk(book, month), self.staff.agent))

    @rule(book=books, before=st.sampled_from((0, 0, 0, 1)), same=st.sampled_from((False, False, True)))
    def reopen(self, book: str, before: int, same: bool) -> None:
        second = self.staff.agent if same else self.staff.other
        desk = self.desk(book, self.last_closed(book).plus(-before))
        done = self.does("reopen", lambda: reopen_month(desk, self.staff.agent, second, "漏记"))
        assert not (done and same)

    def last_closed(self, book: str) -> Month:
        return max((month for month, state in month_states(self.desk(book)).items() if state != OPEN),
                   default=START.plus(-1))  # fmt: skip

    @rule(book=books, year=st.sampled_from(YEARS))
    def end_year(self, book: str, year: int) -> None:
        """What is unfinished is made void, profit and loss transferred, every month closed, the year locked."""
        desk = self.desk(book, Month(year, 12))
        for one in read_vouchers(desk):
            if one.state not in (POSTED, VOID) and one.month <= desk.period:
                self.does("void", functools.partial(void_voucher, desk, one.uid))
        with suppress(Refused):
            for draft in draft_closing_transfers(desk, year):
                saved = save_voucher(desk, draft)
                self.keep(book, saved)
                self.post(book, saved.uid)
        while (month := self.last_closed(book).plus(1)) <= desk.period:
            if not self.does("close", functools.partial(close_month, desk.at(month), self.staff.agent)):
                break
        self.does("lock", lambda: lock_year(desk, self.staff.director))

    @rule(book=books, day=days, share=st.integers(0, 100))
    def split(self, book: str, day: date, share: int) -> None:
        desk = self.desk(book)
        held = self.sums(book, END).get("51302", 0)
        first = held * share // 100
        shares = tuple(
            Share(code, fen) for code, fen in (("5130201", first), ("5130202", held - first)) if fen
        )  # fmt: skip
        wanted = Split("51302", (new_account("5130201", "纸张"), new_account("5130202", "硒鼓")), shares)
        made: list[Voucher | None] = []
        if self.does("split", lambda: made.append(split_account(desk, wanted, day))) and made[0]:
            self.keep(book, made[0])
            self.post(book, made[0].uid)

    @rule()
    def import_second_book(self) -> None:
        """A second time is refused, so that twice is once."""
        done = self.does("import", lambda: import_history(self.office, self.tables))
        assert done == ("V001" not in self.imported)
        self.imported.add("V001")

    @initialize(fen=fens)
    def begin(self, fen: int) -> None:
        """Each book opens with money in the bank and some of it spent."""
        self.imported: set[str] = set()
        for book in BOOKS:
            for debit, credit in (("10201", "301"), ("51302", "10201")):
                lines = (line(debit, fen), line(credit, credit=fen))
                draft = Draft(date(2026, 1, 5), lines, attachment_count=1)
                self.keep(book, save_voucher(self.desk(book), draft))
                self.post(book, self.uids[book][-1])

    def sums(self, book: str, until: Month) -> dict[str, int]:
        """Net of every leaf to a month's end in fen, added up from posted lines by nobody but this test."""
        query = """SELECT l.account, SUM(l.debit_fen - l.credit_fen) FROM voucher_line l
            JOIN voucher v ON v.id = l.voucher JOIN book b ON b.id = v.book
            WHERE b.code = :book AND v.state = 'posted' AND (v.year < :year OR (v.year = :year AND v.month <= :month))
            GROUP BY l.account"""
        with self.office.books.read() as connection:
            rows = connection.execute(text(query), {"book": book, "year": until.year, "month": until.month})
            return {account: fen for account, fen in rows if fen}

    @invariant()
    def debit_is_credit(self) -> None:
        with self.office.books.read() as connection:
            for grouped in ("voucher FROM voucher_line GROUP BY voucher",
                            "book, year, month FROM balance GROUP BY book, year, month"):  # fmt: skip
                found = connection.execute(text(f"SELECT {grouped} HAVING SUM(debit_fen - credit_fen) <> 0")).all()
                assert found == []

    @invariant()
    def figures_are_those_of_the_lines(self) -> None:
        for book in list_books(self.office):
            self.look_at(book.code, LOOKED_AT)

    def look_at(self, book: str, months: tuple[Month, ...]) -> None:
        """Trial balance, balance table and sums of accounts against the lines; each month opens as the last closed."""
        closing: dict[str, int] = {}
        before: Month | None = None
        for month in months:
            lines = self.sums(book, month)
            rows = trial_balance(self.office, book, month, month).rows
            shown = {one.account: one.closing_debit_fen - one.closing_credit_fen for one in rows}
            opened = {one.account: one.opening_debit_fen - one.opening_credit_fen for one in rows}
            wanted: dict[str, int] = defaultdict(int)
            for code, fen in lines.items():
                for end in range(3, len(code) + 1, 2):
                    wanted[code[:end]] += fen
            assert {code: fen for code, fen in shown.items() if fen} == {
                code: fen for code, fen in wanted.items() if fen
            }
            assert self.kept(book, month) == lines
            if before and before.next() == month:
                assert not_zero(opened) == closing
            before, closing = month, not_zero(shown)
        for month in months:
            desk = self.desk(book, month)
            shown_rows = statement(desk, BALANCE_SHEET, Span(month, month)).rows
            sheet = {one.line_no: one.amounts_fen[0] for one in shown_rows if one.line_no}
            assert sheet["23"] == sheet["39"] == sheet["34"] + sheet["38"]

    def kept(self, book: str, month: Month) -> dict[str, int]:
        """Net of every leaf as the balance table holds it: month 0 of the year and what moved since."""
        newest = """SELECT MAX(year) FROM balance JOIN book ON book.id = balance.book
            WHERE code = :book AND year <= :year"""
        query = """SELECT account, SUM(debit_fen - credit_fen) FROM balance JOIN book ON book.id = balance.book
            WHERE code = :book AND year = :year AND month <= :month GROUP BY account"""
        with self.office.books.read() as connection:
            year = connection.execute(text(newest), {"book": book, "year": month.year}).scalar()
            values = {"book": book, "year": year, "month": month.month if year == month.year else 12}
            return {account: fen for account, fen in connection.execute(text(query), values) if fen}

    @invariant()
    def numbers_have_no_gap(self) -> None:
        query = """SELECT book, year, month, word, COUNT(*), MIN(number), MAX(number) FROM voucher
            WHERE posted_by <> 'import' AND month > 0 GROUP BY book, year, month, word"""
        with self.office.books.read() as connection:
            for *where, count, least, most in connection.execute(text(query)):
                assert (least, most) == (1, count), where

    @invariant()
    def what_is_posted_never_changes(self) -> None:
        now = self.rows()
        assert self.posted.items() <= now.items()
        self.posted = now

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every posted voucher with its lines, column by column."""
        found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        with self.office.books.read() as connection:
            for row in connection.execute(text("SELECT uid, v.* FROM voucher v WHERE state = 'posted'")):
                found[row[0]].append(tuple(row))
            lines = """SELECT v.uid, l.* FROM voucher_line l JOIN voucher v ON v.id = l.voucher
                WHERE v.state = 'posted' ORDER BY l.voucher, l.line"""
            for row in connection.execute(text(lines)):
                found[row[0]].append(tuple(row))
        return dict(found)

    def teardown(self) -> None:
        try:
            months = tuple(START.plus(step) for step in range(24))
            for book in list_books(self.office):
                self.look_at(book.code, months)
            found = [one for one in check_books(self.office, deep=True) if one.severity == "error"]
            assert found == []
        finally:
            self.office.books.close()
            shutil.rmtree(self.folder, ignore_errors=True)
