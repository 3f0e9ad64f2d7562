"""Where the accounts of a closing stand in a book: by the standard's chart and by names below 322."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.account import CURRENT, Account, ChartAccount

PROFIT_AND_LOSS, COST = "损益", "成本"
YEAR_RESULT, DISTRIBUTION, RESERVES, UNDISTRIBUTED = "本年收益", "收益分配", "公积公益金", "未分配收益"
PENDING_LOSS, FUNDS, WORKS = "待处理财产损溢", "专项应付款", "在建工程"
RESERVE_DRAWN, TO_MEMBERS = "公积公益金", "成员"


@dataclass(frozen=True, slots=True)
class Places:
    """Accounts with lines by the part they play at a closing, leaves first, each in the order of codes; or empty.

    Behind the leaves stand accounts that were divided: what they held before counts in the figures.

    `income` and `expense` are the 损益 accounts by the side the chart gives them; `result` 本年收益; `undistributed`
    未分配收益 and `distributed` everything else below 收益分配; `reserves` 公积公益金; `members` 内部往来.
    """

    income: tuple[str, ...]
    expense: tuple[str, ...]
    result: tuple[str, ...]
    undistributed: tuple[str, ...]
    distributed: tuple[str, ...]
    reserves: tuple[str, ...]
    members: tuple[str, ...]
    cost: tuple[str, ...]
    pending_loss: tuple[str, ...]
    funds: tuple[str, ...]
    works: tuple[str, ...]
    either_side: tuple[str, ...]

    @property
    def year_end(self) -> tuple[str, ...]:
        """Every leaf that is zero when the year has been transferred."""
        return (*self.income, *self.expense, *self.result, *self.distributed)


def find_places(accounts: Mapping[str, Account], chart: Sequence[ChartAccount]) -> Places:
    """The places of a book under its standard."""

    def below(codes: Iterable[str]) -> tuple[str, ...]:
        starts = tuple(codes)
        found = [code for code, one in accounts.items() if one.holds_lines and starts and code.startswith(starts)]
        return tuple(sorted(found, key=lambda code: not accounts[code].leaf))

    def named(name: str) -> tuple[str, ...]:
        return below(one.code for one in chart if one.name == name)

    # under 322 by name: townships put 各项分配 at different places, and some leave that level out
    heads = {one.code for one in chart if one.name == DISTRIBUTION}
    undistributed = below(
        code for code, one in accounts.items() if one.name == UNDISTRIBUTED and one.code[:3] in heads and len(code) > 3
    )
    return Places(
        income=below(one.code for one in chart if one.kind == PROFIT_AND_LOSS and one.side == "C"),
        expense=below(one.code for one in chart if one.kind == PROFIT_AND_LOSS and one.side == "D"),
        result=named(YEAR_RESULT),
        undistributed=undistributed,
        distributed=tuple(code for code in named(DISTRIBUTION) if code not in undistributed and code not in heads),
        reserves=named(RESERVES),
        members=below([CURRENT]),
        cost=below(one.code for one in chart if one.kind == COST),
        pending_loss=named(PENDING_LOSS),
        funds=named(FUNDS),
        works=named(WORKS),
        either_side=below(one.code for one in chart if one.side == "B" or one.name in (YEAR_RESULT, DISTRIBUTION)),
    )


def pick_leaf(leaves: Sequence[str], accounts: Mapping[str, Account], word: str) -> str:
    """The only leaf in use, else the only one whose name has the word, else empty: then a person must name it."""
    leaves = [code for code in leaves if accounts[code].leaf and not accounts[code].stopped_on]
    if len(leaves) == 1:
        return leaves[0]
    found = [code for code in leaves if word in accounts[code].name]
    return found[0] if len(found) == 1 else ""
