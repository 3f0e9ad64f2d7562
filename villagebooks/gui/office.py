"""Builds the window of one office: its pages, and who talks to whom, on one page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QFileDialog

from villagebooks.core.ledger import Sheet, TrialBalance
from villagebooks.core.period import read_month
from villagebooks.core.village import Centre
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.core.words import _, pgettext
from villagebooks.gui import home
from villagebooks.gui.cashier.page import CashierPage
from villagebooks.gui.closing import ClosingPage
from villagebooks.gui.desk import Seat
from villagebooks.gui.home import HomePage
from villagebooks.gui.inbox.page import InboxPage
from villagebooks.gui.inbox.way import Way
from villagebooks.gui.key import KeyRing
from villagebooks.gui.ledger.page import LedgerPage
from villagebooks.gui.manual.help import Help
from villagebooks.gui.merger.page import MergerPage
from villagebooks.gui.migration.page import MigrationPage
from villagebooks.gui.opening.hint import EmptyHint, root_words
from villagebooks.gui.opening.page import OpeningPage
from villagebooks.gui.output import demo_words, draw_year, suggest_name, write_file
from villagebooks.gui.page import Page
from villagebooks.gui.paper.page import PaperPage
from villagebooks.gui.person import PersonPage
from villagebooks.gui.preview import Draw, PreviewPage
from villagebooks.gui.printing import Printing
from villagebooks.gui.receipt import ReceiptPage
from villagebooks.gui.statement.page import StatementPage
from villagebooks.gui.statement.read import Report
from villagebooks.gui.theme import WAIT
from villagebooks.gui.voucher.number import NumberPage
from villagebooks.gui.voucher.page import VoucherPage
from villagebooks.gui.voucher.schedule import SchedulePage
from villagebooks.gui.window import Place, Window
from villagebooks.gui.worker import Worker
from villagebooks.services.desk import Office

DEMO_MARK = "demo.json"
"""Lies beside the books of a demonstration."""


class Desktop(QObject):
    """The window with its pages, and the way from one to another and back.

    A page is built when it is first gone to; who listens to it stands where it is built.
    """

    def __init__(self, office: Office, centre: Centre, worker: Worker, settings: QSettings | None = None) -> None:
        super().__init__()
        self.kept = settings
        self.seat = Seat(office, worker)
        self.ring = KeyRing()
        self.printing = Printing(self.seat, self.show_paper)
        self._back: list[Page] = []
        self.window = Window(self.seat, self._places(), centre.name, self.ring)
        self.window.picked.connect(self._forget_way)
        self.help = Help(self.window, self.visit, self.go_back, self.show_paper)
        self.window.go(self.home)
        if not centre.root:
            self.window.strip.hint(root_words())
        self._hint = EmptyHint(self.seat, self.window)
        self.seat.load()
        mark = office.books.path.parent / DEMO_MARK
        if mark.is_file():
            worker.read(partial(demo_words, mark), self._say_demo)

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page of the rail, built where it was not yet."""
        return tuple(place.page() for place in self.window.places)

    @cached_property
    def home(self) -> HomePage:
        """首页."""
        page = HomePage(self.seat)
        page.wanted.connect(self.go_to_step)
        return page

    @cached_property
    def papers(self) -> PaperPage:
        """报账."""
        page = PaperPage(self.seat, self.ring)
        page.drafted.connect(self.take_draft)
        return page

    @cached_property
    def vouchers(self) -> VoucherPage:
        """凭证."""
        page = VoucherPage(self.seat, self.ring)
        page.returned.connect(self.go_back)
        page.printed.connect(self.printing.vouchers)
        page.slip_wanted.connect(self.printing.slip)
        page.plans_wanted.connect(self.open_plans)
        page.numbers_wanted.connect(self.open_numbers)
        page.editor.corrector.repeated.connect(self.open_plans)
        return page

    @cached_property
    def plans(self) -> SchedulePage:
        """计划, which the vouchers lead to."""
        page = SchedulePage(self.seat)
        page.returned.connect(self.go_back)
        return page

    @cached_property
    def numbers(self) -> NumberPage:
        """凭证号, which the vouchers lead to."""
        page = NumberPage(self.seat)
        page.returned.connect(self.go_back)
        page.voucher_wanted.connect(self.open_voucher)
        return page

    @cached_property
    def inbox(self) -> InboxPage:
        """审批."""
        page = InboxPage(self.seat, self.ring)
        self._way = Way(self.seat, self.open_voucher, self._visit_papers)
        page.wanted.connect(self._way.go)
        page.printed.connect(self.show_paper)
        return page

    def _visit_papers(self) -> None:
        self.visit(self.papers)

    @cached_property
    def cashier(self) -> CashierPage:
        """出纳."""
        page = CashierPage(self.seat, self.ring)
        page.drafted.connect(self.take_draft)
        page.printed.connect(self.show_paper)
        return page

    @cached_property
    def receipts(self) -> ReceiptPage:
        """票据."""
        return ReceiptPage(self.seat)

    @cached_property
    def ledger(self) -> LedgerPage:
        """账簿."""
        page = LedgerPage(self.seat)
        page.voucher_wanted.connect(self.open_voucher)
        page.returned.connect(self.go_back)
        page.printed.connect(self.printing.ledger)
        page.bound.connect(self.bind_year)
        page.exported.connect(self.export)
        return page

    @cached_property
    def statements(self) -> StatementPage:
        """报表."""
        page = StatementPage(self.seat)
        page.account_wanted.connect(self.open_account)
        page.printed.connect(self.printing.report)
        page.bound.connect(self.printing.cover)
        page.exported.connect(self.export)
        return page

    @cached_property
    def closing(self) -> ClosingPage:
        """结账."""
        page = ClosingPage(self.seat, self.ring)
        page.opened.connect(self.open_found)
        page.printed.connect(self.printing.register)
        page.recorded.connect(self.printing.act)
        return page

    @cached_property
    def disclosure(self) -> Page:
        """公示."""
        from villagebooks.gui.disclosure import DisclosurePage  # noqa: PLC0415  (reportlab, Pillow: window first)

        page = DisclosurePage(self.seat, self.ring)
        page.printed.connect(self.show_paper)
        page.voucher_wanted.connect(self.open_voucher)
        return page

    @cached_property
    def query(self) -> Page:
        """查询库."""
        from villagebooks.gui.query import QueryPage  # noqa: PLC0415  (reportlab, Pillow: window first)

        return QueryPage(self.seat, self.ring, self.kept)

    @cached_property
    def people(self) -> PersonPage:
        """名册."""
        return PersonPage(self.seat)

    @cached_property
    def journal(self) -> Page:
        """日志."""
        from villagebooks.gui.journal.page import JournalPage  # noqa: PLC0415  (reportlab: window first)

        page = JournalPage(self.seat)
        page.cancellations_wanted.connect(self.open_cancellations)
        page.printed.connect(self.show_paper)
        page.voucher_wanted.connect(self.open_voucher)
        return page

    @cached_property
    def cancellations(self) -> Page:
        """作废与撤销清单, which the log leads to."""
        from villagebooks.gui.journal.cancellation import CancellationPage  # noqa: PLC0415  (reportlab: window first)

        page = CancellationPage(self.seat)
        page.returned.connect(self.go_back)
        page.printed.connect(self.show_paper)
        page.voucher_wanted.connect(self.open_voucher)
        return page

    def open_cancellations(self) -> None:
        """What was undone this year."""
        self.visit(self.cancellations)

    @cached_property
    def settings(self) -> Page:
        """设置."""
        from villagebooks.gui.setting.page import SettingPage  # noqa: PLC0415  (the import of history: window first)

        page = SettingPage(self.seat, self.kept, self.ring)
        page.checked.connect(self.window.say_checked)
        page.printed.connect(self.show_paper)
        page.migration_wanted.connect(self.open_migration)
        page.opening_wanted.connect(self.open_opening)
        page.merger_wanted.connect(self.open_merger)
        return page

    @cached_property
    def migration(self) -> MigrationPage:
        """转换制度, which the settings lead to."""
        page = MigrationPage(self.seat, self.ring)
        page.returned.connect(self.go_back)
        page.printed.connect(self.show_paper)
        return page

    @cached_property
    def opening(self) -> OpeningPage:
        """期初建账, which the settings lead to."""
        page = OpeningPage(self.seat)
        page.returned.connect(self.go_back)
        page.printed.connect(self.show_paper)
        return page

    @cached_property
    def preview(self) -> PreviewPage:
        """打印预览, which stands in no rail."""
        page = PreviewPage(self.seat)
        page.returned.connect(self.go_back)
        return page

    def _places(self) -> tuple[Place, ...]:
        return (
            Place(_("首页"), "house", lambda: self.home), Place(_("报账"), "file-text", lambda: self.papers),
            Place(pgettext("page", "凭证"), "receipt", lambda: self.vouchers),
            Place(_("审批"), "stamp", lambda: self.inbox), Place(_("出纳"), "wallet", lambda: self.cashier),
            Place(_("账簿"), "book-open", lambda: self.ledger),
            Place(pgettext("page", "报表"), "table", lambda: self.statements),
            Place(_("结账"), "lock", lambda: self.closing), Place(_("公示"), "megaphone", lambda: self.disclosure),
            Place(pgettext("page", "查询库"), "database", lambda: self.query),
            Place(_("票据"), "ticket", lambda: self.receipts), Place(_("名册"), "users", lambda: self.people),
            Place(_("日志"), "list", lambda: self.journal), Place(_("设置"), "settings", lambda: self.settings),
        )  # fmt: skip

    def _say_demo(self, words: str) -> None:
        self.window.strip.say(words, WAIT)

    def go_to_step(self, asked: tuple[str, str]) -> None:
        """From a cell of the board to its page, at its book."""
        code, step = asked
        book = next((one for one in self.seat.books if one.code == code), None)
        if book and book != self.seat.book:
            self.seat.sit_at(book)
        places: dict[str, Callable[[], Page]] = {
            home.VOUCHERS: lambda: self.vouchers, home.SIGNING: lambda: self.vouchers,
            home.PAPERS: lambda: self.papers, home.BANK: lambda: self.cashier, home.CLOSING: lambda: self.closing,
            home.SHEET: lambda: self.disclosure, home.QUERY: lambda: self.query,
        }  # fmt: skip
        self.window.go(places.get(step, self.window.current)())

    def take_draft(self, draft: Draft) -> None:
        """A voucher's draft made of papers."""
        self.window.go(self.vouchers)
        self.vouchers.take_draft(draft)

    def open_voucher(self, uid: str) -> None:
        """A voucher for the page that shows; Escape comes back to it."""
        self.visit(self.vouchers)
        self.vouchers.visit(uid)

    def open_account(self, code: str) -> None:
        """An account's ledger for the page that shows; Escape comes back to it."""
        self.visit(self.ledger)
        self.ledger.open_account(code, visitor=True)

    def open_found(self, ref: str) -> None:
        """What a checklist found: where the act that removes it is done."""
        table, _colon, key = ref.partition(":")
        if table == "voucher":
            self.open_voucher(key)
        elif table == "account":
            self.open_account(key)
        elif table in ("bank", "cash"):
            self.window.go(self.cashier)
            self.cashier.go_to(table, key)
        elif table == "month":
            self.seat.sit_at(month=read_month(key))
        elif table == "transfer":
            self.closing.draft_transfers()
        elif table == "schedule":
            self.open_plans()
        elif table == "vouchers":
            self.open_numbers()
        else:
            self.window.go(self.receipts if table == "receipt" else self.papers)

    def open_plans(self, voucher: Voucher | None = None) -> None:
        """The schedules, with one begun from a voucher that is to come again."""
        self.visit(self.plans)
        if voucher is not None:
            self.plans.begin(voucher)

    def open_numbers(self) -> None:
        """The year's numbers."""
        self.visit(self.numbers)

    def open_opening(self, code: str) -> None:
        """The balances of a book that is still empty."""
        self._back.append(self.window.current())
        self.seat.sit_at(next((one for one in self.seat.books if one.code == code), None))
        self.window.go(self.opening)

    def open_migration(self, code: str) -> None:
        """The guided change of standard, with a book of 2004 in hand."""
        self.visit(self.migration)
        self.migration.start_with(code)

    @cached_property
    def merger(self) -> MergerPage:
        """合村并账, which the settings lead to."""
        page = MergerPage(self.seat, self.ring)
        page.returned.connect(self.go_back)
        page.printed.connect(self.show_paper)
        return page

    def open_merger(self) -> None:
        """The guided merger of villages."""
        self.visit(self.merger)

    def show_paper(self, title: str, draw: Draw) -> None:
        """Paper in the preview; Escape comes back to the page that asked."""
        self.visit(self.preview)
        self.preview.show_drawn(title, draw)

    def bind_year(self, asked: tuple[int, tuple[str, ...]]) -> None:
        """Every ledger of a year in one file, shown when it is drawn; the window can be used meanwhile."""
        year, kinds = asked
        folder = self.preview.new_folder()
        act = partial(draw_year, self.seat.desk, year, kinds, folder)
        title = _("画{year}年账簿").format(year=year)
        self.seat.worker.long(act, self._show_year, title, self.ledger.strip.show_problems, reads=True)

    def _show_year(self, path: Path) -> None:
        self.visit(self.preview)
        self.preview.heading.setText(_("全年账簿"))
        self.preview.show_files([path])

    def export(self, record: Sheet | TrialBalance | Report) -> None:
        """What a page shows as an Excel file; never refused."""
        name = suggest_name(record, self.window.current().heading.text())
        path, _kind = QFileDialog.getSaveFileName(self.window, _("导出到 Excel"), name, "Excel (*.xlsx)")
        if path:
            self.seat.worker.read(partial(write_file, record, Path(path)), self._exported)

    def _exported(self, path: Path) -> None:
        self.window.current().strip.say(_("已导出 {path}").format(path=path))

    def visit(self, page: Page) -> None:
        """Go to a page that leads back to the one that shows."""
        self._back.append(self.window.current())
        self.window.go(page)

    def go_back(self) -> None:
        """To the page that asked last."""
        if self._back:
            self.window.go(self._back.pop())

    def _forget_way(self) -> None:
        """Who goes by the rail has no page to come back to."""
        self._back.clear()
