"""The pictures of the first page in tabs, of the village in hand or of the whole township."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.graph import AgeBand, Fund, MoneyYear, MonthFigures
from villagebooks.core.ledger import AGEING, BALANCE, DETAIL, JOURNAL, LedgerRequest
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.graph.month import MoneyBars, MonthBars
from villagebooks.gui.graph.row import AgeRows, FundRows
from villagebooks.gui.page import label
from villagebooks.gui.section import Scroll
from villagebooks.gui.tab import Tabs
from villagebooks.services.graph import read_ages, read_funds, read_incomes, read_money
from villagebooks.services.ledger import ALL

INCOMES, MONEY, FUNDS, AGES = range(4)
VILLAGE, TOWNSHIP = range(2)
BESIDE = 44
"""Pixels of a choice beside its words: its arrow and its edges."""


class GraphPanel(QWidget):
    """`ledger_wanted` carries the `LedgerRequest` behind what was clicked, `village_wanted` the code of a book.

    Only the picture that shows is read.
    """

    ledger_wanted = Signal(object)
    village_wanted = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.incomes, self.money, self.funds, self.ages = MonthBars(), MoneyBars(), FundRows(), AgeRows()
        self.tabs, self.scope = Tabs(), Combo()
        self.told = label("", "muted")
        self.tabs.setAccessibleName(_("图"))
        for graph, title in (
            (self.incomes, _("收入支出")), (self.money, _("现金银行")), (self.funds, _("专项资金")),
            (self.ages, _("应收账龄")),
        ):  # fmt: skip
            self.tabs.addTab(Scroll(graph), title)
            graph.drilled.connect(self._open)
            graph.told.connect(self.told.setText)
        self.scope.setAccessibleName(_("看哪里的图"))
        self.scope.addItems([_("本账套"), _("全乡镇")])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.tabs, 1)
        line = QHBoxLayout()
        line.addWidget(self.scope)
        line.addWidget(self.told, 1)
        box.addLayout(line)
        self.setMinimumHeight(200)
        self.scope.currentIndexChanged.connect(self.load)
        self.tabs.currentChanged.connect(self.load)

    def load(self, *_changed: object) -> None:
        """Read the picture that shows."""
        book = self._seat.book
        if book is None:
            return
        self.scope.setItemText(VILLAGE, book.name)
        words = (self.scope.itemText(place) for place in range(self.scope.count()))
        self.scope.setMinimumWidth(max(map(self.scope.fontMetrics().horizontalAdvance, words)) + BESIDE)
        code = ALL if self._of_township else book.code
        reads = ((read_incomes, self._take_incomes), (read_money, self._take_money), (read_funds, self._take_funds),
                 (read_ages, self._take_ages))  # fmt: skip
        read, take = reads[self.tabs.currentIndex()]
        act = partial(read, self._seat.office, code, self._seat.month)
        self._seat.worker.read(act, take, self._refuse, key=self)

    @property
    def _of_township(self) -> bool:
        return self.scope.currentIndex() == TOWNSHIP

    def _take_incomes(self, months: list[MonthFigures]) -> None:
        self.incomes.put(months, None if self._of_township else self._month_balance)

    def _take_money(self, year: MoneyYear) -> None:
        self.money.put(year, None if self._of_township else self._money_journal)

    def _take_funds(self, funds: list[Fund]) -> None:
        self.funds.put(funds, self._fund_ledger)

    def _take_ages(self, bands: list[AgeBand]) -> None:
        month = self._seat.month
        self.ages.put(bands, None if self._of_township else LedgerRequest(AGEING, month, month))

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.ages.put(())
        self.ages.say("\n".join(map(str, problems)))

    def _month_balance(self, number: int) -> LedgerRequest:
        month = Month(self._seat.month.year, number)
        return LedgerRequest(BALANCE, month, month)

    def _money_journal(self, account: str, number: int) -> LedgerRequest:
        month = Month(self._seat.month.year, number)
        return LedgerRequest(JOURNAL if account else BALANCE, month, month, account)

    def _fund_ledger(self, fund: Fund) -> object:
        if not fund.account:
            return fund.book
        month = self._seat.month
        first = max(Month(month.year, 1), self._seat.desk.book.start)
        return LedgerRequest(DETAIL, first, month, fund.account, fund.party or None)

    def _open(self, target: object) -> None:
        if isinstance(target, LedgerRequest):
            self.ledger_wanted.emit(target)
        else:
            self.scope.setCurrentIndex(VILLAGE)
            self.village_wanted.emit(str(target))
