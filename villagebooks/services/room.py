"""What is left to be spent on an account: the year's budget, and the special funds behind it."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.budget import PLANNED, BudgetRow
from villagebooks.core.closing.place import FUNDS, WORKS
from villagebooks.core.graph import Fund
from villagebooks.core.voucher import Line
from villagebooks.services.account import standard_chart
from villagebooks.services.budget import budget_report, list_budget_acts
from villagebooks.services.desk import Desk
from villagebooks.services.graph import read_funds


@dataclass(frozen=True, slots=True)
class Room:
    """Of an account: the planned row of the year's budget that it belongs to, or the special funds when it is one of
    theirs, or of the works built with them; `heads` are the level-1 accounts of both. Posted vouchers only."""

    account: str
    budget: BudgetRow | None = None
    funds: tuple[Fund, ...] = ()
    heads: frozenset[str] = frozenset()

    def budget_after_fen(self, lines: tuple[Line, ...]) -> int:
        """What the budget leaves when these lines are posted too, fen."""
        row = self.budget
        if row is None:
            return 0
        net = sum(one.net_fen for one in lines if one.account.startswith(row.account))
        return row.left_fen - (-net if row.income else net)

    def fund_after_fen(self, fund: Fund, lines: tuple[Line, ...]) -> int:
        """What a fund leaves when these lines are posted too, fen."""
        return fund.left_fen - sum(one.net_fen for one in lines if self.touches(fund, one))

    def touches(self, fund: Fund, line: Line) -> bool:
        """True when a line moves the fund."""
        named = fund.name in (line.project, line.party) or (bool(fund.party) and fund.party == line.party)
        return line.account[:3] in self.heads and (named or len(self.funds) == 1)


def room_left(desk: Desk, account: str) -> Room:
    """What is left up to the desk's month; Refused before the book's first month."""
    if account.startswith(PLANNED):
        year = desk.period.year
        rows = budget_report(desk).rows if list_budget_acts(desk, year) else ()
        row = next((one for one in rows if one.planned and account.startswith(one.account)), None)
        return Room(account, row)
    heads = frozenset(one.code for one in standard_chart(desk.book.standard) if one.name in (FUNDS, WORKS))
    if account[:3] not in heads:
        return Room(account)
    return Room(account, None, tuple(read_funds(desk.office, desk.book.code, desk.period)), heads)
