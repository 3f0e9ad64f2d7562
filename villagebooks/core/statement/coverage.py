"""What the totals of a layout are made of: each account's part in them, gaps and overlaps by the account's name.

A line is expanded through every L(n) into a sum of account functions. In assets less liabilities and equity each
account must then come out as its debit net exactly once, so that every balanced book gives a balanced sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.account import ChartAccount
from villagebooks.core.formula import BALANCE_FUNCTIONS, LINE, Place, Term, read_formula
from villagebooks.core.problem import Problem
from villagebooks.core.statement.record import BALANCE_SHEET, INCOME, LayoutLine, plain_label
from villagebooks.core.words import _

TOTAL_ASSETS, TOTAL_SOURCES = "资产总计", "负债和所有者权益总计"
"""Labels of the two totals of a balance sheet; the right side begins after the first."""
NET_INCOME = ("净收益", "本年收益")
"""Ends of the label of the line that holds the year's whole profit or loss (2023, 2004)."""
UNDISTRIBUTED = "未分配收益"
LEFT_KINDS = ("资产", "成本")
"""Kinds of accounts that stand among the assets."""
PROFIT_AND_LOSS = "损益"

Atoms = Counter[tuple[str, Place]]
"""How often each function of a place counts in a line, sign included."""


@dataclass(frozen=True, slots=True)
class Part:
    """What an account's balance counts in assets less liabilities and equity: its net, and its two sides apart."""

    net: int
    debit_side: int
    credit_side: int

    @property
    def once(self) -> bool:
        """Whether it comes to the debit net exactly once."""
        return self.net + self.debit_side == 1 and self.net - self.credit_side == 1


def expand(lines: Sequence[LayoutLine]) -> dict[str, Atoms]:
    """Every numbered line as a sum of account functions. No line may lead back to itself."""
    terms = {line.line_no: read_formula(line.formula) for line in lines if line.line_no}
    found: dict[str, Atoms] = {}
    return {line_no: _atoms(line_no, terms, found) for line_no in terms}


def _atoms(line_no: str, terms: Mapping[str, tuple[Term, ...]], found: dict[str, Atoms]) -> Atoms:
    if line_no not in found:
        whole: Atoms = Counter()
        for term in terms[line_no]:
            if term.function != LINE:
                whole[term.function, term.place] += term.sign
            else:
                for atom, times in _atoms(term.line_no, terms, found).items():
                    whole[atom] += term.sign * times
        found[line_no] = whole
    return found[line_no]


def total_line(lines: Sequence[LayoutLine], *labels: str) -> str:
    """Number of the first line whose label is or ends in one of these; empty when there is none."""
    return next((one.line_no for one in lines if one.line_no and plain_label(one.label).endswith(labels)), "")


def check_coverage(kind: str, lines: Sequence[LayoutLine], chart: Sequence[ChartAccount]) -> list[Problem]:
    """Gaps and overlaps of a balance sheet's totals or of an income statement's last line, by account."""
    if kind == BALANCE_SHEET:
        return _sheet_faults(lines, chart)
    return _income_faults(lines, chart) if kind == INCOME else []


def misplaced(kind: str, lines: Sequence[LayoutLine], chart: Sequence[ChartAccount]) -> list[Problem]:
    """Notices: accounts of one side of a balance sheet that stand on the other, a form without its last line."""
    if kind == INCOME and not total_line(lines, *NET_INCOME):
        return [Problem(_("没有叫“净收益”或“本年收益”的行，不能和账核对"))]
    if kind != BALANCE_SHEET:
        return []
    atoms = expand(lines)
    left = atoms[total_line(lines, TOTAL_ASSETS)]
    notices = []
    for account in chart:
        part = _part(Place(account.code), left, Counter())
        wanted = account.kind in LEFT_KINDS
        if (part.net != 0) is not wanted and not (part.debit_side or part.credit_side):
            side = _("资产") if not wanted else _("负债和所有者权益")
            text = _("是{kind}类科目，却列在{side}一边")
            notices.append(Problem(text.format(kind=account.kind, side=side), f"{account.code} {account.name}"))
    return notices


def _sheet_faults(lines: Sequence[LayoutLine], chart: Sequence[ChartAccount]) -> list[Problem]:
    totals = [total_line(lines, label) for label in (TOTAL_ASSETS, TOTAL_SOURCES)]
    missing = [label for label, line_no in zip((TOTAL_ASSETS, TOTAL_SOURCES), totals, strict=True) if not line_no]
    if missing:
        return [Problem(_("没有叫“{label}”的行").format(label=label)) for label in missing]
    atoms = expand(lines)
    left, right = (atoms[line_no] for line_no in totals)
    problems = [
        Problem(_("{function}({place}) 是发生额，不能算进资产负债表的合计").format(function=function, place=place))
        for (function, place), times in (left + right).items()
        if times and function not in BALANCE_FUNCTIONS
    ]
    names = {Place(one.code): one.name for one in chart}
    deeper = {place for function, place in (*left, *right) if function in BALANCE_FUNCTIONS} - set(names)
    for place in (*names, *sorted(deeper, key=str)):
        part = _part(place, left, right)
        whole = place.names == () and len(place.code) == 3
        if part.once or (not whole and not _part(Place(place.code[:3]), left, right).once):
            continue
        if place not in names and whole:
            continue  # an account that the chart does not have counts 0: a notice
        where = f"{place} {names.get(place, '')}".strip()
        problems.append(Problem(_fault(part, _lines_with(lines, place)), where))
    return problems


def _fault(part: Part, where: str) -> str:
    """What is wrong with an account that does not count exactly once."""
    if part == Part(0, 0, 0):
        return _("列在第 {lines} 行，没有加进合计").format(lines=where) if where else _("没有列入资产负债表")
    if part.net == 0 and (part.debit_side, part.credit_side) in ((1, 0), (0, -1)):
        side = _("借方") if part.debit_side else _("贷方")
        return _("只算了{side}余额一边（第 {lines} 行）").format(side=side, lines=where)
    if part == Part(-1, 0, 0):
        return _("加减号反了（第 {lines} 行）").format(lines=where)
    return _("算了不止一次（第 {lines} 行）").format(lines=where)


def _part(place: Place, left: Mapping[tuple[str, Place], int], right: Mapping[tuple[str, Place], int]) -> Part:
    """What the balance of a place counts, through itself and through everything above it."""
    d, c, ds, cs = (_times(name, place, left) - _times(name, place, right) for name in BALANCE_FUNCTIONS)
    return Part(d - c, ds, cs)


def _times(function: str, place: Place, atoms: Mapping[tuple[str, Place], int]) -> int:
    """How often a function counts what stands on the place."""
    return sum(times for (name, above), times in atoms.items() if name == function and _holds(above, place))


def _holds(above: Place, place: Place) -> bool:
    """Whether what stands on `place` is part of `above`."""
    if above.names:
        return place.code == above.code and place.names[: len(above.names)] == above.names
    return place.code.startswith(above.code)


def _lines_with(lines: Sequence[LayoutLine], place: Place) -> str:
    """Numbers of the lines whose own formulas name the place, one above it or one below."""
    found = [
        line.line_no
        for line in lines
        if any(term.place.code and (_holds(term.place, place) or _holds(place, term.place)) for term in
               read_formula(line.formula))
    ]  # fmt: skip
    return _("、").join(found)


def _income_faults(lines: Sequence[LayoutLine], chart: Sequence[ChartAccount]) -> list[Problem]:
    """Every account of profit and loss once in the line 净收益: credits of the year less debits."""
    line_no = total_line(lines, *NET_INCOME)
    if not line_no:
        return []
    atoms = expand(lines)[line_no]
    problems = []
    for account in chart:
        place = Place(account.code)
        count = _times("PC", place, atoms) - _times("PD", place, atoms)
        if (account.kind == PROFIT_AND_LOSS) == (count == 1) and count in (0, 1):
            continue
        where = _lines_with(lines, place)
        if count == 0:
            text = _("列在第 {lines} 行，没有算进第 {n} 行") if where else _("没有算进第 {n} 行")
        elif account.kind != PROFIT_AND_LOSS:
            text = _("不是损益科目，不能算进第 {n} 行")
        else:
            text = _("加减号反了（第 {lines} 行）") if count == -1 else _("算了不止一次（第 {lines} 行）")
        problems.append(Problem(text.format(lines=where, n=line_no), f"{account.code} {account.name}"))
    return problems
