"""收支明细表: income and expenditure item by item, with the accounts below, of a span, the year to date, last year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from villagebooks.core.account import Account, ChartAccount, level_of
from villagebooks.core.ledger import Detail
from villagebooks.core.statement.coverage import PROFIT_AND_LOSS
from villagebooks.core.statement.record import INDENT, StatementRow
from villagebooks.core.statement.township import Entries, Key
from villagebooks.core.words import _

DETAIL = "detail"
DETAIL_COLUMNS = ("amount", "period_amount", "prior", "period_prior")
"""Year to date, the span alone, the year to date of last year, the same span of last year."""
INCOME_GROUP, EXPENSE_GROUP = "income", "expense"


def detail_entries(
    chart: Sequence[ChartAccount], accounts: Mapping[str, Account], columns: Sequence[Iterable[Detail]]
) -> dict[Key, tuple[int, ...]]:
    """Every account of profit and loss with what moved on it, without closing transfers, in fen on its own side.

    `columns` are the details of one span after another. Accounts of all levels are rows, those that never moved not.
    """
    sides = {one.code: one.side for one in chart if one.kind == PROFIT_AND_LOSS}
    names = {one.code: one.name for one in chart}
    sums: dict[str, list[int]] = {}
    for place, details in enumerate(columns):
        for detail in details:
            side = sides.get(detail.account[:3])
            if side is None:
                continue
            net = detail.debit_fen - detail.credit_fen - detail.closing_debit_fen + detail.closing_credit_fen
            for end in range(3, len(detail.account) + 1, 2):
                one = sums.setdefault(detail.account[:end], [0] * len(columns))
                one[place] += -net if side == "C" else net
    found: dict[Key, tuple[int, ...]] = {}
    for code, amounts in sums.items():
        if any(amounts):
            group = INCOME_GROUP if sides[code[:3]] == "C" else EXPENSE_GROUP
            name = accounts[code].name if code in accounts else names.get(code, "")
            found[group, code, name] = tuple(amounts)
    return found


def detail_rows(entries: Entries) -> tuple[StatementRow, ...]:
    """Income with its total, expenditure with its total, and what is left; a row's `line_no` is the account's code."""
    rows: list[StatementRow] = []
    totals: list[tuple[int, ...]] = []
    width = next((len(amounts) for amounts in entries.values()), 0)
    for group, head, foot in (
        (INCOME_GROUP, _("一、收入"), _("收入合计")), (EXPENSE_GROUP, _("二、支出"), _("支出合计")),
    ):  # fmt: skip
        rows.append(StatementRow("", head, ()))
        keys = sorted(key for key in entries if key[0] == group)
        rows += [StatementRow(code, INDENT * level_of(code) + name, entries[one, code, name])
                 for one, code, name in keys]  # fmt: skip
        first = [entries[key] for key in keys if level_of(key[1]) == 1]
        total = tuple(sum(column) for column in zip(*first, strict=True)) if first else (0,) * width
        totals.append(total)
        rows.append(StatementRow("", foot, total))
    left = tuple(income - expense for income, expense in zip(*totals, strict=True))
    return (*rows, StatementRow("", _("三、净收益（收入减支出）"), left))
