"""A statement that the bank gave on paper, typed line by line: day, amount, words."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from villagebooks.core.bank.statement import BankLine, clean_line
from villagebooks.core.money import read_yuan
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

CELLS = 3
"""Day, amount, words."""


def read_typed_statement(text: str, month: Month) -> tuple[tuple[BankLine, ...], list[Problem]]:
    """What was typed or pasted, a line each: the day (3, 9.3 or 2026-09-03, alone it is of `month`), the amount in yuan
    (minus for money out), the words; in the order of days, without balances. A line that is none of that is told."""
    lines, problems = [], []
    for number, row in enumerate(text.splitlines(), 1):
        cells = row.split(maxsplit=CELLS - 1)
        if not cells:
            continue
        day = _day(unicodedata.normalize("NFKC", cells[0]), month)
        fen = read_yuan(cells[1]) if len(cells) == CELLS else None
        if day is None or not fen:
            told = _("每行写一笔：日期、金额（付出写负数）、摘要，例如 9.3 -386.42 代扣电费")
            problems.append(Problem(told, _("第 {n} 行").format(n=number), number - 1))
        else:
            lines.append(clean_line(BankLine(number, day, cells[2], fen, 0)))
    return tuple(sorted(lines, key=lambda one: one.day)), problems


def _day(text: str, month: Month) -> date | None:
    if re.fullmatch(r"\d{8}", text):
        parts = [int(text[:4]), int(text[4:6]), int(text[6:])]
    elif re.fullmatch(r"(\d{1,4}[-/.年月])*\d{1,2}日?", text):
        parts = [int(part) for part in re.findall(r"\d+", text)]
    else:
        return None
    whole = [month.year, month.month, 0][: 3 - len(parts)] + parts
    try:
        return date(*whole) if len(whole) == CELLS else None
    except ValueError:
        return None
