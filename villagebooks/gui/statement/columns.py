"""Columns of every kind of statement on screen; negative years a book does not know stay blank."""

from __future__ import annotations

from functools import partial

from villagebooks.core.ledger import ALL_BOOKS
from villagebooks.core.statement import DETAIL, EQUITY, INDENT, TRIAL_BALANCE, SideBySide, Statement, StatementRow
from villagebooks.core.words import _, pgettext
from villagebooks.gui.table import MONEY, Column

BY_ACCOUNTS = (DETAIL, EQUITY, TRIAL_BALANCE)


def statement_columns(report: Statement) -> tuple[Column, ...]:
    """Line or account, name, and a column for each figure."""
    names = (*report.columns, *report.extra)
    order = names
    if report.kind == DETAIL:
        order = ("period_amount", "period_prior", "amount", "prior")
    figures = tuple(
        Column(figure_name(name, report), partial(_known, report, name, names.index(name)), MONEY, 18) for name in order
    )
    return (*_first(report.kind), *figures)


def beside_columns(report: SideBySide) -> tuple[Column, ...]:
    """A column a village and figure, the sum of all first: it must be in sight when there are many villages."""
    named = [f"{code} {name}" for code, name in report.books]
    books = [(len(named), _("合计")), *enumerate(named)]
    several = len(report.figures) > 1
    titles = [figure_name(figure) if several else "" for figure in report.figures]
    figures = tuple(
        _beside_column(name, title, place * len(titles) + one)
        for place, name in books
        for one, title in enumerate(titles)
    )
    return (*_first(report.kind), *figures)


def _beside_column(name: str, figure: str, place: int) -> Column:
    """A village's column, as wide as its name."""
    title = f"{name} {figure}" if figure else name
    return Column(title, partial(_amount, place, False), MONEY, max(16, 2 * len(title)))


def figure_name(name: str, report: Statement | None = None) -> str:
    """What a figure is called on screen."""
    names = {
        "closing": _("期末余额"), "opening": _("年初余额"), "year_ago": _("上年同日"), "amount": _("本年累计"),
        "period_amount": _("本期金额"), "prior": _("上年同期"), "period_prior": _("上年同期"),
        "increase": _("本年增加"), "decrease": _("本年减少"), "opening_debit": _("期初借方"),
        "opening_credit": _("期初贷方"), "debit": _("本期借方"), "credit": _("本期贷方"),
        "closing_debit": _("期末借方"), "closing_credit": _("期末贷方"), "period": _("本期发生额"),
    }  # fmt: skip
    if report is not None and report.kind == DETAIL:
        names |= {"prior": _("上年累计"), "period_prior": _("上年同期")}
    return names.get(name, name)


def is_head(row: StatementRow) -> bool:
    """Rows in bold: heads, sums, level-1 accounts."""
    label = row.label
    return not row.amounts_fen or "合计" in label or "总计" in label or (not row.line_no and label[:1] != INDENT)


def _first(kind: str) -> tuple[Column, Column]:
    if kind in BY_ACCOUNTS:
        return (Column(_("科目"), lambda row: row.line_no, width=10), Column(_("名称"), lambda row: row.label))
    return (
        Column(_("行次"), lambda row: int(row.line_no) if row.line_no.isdigit() else 0, width=6, text=_line_no),
        Column(pgettext("row", "项目"), lambda row: row.label),
    )


def _known(report: Statement, name: str, place: int, row: StatementRow) -> int | None:
    return _amount(place, not report.knows(name, row.line_no), row)


def _amount(place: int, unknown: bool, row: StatementRow) -> int | None:
    return None if unknown or place >= len(row.amounts_fen) else row.amounts_fen[place]


def _line_no(row: StatementRow) -> str:
    return row.line_no


def whose(report: Statement | SideBySide) -> str:
    """Whose figures these are, for the line below the table."""
    if isinstance(report, Statement):
        return report.name
    return _("{n} 个账套").format(n=len(report.books))


def is_township(report: Statement | SideBySide) -> bool:
    """Whether it speaks of more than the book in hand."""
    return isinstance(report, SideBySide) or report.book == ALL_BOOKS
