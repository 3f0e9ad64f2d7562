"""按原村列示: balances of a merged village by the village they came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.account import Account, path_name
from villagebooks.core.book import Book
from villagebooks.core.migration import OldDetail
from villagebooks.core.period import Month
from villagebooks.core.village import former_of
from villagebooks.core.voucher import Line
from villagebooks.core.words import _


def former_of_detail(detail: OldDetail, account: Account | None) -> str:
    """The former village of a detail: by its party, project, contract or bank account, else by its account's name."""
    marks = (former_of(one) for one in (*detail.key[1:], account.name if account else ""))
    return next((one for one in marks if one), "")


@dataclass(frozen=True, slots=True)
class FormerRow:
    """A detail of the new book with its former village (empty: of the village itself); fen and thousandths, debit
    positive."""

    former: str
    account: str
    name: str
    words: str
    balance_fen: int
    quantity_milli: int = 0


@dataclass(frozen=True, slots=True)
class FormerReport:
    """按原村列示: every balance of a book at the end of a month by former village, those of the village itself last."""

    book: str
    name: str
    month: Month
    rows: tuple[FormerRow, ...]

    @property
    def formers(self) -> tuple[str, ...]:
        """The former villages in order, the empty one last."""
        found = {row.former for row in self.rows}
        return (*sorted(one for one in found if one), *([""] if "" in found else []))

    def rows_of(self, former: str) -> tuple[FormerRow, ...]:
        """The rows of one former village."""
        return tuple(row for row in self.rows if row.former == former)


def build_former(
    book: Book, name: str, month: Month, details: Sequence[OldDetail], accounts: Mapping[str, Account]
) -> FormerReport:
    """The report over every lowest detail."""
    rows = [
        FormerRow(
            former_of_detail(one, accounts.get(one.account)), one.account, path_name(accounts.values(), one.account),
            one.words, one.balance_fen, one.quantity_milli,
        )
        for one in details
    ]  # fmt: skip
    rows.sort(key=lambda row: (not row.former, row.former, row.account, row.words))
    return FormerReport(book.code, name, month, tuple(rows))


def former_word(former: str) -> str:
    """原槽口村, or 本村 for what came with no former village."""
    return _("原{name}").format(name=former) if former else _("本村（没有原村记号）")


def mixed_formers(lines: Sequence[Line], accounts: Mapping[str, Account]) -> tuple[str, ...]:
    """Former villages between which a voucher moves something: more than one is unusual (不得随意平调)."""
    found = {
        former_of_detail(OldDetail(line.account, 0, line.party, line.project, line.contract, line.bank),
                         accounts.get(line.account))
        for line in lines
    }  # fmt: skip
    named = tuple(sorted(one for one in found if one))
    return named if len(named) > 1 else ()
