"""报表: statements of the book in hand, of all villages together or side by side; a line opens its accounts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QTableView, QWidget

from villagebooks.core.formula import LINE, read_formula
from villagebooks.core.period import Month, Span
from villagebooks.core.statement import BALANCE_SHEET, LayoutLine, Notes, SideBySide, StatementRow, find_codes
from villagebooks.core.words import _, pgettext
from villagebooks.gui.again import Again
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Page, label
from villagebooks.gui.statement.columns import (
    BY_ACCOUNTS,
    beside_columns,
    figure_name,
    is_head,
    is_township,
    statement_columns,
    whose,
)
from villagebooks.gui.statement.notes import NotesPanel
from villagebooks.gui.statement.paper import cover_choices
from villagebooks.gui.statement.read import BESIDE, BOOK, FIGURES, Asked, Found, Report, read_report, usual_kinds
from villagebooks.gui.tab import TabBar
from villagebooks.gui.table import Column, Table
from villagebooks.gui.theme import px
from villagebooks.gui.turn import later
from villagebooks.services.desk import Desk
from villagebooks.services.statement import kept_standards, write_note_texts

BY_HAND = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
"""How somebody goes to a widget; a page that shows gives the focus to one of its own accord."""


@dataclass(frozen=True, slots=True)
class _Choices:
    """What was asked for, by the places of `span` and `scope`; what there was to choose from; the row in hand, and
    whether somebody worked there and not above."""

    asked: Asked
    span: int
    own: tuple[tuple[str, str], ...]
    standards: tuple[str, ...]
    row: int
    in_rows: bool


class StatementPage(Page):
    """`account_wanted` carries the code of an account to open; `printed` and `exported` the report that shows;
    `bound` (kind, paper) of a cover."""

    account_wanted = Signal(str)
    printed = Signal(object)
    exported = Signal(object)
    bound = Signal(object)

    def __init__(self, seat: Seat) -> None:
        self.title = pgettext("page", "报表")
        super().__init__(seat)
        self.tabs, self.span, self.scope = TabBar(), Combo(), Combo()
        self.standard, self.figure, self._warned = Combo(), Combo(), Again()
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("报表种类"))
        self.span.addItems([_("本月"), _("本季"), _("本年")])
        self.scope.addItems([_("本账套"), _("全乡镇汇总"), _("各村并列")])
        for box, name in (
            (self.span, _("期间")), (self.scope, _("范围")), (self.standard, _("会计制度")),
            (self.figure, _("并列哪一栏")),
        ):  # fmt: skip
            box.setAccessibleName(name)
        self.note = label("", "muted")
        self.note.setWordWrap(True)
        self.stack, self.notes = QStackedWidget(), NotesPanel()
        for part in (QWidget(), self.notes):  # nothing until a statement was read
            self.stack.addWidget(part)
        self.tables: dict[str, Table] = {}
        self._shapes: dict[str, tuple[str, ...]] = {}
        self._kinds: dict[str, str] = {}
        self._own: tuple[tuple[str, str], ...] = ()
        self._lines: tuple[LayoutLine, ...] = ()
        self._report: Report | None = None
        self._found: Asked | None = None
        self._row, self._in_rows = -1, False
        self._lay_out()
        self.tabs.currentChanged.connect(self._turn)
        for box in (self.span, self.standard, self.figure):
            box.currentIndexChanged.connect(self._turn)
        self.scope.currentIndexChanged.connect(self._rescope)
        self.notes.saved.connect(self._save_notes)
        self._fill_tabs()
        self._show_choices(())
        self.setFocusProxy(self.tabs)
        self.tabs.installEventFilter(self)

    @property
    def kind(self) -> str:
        """The statement that shows."""
        return str(self.tabs.tabData(self.tabs.currentIndex()) or BALANCE_SHEET)

    def asked(self) -> Asked:
        """What the choices above the table ask for."""
        scope = self.scope.currentIndex()
        standard = str(self.standard.currentData() or "") if scope != BOOK and self.standard.count() > 1 else ""
        figure = str(self.figure.currentData() or "") if scope == BESIDE else ""
        return Asked(self.kind, self._span(), scope, standard, figure)

    def load(self) -> None:
        """Read what shows."""
        self.seat.worker.read(partial(read_report, self.seat.desk, self.asked()), self._take, self._refuse, key=self)

    def moved(self) -> None:
        """Another book, month or person: what was typed belonged to the last one."""
        self.notes.forget()

    def tell_choices(self) -> _Choices:
        """The statement that shows, for which months and villages."""
        table = self.stack.currentWidget()
        row = table.view.currentIndex().row() if isinstance(table, Table) else -1
        standards = tuple(str(self.standard.itemData(place)) for place in range(self.standard.count()))
        in_rows = self._in_rows or self.focusProxy() is not self.tabs
        return _Choices(self.asked(), self.span.currentIndex(), self._own, standards, row, in_rows)

    def take_choices(self, kept: _Choices) -> None:
        """The same statement."""
        self._own = kept.own
        self.span.setCurrentIndex(kept.span)
        self.scope.setCurrentIndex(kept.asked.scope)
        self._fill_tabs()
        if kept.asked.kind in self._kinds:
            self.tabs.setCurrentIndex(list(self._kinds).index(kept.asked.kind))
        self._fill_figures()
        self.figure.setCurrentIndex(max(0, self.figure.findData(kept.asked.figure)))
        self._show_choices(kept.standards)
        if kept.asked.standard in kept.standards:
            self.standard.setCurrentIndex(kept.standards.index(kept.asked.standard))
        self._row, self._in_rows = kept.row, kept.in_rows

    def may_leave(self) -> bool:
        """Warn once of texts that are not kept."""
        if self._warned or not self.notes.unsaved:
            return True
        self._warned.warn()
        self.strip.hint(_("附注的说明还没有保存：再按一次就不要了"))
        return False

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(px("gap_px"))
        line.addWidget(self.tabs, 1)
        for box in (self.figure, self.standard, self.scope, self.span):
            line.addWidget(box)
        self.body.addLayout(line)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.note)
        self._cover = self.add_act(_("封面和目录"), self._bind, "layers")
        self._cover.setToolTip(_("凭证、账簿、报表的装订封面，本月的凭证目录"))
        self.add_act(_("导出"), self._export, "download")
        self.add_act(_("打印"), self._print, "printer")

    def _span(self) -> Span:
        month = self.seat.month
        match self.span.currentIndex():
            case 0:
                return Span(month, month)
            case 1:
                first = Month(month.year, month.quarter * 3 - 2)
                return Span(first, first.plus(2))
        return Span(Month(month.year, 1), Month(month.year, 12))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Who comes back to the page works on where he went last: in the rows, or in the tabs above them."""
        went = isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn and event.reason() in BY_HAND
        if went and isinstance(watched, QTableView | TabBar):
            self.setFocusProxy(watched)
        return False

    def _turn(self, *_choice: object) -> None:
        self._row, self._in_rows = -1, False
        self.setFocusProxy(self.tabs)
        self._fill_figures()
        self.refresh()

    def _rescope(self, *_choice: object) -> None:
        self._fill_tabs()
        self._turn()

    def _fill_tabs(self) -> None:
        """The kinds of the scope, then the township's own reports; the one that shows stays when it can."""
        kinds = usual_kinds(self.scope.currentIndex()) | dict(self._own)
        if list(kinds.items()) == list(self._kinds.items()):
            return
        here, self._kinds = self.kind, kinds
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for code, title in kinds.items():
            self.tabs.setTabData(self.tabs.addTab(title), code)
        self.tabs.setCurrentIndex(list(kinds).index(here) if here in kinds else 0)
        self.tabs.blockSignals(False)
        self._fill_figures()

    def _fill_figures(self) -> None:
        names = FIGURES.get(self.kind, ()) if self.scope.currentIndex() == BESIDE else ()
        if [self.figure.itemData(place) for place in range(self.figure.count())] != list(names):
            self.figure.blockSignals(True)
            self.figure.clear()
            for name in names:
                self.figure.addItem(figure_name(name), name)
            self.figure.blockSignals(False)
        self.figure.setVisible(bool(names))

    def _show_choices(self, standards: tuple[str, ...]) -> None:
        """Both standards are offered only where both are kept: they never stand in one table."""
        if tuple(self.standard.itemData(place) for place in range(self.standard.count())) != standards:
            self.standard.blockSignals(True)
            self.standard.clear()
            for year in standards:
                self.standard.addItem(_("{year} 年制度").format(year=year), year)
            self.standard.blockSignals(False)
        self.standard.setVisible(self.scope.currentIndex() != BOOK and len(standards) > 1)

    def _take(self, found: Found) -> None:
        if found.asked.scope != self.scope.currentIndex():
            return
        self._own, self._lines, self._report = found.own, found.lines, found.report
        self._found = found.asked
        self._fill_tabs()
        needs_choice = len(found.standards) > 1 and not self.standard.count()
        self._show_choices(found.standards)
        if needs_choice and found.asked.scope != BOOK:
            self.refresh()
            return
        if isinstance(found.report, Notes):
            self.notes.show_notes(found.report, found.texts, found.topics)
            self.stack.setCurrentWidget(self.notes)
            told = _("{book}　{span}　附注由账里的数和会计写的说明组成")
            self.note.setText(told.format(book=found.report.name, span=found.report.span))
            return
        beside = isinstance(report := found.report, SideBySide)
        columns = beside_columns(report) if isinstance(report, SideBySide) else statement_columns(report)
        table = self._table(f"{found.asked.kind}*" if beside else found.asked.kind, columns)
        if beside:  # a county has a thousand columns: made in this turn of the event loop, shown in the next
            later(self, partial(self._lay, table, report))
        else:
            self._lay(table, report)

    def _lay(self, table: Table, report: Report) -> None:
        if report is not self._report or isinstance(report, Notes):
            return  # something else is to show by now
        table.put(report.rows)
        row, self._row = self._row, -1
        if report.rows and table.current() is None:
            table.view.selectRow(row if 0 <= row < len(report.rows) else 0)
        self.stack.setCurrentWidget(table)
        self.note.setText(self._words(report))
        back, self._in_rows = self._in_rows, False
        if back:
            here = self.tabs.hasFocus()
            self.setFocusProxy(table.view)
            if here:  # sent there before the rows were read
                table.view.setFocus()

    def _words(self, report: Report) -> str:
        if isinstance(report, Notes):
            return ""
        said = [whose(report), str(report.span), _("单位：元"), _("按 {year} 年制度，只含已记账凭证").format(
            year=report.standard)]  # fmt: skip
        if report.version:
            said.append(_("自定格式第 {n} 版").format(n=report.version))
        if not isinstance(report, SideBySide) and report.unknown:
            said.append(_("账套里没有上年同期的账"))
        said += report.remarks
        if not is_township(report):
            said.append(_("回车打开后面的科目"))
        return "　".join(said)

    def _table(self, key: str, columns: tuple[Column, ...]) -> Table:
        """The table of a kind, built again when its columns changed."""
        shape = tuple(one.title for one in columns)
        if self._shapes.get(key) != shape:
            if key in self.tables:
                old = self.tables.pop(key)
                self.stack.removeWidget(old)
                if self.focusProxy() is old.view:
                    self.setFocusProxy(self.tabs)
                old.deleteLater()
            table = Table(columns, self._kinds.get(key.rstrip("*"), self.title), filtered=False)
            table.view.setSortingEnabled(False)
            table.foot.hide()
            table.model.is_strong = is_head
            table.opened.connect(self._open)
            table.view.installEventFilter(self)
            self.tables[key], self._shapes[key] = table, shape
            self.stack.addWidget(table)
        return self.tables[key]

    def _refuse(self, problems: object) -> None:
        self.strip.show_problems(problems)  # type: ignore[arg-type]  # the worker hands a tuple of problems
        self._report = None
        for table in self.tables.values():
            table.put(())
        self.note.setText("")
        if self.scope.currentIndex() != BOOK and self.standard.count() < 2:
            self.seat.worker.read(partial(_standards, self.seat.desk), self._offer, key=(id(self), "standards"))

    def _offer(self, standards: tuple[str, ...]) -> None:
        if len(standards) > 1 and self.scope.currentIndex() != BOOK:
            self.strip.say("")
            self._show_choices(standards)
            self.refresh()

    def _open(self, row: StatementRow) -> None:
        if self.scope.currentIndex() != BOOK or isinstance(self._report, Notes | SideBySide) or self._report is None:
            return
        codes = [row.line_no] if self._report.kind in BY_ACCOUNTS else self._codes(row.line_no, set())
        codes = [code for code in codes if code in self.seat.entry.accounts]
        if len(codes) == 1:
            self._go_to(codes[0])
        elif codes:
            menu = QMenu(self)
            for code in codes:
                menu.addAction(f"{code} {self.seat.entry.paths.get(code, '')}").setData(code)
            menu.triggered.connect(self._pick)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            table = self.stack.currentWidget()
            if isinstance(table, Table):
                _pop_up(menu, table.view.viewport(), table.view.visualRect(table.view.currentIndex()))

    def _codes(self, line_no: str, seen: set[str]) -> list[str]:
        """Accounts that a line is made of, through the lines that it adds up."""
        line = next((one for one in self._lines if one.line_no == line_no and line_no), None)
        if line is None or line_no in seen:
            return []
        seen.add(line_no)
        codes: list[str] = []
        for term in read_formula(line.formula):
            if term.function == LINE:
                codes += self._codes(term.line_no, seen)
            else:
                codes += find_codes(term.place, self.seat.entry.accounts.values())
        return list(dict.fromkeys(codes))

    def _pick(self, action: object) -> None:
        self._go_to(action.data())  # type: ignore[attr-defined]  # a QAction of the menu

    def _go_to(self, code: str) -> None:
        """Whoever comes back from the account goes on at the row it was opened from."""
        table = self.stack.currentWidget()
        if isinstance(table, Table):
            self.setFocusProxy(table.view)
        self.account_wanted.emit(code)

    def _bind(self) -> None:
        menu = QMenu(self)
        for words, kind, paper in cover_choices():
            menu.addAction(words).setData((kind, paper))
        menu.triggered.connect(self._pick_cover)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        _pop_up(menu, self._cover, self._cover.rect())

    def _pick_cover(self, action: object) -> None:
        self.bound.emit(action.data())  # type: ignore[attr-defined]  # a QAction of the menu

    def _save_notes(self, texts: dict[str, str]) -> None:
        if texts:
            act = partial(write_note_texts, self.seat.desk, self._span().last.year, texts)
            self.seat.worker.write(act, self._kept, self.strip.show_problems, _("保存附注说明"))
        else:
            self.strip.hint(_("没有改动"))

    def _kept(self, _done: object) -> None:
        self.notes.forget()
        self.strip.say(_("附注的说明已保存"))
        self.refresh()

    def _export(self) -> None:
        if self._report is not None:
            self.exported.emit(self._report)

    def _print(self) -> None:
        if self._report is not None:
            self.printed.emit(self._found)


def _standards(desk: Desk) -> tuple[str, ...]:
    return tuple(kept_standards(desk.office))


def _pop_up(menu: QMenu, beside: QWidget, place: QRect) -> None:
    """Below what was pressed, wherever the mouse lies: who came by Enter looks there, and Enter takes the first."""
    menu.popup(beside.mapToGlobal(place.bottomLeft()))
    menu.setActiveAction(menu.actions()[0])
