"""合村并账: look what would move, draft both vouchers, sign the end; and the balances by former village."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from villagebooks.core.former import FormerReport
from villagebooks.core.merger import FINISHED
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import settle
from villagebooks.gui.key import KeyRing
from villagebooks.gui.merger.panel import FormerPanel, MergePanel
from villagebooks.gui.page import Page
from villagebooks.gui.tab import OnceTabs
from villagebooks.services.desk import Desk, Office
from villagebooks.services.file import save_file
from villagebooks.services.merger import (
    MergerState,
    PlanState,
    begin_merger,
    finish_merger,
    former_report,
    give_up_merger,
    list_mergers,
    look_at_merger,
)

MERGE, FORMER = range(2)


class MergerPage(Page):
    """`returned`: back to the settings; `printed` (title, draw) asks for paper in the preview."""

    returned = Signal()
    printed = Signal(str, object)

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        self.title = _("合村并账")
        super().__init__(seat)
        self._mergers: Sequence[MergerState] = ()
        self._report: FormerReport | None = None
        self.merge = MergePanel(seat, ring, self.look, self.begin)
        self.tabs = OnceTabs()
        self.tabs.setAccessibleName(_("合村并账"))
        self.tabs.addTab(self.merge, _("并账"))
        self.tabs.add_once(partial(getattr, self, "former"), _("按原村列示"))
        self.body.addWidget(self.tabs, 1)
        self.setFocusProxy(self.merge.table.view)
        self.add_act(_("返回设置"), self.returned.emit, "arrow-left")
        self.add_act(_("导出"), self.export, "download")
        self.add_act(_("打印"), self.print_shown, "printer")
        self._drop = self.add_act(_("放弃并账"), self.give_up, "x")
        self._sign = self.add_act(_("签字完成…"), self.ask_finish, "stamp", primary=True)
        self.tabs.currentChanged.connect(self._turn)
        self.merge.table.chosen.connect(self._choose)

    @cached_property
    def former(self) -> FormerPanel:
        """The balances by former village: built, and read, when they are first looked at."""
        made = FormerPanel()
        self.tabs.fill(FORMER, made)
        self._read_report()
        return made

    @property
    def lasting(self) -> bool:
        """While a merger waits for its end: it is the one in hand."""
        return any(one.merger.state != FINISHED for one in self._mergers)

    def load(self) -> None:
        """Read the mergers, and the balances of the book in hand once somebody looked at them."""
        self.seat.worker.read(partial(_read, self.seat.desk), self._take, self._refuse, key=self)
        self.merge.offer(self.seat.books)
        if "former" in vars(self):
            self._read_report()

    def _read_report(self) -> None:
        self.seat.worker.read(partial(_report, self.seat.desk), self._take_report, self._refuse, key=(id(self), FORMER))

    def look(self) -> None:
        """What the books in the form would do to each other; nothing is written."""
        if self.merge.form.refuse_misread(self._refuse):
            return
        values = self.merge.values()
        act = partial(look_at_merger, self.seat.office, values.source, values.target, values.day, values.basis)
        self.seat.worker.read(act, self._looked, self._refuse, key="plan")

    def begin(self) -> None:
        """Draft the voucher of each book."""
        if self.merge.form.refuse_misread(self._refuse):
            return
        values = self.merge.values()
        desk = self._desk(values.source)
        if desk is not None:
            act = partial(begin_merger, desk, values.target, values.day, values.basis)
            self.seat.worker.write(act, self._begun, self._refuse, _("开始并账"))

    def give_up(self) -> None:
        """Void the drafts; the second press does it."""
        one = self.merge.table.current()
        desk = self._desk(one.merger.source) if one else None
        if desk is None:
            return
        if not self.merge.sure(one.merger.uid):
            self.strip.hint(_("放弃这次并账：两张转账凭证的草稿作废，号码留着。再按一次就放弃。"))
            return
        self.seat.worker.write(partial(give_up_merger, desk), self._given_up, self._refuse, _("放弃并账"))

    def ask_finish(self) -> None:
        """The director signs: the old book is stopped."""
        one: MergerState | None = self.merge.table.current()
        desk = self._desk(one.merger.source) if one else None
        if one is None or desk is None:
            return
        if one.problems:
            self.strip.show_problems(one.problems)
            return
        text = _(
            "完成 {source} 并入 {target}：{former}的账套停用，不能再记凭证、不能反结账；以前的账照样能查、能公示。"
        )
        words = text.format(source=one.merger.source, target=one.merger.target, former=one.merger.former)
        director = next((name for name, duty in self.seat.duties.items() if duty == "director"), "")
        self.merge.sign.ask(words, partial(finish_merger, desk), self._finished, director, _("签字完成"))

    def print_shown(self) -> None:
        """The transfer list of the merger in hand, or the balances by former village."""
        one, report = self.merge.table.current(), self._report
        if self.tabs.currentIndex() == FORMER and report is not None:
            self.printed.emit(_("按原村列示"), partial(draw_former, self.seat.office, report))
        elif self.tabs.currentIndex() == MERGE and one is not None:
            self.printed.emit(_("合村并账移交表"), partial(draw_transfer, self.seat.office, one))

    def export(self) -> None:
        """The balances by former village as an Excel file."""
        desk = self.seat.desk
        if desk.period < desk.book.start:
            return
        name = _("{book}-{month}-按原村.xlsx").format(book=desk.book.code, month=desk.period)
        path, _kind = QFileDialog.getSaveFileName(self, _("导出到 Excel"), name, "Excel (*.xlsx)")
        if path:
            self.seat.worker.read(partial(_write, desk, Path(path)), self._exported)

    def _desk(self, code: str) -> Desk | None:
        book = next((one for one in self.seat.books if one.code == code), None)
        return Desk(self.seat.office.books, self.seat.person, book, self.seat.month) if book else None

    def _turn(self, place: int) -> None:
        self.strip.say("")
        self._choose(self.merge.table.current() if place == MERGE else None)

    def _choose(self, one: MergerState | None) -> None:
        shows = one is not None and not one.merger.finished_at and self.tabs.currentIndex() == MERGE
        self._drop.setVisible(shows)
        self._sign.setVisible(shows)
        if one is not None:
            self.merge.show_moves(one.moves)

    def _take(self, mergers: tuple[MergerState, ...]) -> None:
        self._mergers = mergers
        self.merge.put(mergers)
        self._choose(self.merge.table.current())

    def _take_report(self, report: FormerReport | None) -> None:
        self._report = report
        if report is not None:
            self.former.put(report)

    def _looked(self, state: PlanState) -> None:
        plan = state.plan
        self.merge.show_moves(state.moves)
        if plan.problems:
            self.strip.show_problems(plan.problems)
            return
        names = _("、").join(f"{one.code} {one.name}" for one in plan.opened)
        text = _("要转 {n} 行；新账套要增设的科目：{names}").format(n=len(plan.moves), names=names or _("没有"))
        self.strip.hint(text)

    def _begun(self, state: MergerState) -> None:
        title = _("、").join(one.title for one in (state.going, state.coming) if one)
        text = _("两个账套各有一张转账凭证草稿（{title}）：到“凭证”里签字记账，旧账套结账，再回来签字完成")
        self.strip.say(text.format(title=title))
        self.load()
        self.seat.tell_changed()

    def _given_up(self, _nothing: None) -> None:
        self.strip.say(_("并账已放弃，两张草稿作废"))
        self.load()
        self.seat.tell_changed()

    def _finished(self, state: MergerState) -> None:
        text = _("{former}的账已并入 {target}，账套 {source} 停用。请打印移交表，签字盖章后归档。")
        one = state.merger
        settle(self)
        self.strip.say(text.format(former=one.former, target=one.target, source=one.source))
        self.seat.load()
        self.load()

    def _exported(self, path: Path) -> None:
        self.strip.say(_("已导出 {path}").format(path=path))

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.strip.show_problems(problems)
        self.merge.form.show_problems(problems)


def _read(desk: Desk) -> tuple[MergerState, ...]:
    return tuple(list_mergers(desk.office))


def _report(desk: Desk) -> FormerReport | None:
    return former_report(desk, desk.period) if desk.period >= desk.book.start else None


def draw_former(office: Office, report: FormerReport, folder: Path) -> list[Path]:
    """The balances by former village for the preview."""
    from villagebooks.services.merger.printout import print_former  # noqa: PLC0415  (reportlab: window first)

    return [print_former(office, report, folder / f"{report.book}-{report.month}-former.pdf")]


def draw_transfer(office: Office, one: MergerState, folder: Path) -> list[Path]:
    """The transfer list for the preview."""
    from villagebooks.services.merger.printout import print_transfer  # noqa: PLC0415  (reportlab: window first)

    return [print_transfer(office, one.merger.uid, folder / f"{one.merger.source}-merger.pdf")]


def _write(desk: Desk, path: Path) -> Path:
    from villagebooks.services.merger.printout import former_bytes  # noqa: PLC0415  (XlsxWriter: window first)

    save_file(path, former_bytes(former_report(desk, desk.period), "xlsx"))
    return path
