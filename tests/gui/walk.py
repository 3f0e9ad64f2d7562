"""One walk over every page, tab, panel, strip and dialog of the window, filled and empty, each as a named state.

Whoever makes a page adds the way to it here; `test_walk.py` names the classes of the window that nothing leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget

from tests.formats.test_picture import png
from tests.gui.conftest import Driver
from tests.gui.scene import CASHIER, HEAD
from villagebooks.core.paper import Paper
from villagebooks.core.period import Month
from villagebooks.core.unsaved import Unsaved
from villagebooks.core.unsaved_form import UnsavedForm
from villagebooks.core.unsaved_paper import UnsavedPaper
from villagebooks.gui.ledger.asking import KINDS
from villagebooks.gui.paper.form import PaperForm
from villagebooks.gui.picture.watch import SCANNER
from villagebooks.gui.section import Sections
from villagebooks.gui.start import StartPage
from villagebooks.gui.voucher.editor import VoucherEditor
from villagebooks.paths import resource
from villagebooks.services.change import read_changed
from villagebooks.services.demo import PASSPHRASE
from villagebooks.services.desk import Desk
from villagebooks.services.unsaved import FoundForm, FoundPaper, FoundUnsaved

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
BANK_FILE = resource("demo", "baiyanhe", "2026-09", "bank_statement_V01.csv")
PARTS = (
    "home", "papers", "vouchers", "found", "corrections", "plans", "inbox", "cashier", "ledger", "statements",
    "closing", "sheet", "lists", "settings", "people", "accounts", "moves", "manual", "first_page",
)  # fmt: skip
SHORT = ("home", "papers", "vouchers", "statements", "lists")
"""Some of them, with every kind of widget that pages are made of."""


@dataclass(frozen=True, slots=True)
class State:
    """What somebody may see: a name for the picture, and the window that shows it."""

    name: str
    shown: QWidget


class Walk:
    """Goes through the window; every act is settled before what shows is handed over."""

    def __init__(self, driver: Driver, parts: tuple[str, ...] = PARTS) -> None:
        self.driver, self.desktop = driver, driver.desktop
        self._parts = parts

    def __iter__(self) -> Iterator[State]:
        for part in self._parts:
            yield from getattr(self, part)()

    def do(self, name: str, act: Callable[[], object]) -> State:
        act()
        self.driver.settle()
        return State(name, self.desktop.window)

    def at(self, code: str, month: Month) -> None:
        seat = self.desktop.seat
        seat.sit_at(next(one for one in seat.books if one.code == code), month)
        self.driver.settle()

    def go(self, page: QWidget) -> None:
        """By the rail, as people do; what the page asked last time is put away by its own Escape."""
        self.desktop.window.pick(page)
        self.driver.settle()

    def turns(self, name: str, tabs: QTabWidget | Sections) -> Iterator[State]:
        for place in range(tabs.count()):
            if isinstance(tabs, Sections) or tabs.isTabEnabled(place):
                yield self.do(f"{name}-{place + 1}", lambda place=place: tabs.setCurrentIndex(place))

    def home(self) -> Iterator[State]:
        self.at("V01", SEPTEMBER)
        page = self.desktop.home
        yield self.do("home", lambda: self.go(page))
        self.at("V02", SEPTEMBER)
        for scope in (1, 0):
            page.graphs.scope.setCurrentIndex(scope)
            yield from self.turns(f"home-graph-{scope + 1}", page.graphs.tabs)
        yield from self.turns("home-todo", page.todo.tabs)
        self.at("V01", SEPTEMBER)
        yield self.do("window-village", self.desktop.window._go_village)

    def papers(self) -> Iterator[State]:
        page = self.desktop.papers
        yield self.do("papers", lambda: self.go(page))
        self.at("V01", OCTOBER)
        for row in range(3):
            yield self.do(f"papers-open-{row + 1}", lambda row=row: page.table.view.selectRow(row))
        first = next(one for one in page.table.model.records() if one.state == "written")
        page.table.go_to(lambda one: one.uid == first.uid)
        yield self.do("papers-attest", page.ask_attest)
        page.sign.put_away()
        yield self.do("papers-send-back", page.ask_send_back)
        page.reasons.put_away()
        yield self.do("papers-form", lambda: page.open(first))
        page._show_list()
        yield self.do("papers-new", page.new)
        typed = UnsavedPaper("0" * 32, "2026-10-09T09:00:00+08:00", "", 0, page.form.text())
        offered = (self.desktop.seat.desk, FoundPaper(typed, None))
        yield self.do("papers-recovery", lambda: page.recovery.show_found(offered))
        page.recovery.hide()
        yield from self.scans(page.form)
        yield self.do("papers-clash", lambda: self._clash_of(page.form, first))
        page.form.clash.theirs.click()
        page._show_list()
        self.at("V05", OCTOBER)
        yield self.do("papers-empty", lambda: None)
        self.at("V01", SEPTEMBER)
        page.table.view.selectRow(0)
        self.driver.settle()
        page.detail.pictures.open_item(page.detail.pictures.item(0))
        self.driver.settle()
        with self.dialog("picture") as state:
            yield state

    def _clash_of(self, form: PaperForm, paper: Paper) -> None:
        """A paper that a colleague saved while it was written over here."""
        form.open(paper)
        self.driver.settle()
        typed = form.keeper.unsaved()
        typed = replace(typed, rev=0, paper=replace(typed.paper, words="改过的用途", amount="12"))
        form.restore(FoundPaper(typed, paper))

    def scans(self, form: PaperForm) -> Iterator[State]:
        """A scan that comes into the folder, hung on the document and opened to be changed."""
        with TemporaryDirectory() as folder:
            (Path(folder) / "扫描1.png").write_bytes(png())
            form.watch.choose(SCANNER, folder)
            while not form.shelf.tray.list.count():
                QTest.qWait(50)
            yield self.do("papers-scans", lambda: None)
            form.shelf.tray.take_chosen()
            self.driver.settle()
            form.watch.choose(SCANNER, "")
        self.do("", form.shelf.open)
        form.shelf.pictures.viewer.blacken()
        with self.dialog("picture-blacken") as state:
            yield state

    def vouchers(self) -> Iterator[State]:
        page, editor = self.desktop.vouchers, self.desktop.vouchers.editor
        yield self.do("vouchers", lambda: self.go(page))
        listed = page.list.table
        yield self.do("vouchers-before", lambda: listed.say_unread("账套文件不见了，看看移动盘插好没有"))
        listed.forgive()
        yield self.do("vouchers-posted", lambda: page.open(page.list.heads()[9].uid))
        yield self.do("voucher-pictures", editor.beside.toggle)
        editor.beside.toggle()
        page.leave()
        self.at("V01", OCTOBER)
        yield self.do("vouchers-everywhere", lambda: page.list.span.setCurrentIndex(3))
        page.list.span.setCurrentIndex(0)
        page.list.table.view.selectRow(0)
        yield self.do("vouchers-october", lambda: None)
        yield self.do("vouchers-sign", page.sign_chosen)
        page.sign.put_away()
        yield self.do("vouchers-code", page.ask_code)
        page.words.put_away()
        heads = {one.state: one.uid for one in page.list.heads()}
        below = ("101 库存现金：9月10日起差 163.50，9月12日差得最多，差 1,163.50", "10201 信用社：9月12日起差 50.00")
        yield self.do("voucher-post-below", lambda: page.posting.tell(page.list.heads()[:2], list, below))
        page.posting.put_away()
        yield self.do("voucher-draft", lambda: page.open(heads["draft"]))
        for name, act, away in (
            ("slip", editor.ask_slip, editor.slips.put_away), ("template", editor.ask_template, editor.templates.hide),
            ("void", editor.ask_void, editor.words.put_away), ("sign", editor.ask_signature, editor.sign.put_away),
        ):  # fmt: skip
            yield self.do(f"voucher-{name}", act)
            away()
        yield self.do("voucher-submitted", lambda: page.open(heads["submitted"]))
        yield self.do("voucher-send-back", editor.ask_send_back)
        editor.reasons.put_away()
        yield self.do("voucher-voiding", lambda: page.open(heads["approved"]))
        yield self.do("voucher-new", page.new)
        editor.form.rows[0].account.setFocus()
        yield self.do("voucher-accounts", lambda: QTest.keyClick(editor.form.rows[0].account, Qt.Key.Key_F2))
        editor.form.rows[0].account.hide_list()
        left = FoundUnsaved(Unsaved("0" * 32, "2026-10-09T09:00:00+08:00", "", 0, editor.form.text()), None)
        yield self.do("voucher-recovery", lambda: page.recovery.show_found((self.desktop.seat.desk, left)))
        page.recovery.hide()
        yield self.do("voucher-clash", lambda: self._clash(editor, heads["draft"]))
        editor.clash.theirs.click()
        page.leave()
        yield self.do("search", lambda: self.desktop.look_for("电费"))
        yield self.do("search-nothing", lambda: self.desktop.look_for("没有这样的"))
        self.desktop.go_back()
        yield self.do("numbers", self.desktop.open_numbers)
        self.desktop.go_back()

    def _clash(self, editor: VoucherEditor, uid: str) -> None:
        """A draft that a colleague saved while it was typed over here."""
        editor.open(uid)
        self.driver.settle()
        typed = editor.keeper.unsaved()
        first = typed.sheet.rows[0]
        rows = (replace(first, texts=("改过的摘要", *first.texts[1:])), *typed.sheet.rows[1:])
        found = read_changed(self.desktop.seat.desk, uid)
        editor.restore(FoundUnsaved(replace(typed, rev=0, sheet=replace(typed.sheet, rows=rows)), *found))

    def corrections(self) -> Iterator[State]:
        page, corrector = self.desktop.vouchers, self.desktop.vouchers.editor.corrector
        self.at("V01", SEPTEMBER)
        self.go(page)
        page.open(page.list.heads()[3].uid)
        self.driver.settle()
        yield self.do("correction-menu", corrector.menu.open)
        corrector.menu.put_away()
        for act in ("reverse", "only_red", "template", "difference"):
            if act in corrector.menu.acts or act == "only_red":
                yield self.do(f"correction-{act}", lambda act=act: corrector.do(act))
                corrector.words.put_away()
                corrector.panel.put_away()
        page.leave()

    def found(self) -> Iterator[State]:
        """Vouchers over months and books, and the search at the top."""
        desktop, listed = self.desktop, self.desktop.vouchers.list
        self.go(desktop.vouchers)
        for span in (1, 2, 3):
            yield self.do(f"vouchers-span-{span}", lambda span=span: listed.span.setCurrentIndex(span))
        listed.span.setCurrentIndex(0)
        yield self.do("search", lambda: desktop.look_for("2026-09"))
        yield self.do("search-nothing", lambda: desktop.look_for("没有的东西"))
        self.driver.settle()
        desktop.go_back()

    def plans(self) -> Iterator[State]:
        page = self.desktop.plans
        yield self.do("plans", self.desktop.open_plans)
        yield self.do("plans-new", page.new)
        yield from self.turns("plans-new", page.panel.tabs)
        page.leave()
        self.at("V03", SEPTEMBER)
        page.plans.view.selectRow(0)
        yield self.do("plans-stop", page.ask_stop)
        assert page.words.isVisible()
        page.words.put_away()
        self.at("V05", SEPTEMBER)
        yield self.do("plans-empty", lambda: None)
        self.desktop.go_back()
        self.at("V01", OCTOBER)

    def inbox(self) -> Iterator[State]:
        page = self.desktop.inbox
        yield self.do("inbox", lambda: self.go(page))
        page.everybody.setChecked(True)
        yield self.do("inbox-everybody", lambda: page.table.view.selectRow(2))
        yield self.do("inbox-whistle", page.ask_whistle)
        page._put_away()
        self.desktop.seat.work_as(HEAD)
        self.driver.settle()
        yield self.do("inbox-director", lambda: page.table.view.selectRow(1))
        page.table.go_to(lambda one: getattr(one, "step", "") == "answer")
        yield self.do("inbox-answer", page.approve)
        page._put_away()
        self.desktop.seat.work_as(self.desktop.seat.people[0])
        self.driver.settle()
        page.table.mark_all()
        yield self.do("inbox-batch", page.ask_sign_marked)
        page._put_away()
        page.table.go_to(lambda one: getattr(one, "state", "") == "mine" and getattr(one, "kind", "") == "paper")
        yield self.do("inbox-send-back", page.ask_send_back)
        page._put_away()
        for place in (1, 2):
            yield self.do(f"inbox-tab-{place + 1}", lambda place=place: page.bar.setCurrentIndex(place))
        page.bar.setCurrentIndex(0)

    def cashier(self) -> Iterator[State]:
        page, bank = self.desktop.cashier, self.desktop.cashier.bank
        self.at("V01", SEPTEMBER)
        self.go(page)
        yield from self.turns("cashier", page.tabs)
        yield self.do("cashier-count", page.cash.ask_sign)
        page.cash.sign.put_away()
        page.tabs.setCurrentIndex(0)
        yield self.do("cashier-withdraw", lambda: (bank.foot.reason.setText("数字写错了"), bank.foot.ask_withdraw()))
        bank.foot.moved()
        self.at("V01", OCTOBER)
        yield self.do("cashier-statement", lambda: bank.look_at(BANK_FILE))
        bank.statement.leave()
        yield self.do("cashier-october", lambda: None)
        yield self.do("cashier-opening", bank.ask_opening)
        yield self.do("cashier-typed", bank.ask_paper)
        bank._show_matching()
        left = UnsavedForm("0" * 32, "2026-10-09T09:00:00+08:00", "10201", 0, "2026-10", (("lines", "10-9 电费 100"),))
        yield self.do("cashier-recovery", lambda: bank.recovery.show_found((self.desktop.seat.desk, FoundForm(left))))
        bank.recovery.hide()

    def ledger(self) -> Iterator[State]:
        page = self.desktop.ledger
        self.at("V01", SEPTEMBER)
        self.go(page)
        for place, kind in enumerate(KINDS):
            yield self.do(f"ledger-{kind}", lambda place=place: page.asking.tabs.setCurrentIndex(place))
        yield self.do("ledger-account", lambda: page.open_account("101"))
        yield self.do("ledger-year", page._open_year)
        page.year.hide()

    def statements(self) -> Iterator[State]:
        page = self.desktop.statements
        self.go(page)
        for place in range(page.tabs.count()):
            yield self.do(f"statements-{place + 1}", lambda place=place: page.tabs.setCurrentIndex(place))
        page.tabs.setCurrentIndex(0)
        for place in range(1, page.scope.count()):
            yield self.do(f"statements-scope-{place}", lambda place=place: page.scope.setCurrentIndex(place))
        page.scope.setCurrentIndex(0)

    def closing(self) -> Iterator[State]:
        page = self.desktop.closing
        yield self.do("closing", lambda: self.go(page))
        page.table.view.selectRow(0)
        yield self.do("closing-chosen", page.table.view.setFocus)
        yield self.do("closing-sign", page.ask_close)
        page.sign.put_away()
        self.at("V07", Month(2025, 11))
        yield self.do("closing-closed", lambda: None)
        assert self.desktop.seat.entry.states[Month(2025, 11)] == "closed"
        self.at("V07", Month(2025, 12))
        yield self.do("closing-year", lambda: None)
        self.at("E01", Month(2026, 12))
        yield self.do("closing-december", lambda: None)

    def sheet(self) -> Iterator[State]:
        page, query = self.desktop.disclosure, self.desktop.query
        self.at("V01", SEPTEMBER)
        yield self.do("disclosure", lambda: self.go(page))
        self.at("V01", OCTOBER)
        yield self.do("disclosure-october", lambda: None)
        yield self.do("disclosure-blocked", page.ask_put_up)
        self.at("V03", OCTOBER)
        yield self.do("disclosure-sign", page.ask_put_up)
        page.sign.put_away()
        yield self.do("query", lambda: self.go(query))
        yield self.do("query-sign", lambda: query.export_to(Path("查询库")))
        query.sign.put_away()

    def lists(self) -> Iterator[State]:
        desktop = self.desktop
        yield self.do("receipts", lambda: self.go(desktop.receipts))
        yield self.do("people", lambda: self.go(desktop.people))
        yield self.do("archive", lambda: self.go(desktop.archive))
        yield from self.turns("archive", desktop.archive.tabs)
        yield self.do("archive", lambda: self.go(desktop.archive))
        yield from self.turns("archive", desktop.archive.tabs)
        yield self.do("journal", lambda: self.go(desktop.journal))
        yield self.do("cancellations", desktop.open_cancellations)
        desktop.journal.print_out()
        self.driver.settle()
        yield self.do("preview", lambda: None)
        self.desktop.preview.printers.names = lambda: ("针式打印机", "激光打印机")
        yield self.do("preview-print", self.desktop.preview.print)
        self.desktop.preview.order.hide()
        self.at("E01", OCTOBER)
        for name in ("vouchers", "cashier", "ledger", "statements", "closing", "disclosure", "receipts", "people"):
            yield self.do(f"{name}-empty-book", lambda name=name: self.go(getattr(desktop, name)))

    def settings(self) -> Iterator[State]:
        page = self.desktop.settings
        self.at("V01", SEPTEMBER)
        self.go(page)
        yield from self.turns("settings", page.tabs)
        page.tabs.setCurrentWidget(page.check)
        yield self.do("settings-check", page.check.run)
        page.check.lines.setChecked(True)
        yield self.do("settings-check-lines", page.check.show_lines)
        page.tabs.setCurrentWidget(page.layouts)
        self.driver.settle()
        yield self.do("settings-layout-draft", page.layouts.copy)
        page.tabs.setCurrentWidget(page.approval)
        yield from self.turns("settings-approval", page.approval.tabs)
        page.approval.begin()
        self.driver.settle()
        yield from self.turns("settings-approval-draft", page.approval.tabs)

    def people(self) -> Iterator[State]:
        page = self.desktop.settings
        panel = page.people
        page.tabs.setCurrentWidget(panel)
        yield from self.turns("settings-people", panel.tabs)
        for name, part in (("posts", panel.posts), ("keys", panel.keys), ("changes", panel.changes)):
            panel.tabs.setCurrentWidget(part)
            part.table.view.selectRow(0)
            self.driver.settle()
            part.acts.offer(tuple(part.acts.forms), part.acts.title.text())  # those of other rows too
            for place in range(part.acts.choice.count()):
                yield self.do(
                    f"people-{name}-{place + 1}", lambda part=part, place=place: part.acts.choice.setCurrentIndex(place)
                )
        panel.changes.acts.choose("begin")
        yield self.do("people-hand-over", panel.changes.begin)
        panel.changes.leave()
        counted = self._left(f"{'0' * 32} 2026-10-09", ("people.receiver", "覃晓燕"))
        yield self.do("people-recovery", lambda: panel.changes.recovery.show_found(counted))
        panel.changes.recovery.hide()
        panel.tabs.setCurrentWidget(panel.root)
        yield self.do("people-root-1", panel.root.prepare)
        panel.root.sealed.setChecked(True)
        yield self.do("people-root-2", panel.root.next_step)
        panel.root.give_up()
        panel.tabs.setCurrentIndex(0)

    def _left(self, key: str, *texts: tuple[str, str]) -> tuple[Desk, FoundForm]:
        """What a fallen program left of a form."""
        left = UnsavedForm("0" * 32, "2026-10-09T09:00:00+08:00", key, 0, "2026-10", texts)
        return self.desktop.seat.desk, FoundForm(left)

    def accounts(self) -> Iterator[State]:
        page = self.desktop.settings
        panel = page.accounts
        page.tabs.setCurrentWidget(panel)
        panel.chart.table.go_to(lambda one: one.code == "101")
        yield self.do("accounts", panel.chart.table.view.setFocus)
        panel.chart.table.go_to(lambda one: one.code == "5130102")
        yield self.do("accounts-split", panel.chart.split_one)
        panel.split.leave()
        divided = self._left("5130102", ("names", "纸张\n硒鼓"))
        yield self.do("accounts-recovery", lambda: panel.recovery.show_found(divided))
        panel.recovery.hide()
        yield self.do("accounts-banks", panel.open_banks)
        panel.banks.leave()
        yield self.do("accounts-unified-empty", panel.open_unified)
        yield self.do("accounts-unified", panel.unified.take_book)
        panel.unified.leave()
        self.driver.settle()

    def moves(self) -> Iterator[State]:
        desktop = self.desktop
        desktop.open_opening("E01")
        self.driver.settle()
        yield from self.turns("opening", desktop.opening.tabs)
        desktop.go_back()
        desktop.open_merger()
        self.driver.settle()
        desktop.merger.merge.table.view.selectRow(0)
        yield from self.turns("merger", desktop.merger.tabs)
        desktop.go_back()
        desktop.open_migration("V07")
        self.driver.settle()
        yield from self.turns("migration", desktop.migration.tabs)
        desktop.go_back()
        self.at("V01", SEPTEMBER)

    def manual(self) -> Iterator[State]:
        desktop = self.desktop
        self.go(desktop.vouchers)
        yield self.do("manual", desktop.help.open)
        page = desktop.window.current()
        yield self.do("manual-found", lambda: page.panel.search.setText("凭证"))
        yield self.do("manual-nothing", lambda: page.panel.search.setText("没有这个词"))
        page.panel.search.clear()
        desktop.go_back()
        desktop.window.strip.say("一句话")
        desktop.ring.keep(self.keys())
        desktop.seat.worker.progressed.emit(("画全年账簿", 3, 10))
        yield self.do("window-progress", lambda: None)
        desktop.seat.worker.working.emit(())
        yield self.do("window-strip", lambda: None)
        desktop.window.lock_keys()

    def keys(self) -> object:
        from villagebooks.services.key import unlock

        return unlock(self.desktop.seat.office.books, CASHIER, PASSPHRASE)

    def first_page(self) -> Iterator[State]:
        page = StartPage()
        page.show()
        for name, act in (
            ("start", lambda: None), ("start-new", page.show_form), ("start-server", page.show_server),
            ("start-problem", lambda: page.say("这个文件打不开，请换一个文件")),
        ):  # fmt: skip
            act()
            QTest.qWait(5)
            yield State(name, page)
        page.read_manual()
        QTest.qWait(20)
        if page.manual is not None:
            yield State("start-manual", page.manual)
            page.manual.close()
        page.close()
        page.deleteLater()

    @contextmanager
    def dialog(self, name: str) -> Iterator[State]:
        """The dialog that came up, closed again."""
        shown = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible())
        yield State(name, shown)
        shown.close()
        self.desktop.window.activateWindow()  # as the screen's own manager of windows does
        self.driver.settle()
