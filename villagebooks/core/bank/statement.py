"""A bank statement (对账单): its lines as the village sees them, and whether they explain its two balances."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from villagebooks.core.money import said_yuan
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.words import _, plain_text

KEPT, VOIDED = "kept", "void"
FROM_BANK, OPEN_ITEMS = "statement", "opening"
"""Kinds: what the bank gave, or the items that were open when statements began to be kept here."""
BOOK, BANK = "book", "bank"
"""The two sides of a reconciliation."""
LONGEST = 200
"""Characters of a summary."""
_ACCOUNT_NUMBER = re.compile(r"\d(?: ?\d){11,}")


@dataclass(frozen=True, slots=True)
class BankLine:
    """A line: `amount_fen` positive for money in, negative for money out, `balance_fen` after it.

    `side` is the side that the amount stands on: the bank, and on a list of open items also the books.
    """

    position: int
    day: date
    summary: str
    amount_fen: int
    balance_fen: int
    counterparty: str = ""
    number: str = ""
    side: str = BANK


@dataclass(frozen=True, slots=True)
class BankStatement:
    """A statement of one bank account that the books keep. It speaks of the days from `first_day` to `until`."""

    uid: str
    account: str
    kind: str
    name: str
    sha256: str
    first_day: date
    until: date
    opening_fen: int
    closing_fen: int
    state: str
    imported_by: str
    imported_at: str
    lines: tuple[BankLine, ...] = ()


def clean_line(line: BankLine) -> BankLine:
    """The line as it may be kept: one line of plain text, no digit of anybody's account number (PIPL art. 28)."""
    return replace(
        line,
        summary=_without_numbers(line.summary),
        counterparty=_without_numbers(line.counterparty),
        number=plain_text(line.number).strip()[:40],
    )


def _without_numbers(text: str) -> str:
    return _ACCOUNT_NUMBER.sub("＊＊＊＊", plain_text(text).strip())[:LONGEST]


def check_balances(opening_fen: int, closing_fen: int, lines: Sequence[BankLine]) -> list[Problem]:
    """Every balance follows from the one before it, and the last one is the closing balance."""
    problems, net = [], opening_fen
    for line in lines:
        net += line.amount_fen
        if line.balance_fen != net:
            text = _("{day} {summary} 之后余额应是 {should} 元，文件里是 {found} 元：中间少了、多了或错了一行")
            problems.append(
                Problem(
                    text.format(day=line.day, summary=line.summary, should=said_yuan(net),
                                found=said_yuan(line.balance_fen)),
                    _("第 {n} 笔").format(n=line.position), line.position - 1,
                )
            )  # fmt: skip
            net = line.balance_fen
    if not problems and net != closing_fen:
        text = _("期初 {opening} 元加收减支应是 {should} 元，期末写的是 {found} 元")
        problems.append(
            Problem(text.format(opening=said_yuan(opening_fen), should=said_yuan(net), found=said_yuan(closing_fen)))
        )
    return problems


def check_follows(before: BankStatement, opening_fen: int, first_line: date | None) -> list[Problem]:
    """A statement begins where the one before it ended: the same balance, no day twice."""
    problems = []
    if opening_fen != before.closing_fen:
        text = _("期初 {opening} 元，与上一份对账单（到 {until}）的期末 {closing} 元接不上：中间缺了一段，或重了一段")
        problems.append(
            Problem(
                text.format(opening=said_yuan(opening_fen), until=before.until, closing=said_yuan(before.closing_fen)),
                field="opening",
            )
        )
    last = before.lines[-1].day if before.lines else before.first_day
    if first_line and first_line < last:
        text = _("从 {first} 开始，已有的对账单到 {last} 为止：请从银行导出 {last} 以后的")
        problems.append(Problem(text.format(first=first_line, last=last)))
    return problems


def begins_on(lines: Sequence[BankLine], opening_day: date | None, month: Month) -> date:
    """The first day a statement speaks of: after the day of its opening balance, else from the first of the month."""
    first = lines[0].day if lines else month.last_day
    if opening_day is None:
        return min(first, month.first_day)
    if opening_day.day == 1 or opening_day >= first:
        return min(opening_day, first)
    return opening_day + timedelta(days=1)


def running(opening_fen: int, lines: Sequence[BankLine]) -> Iterator[BankLine]:
    """The lines with the balance after each, for files that have none."""
    net = opening_fen
    for line in lines:
        net += line.amount_fen
        yield replace(line, balance_fen=net)
