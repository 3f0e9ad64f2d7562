"""Statements (报表) from layout files: lines with formulas over balances (DESIGN §8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.account import Account, ChartAccount
from villagebooks.core.formula import BALANCE_FUNCTIONS, LINE, FormulaError, Place, Term, read_formula
from villagebooks.core.ledger import Detail
from villagebooks.core.period import Span
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

BALANCE_SHEET, INCOME = "balance-sheet", "income"
COLUMNS = {BALANCE_SHEET: ("closing", "opening"), INCOME: ("amount", "period_amount", "prior")}
NONZERO = "nonzero"


@dataclass(frozen=True, slots=True)
class LayoutLine:
    """A line of a layout file: heads have no number and no formula; `show` nonzero hides a line that is zero."""

    line_no: str
    label: str
    formula: str
    show: str = ""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A line with its amounts in fen in the order of the statement's columns; a head has none."""

    line_no: str
    label: str
    amounts_fen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a book: columns closing, opening or amount, period_amount, prior (DESIGN §6)."""

    kind: str
    book: str
    name: str
    standard: str
    span: Span
    columns: tuple[str, ...]
    rows: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one column is computed from, fen.

    `details` cover the column's months; `year` covers January to its last month and serves OPEN_C; `cross` holds the
    net debit movement for every pair of `crossings`.
    """

    details: tuple[Detail, ...]
    year: tuple[Detail, ...] = ()
    cross: Mapping[tuple[Place, Place], int] | None = None


@dataclass(slots=True)
class _Sums:
    """Sums of an account and all below it: closing net and its two sides, movement without closing, 1 January."""

    net: int = 0
    debit_side: int = 0
    credit_side: int = 0
    movement: int = 0
    start: int = 0


def at_opening(details: Iterable[Detail]) -> tuple[Detail, ...]:
    """The details as they stood before the first month, for the opening column of a balance sheet."""
    return tuple(Detail(detail.account, detail.party, detail.opening_fen, 0, 0) for detail in details)


def crossings(lines: Iterable[LayoutLine]) -> tuple[tuple[Place, Place], ...]:
    """Pairs x, y of every `PC(x<-y)` of a layout."""
    terms = (term for line in lines for term in read_formula(line.formula))
    return tuple(dict.fromkeys((term.place, term.against) for term in terms if term.against is not None))


def find_codes(place: Place, accounts: Iterable[Account]) -> tuple[str, ...]:
    """Codes that a place means: the code itself, or accounts below it found by their names; empty when none."""
    codes: tuple[str, ...] = (place.code,)
    for name in place.names:
        codes = tuple(account.code for account in accounts if account.parent in codes and account.name == name)
    return codes


def evaluate(lines: Iterable[LayoutLine], figures: Figures, accounts: Mapping[str, Account]) -> dict[str, int]:
    """Amount in fen of every numbered line. The layout has passed `check_layout`."""
    sums = _sum_up(figures)
    values: dict[str, int] = {}
    for line in lines:
        if line.line_no:
            terms = read_formula(line.formula)
            values[line.line_no] = sum(term.sign * _value(term, sums, figures, accounts, values) for term in terms)
    return values


def _sum_up(figures: Figures) -> dict[str, _Sums]:
    sums: dict[str, _Sums] = {}
    for detail in figures.details:
        net = detail.closing_fen
        movement = detail.debit_fen - detail.credit_fen - detail.closing_debit_fen + detail.closing_credit_fen
        for end in range(3, len(detail.account) + 1, 2):
            one = sums.setdefault(detail.account[:end], _Sums())
            one.net += net
            one.movement += movement
            if net > 0:
                one.debit_side += net
            else:
                one.credit_side -= net
    for detail in figures.year:
        start = detail.opening_fen + detail.prior_debit_fen - detail.prior_credit_fen
        for end in range(3, len(detail.account) + 1, 2):
            sums.setdefault(detail.account[:end], _Sums()).start += start
    return sums


def _value(
    term: Term, sums: Mapping[str, _Sums], figures: Figures, accounts: Mapping[str, Account], values: Mapping[str, int]
) -> int:
    if term.function == LINE:
        return values[term.line_no]
    if term.against is not None:
        net = (figures.cross or {}).get((term.place, term.against), 0)
        return net if term.function == "PD" else -net
    codes = find_codes(term.place, accounts.values()) if term.place.names else (term.place.code,)
    found = [sums[code] for code in codes if code in sums]
    match term.function:
        case "D":
            return sum(one.net for one in found)
        case "C":
            return -sum(one.net for one in found)
        case "DS":
            return sum(one.debit_side for one in found)
        case "CS":
            return sum(one.credit_side for one in found)
        case "PD":
            return sum(one.movement for one in found)
        case "PC":
            return -sum(one.movement for one in found)
        case _:
            return -sum(one.start for one in found)


def build_rows(
    lines: Sequence[LayoutLine], columns: Sequence[Figures], accounts: Mapping[str, Account]
) -> tuple[StatementRow, ...]:
    """Rows of a statement with one amount for each column; lines marked nonzero are left out when all are zero."""
    values = [evaluate(lines, figures, accounts) for figures in columns]
    rows = []
    for line in lines:
        amounts = tuple(column[line.line_no] for column in values) if line.line_no else ()
        if line.show != NONZERO or any(amounts):
            rows.append(StatementRow(line.line_no, line.label, amounts))
    return tuple(rows)


def check_layout(kind: str, lines: Sequence[LayoutLine], chart: Sequence[ChartAccount]) -> list[Problem]:
    """Whether a layout may be used: formulas readable, lines look back, a balance sheet covers every account once."""
    problems: list[Problem] = []
    seen: set[str] = set()
    terms: list[Term] = []
    for row, line in enumerate(lines):
        found = _check_line(row, line, seen, {other.line_no for other in lines})
        problems += found
        if not found:
            terms += read_formula(line.formula)
        if line.line_no:
            seen.add(line.line_no)
    if kind == BALANCE_SHEET and not problems:
        problems += _check_covered(terms, chart)
    return problems


def _check_line(row: int, line: LayoutLine, seen: set[str], known: set[str]) -> list[Problem]:
    where = _("第 {n} 行").format(n=line.line_no or f"{row + 1}（{line.label}）")

    def problem(text: str) -> list[Problem]:
        return [Problem(text, where, row)]

    if not line.line_no:
        return problem(_("有公式，没有行次")) if line.formula.strip() else []
    if line.line_no in seen:
        return problem(_("行次重复"))
    if line.show not in ("", NONZERO):
        return problem(_("显示条件只能是空或 nonzero"))
    try:
        terms = read_formula(line.formula)
    except FormulaError as reason:
        return problem(_("公式有错：{reason}").format(reason=reason))
    if not terms:
        return problem(_("没有公式"))
    for term in terms:
        if term.function == LINE and term.line_no not in known:
            return problem(_("没有行次 {n}").format(n=term.line_no))
        if term.function == LINE and term.line_no not in seen:
            return problem(_("行次 {n} 在后面或是本行，只能引用前面的行").format(n=term.line_no))
    return []


def _check_covered(terms: Sequence[Term], chart: Sequence[ChartAccount]) -> list[Problem]:
    """Each level-1 account counts once: by D or C, or by DS together with CS."""
    used = Counter((term.function, term.place.code) for term in terms if term.function in BALANCE_FUNCTIONS)
    problems = []
    for account in chart:
        whole = used["D", account.code] + used["C", account.code]
        halves = used["DS", account.code], used["CS", account.code]
        where = f"{account.code} {account.name}"
        if not whole and not any(halves):
            problems.append(Problem(_("没有列入资产负债表"), where))
        elif (whole, *halves) not in ((1, 0, 0), (0, 1, 1)):
            problems.append(Problem(_("在资产负债表里算了不止一次，或只算了借方、贷方中的一边"), where))
    return problems
