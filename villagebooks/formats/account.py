"""Accounts as files: the statutory charts (`resources/charts`, RULES §1), and accounts.csv of the three tables."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from villagebooks.core.account import NO_PAST, QUANTITY, SEPARATOR, Account, AccountPast, ChartAccount
from villagebooks.core.period import read_day
from villagebooks.core.voucher import NEEDS
from villagebooks.core.words import _
from villagebooks.formats.record import Table
from villagebooks.formats.table import TableFile

ACCOUNTS = "accounts.csv"
ACCOUNT_COLUMNS = ("code", "name", "level", "parent", "side", "leaf")
ACCOUNT_EXTRAS = (
    "book", "needs", "unit", "stopped_on", "split_on", "split_by", "former_names", "needs_since",
)  # fmt: skip
NO_NEEDS = "-"
"""In `needs` of accounts.csv: the account requires no dimension; empty: the lines tell which it requires."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A sound row of accounts.csv. `split_by` of its account is the title of a voucher, `2026-09-记-7`."""

    line: int
    book: str
    account: Account
    past: AccountPast
    needs_given: bool


def read_chart(path: Path) -> tuple[ChartAccount, ...]:
    """Level-1 accounts of a standard in the order of their codes; side D, C or B (either)."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(ChartAccount(row["code"], row["name"], row["kind"], row["side"]) for row in csv.DictReader(file))


def read_account_rows(table: TableFile) -> Iterator[AccountRow]:
    """Rows of accounts.csv that stand for an account; what is wrong with the others is told."""
    for line, cells in table.rows():
        code, name, level, parent, side, leaf, book, needs, unit, stopped, split_on, split_by, former, since = cells
        fault = _place_fault(code, name, level, parent, side, leaf)
        wanted = tuple(needs.split()) if needs != NO_NEEDS else ()
        if not fault and not set(wanted) <= set(NEEDS):
            fault = _("科目 {code} 的辅助核算“{needs}”看不懂").format(code=code, needs=needs[:40])
        past = AccountPast(_pairs(former, SEPARATOR), _pairs(since, " ", "@"))
        days = [day for day in (stopped, split_on) if day] + [one[0] for one in past.names]
        days += [day for _need, day in past.needs]
        if not fault and any(read_day(day) is None for day in days):
            fault = _("科目 {code} 的停用、拆分或改名日期看不懂").format(code=code)
        if fault:
            table.tell(line, fault)
            continue
        if unit and QUANTITY not in wanted:
            wanted = (*wanted, QUANTITY)
        account = Account(
            code, name, int(level), parent, side, leaf == "1", wanted, unit, stopped, split_on, split_by
        )  # fmt: skip
        yield AccountRow(line, book, account, past, bool(needs))


def _pairs(text: str, between: str, inside: str = " ") -> tuple[tuple[str, str], ...]:
    """`2026-05-01 办公费／2026-08-01 杂费` or `project@2026-05-01 bank@2026-08-01` as pairs."""
    parts = [part.partition(inside) for part in text.split(between) if part]
    return tuple((first, second) for first, _sign, second in parts)


def _place_fault(code: str, name: str, level: str, parent: str, side: str, leaf: str) -> str:
    if not (code.isascii() and code.isdigit() and len(code) % 2 and 3 <= len(code) <= 15):
        return _("科目代码“{code}”不对：应是三位数字，每下一级加两位").format(code=code)
    if not name.strip():
        return _("科目 {code} 没有名称").format(code=code)
    if level != str((len(code) - 1) // 2):
        return _("科目 {code} 的级次应是 {level}").format(code=code, level=(len(code) - 1) // 2)
    if parent != (code[:-2] if len(code) > 3 else ""):
        return _("科目 {code} 的上级应是“{parent}”").format(code=code, parent=code[:-2] if len(code) > 3 else "")
    if side not in ("D", "C", "B"):
        return _("科目 {code} 的方向应是 D 或 C").format(code=code)
    if leaf not in ("0", "1"):
        return _("科目 {code} 的 leaf 应是 0 或 1").format(code=code)
    return ""


def accounts_table(
    accounts: Mapping[str, Iterable[Account]],
    roots: Mapping[str, Mapping[str, str]],
    pasts: Mapping[tuple[str, str], AccountPast] | None = None,
    titles: Mapping[str, str] | None = None,
) -> Table:
    """accounts.csv of the accounts of each book; `roots` are those of its standard by level-1 code.

    `pasts` by book and code; `titles` of posted vouchers (2026-09-记-7) by uid. A column from `unit` on stands there
    only when an account needs it.
    """
    known, names = pasts or {}, titles or {}
    rows = [(book, one, known.get((book, one.code), NO_PAST)) for book, listed in accounts.items() for one in listed]
    extras = {name: read for name, read in _EXTRAS.items() if any(read(one, past, names) for _book, one, past in rows)}
    cells = [
        (one.code, one.name, str(one.level), one.parent, roots[book].get(one.code[:3], ""), one.side,
         str(int(one.leaf)), book, " ".join(one.needs) or NO_NEEDS,
         *(read(one, past, names) for read in extras.values()))
        for book, one, past in rows
    ]  # fmt: skip
    columns = ("code", "name", "level", "parent", "root", "side", "leaf", "book", "needs")
    return Table((*columns, *extras), cells)


_EXTRAS: Mapping[str, Callable[[Account, AccountPast, Mapping[str, str]], str]] = {
    "unit": lambda one, _past, _titles: one.unit,
    "stopped_on": lambda one, _past, _titles: one.stopped_on,
    "split_on": lambda one, _past, _titles: one.split_on,
    "split_by": lambda one, _past, titles: titles.get(one.split_by, ""),
    "former_names": lambda _one, past, _titles: SEPARATOR.join(f"{until} {name}" for until, name in past.names),
    "needs_since": lambda _one, past, _titles: " ".join(f"{need}@{since}" for need, since in past.needs),
}
