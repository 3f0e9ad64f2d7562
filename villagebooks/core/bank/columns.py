"""Reading a bank's own table: which column is what, and its rows as lines (财会〔2024〕12号 art. 15, 23)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import pairwise

from villagebooks.core.bank.statement import BANK, BOOK, BankLine, clean_line, running
from villagebooks.core.money import read_yuan
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

Grid = Sequence[tuple[str, ...]]
"""A sheet as rows of text, every row as wide as the widest."""
Words = Mapping[str, tuple[str, ...]]
"""By field, what banks call it, the best word first (`resources/bank/columns.csv`)."""

OPENING_ROW, CLOSING_ROW = "opening_row", "closing_row"
MOST_HEADS = 40
"""Rows above the table at most: name, account, period."""
LEAST_TITLES = 3
"""Day, words and an amount: a table has three columns at least."""
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?|(\d{4})(\d{2})(\d{2})(?: ?\d{6})?")
LEAST_CELLS = 4
"""Side, day, amount, words of an open item."""
SIDE_WORDS = {BOOK: "账", BANK: "银行"}
_OUT, _IN = ("借", "支", "付", "出", "d", "-"), ("贷", "收", "存", "入", "c", "+")


@dataclass(frozen=True, slots=True)
class Columns:
    """The title of the column of each field, empty for none; kept for each bank account."""

    day: str = ""
    summary: str = ""
    paid_out: str = ""
    paid_in: str = ""
    amount: str = ""
    direction: str = ""
    balance: str = ""
    counterparty: str = ""
    number: str = ""

    @property
    def plain(self) -> dict[str, str]:
        """As it is kept in the settings."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class StatementRead:
    """What a table says: its lines in the order of days, both balances where it tells them."""

    lines: tuple[BankLine, ...]
    opening_fen: int | None
    closing_fen: int | None
    opening_day: date | None
    problems: tuple[Problem, ...]


def field_words() -> dict[str, str]:
    """The fields of `Columns` as people choose them."""
    return {
        "day": _("日期"), "summary": _("摘要"), "paid_out": _("支出"), "paid_in": _("收入"),
        "amount": _("金额（收支同一列）"), "direction": _("收支方向"), "balance": _("余额"),
        "counterparty": _("对方户名"), "number": _("流水号"),
    }  # fmt: skip


def titles(grid: Grid, words: Words, chosen: Columns | None = None) -> tuple[int, tuple[str, ...]]:
    """Where the head of the table is and its titles; -1 and nothing when no row looks like one.

    It is the row that holds the columns a person chose, or that banks' usual words are in, or that stands right above
    the first row with a day.
    """
    rows = [tuple(_plain(cell) for cell in row) for row in grid[: MOST_HEADS + 1]]
    names = {name for name in chosen.plain.values() if name} if chosen else set()
    for place, cells in enumerate(rows[:MOST_HEADS]):
        if names and names <= set(cells):
            return place, cells
    for place, cells in enumerate(rows[:MOST_HEADS]):
        guess = _guess(cells, words)
        if guess.day and (guess.amount or guess.paid_in or guess.paid_out):
            return place, cells
    for place, (cells, below) in enumerate(pairwise(rows)):
        if sum(map(bool, cells)) >= LEAST_TITLES and any(map(read_bank_day, below)):
            return place, cells
    return -1, ()


def guess_columns(grid: Grid, words: Words, kept: Columns | None = None) -> Columns:
    """What was chosen for this account before, when the table has those columns; else by what banks call them."""
    found = titles(grid, words)[1]
    if kept and kept.day and all(name in found for name in kept.plain.values() if name):
        return kept
    return _guess(found, words)


def _guess(cells: Sequence[str], words: Words) -> Columns:
    taken: dict[str, str] = {}
    for same in (True, False):
        for field in Columns().plain:
            if field in taken:
                continue
            fits = (
                cell
                for word in words.get(field, ())
                for cell in cells
                if cell and cell not in taken.values() and (cell.lower() == word if same else word in cell.lower())
            )
            name = next(fits, "")
            if name:
                taken[field] = name
    if taken.get("paid_in") or taken.get("paid_out"):
        taken.pop("amount", None)
        taken.pop("direction", None)
    return Columns(**taken)


def check_columns(columns: Columns) -> list[Problem]:
    """A day and amounts must be known."""
    problems = []
    if not columns.day:
        problems.append(Problem(_("没有指明哪一列是日期"), field="day"))
    if not (columns.amount or columns.paid_in or columns.paid_out):
        problems.append(Problem(_("没有指明哪一列是金额：收入、支出两列，或收支同一列"), field="amount"))
    chosen = [name for name in columns.plain.values() if name]
    if len(set(chosen)) < len(chosen):
        problems.append(Problem(_("同一列选了两次")))
    return problems


def read_lines(grid: Grid, columns: Columns, words: Words, opening_fen: int | None = None) -> StatementRead:
    """The lines of a bank's table. Newest-first files are turned round; every row that is unclear is a problem.

    `opening_fen` is what a person says where the table does not tell it.
    """
    head, names = titles(grid, words, columns)
    problems = check_columns(columns)
    if head < 0:
        problems = [Problem(_("没有找到表头：文件里要有一行写着日期、收入、支出（或金额）"))]
    if problems:
        return StatementRead((), None, None, None, tuple(problems))
    reader = _Rows(columns, names, words)
    rows = [reader.read(number, row) for number, row in enumerate(grid[head + 1 :], head + 2)]
    lines = [one.line for one in rows if one.line]
    first = next((one for one in rows if one.opening), None)
    told = first.balance_fen if first else None
    closing = next((one.balance_fen for one in reversed(rows) if one.closing and one.balance_fen is not None), None)
    problems = [one.problem for one in rows if one.problem]
    if not (lines or problems or told is not None):
        problems = [Problem(_("表头下面没有读出一笔收支，也没有期初余额：看看日期和金额两列选对没有"))]
    lines = _in_order(lines, bool(columns.balance))
    if columns.balance and lines and told is None:
        told = lines[0].balance_fen - lines[0].amount_fen
    start = told if told is not None else opening_fen
    if not columns.balance and start is not None:
        lines = list(running(start, lines))
    numbered = tuple(replace(line, position=place) for place, line in enumerate(lines, 1))
    if closing is None and columns.balance and numbered:
        closing = numbered[-1].balance_fen
    return StatementRead(numbered, start, closing, first.day if first else None, tuple(problems))


@dataclass(frozen=True, slots=True)
class _Row:
    line: BankLine | None = None
    opening: bool = False
    closing: bool = False
    day: date | None = None
    balance_fen: int | None = None
    problem: Problem | None = None


class _Rows:
    """Reads one row after the other by the titles of their columns."""

    def __init__(self, columns: Columns, names: Sequence[str], words: Words) -> None:
        self._places = {field: names.index(name) for field, name in columns.plain.items() if name in names}
        self._opening, self._closing = words.get(OPENING_ROW, ()), words.get(CLOSING_ROW, ())

    def read(self, number: int, row: tuple[str, ...]) -> _Row:
        cells = {field: _plain(row[place]) if place < len(row) else "" for field, place in self._places.items()}
        money = {name: cells.get(name, "") for name in ("paid_out", "paid_in", "amount")}
        amounts = {name: _amount(text) for name, text in money.items()}
        moved = any(amounts.values())
        day, balance = read_bank_day(cells.get("day", "")), _amount(cells.get("balance", ""))
        said = [_plain(cell) for cell in row]
        if not moved and _has(said, self._opening):
            return _Row(opening=True, day=day, balance_fen=_only_balance(cells, balance))
        if _has(said, self._closing) and (day is None or not moved):
            return _Row(closing=True, balance_fen=balance)
        where = _("第 {n} 行").format(n=number)
        bad = next((text for name, text in money.items() if text and amounts[name] is None), "")
        if bad and day:
            return _Row(problem=Problem(_("金额“{text}”看不懂").format(text=bad[:20]), where))
        if not moved:
            return _Row()
        if day is None:
            return _Row(problem=Problem(_("日期“{text}”看不懂").format(text=cells.get("day", "")[:20]), where))
        if amounts["paid_in"] and amounts["paid_out"]:
            return _Row(problem=Problem(_("收入和支出两列都有金额"), where))
        signed = self._signed(amounts, cells.get("direction", ""))
        if signed is None:
            text = _("收支方向“{text}”看不懂").format(text=cells.get("direction", "")[:10])
            return _Row(problem=Problem(text, where))
        if "balance" in cells and balance is None:
            return _Row(problem=Problem(_("余额“{text}”看不懂").format(text=cells["balance"][:20]), where))
        summary = cells.get("summary") or cells.get("counterparty") or _("（没有摘要）")
        line = BankLine(
            number, day, summary, signed, balance or 0, cells.get("counterparty", ""), cells.get("number", "")
        )
        return _Row(line=clean_line(line))

    def _signed(self, amounts: Mapping[str, int | None], direction: str) -> int | None:
        if "direction" not in self._places:
            return (amounts["amount"] or 0) + (amounts["paid_in"] or 0) - (amounts["paid_out"] or 0)
        word = direction.lower()
        if any(sign in word for sign in _OUT):
            return -(amounts["amount"] or 0)
        return amounts["amount"] if any(sign in word for sign in _IN) else None


def read_bank_day(text: str) -> date | None:
    """A day as banks write it: 2026-09-02, 2026/9/2, 20260902, 2026年9月2日, with a time behind it or not."""
    match = _DAY.fullmatch(_plain(text))
    if not match:
        return None
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[4], match[5], match[6])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _in_order(lines: list[BankLine], balances: bool) -> list[BankLine]:
    """Oldest first. Inside a day the file's own order counts, turned round when the file is newest first."""
    newest_first = len(lines) > 1 and lines[0].day > lines[-1].day
    if not newest_first and len(lines) > 1 and balances and lines[0].day == lines[-1].day:
        newest_first = not _chains(lines) and _chains(lines[::-1])
    return sorted(lines[::-1] if newest_first else lines, key=lambda one: one.day)


def _chains(lines: Sequence[BankLine]) -> bool:
    return all(one.balance_fen + two.amount_fen == two.balance_fen for one, two in pairwise(lines))


def _only_balance(cells: Mapping[str, str], balance: int | None) -> int | None:
    """The balance of an opening row; some banks write it in the column of amounts."""
    return balance if balance is not None else _amount(cells.get("amount", "") or cells.get("paid_in", ""))


def _has(cells: Sequence[str], words: Sequence[str]) -> bool:
    return any(word in cell for cell in cells for word in words)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _amount(text: str) -> int | None:
    bare = text.strip("¥元 +").replace("RMB", "").replace("CNY", "")
    return read_yuan(bare) if bare not in ("", "-", "--") else None


def _side_of(word: str) -> str:
    """账, 账上 or 银行 in Chinese whatever the language, else the words that are shown."""
    shown = {BOOK: _("账上"), BANK: _("银行")}
    return next((side for side in SIDE_WORDS if SIDE_WORDS[side] in word or shown[side].lower() == word.lower()), "")


def read_open_items(text: str) -> tuple[list[BankLine], list[Problem]]:
    """What a person typed or pasted, a line an item: 账上 or 银行, day, amount (minus for money out), words."""
    lines, problems = [], []
    for number, row in enumerate(text.splitlines(), 1):
        cells = _plain(row).replace("\t", " ").split(maxsplit=3)
        if not cells:
            continue
        side = _side_of(cells[0])
        day = read_bank_day(cells[1]) if len(cells) > 1 else None
        fen = _amount(cells[2]) if len(cells) == LEAST_CELLS else None
        if not side or day is None or not fen or len(cells) < LEAST_CELLS:
            told = _("每行写一笔：账上或银行、日期、金额、摘要，例如 账上 2026-08-28 -120.00 支票未兑付")
            problems.append(Problem(told, _("第 {n} 行").format(n=number), number - 1))
        else:
            lines.append(BankLine(number, day, cells[3], fen, 0, side=side))
    return lines, problems
