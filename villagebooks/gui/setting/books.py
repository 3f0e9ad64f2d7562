"""The office's books: open a new one, or take over history in the three tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout

from villagebooks.core.book import KINDS, STANDARDS, Book
from villagebooks.core.history import ImportReport
from villagebooks.core.migration import OLD
from villagebooks.core.period import read_month
from villagebooks.core.problem import Problem
from villagebooks.core.village import Village
from villagebooks.core.words import _, pgettext
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import FlowRow
from villagebooks.gui.form import CHOICE, Field, Form
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import Column, Table
from villagebooks.gui.theme import LATE, px
from villagebooks.services.account import chart_accounts, template_accounts, unified_accounts
from villagebooks.services.desk import Office
from villagebooks.services.history import import_history
from villagebooks.services.office import new_book, open_book

UNIFIED = "="
"""In place of a book whose accounts are taken: the unified ones. No book has such a code."""


class BooksPanel(Panel):
    """The list of books, and the two ways to get one; `migration_wanted` carries the code of a book to change over,
    `opening_wanted` that of one whose balances are to be entered."""

    migration_wanted = Signal(str)
    opening_wanted = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat, self._fresh = seat, ""
        self.strip = Strip()
        columns = (
            Column(_("代码"), lambda one: one.code, width=8),
            Column(_("账套"), lambda one: one.name),
            Column(_("村"), lambda one: one.village, width=8),
            Column(_("性质"), lambda one: _(one.kind), width=14),
            Column(
                _("会计制度"),
                lambda one: one.standard,
                width=9,
                text=lambda one: pgettext("standard", "{n} 年").format(n=one.standard),
            ),
            Column(_("从哪月起"), lambda one: one.start, width=10),
            Column(_("停在"), lambda one: str(one.stopped or ""), width=10, spare=True),
        )
        self.table = Table(columns, _("账套"), _("还没有账套。导入历史账，或在下面新建。"), filtered=False)
        self.form = Form(
            (
                Field("code", _("账套代码"), hint="V01"), Field("name", _("账套名称")),
                Field("village", _("村代码"), hint=_("同一个村的几个账套写同一个")), Field("village_name", _("村名")),
                Field("kind", _("性质"), CHOICE, KINDS), Field("standard", _("会计制度"), CHOICE, STANDARDS),
                Field("start", _("从哪月起"), hint="2026-01"), Field("template", _("科目"), CHOICE),
            ),
            beside=True,
        )  # fmt: skip
        acts = FlowRow()
        acts.setSpacing(px("gap_px"))
        acts.addWidget(label(_("新建账套"), "heading"))
        acts.addStretch(1)
        acts.addWidget(button(_("期初建账…"), self.ask_opening, "list"))
        acts.addWidget(button(_("转换制度（2004→2023）…"), self.ask_migration, "refresh-cw"))
        acts.addWidget(button(_("导入历史账（三张表）…"), self.ask_import, "upload"))
        box = QVBoxLayout(self)
        box.addWidget(self.strip)
        box.addWidget(self.table, 1)
        box.addLayout(acts)
        box.addWidget(self.form)
        box.addWidget(button(_("新建账套"), self.make_book, "plus", primary=True), 0, Qt.AlignmentFlag.AlignRight)

    def load(self) -> None:
        """The books are read with the office; every one of them may lend its accounts."""
        self.table.put(self._seat.books)
        if self._fresh and self.table.go_to(lambda one: bool(one.code == self._fresh)):
            self._fresh = ""
        like = cast(QComboBox, self.form.entry("template"))
        chosen = like.currentData() if like.count() > 2 else None
        with self.form.filling():
            like.clear()
            like.addItem(_("只建制度里的一级科目"), "")
            like.addItem(_("全乡镇统一科目"), UNIFIED)
            for one in self._seat.books:
                like.addItem(_("和 {code} {name} 一样").format(code=one.code, name=one.name), one.code)
            # the centre keeps one chart for all its villages, so the first book is what usually fits; there is none
            # yet in a new centre, and no unified accounts either
            first = 2 if self._seat.books else 0
            like.setCurrentIndex(first if chosen is None else like.findData(chosen))

    def make_book(self) -> None:
        """Open a book with the accounts of another one, or with those of its standard alone."""
        values = self.form.values()
        start = read_month(values["start"])
        missing = [name for name in ("code", "name", "village", "village_name") if not values[name]]
        problems = [Problem(_("这一栏要填"), field=name) for name in missing]
        if start is None:
            problems.append(Problem(_("月份写成 2026-01 这样"), field="start"))
        self.form.show_problems(problems)
        if problems or start is None:
            self.strip.say(_("请填标红的几栏；月份写成 2026-01 这样"), LATE)
            self.form.go_to_problem()
            return
        book = new_book(values["code"], values["village"], values["name"], values["kind"], values["standard"], start)
        village = Village(values["village"], values["village_name"])
        like = cast(QComboBox, self.form.entry("template")).currentData()
        act = partial(_open, self._seat.office, village, book, like or "")
        self._seat.worker.write(act, self._made, self._refuse, _("新建账套"))

    def ask_migration(self) -> None:
        """To the guided page, with the book in hand when it is one of 2004."""
        one = self.table.current()
        self.migration_wanted.emit(one.code if one and one.standard == OLD else "")

    def ask_opening(self) -> None:
        """To the page of opening balances, with the book in hand."""
        one = self.table.current()
        if one is None:
            self.strip.hint(_("先在上面选一个账套"))
        else:
            self.opening_wanted.emit(one.code)

    def ask_import(self) -> None:
        """Ask for the folder of the three tables."""
        folder = QFileDialog.getExistingDirectory(self, _("三张表所在的文件夹"))
        if folder:
            self.import_from(Path(folder))

    def import_from(self, folder: Path) -> None:
        """Import all or nothing; can be cancelled between batches."""
        act = partial(_import, self._seat.office, folder)
        self._seat.worker.long(act, self._imported, _("导入历史账"), self.strip.show_problems)

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.strip.show_problems(problems)
        self.form.show_problems(problems)
        self.form.go_to_problem()

    def _made(self, book: Book) -> None:
        self.form.settle()
        self._fresh = book.code  # its opening balances come next
        text = _("已新建账套 {code} {name}；接手原来的账，选中它按“期初建账…”")
        self._after(text.format(code=book.code, name=book.name))

    def _imported(self, report: ImportReport) -> None:
        text = _("已导入 {books} 个账套、{vouchers} 张凭证、{lines} 行分录、{people} 人")
        text = text.format(books=report.books, vouchers=report.vouchers, lines=report.lines, people=report.people)
        if report.notices:
            text += _("；{n} 处值得看一眼：{first}").format(n=len(report.notices), first=report.notices[0])
        self._after(text)

    def _after(self, text: str) -> None:
        self.strip.say(text)
        self._seat.load()


def _open(office: Office, village: Village, book: Book, like: str) -> Book:
    if like == UNIFIED:
        accounts = unified_accounts(office, book.standard)
    else:
        accounts = template_accounts(office, like, book.standard) if like else chart_accounts(book.standard)
    return open_book(office, village, book, accounts)


def _import(office: Office, folder: Path, report: Callable[[int, int], None]) -> ImportReport:
    return import_history(office, folder, report)
