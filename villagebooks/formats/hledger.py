"""A book as a plain text journal that hledger, ledger and people read (DESIGN §6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from villagebooks.core.account import Account, ChartAccount
from villagebooks.core.money import yuan_text
from villagebooks.core.voucher import POSTED, REVERSAL, Line, Voucher

COMMODITY = "CNY"
_ROOTS = {"资产": "Assets", "成本": "Assets", "负债": "Liabilities", "所有者权益": "Equity"}
_SPACES = re.compile(r"\s+")
# what these signs would mean to hledger: a level, a comment, another tag, a date in a comment
_SIGNS = str.maketrans({":": "：", ";": "；", ",": "，", "[": "［", "]": "］"})


def journal_text(
    book: str, accounts: Mapping[str, Account], chart: Sequence[ChartAccount], vouchers: Iterable[Voucher]
) -> str:
    """Posted vouchers by day, one transaction each; void ones and drafts are left out.

    Accounts are `ROOT:BOOK:CODE-NAME[:CODE-NAME]`. A red line tells its side by the tag `red`, because a signed amount
    alone does not show whether it lowers a debit or raises a credit.
    """
    roots = roots_of(chart)
    names = {code: _path(book, account, accounts, roots) for code, account in accounts.items() if account.holds_lines}
    out = [f"commodity 1000.00 {COMMODITY}\n\n"]
    out += [f"account {name}\n" for name in names.values()]
    posted = (voucher for voucher in vouchers if voucher.state == POSTED)
    for voucher in sorted(posted, key=lambda one: (one.day, one.word, one.number)):
        summary = _plain(voucher.lines[0].summary) if voucher.lines else ""
        out.append(f"\n{voucher.day.isoformat()} ({voucher.title}) {summary}".rstrip() + "\n")
        red = voucher.kind == REVERSAL
        out += [
            f"    {names[line.account]}  {yuan_text(line.net_fen)} {COMMODITY}{_tags(line, red)}\n"
            for line in voucher.lines
        ]
    return "".join(out)


def roots_of(chart: Sequence[ChartAccount]) -> dict[str, str]:
    """Assets, Liabilities, Equity, Income or Expenses of every level-1 account."""
    return {one.code: _root(one) for one in chart}


def _root(account: ChartAccount) -> str:
    return _ROOTS.get(account.kind) or ("Income" if account.side == "C" else "Expenses")


def _path(book: str, account: Account, accounts: Mapping[str, Account], roots: Mapping[str, str]) -> str:
    codes = [account.code[:end] for end in range(3, len(account.code) + 1, 2)]
    parts = [f"{code}-{_plain(accounts[code].name)}" for code in codes if code in accounts]
    return ":".join([roots.get(account.code[:3], "Assets"), _plain(book), *parts])


def _tags(line: Line, red: bool) -> str:
    dimensions = ("party", line.party), ("project", line.project), ("contract", line.contract), ("bank", line.bank)
    tags = [f"{name}: {_plain(value)}" for name, value in dimensions if value]
    if red:
        tags.append("red: D" if line.debit_fen else "red: C")
    return f"  ; {', '.join(tags)}" if tags else ""


def _plain(text: str) -> str:
    """The text without signs that hledger reads as its own; two blanks would end an account's name."""
    return _SPACES.sub(" ", text.translate(_SIGNS)).strip()
