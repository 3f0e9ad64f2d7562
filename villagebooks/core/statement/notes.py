"""会计报表附注 as a record: what the books say by party, kind and project, and what the accountant writes beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.account import Account
from villagebooks.core.period import Span
from villagebooks.core.problem import Problem
from villagebooks.core.words import _, plain_text

NOTES = "notes"
BY_ACCOUNT, BY_PARTY, BY_PROJECT = "account", "party", "project"
WAYS = (BY_ACCOUNT, BY_PARTY, BY_PROJECT)
BALANCE, MOVEMENT, SIDES = "balance", "movement", "sides"
NOTE_COLUMNS = {
    BALANCE: ("opening", "closing"),
    MOVEMENT: ("opening", "increase", "decrease", "closing"),
    SIDES: ("opening_debit", "opening_credit", "debit", "credit", "closing_debit", "closing_credit"),
}
VILLAGE, POLICY, SHARE, EVENTS = "village", "policy", "distribution", "events"
"""Topics that have no table of balances."""
LONGEST_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class NoteRule:
    """A table of the notes as the data file says: its topic, title, level-1 accounts, by what, with which columns."""

    topic: str
    title: str
    accounts: tuple[str, ...]
    by: str
    columns: str


@dataclass(frozen=True, slots=True)
class Part:
    """Balance-table figures of one leaf and one party or project, fen: net before, movements, debit positive."""

    account: str
    key: str
    opening_fen: int
    debit_fen: int
    credit_fen: int


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A row of a table; `strong` for totals."""

    name: str
    amounts_fen: tuple[int, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class NoteSection:
    """A section: what the program writes, what the accountant wrote, and a table (no `columns`: none)."""

    topic: str
    title: str
    given: tuple[str, ...] = ()
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[NoteRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a book's year up to the span's last month."""

    book: str
    name: str
    standard: str
    span: Span
    sections: tuple[NoteSection, ...]


def build_note_rows(
    rule: NoteRule, parts: Sequence[Part], accounts: Mapping[str, Account], names: Mapping[str, str], credit: bool
) -> tuple[NoteRow, ...]:
    """Rows of a table with a total behind; rows that are all zero are left out, a table of none is empty.

    `names` are those of parties by code. `credit` turns the signs: of liabilities and of accumulated depreciation a
    credit balance is the amount. A row of 内部往来 stands on its own side, and both sides are summed, never netted.
    """
    sums: dict[tuple[str, str], list[int]] = {}
    for part in parts:
        one = sums.setdefault((part.account, part.key), [0, 0, 0])
        for place, fen in enumerate((part.opening_fen, part.debit_fen, part.credit_fen)):
            one[place] += fen
    rows = []
    for (account, key), (opening, debit, credited) in sorted(sums.items()):
        amounts = _amounts(rule.columns, opening, debit, credited, credit)
        if any(amounts):
            rows.append(NoteRow(_row_name(rule, account, names.get(key, key), accounts), amounts))
    if not rows:
        return ()
    total = tuple(sum(column) for column in zip(*(row.amounts_fen for row in rows), strict=True))
    return (*rows, NoteRow(_("合计"), total, strong=True))


def _amounts(columns: str, opening: int, debit: int, credited: int, credit: bool) -> tuple[int, ...]:
    closing = opening + debit - credited
    if columns == SIDES:
        return (max(opening, 0), max(-opening, 0), debit, credited, max(closing, 0), max(-closing, 0))
    sign = -1 if credit else 1
    if columns == BALANCE:
        return (sign * opening, sign * closing)
    more, less = (credited, debit) if credit else (debit, credited)
    return (sign * opening, more, less, sign * closing)


def _row_name(rule: NoteRule, account: str, key: str, accounts: Mapping[str, Account]) -> str:
    """The party or project, with its account where there are several; else the account."""
    leaf = accounts[account].name if account in accounts else account
    if rule.by == BY_ACCOUNT:
        return leaf
    key = key or (_("未指明") if rule.by == BY_PARTY else "")
    several = len(rule.accounts) > 1 or len(account) > 3
    if not key:
        return leaf
    return f"{key}（{leaf}）" if several else key


def check_note_text(topic: str, text: str, topics: Sequence[str]) -> list[Problem]:
    """Whether a text may stand in the notes: a known topic, not too long, nothing unseen in a line."""
    if topic not in topics:
        return [Problem(_("附注没有“{topic}”这一项").format(topic=topic))]
    if len(text) > LONGEST_TEXT:
        return [Problem(_("文字太长，最多 {n} 个字").format(n=LONGEST_TEXT), field="text")]
    if any(line != plain_text(line) for line in text.split("\n")):
        return [Problem(_("文字里有看不见的字符，请重新输入"), field="text")]
    return []


def check_note_rules(rules: Sequence[NoteRule]) -> list[Problem]:
    """Topics once each, known ways and columns; names what is wrong in the data file."""
    problems = []
    for row, rule in enumerate(rules):
        where = _("第 {n} 行").format(n=row + 2)
        if rule.topic in {one.topic for one in rules[:row]} or rule.topic in (VILLAGE, POLICY, SHARE, EVENTS):
            problems.append(Problem(_("“{topic}”重复").format(topic=rule.topic), where, row))
        if rule.by not in WAYS or rule.columns not in NOTE_COLUMNS or not rule.accounts:
            problems.append(Problem(_("科目、明细或栏目写错了"), where, row))
    return problems
