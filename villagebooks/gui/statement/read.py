"""What 报表 asks the services for, off the screen's thread: one kind, for a book, for all together or side by side."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.period import Span
from villagebooks.core.statement import (
    BALANCE_SHEET,
    DETAIL,
    EQUITY,
    INCOME,
    NOTES,
    TRIAL_BALANCE,
    LayoutLine,
    Notes,
    SideBySide,
    Statement,
)
from villagebooks.core.words import _
from villagebooks.services.desk import Desk
from villagebooks.services.statement import (
    kept_standards,
    layout_at,
    note_texts,
    note_topics,
    reports_in_use,
    statement,
    statement_detail,
    statement_equity,
    statement_notes,
    township_side_by_side,
    township_statement,
)

BOOK, SUM, BESIDE = range(3)
FIGURES = {
    BALANCE_SHEET: ("closing", "opening"), INCOME: ("amount", "period_amount", "prior"),
    DETAIL: ("amount", "period_amount", "prior", "period_prior"),
    TRIAL_BALANCE: ("closing", "opening", "period"),
}  # fmt: skip
"""What may stand side by side; of a trial balance both sides together."""
_SIDES = {
    "closing": ("closing_debit", "closing_credit"), "opening": ("opening_debit", "opening_credit"),
    "period": ("debit", "credit"),
}  # fmt: skip
Report = Statement | SideBySide | Notes


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page shows: a kind of statement, its span, whose (BOOK, SUM, BESIDE), which standard and figure."""

    kind: str
    span: Span
    scope: int = BOOK
    standard: str = ""
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A report with the lines of its layout (empty without one), the book's own reports (code, title), the standards
    that books are kept by, and for the notes the accountant's texts and all topics."""

    asked: Asked
    report: Report
    lines: tuple[LayoutLine, ...]
    own: tuple[tuple[str, str], ...]
    standards: tuple[str, ...]
    texts: dict[str, str]
    topics: dict[str, str]


def usual_kinds(scope: int) -> dict[str, str]:
    """Kinds of statements with their titles, in the order of the tabs; the township has no notes of its own."""
    kinds = {BALANCE_SHEET: _("资产负债表"), INCOME: _("收益及收益分配表"), DETAIL: _("收支明细表")}
    if scope == BOOK:
        return kinds | {EQUITY: _("权益及分配"), NOTES: _("附注")}
    return kinds | {TRIAL_BALANCE: _("科目余额表")}


def read_report(desk: Desk, asked: Asked) -> Found:
    """Everything the page needs in one go. Refused as the services refuse."""
    standards = tuple(kept_standards(desk.office))
    standard = asked.standard or desk.book.standard
    own = tuple((one.report, one.title) for one in reports_in_use(desk.office, standard, asked.span.last))
    texts: dict[str, str] = {}
    topics: dict[str, str] = {}
    if asked.scope == BOOK and asked.kind == NOTES:
        texts, topics = note_texts(desk, asked.span.last.year), note_topics(desk.book.standard)
    return Found(asked, _report(desk, asked), _lines(desk, asked), own, standards, texts, topics)


def _report(desk: Desk, asked: Asked) -> Report:
    if asked.scope == SUM:
        return township_statement(desk.office, asked.kind, asked.span, asked.standard)
    if asked.scope == BESIDE:
        figures = _SIDES.get(asked.figure, ()) if asked.kind == TRIAL_BALANCE else (asked.figure,)
        return township_side_by_side(
            desk.office, asked.kind, asked.span, [one for one in figures if one], asked.standard
        )
    match asked.kind:
        case "detail":
            return statement_detail(desk, asked.span)
        case "equity":
            return statement_equity(desk, asked.span)
        case "notes":
            return statement_notes(desk, asked.span)
    return statement(desk, asked.kind, asked.span, compare=True)


def _lines(desk: Desk, asked: Asked) -> tuple[LayoutLine, ...]:
    if asked.scope != BOOK or asked.kind in (DETAIL, EQUITY, NOTES):
        return ()
    return layout_at(desk, asked.kind, asked.span).lines
