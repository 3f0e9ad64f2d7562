"""The chart of the new book while the paper is worked on: accounts of the template, and own ones that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from villagebooks.core.account import Account, ChartAccount, level_of, next_code, parent_code
from villagebooks.core.migration.rule import MapRow, rules_for

DISTRIBUTION = "收益分配"
BELOW_DISTRIBUTION = ("各项分配", "未分配收益")
"""财会〔2023〕14号: 收益分配 has these two below it."""


def base_chart(statutory: Iterable[ChartAccount]) -> dict[str, Account]:
    """The level-1 accounts of the new standard by code, each a leaf until something stands below it."""
    return {one.code: Account(one.code, one.name, 1, "", one.side, leaf=True) for one in statutory}


def names_below(accounts: Mapping[str, Account], code: str) -> list[str]:
    """Names from level 2 down to the account: what it is called inside its level-1 account."""
    return [accounts[code[:end]].name for end in range(5, len(code) + 1, 2) if code[:end] in accounts]


def follow(chart: Mapping[str, Account], start: str, names: Sequence[str]) -> tuple[str, list[str]]:
    """Walk down from an account by names; where the walk ended, and the names that are not there."""
    here = start
    for place, name in enumerate(names):
        below = next((one.code for one in chart.values() if one.parent == here and one.name == name), "")
        if not below:
            return here, list(names[place:])
        here = below
    return here, []


def open_below(
    chart: dict[str, Account], start: str, names: Sequence[str], like: Account | None = None
) -> list[Account]:
    """Open the accounts that are missing on the way down from `start`, in `chart` too; the new ones in order.

    `like` lends its side and dimensions to the last one. A code is the old account's last two digits when they are
    free, else the next free one; nothing is opened when no code is left.
    """
    here, missing = follow(chart, start, names)
    opened: list[Account] = []
    for place, name in enumerate(missing):
        above, last = chart[here], place == len(missing) - 1
        wanted = f"{here}{like.code[-2:]}" if like and last and len(like.code) > 3 else ""
        code = wanted if wanted and wanted not in chart else next_code(chart, here)
        if not code:
            return opened
        new = Account(code, name, level_of(code), here, above.side, leaf=True, needs=above.needs, unit=above.unit)
        if like and last:
            new = replace(new, side=_side(above, like), needs=like.needs or above.needs, unit=like.unit or above.unit)
        chart[here] = replace(above, leaf=False)
        chart[code] = new
        opened.append(new)
        here = code
    return opened


def propose_accounts(
    old: Mapping[str, Account], table: Sequence[MapRow], chart: Mapping[str, Account]
) -> tuple[Account, ...]:
    """Own accounts of the old book that follow their level-1 account into a chart of level 1 alone.

    Only where the table leads to one account: what a person must split or choose proposes nothing.
    """
    grown = dict(chart)
    opened: list[Account] = []
    for code in sorted(old, key=lambda one: (len(one), one)):
        above = parent_code(code)
        if not above or code[:3] not in old:
            continue
        targets = {row.new_code for row in rules_for(old[code[:3]].name, table) if row.new_code}
        target = next(iter(targets), "")
        if len(targets) == 1 and target in grown:
            opened += open_below(grown, target, names_below(old, code), old[code])
    distribution = next((one.code for one in chart.values() if one.level == 1 and one.name == DISTRIBUTION), "")
    for name in BELOW_DISTRIBUTION if distribution else ():
        opened += open_below(grown, distribution, [name])
    return tuple(opened)


def with_accounts(chart: Mapping[str, Account], added: Iterable[Account]) -> dict[str, Account]:
    """The chart with more accounts, those above them no leaves any more, in the order of codes."""
    whole = {**chart, **{one.code: replace(one, leaf=True) for one in added}}
    parents = {one.parent for one in whole.values()}
    return {code: replace(whole[code], leaf=code not in parents) for code in sorted(whole)}


def _side(above: Account, like: Account) -> str:
    """An own account keeps its side unless the new level-1 account is of either side."""
    return like.side if like.side in ("D", "C", "B") and above.side == "B" else above.side
