"""科目余额表 with dimensions: below each leaf its parties, projects, contracts, bank accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.account import Account, level_of
from villagebooks.core.ledger.balance import Detail, TrialBalanceRow, build_trial_balance
from villagebooks.core.ledger.request import BALANCE
from villagebooks.core.ledger.sheet import ACCOUNT, LINE, MONEY, TEXT, Cell, Sheet, SheetColumn, SheetRow
from villagebooks.core.period import Span
from villagebooks.core.voucher import DIMENSIONS, dimension_names
from villagebooks.core.words import _


@dataclass(frozen=True, slots=True)
class DimensionDetail:
    """Balance-table figures of one leaf with one set of dimensions over the months asked for, in fen.

    `dimensions` are party, project, contract, bank; `opening_fen` is the signed net before the first month.
    """

    account: str
    dimensions: tuple[str, str, str, str]
    opening_fen: int
    debit_fen: int
    credit_fen: int


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """A row of the table: `dimensions` has one text for each that was asked for, or is empty in rows of accounts."""

    account: str
    name: str
    dimensions: tuple[str, ...]
    opening_debit_fen: int
    opening_credit_fen: int
    debit_fen: int
    credit_fen: int
    closing_debit_fen: int
    closing_credit_fen: int


def build_dimension_balance(
    book: str,
    accounts: Mapping[str, Account],
    details: Iterable[DimensionDetail],
    dimensions: Sequence[str] = DIMENSIONS,
    level: int | None = None,
) -> tuple[DimensionRow, ...]:
    """Rows of accounts as in the trial balance; below a leaf that carries one of the dimensions, its details.

    Each detail shows its net on one side, so that claims and debts stand apart. Details that lack every dimension
    asked for are one row with empty texts (未指明), only beside others.
    """
    places = [DIMENSIONS.index(one) for one in dimensions]
    plain: list[Detail] = []
    sums: dict[str, dict[tuple[str, ...], list[int]]] = {}
    for one in details:
        plain.append(Detail(one.account, one.dimensions[0], one.opening_fen, one.debit_fen, one.credit_fen))
        key = tuple(one.dimensions[place] for place in places)
        total = sums.setdefault(one.account, {}).setdefault(key, [0, 0, 0])
        for place, fen in enumerate((one.opening_fen, one.debit_fen, one.credit_fen)):
            total[place] += fen
    rows: list[DimensionRow] = []
    names = {code: account.name for code, account in accounts.items()}
    for row in build_trial_balance(book, names, _by_party(plain), level):
        rows.append(_of_account(row))
        below = sums.get(row.account, {})
        if any(any(key) for key in below):
            rows += [_of_detail(row, key, below[key]) for key in sorted(below) if any(below[key])]
    return tuple(rows)


def _by_party(details: Iterable[Detail]) -> list[Detail]:
    """One detail a leaf and party, because 113 shows both sides by them."""
    sums: dict[tuple[str, str], list[int]] = {}
    for one in details:
        total = sums.setdefault((one.account, one.party), [0, 0, 0])
        for place, fen in enumerate((one.opening_fen, one.debit_fen, one.credit_fen)):
            total[place] += fen
    return [Detail(account, party, *total) for (account, party), total in sums.items()]


def _of_account(row: TrialBalanceRow) -> DimensionRow:
    return DimensionRow(
        row.account, row.name, (), row.opening_debit_fen, row.opening_credit_fen, row.debit_fen, row.credit_fen,
        row.closing_debit_fen, row.closing_credit_fen,
    )  # fmt: skip


def _of_detail(row: TrialBalanceRow, key: tuple[str, ...], sums: Sequence[int]) -> DimensionRow:
    opening, debit, credit = sums
    closing = opening + debit - credit
    return DimensionRow(
        row.account, row.name, key, max(opening, 0), max(-opening, 0), debit, credit, max(closing, 0), max(-closing, 0)
    )


def dimension_sheet(
    book: str, span: Span, rows: Sequence[DimensionRow], dimensions: Sequence[str], names: Mapping[str, str]
) -> Sheet:
    """The table for screen, paper and files; `names` are those of parties by code."""
    titles = dimension_names()
    heads = [SheetColumn(one, titles[one], TEXT, min(24, 35 / len(dimensions))) for one in dimensions]
    groups = (("opening", _("期初余额")), ("", _("本期发生额")), ("closing", _("期末余额")))
    figures = [
        SheetColumn(f"{name}_{side}".strip("_"), head, MONEY, 11, over)
        for name, over in groups
        for side, head in (("debit", _("借方")), ("credit", _("贷方")))
    ]
    columns = (
        SheetColumn("account", _("科目编码"), TEXT, 8),
        SheetColumn("name", _("科目名称"), TEXT, 17),
        *heads,
        *figures,
    )
    made = tuple(_row(row, dimensions, names) for row in rows)
    return Sheet(BALANCE, book, _("科目余额表（带辅助核算）"), span.first, span.last, columns, made)


def _row(row: DimensionRow, dimensions: Sequence[str], names: Mapping[str, str]) -> SheetRow:
    figures: tuple[Cell, ...] = (
        row.opening_debit_fen, row.opening_credit_fen, row.debit_fen, row.credit_fen, row.closing_debit_fen,
        row.closing_credit_fen,
    )  # fmt: skip
    indent = "　" * (level_of(row.account) - 1)
    if not row.dimensions:
        return SheetRow(
            ACCOUNT, (row.account, indent + row.name, *("" for _one in dimensions), *figures), account=row.account
        )
    words = [
        names.get(text, text) if one == "party" else text for one, text in zip(dimensions, row.dimensions, strict=True)
    ]
    if not any(words):
        words[0] = _("未指明")
    party = row.dimensions[dimensions.index("party")] if "party" in dimensions else ""
    return SheetRow(LINE, (row.account, "", *words, *figures), account=row.account, party=party)
