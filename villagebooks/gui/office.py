"""Builds the window of one office, and the ways from one page to another and back, on one page.

The pages themselves, and who listens to them, stand in `gui/place`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSettings, Signal

from villagebooks.core.period import read_month
from villagebooks.core.stationery import OTHERS
from villagebooks.core.village import Centre
from villagebooks.core.words import _, pgettext
from villagebooks.gui.chosen import Chosen, Kept
from villagebooks.gui.desk import Seat
from villagebooks.gui.foot import Foot
from villagebooks.gui.held import HeldKeys
from villagebooks.gui.late import LatePage
from villagebooks.gui.manual.help import Help
from villagebooks.gui.opening.hint import EmptyHint, demo_words, root_words
from villagebooks.gui.page import Page
from villagebooks.gui.printing import Draw, Printing
from villagebooks.gui.recent import Recent
from villagebooks.gui.ring import KeyRing
from villagebooks.gui.search.way import VoucherWay
from villagebooks.gui.shelf import Shelf
from villagebooks.gui.step import BANK, CLOSING, PAPERS, QUERY, SHEET, SIGNING, VOUCHERS
from villagebooks.gui.unread import Unread
from villagebooks.gui.window import Place, Window
from villagebooks.gui.worker import Worker
from villagebooks.services.place import Office

DEMO_MARK = "demo.json"
"""Lies beside the books of a demonstration."""


class Desktop(QObject):
    """The window with its pages, and the way from one to another and back.

    What one page asks of another goes by a signal of the desktop, which the other listens to once it is built.
    """

    draft_taken = Signal(object)
    draft_sourced = Signal(str)
    paper_begun = Signal(object)
    paper_shown = Signal(str)
    voucher_opened = Signal(str)
    words_sought = Signal(str)
    account_opened = Signal(str)
    ledger_opened = Signal(object)
    money_opened = Signal(str, str)
    transfers_wanted = Signal()
    waiting_wanted = Signal()
    loans_wanted = Signal()
    plan_begun = Signal(object)
    migration_begun = Signal(str)
    section_shown = Signal(str)
    paper_wanted = Signal(str, object, str)
    long_paper_wanted = Signal(str, str, object, object)
    files_wanted = Signal(str, object, str)

    def __init__(
        self, office: Office | None, centre: Centre, worker: Worker, settings: QSettings | None = None
    ) -> None:
        """Without an office the window shows what `seat.expect` is told, until `seat.open`."""
        super().__init__()
        self.kept = settings
        self.seat = Seat(worker)
        self.ring = KeyRing()
        self.printing = Printing(self.seat, self.show_paper, settings)
        self._back: list[Page] = []
        self._chosen = Chosen()
        self.seat.moved.connect(self._chosen.move)
        self.window = Window(self.seat, self._places(), centre.name, self.ring)
        Unread(self.window)
        self.window.picked.connect(self._forget_way)
        self.seat.paper_wanted.connect(self.show_paper)
        self.way = VoucherWay(self.seat, self.window.may_move, self.open_voucher, lambda: len(self._back))
        self.window.finder.looked_for.connect(self.look_for)
        self.window.stack.currentChanged.connect(self.window.finder.forget)
        self.shelf = Shelf(self.window, lambda: tuple(self._back), self._forget_page)
        self.help = Help(self.window, lambda: self.manual, self.visit)
        self.held = HeldKeys(self.seat.worker, self.window.strip.add_hint, self)
        self.foot = Foot(self.window, settings)
        self.recent = Recent(self.window)
        self.recent.wanted.connect(self.arrive)
        self.window.go(self.home)
        if not centre.root:
            self.window.strip.hint(root_words())
        self._hint = EmptyHint(self.seat, self.window)
        self.seat.opened.connect(self._look_for_mark)
        if office is not None:
            self.seat.open(office)

    home = LatePage("home")
    papers = LatePage("paper")
    vouchers = LatePage("voucher")
    plans = LatePage("schedule")
    numbers = LatePage("number")
    inbox = LatePage("inbox")
    cashier = LatePage("cashier")
    receipts = LatePage("receipt")
    ledger = LatePage("ledger")
    statements = LatePage("statement")
    closing = LatePage("closing")
    disclosure = LatePage("disclosure")
    query = LatePage("query")
    people = LatePage("person")
    archive = LatePage("archive")
    journal = LatePage("journal")
    cancellations = LatePage("cancellation")
    settings = LatePage("setting")
    migration = LatePage("migration")
    merger = LatePage("merger")
    opening = LatePage("opening")
    preview = LatePage("preview")
    search = LatePage("search")
    manual = LatePage("manual")

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page of the rail, built where it was not yet."""
        return tuple(place.page() for place in self.window.places)

    def held_pages(self) -> tuple[Page, ...]:
        """Every page that is built."""
        return tuple(one for one in vars(self).values() if isinstance(one, Page))

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
            Place(_("档案"), "archive", lambda: self.archive),
            Place(_("日志"), "list", lambda: self.journal), Place(_("设置"), "settings", lambda: self.settings),
        )  # fmt: skip

    def _look_for_mark(self) -> None:
        mark = self.seat.office.books.path.parent / DEMO_MARK
        if mark.is_file():
            self.seat.worker.read(partial(demo_words, mark), self._say_demo)

    def _say_demo(self, words: str) -> None:
        self.window.strip.add_hint(words)

    def go_to_step(self, asked: tuple[str, str]) -> None:
        """From a cell of the board to its page, at its book."""
        code, step = asked
        book = next((one for one in self.seat.books if one.code == code), None)
        if book and book != self.seat.book:
            self.seat.sit_at(book)
        if not self.seat.is_open:
            return
        places: dict[str, Callable[[], Page]] = {
            VOUCHERS: lambda: self.vouchers, SIGNING: lambda: self.vouchers,
            PAPERS: lambda: self.papers, BANK: lambda: self.cashier, CLOSING: lambda: self.closing,
            SHEET: lambda: self.disclosure, QUERY: lambda: self.query,
        }  # fmt: skip
        self.window.go(places.get(step, self.window.current)())
        if step == BANK:
            self.money_opened.emit("bank", "")

    @cached_property
    def _arrival(self) -> Any:
        from villagebooks.gui.arrival import Arrival  # noqa: PLC0415  (nobody goes there while the program starts)

        return Arrival(self)

    def arrive(self, wanted: object) -> None:
        """Where a reminder, a first step or a piece of recent work points to."""
        self._arrival.go(wanted)

    def take_draft(self, draft: object) -> None:
        """A voucher's draft made of papers."""
        self.window.go(self.vouchers)
        self.draft_taken.emit(draft)

    def begin_paper(self, told: object) -> None:
        """A paper for pictures that were meant for a voucher."""
        self.window.go(self.papers)
        self.paper_begun.emit(told)

    def open_voucher(self, uid: str) -> None:
        """A voucher for the page that shows; Escape comes back to it."""
        self.visit(self.vouchers)
        self.voucher_opened.emit(uid)

    def look_for(self, words: str) -> None:
        """Vouchers of every book that fit the words; Escape comes back to the page that shows."""
        if self.window.current() is not self.search:
            self.visit(self.search)
        self.window.finder.setText(words)
        self.words_sought.emit(words)
        self.search.setFocus()

    def open_account(self, code: str) -> None:
        """An account's ledger for the page that shows; Escape comes back to it."""
        self.visit(self.ledger)
        self.account_opened.emit(code)

    def open_ledger(self, asked: object) -> None:
        """A ledger for the page that shows; Escape comes back to it."""
        self.visit(self.ledger)
        self.ledger_opened.emit(asked)

    def open_found(self, ref: str) -> None:
        """What a checklist found: where the act that removes it is done."""
        table, _colon, key = ref.partition(":")
        if table == "voucher":
            self.open_voucher(key)
        elif table == "account":
            self.open_account(key)
        elif table in ("bank", "cash"):
            self.window.go(self.cashier)
            self.money_opened.emit(table, key)
        elif table == "month":
            self.seat.sit_at(month=read_month(key))
        elif table == "transfer":
            self.window.hold(self.closing)
            self.transfers_wanted.emit()
        elif table == "schedule":
            self.open_plans()
        elif table == "vouchers":
            self.open_numbers()
        else:
            self.window.go(self.receipts if table == "receipt" else self.papers)

    def open_plans(self, voucher: object = None) -> None:
        """The schedules, with one begun from a voucher that is to come again."""
        self.visit(self.plans)
        if voucher is not None:
            self.plan_begun.emit(voucher)

    def open_section(self, name: str) -> None:
        """A section of the settings, and a tab of it behind a stroke: `people/keys`."""
        self.window.go(self.settings)
        self.section_shown.emit(name)

    def open_cancellations(self) -> None:
        """What was undone this year."""
        self.visit(self.cancellations)

    def visit_papers(self) -> None:
        """报账 for the page that shows."""
        self.visit(self.papers)

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
        self.migration_begun.emit(code)

    def open_merger(self) -> None:
        """The guided merger of villages."""
        self.visit(self.merger)

    def show_paper(self, title: str, draw: Draw, kind: str = OTHERS) -> None:
        """Paper of a kind in the preview; Escape comes back to the page that asked."""
        self.visit(self.preview)
        self.paper_wanted.emit(title, draw, kind)

    def show_files(self, title: str, paths: Sequence[Path], kind: str) -> None:
        """Papers of a kind that are drawn already, in the preview."""
        self.visit(self.preview)
        self.files_wanted.emit(title, paths, kind)

    def bind_year(self, asked: tuple[int, tuple[str, ...]]) -> None:
        """Every ledger of a year in one file, shown when it is drawn; the window can be used meanwhile."""
        self.window.hold(self.preview)
        year, kinds = asked
        title = _("画{year}年账簿").format(year=year)
        draw = self.printing.year(year, kinds)
        self.long_paper_wanted.emit(title, _("全年账簿"), draw, self.ledger.strip.show_problems)

    def visit_preview(self) -> None:
        """The preview, once long work has drawn."""
        self.visit(self.preview)

    def visit(self, page: Page) -> None:
        """Go to a page that leads back to the one that shows."""
        self._back.append(self.window.current())
        self.window.go(page)

    def go_back(self) -> None:
        """To the page that asked last."""
        if self._back:
            self.window.go(self._back.pop())
            self.way.come_back()

    def _forget_page(self, page: Page) -> None:
        """Whoever wants it next has it built anew."""
        for name in [name for name, one in vars(self).items() if one is page]:
            self._chosen.keep(name, page)
            delattr(self, name)

    def begin_as_before(self, name: str, page: Page) -> None:
        """A page that is built again shows what was chosen in it; whoever sends somebody there chooses after this."""
        if self.seat.is_open and (self.seat.book or not page.needs_book):
            self._chosen.give(name, page)

    def begin_as_left(self, old: Desktop) -> None:
        """What was chosen in the pages of the window that this one takes the place of, once its book is read."""
        self._left = old.tell_choices()
        self.seat.moved.connect(self._begin_as_left)

    def tell_choices(self) -> tuple[Kept, ...]:
        """What is chosen in every page, and was in those that made room."""
        return self._chosen.with_those({name: one for name, one in vars(self).items() if isinstance(one, Page)})

    def _begin_as_left(self) -> None:
        self.seat.moved.disconnect(self._begin_as_left)
        self._chosen.put(self._left)
        for name, page in [(name, one) for name, one in vars(self).items() if isinstance(one, Page)]:
            self.begin_as_before(name, page)

    def _forget_way(self) -> None:
        """Who goes by the rail has no page to come back to."""
        self._back.clear()
        self.way.forget()
