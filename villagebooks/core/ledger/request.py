"""Which ledger somebody asks for: its kind, account and months, and whether there is such a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from villagebooks.core.account import Account
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

GENERAL, DETAIL, PARTIES, JOURNAL, COLUMNS, QUANTITIES, AGEING, BALANCE = (
    "general", "detail", "parties", "journal", "columns", "quantity", "ageing", "balance",
)  # fmt: skip
"""总账, 明细账, 往来明细账 party by party, 日记账, 多栏账, 数量金额账, 往来账龄, 科目余额表 with dimensions."""
OF_AN_ACCOUNT = (GENERAL, DETAIL, PARTIES, JOURNAL, COLUMNS, QUANTITIES)
YEARS = (12, 24, 36)
"""账龄: within 1 year, 1–2, 2–3, over 3; in months."""


@dataclass(frozen=True, slots=True)
class LedgerRequest:
    """A ledger of one book. `account` is asked for by kinds of an account; `party` by 明细账 and 数量金额账
    (None: all, empty: lines that name none).

    `level` (None: the lowest) is that of the columns of a 多栏账 or of a 科目余额表, `side` (D, C, empty: the account's
    own) the side that a 多栏账 analyses, `bounds` the months that part the ages, `dimensions` those of a 科目余额表.
    """

    kind: str
    first: Month
    last: Month
    account: str = ""
    party: str | None = None
    level: int | None = None
    side: str = ""
    bounds: tuple[int, ...] = YEARS
    dimensions: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """First and last month."""
        return Span(self.first, self.last)


def kind_names() -> dict[str, str]:
    """The kinds of ledger as people call them."""
    return {
        GENERAL: _("总账"), DETAIL: _("明细账"), PARTIES: _("往来明细账"), JOURNAL: _("日记账"), COLUMNS: _("多栏账"),
        QUANTITIES: _("数量金额账"), AGEING: _("往来账龄"), BALANCE: _("科目余额表"),
    }  # fmt: skip


def check_request(asked: LedgerRequest, accounts: Mapping[str, Account], book: str) -> list[Problem]:
    """Whether the book has such a ledger: the account is there and of the sort that the kind is kept for."""
    if asked.kind == AGEING:
        return check_bounds(asked.bounds)
    if asked.kind not in OF_AN_ACCOUNT:
        return []
    account = accounts.get(asked.account)
    if account is None:
        text = _("账套 {book} 没有科目 {code}") if asked.account else _("请指明科目")
        if asked.kind == QUANTITIES and not any(one.counts_quantity for one in accounts.values()):
            text = _("账套 {book} 还没有记数量的科目：到“设置”的“科目”里给末级科目写上计量单位")
        return [Problem(text.format(book=book, code=asked.account), field="account")]
    fault = _fault(asked, account, accounts)
    return [Problem(fault, field="account")] if fault else []


def _fault(asked: LedgerRequest, account: Account, accounts: Mapping[str, Account]) -> str:
    where = {"code": account.code, "name": account.name}
    if asked.kind == JOURNAL and not account.is_money:
        return _("{code} {name} 不是现金或银行存款，没有日记账").format(**where)
    if asked.kind == COLUMNS and account.leaf:
        return _("{code} {name} 没有下级科目，分不出栏；请看明细账").format(**where)
    if asked.kind == QUANTITIES:
        leaves = [one for one in accounts.values() if one.holds_lines and one.code.startswith(account.code)]
        if not all(one.counts_quantity for one in leaves):
            return _("{code} {name} 不记数量；要记，请在“设置”的“科目”里写上计量单位").format(**where)
        if len({one.unit for one in leaves}) > 1:
            return _("{code} {name} 下级的计量单位不同，数量不能相加；请看下级的账").format(**where)
    return ""


def check_bounds(bounds: tuple[int, ...]) -> list[Problem]:
    """Ages are parted at rising numbers of months, seven at the most."""
    rising = all(a < b for a, b in pairwise(bounds))
    if not bounds or bounds[0] < 1 or not rising or len(bounds) > 7 or bounds[-1] > 1200:
        return [Problem(_("账龄的分段应是从小到大的月数，最多七个，如 12、24、36"), field="bounds")]
    return []
