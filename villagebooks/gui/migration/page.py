"""转换制度: five steps from the old book to the signed paper; the paper is kept, so that it may take days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from villagebooks.core.account import UnifiedChart
from villagebooks.core.book import Book
from villagebooks.core.migration import FINISHED, NEW, PaperRow, Part
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import KeyRing
from villagebooks.gui.migration.step import BalancesStep, BookStep, RowsStep, SheetsStep, SignStep
from villagebooks.gui.page import Page
from villagebooks.gui.tab import Tabs
from villagebooks.services.account import unified_chart
from villagebooks.services.desk import Desk, Office
from villagebooks.services.key import Unlocked
from villagebooks.services.migration import (
    UNIFIED,
    OldBook,
    PaperState,
    begin_migration,
    change_target,
    decide_row,
    drop_account,
    finish_migration,
    give_up_paper,
    new_charts,
    old_books,
    open_new_account,
    read_paper,
    refresh_paper,
)

BOOK, BALANCES, ROWS, SHEETS, SIGN = range(5)


@dataclass(frozen=True, slots=True)
class Found:
    """What the page shows: the books of 2004, the charts a new book may take, the paper of the book in hand."""

    books: tuple[OldBook, ...]
    charts: tuple[Book, ...]
    unified: UnifiedChart | None
    state: PaperState | None


class MigrationPage(Page):
    """`returned`: back to the settings; `printed` (title, draw) asks for the paper in the preview."""

    returned = Signal()
    printed = Signal(str, object)
    waits_for_words = True

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        self.title = _("转换会计制度（2004 → 2023）")
        super().__init__(seat)
        self._found = Found((), (), None, None)
        self.book = BookStep(self.begin, self.give_up)
        self.balances = BalancesStep(self.refresh_balances)
        self.rows = RowsStep(self.decide, self.open_account, self.drop_account)
        self.sheets, self.sign = SheetsStep(), SignStep(seat, ring, self.ask_first)
        self.tabs = Tabs()
        self.tabs.setAccessibleName(_("步骤"))
        titles = (_("1 选账套"), _("2 核对旧余额"), _("3 逐行决定"), _("4 两张资产负债表"), _("5 签字完成"))
        for title, step in zip(titles, (self.book, self.balances, self.rows, self.sheets, self.sign), strict=True):
            self.tabs.addTab(step, title)
        self.body.addWidget(self.tabs, 1)
        self.setFocusProxy(self.book.table.view)
        self.book.table.chosen.connect(self._choose_book)
        self.add_act(_("返回设置"), self.returned.emit, "arrow-left")
        self._print = self.add_act(_("打印底稿"), self.print_paper, "printer")
        self._next = self.add_act(_("下一步"), self.go_on, "chevron-right", primary=True)
        self.tabs.currentChanged.connect(self._turn)

    @property
    def desk(self) -> Desk:
        """The desk on the old book at the December of its paper, or of its last closed year."""
        one = self._chosen()
        if one is None or self._month() is None:
            raise ValueError("no old book is chosen")
        return Desk(self.seat.office.books, self.seat.person, one.book, self._month() or one.book.start)

    @property
    def lasting(self) -> bool:
        """While a paper is in work: the step and the row that one works at."""
        return self._found.state is not None

    def load(self) -> None:
        """Read the books of 2004 and the paper of the one in hand."""
        self.seat.worker.read(partial(_read, self.seat.office, self._code), self._take, self._refuse, key=self)

    def start_with(self, code: str) -> None:
        """Come from the settings with a book."""
        self.tabs.setCurrentIndex(BOOK)
        book = next((one for one in self.seat.books if one.code == code), None)
        if book is not None and book != self.seat.book:
            self.seat.sit_at(book)

    @property
    def _code(self) -> str:
        return self.seat.book.code if self.seat.book else ""

    def go_on(self) -> None:
        """To the next step."""
        if self.tabs.currentIndex() < SIGN:
            self.tabs.setCurrentIndex(self.tabs.currentIndex() + 1)

    def begin(self) -> None:
        """Begin the paper, or write another code, name or chart of the new book."""
        values = self.book.form.values()
        if self._chosen() is None or self._month() is None:
            self.strip.show_problems([Problem(_("先选一个已经结到年末的 2004 年制度账套"))])
            return
        act = begin_migration if self._found.state is None else change_target
        self._write(
            partial(act, self.desk, values["code"], values["name"], self.book.like()), _("开始转换"), self._begun
        )

    def give_up(self) -> None:
        """Put the paper away; the second press does it."""
        if self.book.sure():
            self.seat.worker.write(partial(give_up_paper, self.desk), self._given_up, self._refuse, _("放弃底稿"))
        else:
            self.strip.hint(_("放弃这张底稿：已作的决定留在库里备查，但不能再接着做。再按一次就放弃。"))

    def refresh_balances(self) -> None:
        """Take the old balances again."""
        self._write(partial(refresh_paper, self.desk), _("重新取数"), self._refreshed)

    def decide(self, row: PaperRow, parts: Sequence[Part], reason: str) -> None:
        """Keep a decision."""
        self._write(partial(decide_row, self.desk, row.line, parts, reason), _("记下决定"), self._decided)

    def open_account(self, code: str, name: str) -> None:
        """增设 an account of the new book."""
        self._write(partial(open_new_account, self.desk, code, name), _("增设科目"), self._grown)

    def drop_account(self, code: str) -> None:
        """Take an account back that the paper would open."""
        self._write(partial(drop_account, self.desk, code), _("去掉增设的科目"), self._grown)

    def ask_first(self) -> None:
        """签字完成: the agent first, then the director."""
        state = self._found.state
        if state is None or state.problems:
            self.strip.show_problems(state.problems if state else [Problem(_("还没有底稿"))])
            return
        head = state.paper.head
        text = _(
            "完成 {book} 的转换底稿：{n} 行，{yuan}；开新账套 {code}，从 {start} 起记账；"
            "旧账套停用，不能再记凭证、不能反结账。代理会计签字编制："
        ).format(
            book=head.book, n=len(state.paper.rows), yuan=self.sheets.total_words(state), code=head.code,
            start=head.month.next(),
        )  # fmt: skip
        self.sign.strip.ask(text, _same, self._ask_second, self.seat.person, _("编制签字"))

    def print_paper(self) -> None:
        """The paper as it stands, in the preview."""
        if self._found.state is not None:
            self.printed.emit(_("转换制度工作底稿"), partial(draw_paper, self.desk))

    def _ask_second(self, first: Unlocked) -> None:
        director = next((name for name, duty in self.seat.duties.items() if duty == "director"), "")
        text = _("{name}已签编制。中心主任签字审核：").format(name=first.person)
        act = partial(_finish, self.desk, first)
        self.sign.strip.ask(text, act, self._finished, director, _("审核签字"))

    def _write(self, act: partial[PaperState], title: str, done: object) -> None:
        self.seat.worker.write(act, done, self._refuse, title)  # type: ignore[arg-type]  # a bound method of this page

    def _chosen(self) -> OldBook | None:
        return next((one for one in self._found.books if one.book.code == self._code), None)

    def _month(self) -> Month | None:
        one = self._chosen()
        return (one.head.month if one.head else one.closed) if one else None

    def _choose_book(self, one: OldBook) -> None:
        if one.book.code != self._code:
            self.seat.sit_at(one.book, one.head.month if one.head else one.closed)

    def _turn(self, place: int) -> None:
        self._next.setVisible(place < SIGN)
        self.strip.say("")
        step = self.tabs.widget(place)
        if step is not None and self.isVisible():
            first = step.focusProxy()
            (step if first is None or first.isEnabled() else self.tabs.tabBar()).setFocus()

    def _take(self, found: Found) -> None:
        self._found = found
        one = self._chosen()
        self.book.put(found.books, chart_choices(found.charts, found.unified), one, found.state)
        state = found.state
        for place in (BALANCES, ROWS, SHEETS, SIGN):
            self.tabs.setTabEnabled(place, state is not None)
        self._print.setVisible(state is not None)
        if state is not None:
            self._show(state)

    def _show(self, state: PaperState) -> None:
        self._found = replace(self._found, state=state)
        still = state.paper.head.state == FINISHED
        self.balances.put(state, still)
        self.rows.put(state, still)
        self.sheets.put(state)
        self.sign.put(state)

    def _begun(self, state: PaperState) -> None:
        self.book.form.settle()
        self.tabs.setTabEnabled(BALANCES, True)
        self.tabs.setCurrentIndex(BALANCES)
        n = len(state.paper.open_rows)
        self.strip.say(
            _("底稿有 {n} 行，{m} 行等人决定。底稿留在库里，可以隔天接着做。").format(n=len(state.paper.rows), m=n)
        )
        self.load()

    def _refreshed(self, state: PaperState) -> None:
        self._show(state)
        self.strip.say(_("已按旧账套现在的余额取数"))

    def _decided(self, state: PaperState) -> None:
        self._show(state)
        left = len(state.paper.open_rows)
        self.strip.say(
            _("已记下，还有 {n} 行等人决定").format(n=left) if left else _("每一行都定了，下一步对照资产负债表")
        )
        self.rows.go_to_open()

    def _grown(self, state: PaperState) -> None:
        self._show(state)
        self.strip.say(_("新账套的科目改了"))

    def _given_up(self, _nothing: None) -> None:
        self.tabs.setCurrentIndex(BOOK)
        self.strip.say(_("底稿已放弃"))
        self.load()

    def _finished(self, book: Book) -> None:
        self.strip.say(_("转换完成：新账套 {code} {name}，从 {start} 起记账。请打印底稿，签字盖章后归档。").format(
            code=book.code, name=book.name, start=book.start
        ))  # fmt: skip
        self.seat.load()
        self.load()

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.strip.show_problems(problems)
        self.book.form.show_problems(problems)


def _read(office: Office, code: str) -> Found:
    books = tuple(old_books(office))
    one = next((one for one in books if one.book.code == code), None)
    state = None
    if one and one.head:
        state = read_paper(Desk(office.books, office.person, one.book, one.head.month))
    return Found(books, tuple(new_charts(office)), unified_chart(office, NEW), state)


def chart_choices(books: Sequence[Book], unified: UnifiedChart | None) -> list[tuple[str, str]]:
    """Charts that the new book may take, the usual one first: (key, words)."""
    choices = [("", _("制度里的一级科目，本村自设的明细跟着转"))]
    if unified is not None:
        choices.insert(0, (UNIFIED, _("全镇统一科目第 {n} 版").format(n=unified.version)))
    words = _("和 {code} {name} 一样")
    return [*choices, *((one.code, words.format(code=one.code, name=one.name)) for one in books)]


def _same(keys: Unlocked) -> Unlocked:
    return keys


def _finish(desk: Desk, first: Unlocked, second: Unlocked) -> Book:
    return finish_migration(desk, first, second)


def draw_paper(desk: Desk, folder: Path) -> list[Path]:
    """The paper for the preview."""
    from villagebooks.services.migration.printout import print_paper  # noqa: PLC0415  (reportlab: window first)

    return [print_paper(desk, folder / f"{desk.book.code}-{desk.period}-migration.pdf")]
