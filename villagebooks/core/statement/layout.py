"""Whether a layout may be used: formulas that can be read, no line that leads back to itself, accounts in the totals.

Source: 财会〔2024〕12号 art. 25 (formats, items and sources of statements are the user's to define).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from villagebooks.core.account import Account, ChartAccount
from villagebooks.core.formula import LINE, FormulaError, Term, read_formula
from villagebooks.core.problem import Problem
from villagebooks.core.statement.build import find_codes
from villagebooks.core.statement.coverage import check_coverage, misplaced
from villagebooks.core.statement.record import NONZERO, LayoutLine
from villagebooks.core.words import _, plain_text

LONGEST_LABEL, MOST_LINES = 60, 300
_LINE_NO = re.compile(r"[^\s+\-()<]{1,8}")


def check_layout(kind: str, lines: Sequence[LayoutLine], chart: Sequence[ChartAccount]) -> list[Problem]:
    """Everything that keeps a layout from being used, each with its line; accounts that are gaps or overlaps by name.

    A balance sheet covers every account of the chart exactly once in its two totals, an income statement with a line
    净收益 (2004: 本年收益) every account of profit and loss; both are looked at when all formulas can be read.
    """
    if not any(line.line_no for line in lines):
        return [Problem(_("一行有行次的也没有"))]
    if len(lines) > MOST_LINES:
        return [Problem(_("超过 {n} 行，太长了").format(n=MOST_LINES))]
    problems: list[Problem] = []
    known = {line.line_no for line in lines if line.line_no}
    terms: dict[str, tuple[Term, ...]] = {}
    rows: dict[str, int] = {}
    for row, line in enumerate(lines):
        found = _line_faults(line, rows, known)
        problems += [Problem(text, line_name(lines, row), row, field) for field, text in found]
        if line.line_no and line.line_no not in rows:
            rows[line.line_no] = row
            terms[line.line_no] = read_formula(line.formula) if not found else ()
    problems += _circles(lines, terms, rows)
    return problems or check_coverage(kind, lines, chart)


def layout_notices(
    kind: str, lines: Sequence[LayoutLine], chart: Sequence[ChartAccount], accounts: Mapping[str, Account]
) -> list[Problem]:
    """What is unusual in a layout that passes: accounts that count 0 because they are not there, accounts of one side
    that stand on the other. `accounts` are those of the books it is for, by code."""
    known = {one.code for one in chart} | set(accounts)
    notices = [
        _absent(str(place), lines, row)
        for row, line in enumerate(lines)
        for term in read_formula(line.formula)
        for place in (term.place, term.against)
        if place and place.code and not known.intersection(find_codes(place, accounts.values()))
    ]
    return list(dict.fromkeys(notices)) + misplaced(kind, lines, chart)


def line_name(lines: Sequence[LayoutLine], row: int) -> str:
    """How people call a line of a layout: its number, else its place and label."""
    line = lines[row]
    return _("第 {n} 行").format(n=line.line_no or _("{name}（{more}）").format(name=row + 1, more=line.label))


def circle_text(circle: Iterable[str]) -> str:
    """行次 1 → 3 → 1."""
    return " → ".join(circle)


def _absent(place: str, lines: Sequence[LayoutLine], row: int) -> Problem:
    return Problem(_("没有科目 {place}，按 0 计算").format(place=place), line_name(lines, row), row, "formula")


def _line_faults(line: LayoutLine, seen: Mapping[str, int], known: set[str]) -> list[tuple[str, str]]:
    """(field, what is wrong) of one line."""
    label = line.label.strip()
    if not label or len(line.label) > LONGEST_LABEL or line.label != plain_text(line.label):
        return [("label", _("项目名称要写，不超过 {n} 个字，不能换行").format(n=LONGEST_LABEL))]
    if not line.line_no:
        return [("line_no", _("有公式，没有行次"))] if line.formula.strip() else []
    if not _LINE_NO.fullmatch(line.line_no):
        return [("line_no", _("行次最多 8 个字，不能有空格、括号和加减号"))]
    if line.line_no in seen:
        return [("line_no", _("行次重复"))]
    if line.show not in ("", NONZERO):
        return [("show", _("显示条件只能是空或 nonzero"))]
    try:
        terms = read_formula(line.formula)
    except FormulaError as error:
        text = _("公式有错：{reason}（第 {n} 个字）")
        return [("formula", text.format(reason=error, n=error.place))]
    if not terms:
        return [("formula", _("没有公式"))]
    absent = dict.fromkeys(term.line_no for term in terms if term.function == LINE and term.line_no not in known)
    return [("formula", _("没有行次 {n}").format(n=line_no)) for line_no in absent]


def _circles(
    lines: Sequence[LayoutLine], terms: Mapping[str, tuple[Term, ...]], rows: Mapping[str, int]
) -> list[Problem]:
    """Each circle of lines once, named from its first line on."""
    problems: list[Problem] = []
    done: set[str] = set()

    def walk(line_no: str, way: tuple[str, ...]) -> None:
        if line_no in way:
            circle = way[way.index(line_no) :]
            first = min(circle, key=lambda one: rows[one])
            place = circle.index(first)
            text = _("行次 {circle} 互相引用，算不出来")
            named = text.format(circle=circle_text((*circle[place:], *circle[:place], first)))
            problems.append(Problem(named, line_name(lines, rows[first]), rows[first], "formula"))
        elif line_no not in done:
            for term in terms.get(line_no, ()):
                if term.function == LINE:
                    walk(term.line_no, (*way, line_no))
            done.add(line_no)

    for line_no in terms:
        walk(line_no, ())
    return list(dict.fromkeys(problems))
