"""Statements and layouts as records: what a line is made of, what it comes to, which columns a form has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from villagebooks.core.formula import Place
from villagebooks.core.ledger import Detail
from villagebooks.core.period import Month, Span

BALANCE_SHEET, INCOME, OWN = "balance-sheet", "income", "own"
COLUMNS = {BALANCE_SHEET: ("closing", "opening"), INCOME: ("amount", "period_amount", "prior")}
PRIOR_COLUMN = "prior"
YEAR_AGO = "year_ago"
"""Further column of a balance sheet: how it stood on the same day a year before."""
NONZERO = "nonzero"
INDENT = "　"
"""Before a label, for each level on paper."""
DRAFT, USED, DROPPED = "draft", "used", "dropped"


@dataclass(frozen=True, slots=True)
class LayoutLine:
    """A line of a layout file: heads have no number and no formula; `show` nonzero hides a line that is zero."""

    line_no: str
    label: str
    formula: str
    show: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout that the township made (财会〔2024〕12号 art. 25), or the official one (`uid` empty, version 0).

    `report` is balance-sheet, income or the code of an own report; `form` says whose columns it has. `state` draft,
    used or dropped; a used one counts from the month `since` on, until another is put to use later (`turn`). One that
    is `official` has no lines: from its month on the official layout counts again, or an own report is no longer made.
    """

    uid: str
    report: str
    standard: str
    version: int
    title: str
    form: str
    lines: tuple[LayoutLine, ...]
    state: str = DRAFT
    since: Month | None = None
    turn: int = 0
    official: bool = False

    @property
    def kind(self) -> str:
        """What the rules of layouts take it for: balance-sheet, income or own."""
        return self.report if self.report in COLUMNS else OWN


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A line with its amounts in fen in the order of the statement's columns; a head has none."""

    line_no: str
    label: str
    amounts_fen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a book: columns closing, opening or amount, period_amount, prior (DESIGN §6), then `extra` ones.

    `kind` is balance-sheet, income, own or one of those that no layout makes; `unknown` names columns of a time that
    the books do not know, whose amounts are 0. `version` and `title` are the layout's (version 0: the official one).
    A summary has the book `*`, sums so many `books` and says in `remarks` what a reader must know.
    """

    kind: str
    book: str
    name: str
    standard: str
    span: Span
    columns: tuple[str, ...]
    rows: tuple[StatementRow, ...]
    extra: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    title: str = ""
    version: int = 0
    books: int = 1
    remarks: tuple[str, ...] = ()
    supplement: tuple[tuple[str, int], ...] = ()
    """补充资料 of the 2004 year's balance sheet: labels with fen that no account holds."""
    unknown_lines: tuple[str, ...] = ()
    """Lines without last year's amount in the first year after a change of standard; `remarks` say why."""

    def knows(self, column: str, line_no: str) -> bool:
        """Whether the books know the amount of a column in a line; else its place stays empty."""
        return column not in self.unknown and not (column == PRIOR_COLUMN and line_no in self.unknown_lines)

    @property
    def is_sheet(self) -> bool:
        """Whether it shows how things stood on a day, not what moved in a time."""
        return self.columns[:1] in (("closing",), ("opening",))


@dataclass(frozen=True, slots=True)
class Figures:
    """What one column is computed from, fen.

    `details` cover the column's months; `year` covers January to its last month and serves OPEN_C; `cross` holds the
    net debit movement for every pair of `crossings`.
    """

    details: tuple[Detail, ...]
    year: tuple[Detail, ...] = ()
    cross: Mapping[tuple[Place, Place], int] | None = None


def plain_label(label: str) -> str:
    """A label without the blanks that only indent it on paper."""
    return "".join(label.split())
