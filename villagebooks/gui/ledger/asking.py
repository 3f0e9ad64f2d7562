"""Which ledger is asked for: kind, account by code, name or initials, party, months and what else the kind takes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagebooks.core.account import Account
from villagebooks.core.entry import NO_ENTRIES, EntryBook
from villagebooks.core.ledger import (
    AGEING,
    BALANCE,
    COLUMNS,
    DETAIL,
    GENERAL,
    JOURNAL,
    OF_AN_ACCOUNT,
    PARTIES,
    QUANTITIES,
    YEARS,
    LedgerRequest,
    kind_names,
)
from villagebooks.core.period import Month
from villagebooks.core.voucher import DIMENSIONS, dimension_names
from villagebooks.core.words import _
from villagebooks.gui.choice import Choice, ChoiceEdit
from villagebooks.gui.combo import Combo
from villagebooks.gui.flow import FlowRow
from villagebooks.gui.month import MonthEdit
from villagebooks.gui.page import label
from villagebooks.gui.tab import TabBar
from villagebooks.gui.theme import px, span
from villagebooks.gui.voucher.row import party_choices

KINDS = (BALANCE, GENERAL, DETAIL, PARTIES, JOURNAL, COLUMNS, QUANTITIES, AGEING)
THIS_MONTH, YEAR_TO_DATE, FROM_START, CHOSEN = range(4)
BOUNDS = (YEARS, (12, 24, 36, 60), (3, 6, 12), (6, 12, 24))
OF_A_PARTY = (DETAIL, QUANTITIES)


@dataclass(frozen=True, slots=True)
class LedgerChoices:
    """All that the line above a ledger says, also what the kind that shows does not ask for; `places` in `span`,
    `level`, `side`, `dimensions`, `bounds`."""

    asked: LedgerRequest
    account: str
    first: Month
    last: Month
    places: tuple[int, ...]


class Asking(QWidget):
    """The tabs of kinds and the line below them. `changed`: another ledger is asked for than before; `refused`: what
    was typed is no month, or no account or party of the book."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._entry: EntryBook = NO_ENTRIES
        self._month, self._start = Month(2000, 1), Month(2000, 1)
        self._kind, self.account = BALANCE, ""
        self.party: str | None = None
        self._quiet = False
        self.tabs = TabBar()
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("账簿种类"))
        for kind in KINDS:
            self.tabs.addTab(kind_names()[kind])
        self._build_entries()
        line = FlowRow()
        line.setSpacing(px("gap_px"))
        for part in (self.what, self.who, self.span, self.first, self.until, self.last, self.level, self.side,
                     self.dimensions, self.bounds):  # fmt: skip
            line.addWidget(part)
        line.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        box.addWidget(self.tabs)
        box.addLayout(line)
        self.tabs.currentChanged.connect(self._pick_kind)
        self._show_entries()

    @property
    def kind(self) -> str:
        """The kind that is asked for."""
        return self._kind

    def use(self, entry: EntryBook, month: Month, start: Month) -> None:
        """Accounts and parties of the book in hand, the month it stands at, the first month of its reports."""
        self._entry, self._month, self._start = entry, month, start
        self._quiet = True
        self._offer()
        if self.span.currentIndex() != CHOSEN:
            self._put_span()
        self._quiet = False

    def put(self, asked: LedgerRequest, span: int = CHOSEN) -> None:
        """Ask for this ledger, without saying so; `span` is how its months are called."""
        self._quiet = True
        self._kind, self.account, self.party = asked.kind, asked.account, asked.party
        self.tabs.setCurrentIndex(KINDS.index(asked.kind))
        self.span.setCurrentIndex(span)
        self.first.put(asked.first)
        self.last.put(asked.last)
        self._offer()
        self._show_entries()
        self._quiet = False

    def choices(self) -> LedgerChoices:
        """What is chosen, for `choose` of another."""
        places = tuple(box.currentIndex() for box in self._boxes())
        return LedgerChoices(self.request(), self.account, self.first.month, self.last.month, places)

    def choose(self, kept: LedgerChoices) -> None:
        """Ask as another did, without saying so; an account that the book has not leads to the trial balance."""
        self._quiet = True
        for box, place in zip(self._boxes(), kept.places, strict=True):
            box.setCurrentIndex(place)
        there = kept.account in self._entry.accounts
        asked = replace(kept.asked, account=kept.account if there else "", first=kept.first, last=kept.last)
        if kept.asked.account and not there:
            asked = replace(asked, kind=BALANCE, party=None)
        self.put(asked, kept.places[0])

    def _boxes(self) -> tuple[Combo, ...]:
        return (self.span, self.level, self.side, self.dimensions, self.bounds)

    def request(self) -> LedgerRequest:
        """What is asked for."""
        kind, dimensions = self._kind, self.dimensions.currentIndex()
        names = ((), DIMENSIONS, *((one,) for one in DIMENSIONS))[dimensions]
        return LedgerRequest(
            kind, self.first.month if kind != AGEING else self.last.month, self.last.month,
            self.account if kind in OF_AN_ACCOUNT else "", self.party if kind in OF_A_PARTY else None,
            (self.level.currentIndex() or None) if kind in (BALANCE, COLUMNS) else None,
            ("", "D", "C")[self.side.currentIndex()] if kind == COLUMNS else "",
            BOUNDS[self.bounds.currentIndex()], names if kind == BALANCE else (),
        )  # fmt: skip

    def fits(self, account: Account) -> bool:
        """Whether the kind is kept of such an account."""
        if self._kind == JOURNAL:
            return account.is_money
        if self._kind == COLUMNS:
            return not account.leaf
        if self._kind == PARTIES:
            below = (one for code, one in self._entry.accounts.items() if code.startswith(account.code))
            return any("party" in one.needs for one in below)
        return self._kind != QUANTITIES or account.counts_quantity

    def _build_entries(self) -> None:
        self.what, self.who = ChoiceEdit(), ChoiceEdit()
        for entry, name, hint, width in (
            (self.what, _("科目"), _("科目：代码、名称、首字母"), 300),
            (self.who, _("往来"), _("只看一个往来"), 180),
        ):
            entry.setAccessibleName(name)
            entry.setPlaceholderText(hint)
            entry.setFixedWidth(span(width))
        self.what.picked.connect(self._pick_account)
        self.who.picked.connect(self._pick_party)
        self.span, self.level, self.side = Combo(), Combo(), Combo()
        self.dimensions, self.bounds = Combo(), Combo()
        names = [dimension_names()[one] for one in DIMENSIONS]
        for box, name, words in (
            (self.span, _("期间"), (_("本月"), _("本年累计"), _("从建账起"), _("自选月份"))),
            (self.level, _("科目级次"), (_("全部级次"), _("只看一级"), _("到二级"), _("到三级"))),
            (self.side, _("分析哪一方"), (_("按科目方向"), _("借方分析"), _("贷方分析"))),
            (self.dimensions, _("辅助核算"), (_("不带辅助核算"), _("全部辅助核算"), *names)),
            (self.bounds, _("账龄分段"), (_("1、2、3年"), _("1、2、3、5年"), _("3、6、12个月"), _("6、12、24个月"))),
        ):  # fmt: skip
            box.addItems(list(words))
            box.setAccessibleName(name)
            box.setToolTip(name)
        self.span.currentIndexChanged.connect(self._pick_span)
        for box in (self.level, self.side, self.dimensions, self.bounds):
            box.currentIndexChanged.connect(self._tell)
        self.first, self.last, self.until = MonthEdit(_("起月")), MonthEdit(_("止月")), label("—", "muted")
        for month in (self.first, self.last):
            month.month_changed.connect(self._pick_month)
        for entry in (self.what, self.who):
            entry.missed.connect(self.refused)
        for month in (self.first, self.last):
            month.refused.connect(self.refused)

    def _show_entries(self) -> None:
        kind = self._kind
        self.what.setVisible(kind in OF_AN_ACCOUNT)
        self.who.setVisible(kind in OF_A_PARTY)
        for part in (self.span, self.first, self.until):
            part.setVisible(kind != AGEING)
        self.level.setVisible(kind in (BALANCE, COLUMNS))
        self.level.setItemText(0, _("末级作栏") if kind == COLUMNS else _("全部级次"))
        self.side.setVisible(kind == COLUMNS)
        self.dimensions.setVisible(kind == BALANCE)
        self.bounds.setVisible(kind == AGEING)

    def _offer(self) -> None:
        """The accounts that the kind is kept of; the one in hand stays when it is among them."""
        entry = self._entry
        fitting = [one for one in entry.accounts.values() if self.fits(one)]
        self.what.set_choices(
            [
                Choice(one.code, f"{one.code} {entry.paths[one.code]}", entry.initials.get(one.name, ""))
                for one in fitting
            ]
        )
        if self._kind in OF_AN_ACCOUNT:
            codes = [one.code for one in fitting]
            if self.account not in codes:
                self.account = codes[0] if codes else ""
            self.what.put(self.account)
        self.who.set_choices(party_choices(entry))
        self.who.put(self.party or "")

    def _put_span(self) -> None:
        month, start = self._month, self._start
        first = {THIS_MONTH: month, YEAR_TO_DATE: max(Month(month.year, 1), start), FROM_START: start}
        self.first.put(first.get(self.span.currentIndex(), self.first.month))
        self.last.put(month)

    def _pick_kind(self, place: int) -> None:
        if not self._quiet:
            self._kind, self.party = KINDS[place], None
            self._offer()
            self._show_entries()
            self.changed.emit()

    def _pick_account(self, key: str) -> None:
        if key and key != self.account and not self._quiet:
            self.account, self.party = key, None
            self.who.put("")
            self.changed.emit()

    def _pick_party(self, key: str) -> None:
        if (key or None) != self.party and not self._quiet:
            self.party = key or None
            self.changed.emit()

    def _pick_span(self, place: int) -> None:
        if not self._quiet and place != CHOSEN:
            self._put_span()
            self.changed.emit()

    def _pick_month(self, _month: object) -> None:
        if not self._quiet:
            self._quiet = True
            self.span.setCurrentIndex(CHOSEN)
            self._quiet = False
            self.changed.emit()

    def _tell(self, *_choice: object) -> None:
        if not self._quiet:
            self.changed.emit()
