"""Builds the window of one office: its pages, and who talks to whom, on one page."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSettings

from villagebooks.core.board import Waiting
from villagebooks.core.period import Month, Span
from villagebooks.core.village import Centre
from villagebooks.core.voucher import Draft
from villagebooks.core.words import _
from villagebooks.gui import home
from villagebooks.gui.approval import ApprovalPage
from villagebooks.gui.desk import Seat
from villagebooks.gui.disclosure import DisclosurePage
from villagebooks.gui.home import HomePage
from villagebooks.gui.key import KeyRing
from villagebooks.gui.ledger import LedgerPage
from villagebooks.gui.page import Page
from villagebooks.gui.paper.page import PaperPage
from villagebooks.gui.preview import Draw, PreviewPage
from villagebooks.gui.query import QueryPage
from villagebooks.gui.setting.page import SettingPage
from villagebooks.gui.statement import StatementPage
from villagebooks.gui.theme import WAIT
from villagebooks.gui.voucher.page import VoucherPage
from villagebooks.gui.window import Window
from villagebooks.gui.worker import Worker
from villagebooks.services.desk import Desk, Office
from villagebooks.services.ledger import ledger, trial_balance
from villagebooks.services.printout import print_ledger, print_statement, print_trial_balance, print_vouchers
from villagebooks.services.statement import statement

DEMO_MARK = "demo.json"
"""Lies beside the books of a demonstration."""


class Desktop(QObject):
    """The window with its pages, and the way from one to another and back."""

    def __init__(self, office: Office, centre: Centre, worker: Worker, settings: QSettings | None = None) -> None:
        super().__init__()
        self.seat = Seat(office, worker)
        self.ring = KeyRing()
        self.home = HomePage(self.seat)
        self.papers = PaperPage(self.seat, self.ring)
        self.vouchers = VoucherPage(self.seat, self.ring)
        self.ledger = LedgerPage(self.seat)
        self.statements = StatementPage(self.seat)
        self.approvals = ApprovalPage(self.seat, self.ring)
        self.disclosure = DisclosurePage(self.seat, self.ring)
        self.query = QueryPage(self.seat, self.ring, settings)
        self.settings = SettingPage(self.seat, settings)
        self.preview = PreviewPage(self.seat)
        self.pages: tuple[Page, ...] = (
            self.home, self.papers, self.vouchers, self.approvals, self.ledger, self.statements, self.disclosure,
            self.query, self.settings,
        )  # fmt: skip
        self.window = Window(self.seat, self.pages, centre.name, (self.preview,))
        self._back: list[Page] = []
        self._connect()
        self.seat.load()
        if (office.books.path.parent / DEMO_MARK).is_file():
            worker.read(_demo_words, self._say_demo)

    def _connect(self) -> None:
        self.home.wanted.connect(self.go_to_step)
        self.papers.drafted.connect(self.take_draft)
        self.vouchers.returned.connect(self.go_back)
        self.vouchers.printed.connect(self.print_vouchers)
        self.ledger.voucher_wanted.connect(self.open_voucher)
        self.ledger.returned.connect(self.go_back)
        self.ledger.printed.connect(self.print_ledger)
        self.statements.account_wanted.connect(self.open_account)
        self.statements.printed.connect(self.print_statement)
        self.preview.returned.connect(self.go_back)
        self.approvals.voucher_wanted.connect(self.open_waiting)
        self.disclosure.printed.connect(self.show_paper)
        self.disclosure.voucher_wanted.connect(self.open_voucher)
        self.settings.checked.connect(self.window.say_checked)
        self.window.picked.connect(self._forget_way)

    def _say_demo(self, words: str) -> None:
        self.window.strip.say(words, WAIT)

    def go_to_step(self, asked: tuple[str, str]) -> None:
        """From a cell of the board to its page, at its book."""
        code, step = asked
        book = next((one for one in self.seat.books if one.code == code), None)
        if book and book != self.seat.book:
            self.seat.sit_at(book)
        pages: dict[str, Page] = {
            home.PAPERS: self.papers, home.VOUCHERS: self.vouchers, home.SIGNING: self.vouchers,
            home.SHEET: self.disclosure, home.QUERY: self.query,
        }  # fmt: skip
        page = pages.get(step)
        if page:
            self.window.go(page)

    def take_draft(self, draft: Draft) -> None:
        """A voucher's draft made of papers."""
        self.window.go(self.vouchers)
        self.vouchers.take_draft(draft)

    def open_voucher(self, uid: str) -> None:
        """A voucher for the page that shows; Escape comes back to it."""
        self._back.append(self.window.current())
        self.window.go(self.vouchers)
        self.vouchers.visit(uid)

    def open_waiting(self, one: Waiting) -> None:
        """A voucher that waits, in whichever book it is."""
        if one.book == self.seat.book and one.voucher.month == self.seat.month:
            self.open_voucher(one.voucher.uid)
        else:
            self.seat.sit_at(one.book, one.voucher.month)
            self.window.strip.hint(_("已转到 {book}，再按一次回车打开凭证").format(book=one.book.name))

    def open_account(self, code: str) -> None:
        """An account's ledger for the page that shows; Escape comes back to it."""
        self._back.append(self.window.current())
        self.window.go(self.ledger)
        self.ledger.open_account(code, visitor=True)

    def show_paper(self, title: str, draw: Draw) -> None:
        """Paper in the preview; Escape comes back to the page that asked."""
        self._back.append(self.window.current())
        self.window.go(self.preview)
        self.preview.show_drawn(title, draw)

    def print_vouchers(self, uids: tuple[str, ...]) -> None:
        """Vouchers on A5."""
        self.show_paper(_("记账凭证"), partial(_draw_vouchers, self.seat.desk, uids))

    def print_ledger(self, asked: tuple[str, Month, Month, str]) -> None:
        """The trial balance, or the ledger of the account in hand."""
        self.show_paper(_("明细账") if asked[0] else _("科目余额表"), partial(_draw_ledger, self.seat.desk, asked))

    def print_statement(self, asked: tuple[str, Span]) -> None:
        """A statement."""
        self.show_paper(_("会计报表"), partial(_draw_statement, self.seat.desk, *asked))

    def go_back(self) -> None:
        """To the page that asked last."""
        if self._back:
            self.window.go(self._back.pop())

    def _forget_way(self) -> None:
        """Who goes by the rail has no page to come back to."""
        self._back.clear()


def _demo_words() -> str:
    from villagebooks.services.demo import PASSPHRASE  # noqa: PLC0415  (draws photos; only a demonstration pays for it)

    return _("演示账套，全是虚构的。签字时每个人的口令都是 {words}；真账绝不能这样。").format(words=PASSPHRASE)


def _draw_vouchers(desk: Desk, uids: tuple[str, ...], folder: Path) -> list[Path]:
    out = folder / f"{desk.book.code}-{desk.period}-vouchers.pdf"
    return [print_vouchers(desk, Span(desk.period, desk.period), out, uids)]


def _draw_ledger(desk: Desk, asked: tuple[str, Month, Month, str], folder: Path) -> list[Path]:
    account, first, last, party = asked
    if not account:
        report = trial_balance(desk.office, desk.book.code, first, last)
        return [print_trial_balance(desk.office, report, folder / f"{desk.book.code}-{first}-{last}-balances.pdf")]
    found = ledger(desk, account, first, last, party or None)
    return [print_ledger(desk, found, folder / f"{desk.book.code}-{account}-{first}-{last}.pdf")]


def _draw_statement(desk: Desk, kind: str, span: Span, folder: Path) -> list[Path]:
    return [print_statement(desk.office, statement(desk, kind, span), folder / f"{desk.book.code}-{kind}-{span}.pdf")]
