"""权益变动表: capital, reserves and what is left of income, from the start of the year to now, and the distribution."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from villagebooks.core.account import Account, ChartAccount, level_of
from villagebooks.core.formula import Place
from villagebooks.core.ledger import Detail
from villagebooks.core.statement.build import find_codes
from villagebooks.core.statement.coverage import PROFIT_AND_LOSS
from villagebooks.core.statement.record import INDENT, StatementRow
from villagebooks.core.words import _

EQUITY = "equity"
EQUITY_COLUMNS = ("opening", "increase", "decrease", "closing")
CAPITAL, RESERVE, YEAR_INCOME, DISTRIBUTION = "301", "311", "321", "322"
"""The same codes in both standards."""
SHARES = Place(DISTRIBUTION, ("各项分配",))


def equity_rows(
    chart: Sequence[ChartAccount], accounts: Mapping[str, Account], details: Iterable[Detail]
) -> tuple[StatementRow, ...]:
    """Opening, increase, decrease and closing of equity in fen, its parts below, the year's distribution item by item.

    `details` cover January to the last month. The total is the balance sheet's 所有者权益合计, because profit and loss
    that is not transferred yet belongs to 未分配收益.
    """
    details = tuple(details)
    rows = [
        row
        for code in (CAPITAL, RESERVE)
        for row in _account_rows(code, {one.code: one.name for one in chart}, accounts, details)
    ]
    left = _undistributed(chart, accounts, details)
    firsts = [row.amounts_fen for row in (*rows, left[0]) if len(row.line_no) == 3]
    total = tuple(sum(column) for column in zip(*firsts, strict=True))
    return (*rows, *left, StatementRow("", _("所有者权益合计"), total))


def _account_rows(
    code: str, names: Mapping[str, str], accounts: Mapping[str, Account], details: Sequence[Detail]
) -> list[StatementRow]:
    """An account and everything below it that has a figure; credits are increases."""
    sums: dict[str, list[int]] = {code: [0, 0, 0, 0]}
    for detail in details:
        for end in range(3, len(detail.account) + 1, 2) if detail.account.startswith(code) else ():
            one = sums.setdefault(detail.account[:end], [0, 0, 0, 0])
            for place, fen in enumerate(
                (-detail.opening_fen, detail.credit_fen, detail.debit_fen, -detail.closing_fen)
            ):
                one[place] += fen
    named = {one: accounts[one].name if one in accounts else names.get(one, "") for one in sums}
    return [
        StatementRow(one, INDENT * (level_of(one) - 1) + named[one], tuple(sums[one]))
        for one in sorted(sums)
        if one == code or any(sums[one])
    ]


def _undistributed(
    chart: Sequence[ChartAccount], accounts: Mapping[str, Account], details: Sequence[Detail]
) -> list[StatementRow]:
    """未分配收益 with what came in and went out: the year's income, corrections, transfers from reserves, shares."""
    results = {one.code for one in chart if one.kind == PROFIT_AND_LOSS}
    below = find_codes(SHARES, accounts.values())
    opening = closing = income = prior = shared = 0
    shares: dict[str, int] = {}
    for detail in details:
        code = detail.account[:3]
        if code not in results and code not in (YEAR_INCOME, DISTRIBUTION):
            continue
        opening -= detail.opening_fen
        closing -= detail.closing_fen
        moved = detail.credit_fen - detail.debit_fen - detail.closing_credit_fen + detail.closing_debit_fen
        if code in results:
            income += moved
        else:
            prior += detail.prior_credit_fen - detail.prior_debit_fen
            if below and detail.account.startswith(below):
                own = moved - detail.prior_credit_fen + detail.prior_debit_fen
                shares[detail.account] = shares.get(detail.account, 0) - own
                shared -= own
    other = closing - opening - income - prior + shared
    parts = [
        _movement(_("本年净收益"), income), _movement(_("以前年度更正"), prior),
        _movement(_("公积公益金转入等"), other),
        *(_movement(accounts[code].name, -fen) for code, fen in sorted(shares.items())),
    ]  # fmt: skip
    shown = [row for row in parts if any(row.amounts_fen)]
    increase, decrease = (sum(row.amounts_fen[place] for row in shown) for place in (1, 2))
    name = _("未分配收益")
    return [StatementRow(DISTRIBUTION, name, (opening, increase, decrease, closing)), *shown]


def _movement(name: str, fen: int) -> StatementRow:
    return StatementRow("", INDENT + name, (0, max(fen, 0), max(-fen, 0), 0))
