"""Villages side by side on A4 across: so many a sheet as can be read, the lines' names again on each, the sum last."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from villagebooks.core.ledger import ALL_BOOKS
from villagebooks.core.statement import DETAIL, TRIAL_BALANCE, SideBySide, StatementRow
from villagebooks.core.words import _, pgettext
from villagebooks.pdf.ink import A4_WIDE, open_ink
from villagebooks.pdf.statement.sheet import date_text, signatures
from villagebooks.pdf.table import TableColumn, TableLook, TablePage, TablePen, TableRow, figure

MONEY_COLUMNS = 8
"""Amounts on one sheet: each has room for 12,345,678,901.23."""
Sheet = tuple[TableLook, TablePage]


def draw_side_by_side(report: SideBySide, out: Path, centre: str = "") -> int:
    """Draw the table; the number of pages. `Trouble` when the disk refuses."""
    sheets = side_by_side_cells(report)
    with open_ink(out, report.title, A4_WIDE, centre) as ink:
        pen = TablePen(ink)
        for number, (look, page) in enumerate(sheets, 1):
            pen.draw(page, look, _("第 {n}／{m} 页").format(n=number, m=len(sheets)))
    return len(sheets)


def side_by_side_cells(report: SideBySide) -> tuple[Sheet, ...]:
    """The sheets in words: first every part of the villages for the first rows, then for the next rows."""
    books = [*report.books, (ALL_BOOKS, _("合计"))]
    each = max(1, MONEY_COLUMNS // len(report.figures))
    groups = [range(start, min(start + each, len(books))) for start in range(0, len(books), each)]
    looks = [_look(report, [books[place] for place in group], each) for group in groups]
    count = looks[0].rows
    parts = [report.rows[start : start + count] for start in range(0, len(report.rows), count)] or [()]
    sheets: list[Sheet] = []
    for part in parts:
        for group, look in zip(groups, looks, strict=True):
            last = part is parts[-1] and group is groups[-1]
            above = (_range_text(books, group), date_text(report.span, _on_a_day(report)), _unit(report))
            rows = tuple(_row(report, row, group) for row in part)
            page = TablePage(_title(report), above, rows, signatures() if last else (), _foot(report))
            sheets.append((look, page))
    return tuple(sheets)


def _look(report: SideBySide, books: Sequence[tuple[str, str]], most: int) -> TableLook:
    several = len(report.figures) > 1
    money = [
        TableColumn(
            _figure_head(figure) if several else _name(code, name), 20, 1.0, _name(code, name) if several else ""
        )
        for code, name in books
        for figure in report.figures
    ]
    first, second = (_("科目"), _("名称")) if _by_account(report) else (_("行次"), pgettext("row", "项目"))
    # a last sheet with few villages keeps their columns as wide as those of the others
    spare = 20 * (most - len(books)) * len(report.figures)
    return TableLook(
        A4_WIDE,
        (TableColumn(first, 9, 0.0), TableColumn(second, 31 + spare), *money),
        row=15.0,
        type_size=8.0,
        tall=True,
    )


def _name(code: str, name: str) -> str:
    return name if code == ALL_BOOKS else f"{code} {name}"


def _row(report: SideBySide, row: StatementRow, group: range) -> TableRow:
    width = len(report.figures)
    amounts = [
        figure(row.amounts_fen[place * width + one], zero="") if row.amounts_fen else ""
        for place in group
        for one in range(width)
    ]
    strong = len(row.line_no) == 3 if _by_account(report) else "总计" in row.label
    return TableRow((row.line_no, row.label, *amounts), bold=strong or not row.line_no)


def _by_account(report: SideBySide) -> bool:
    return report.kind in (DETAIL, TRIAL_BALANCE)


def _on_a_day(report: SideBySide) -> bool:
    return set(report.figures) <= {"closing", "opening", "year_ago", "closing_debit", "closing_credit"}


def _title(report: SideBySide) -> str:
    return _("{title}（各村并列）").format(title=report.title)


def _unit(report: SideBySide) -> str:
    if len(report.figures) > 1:
        return _("单位：元")
    return _("{figure}　单位：元").format(figure=_figure_head(report.figures[0]))


def _range_text(books: Sequence[tuple[str, str]], group: range) -> str:
    text = _("{n} 个账套，本页 {first}—{last}")
    first, last = books[group[0]], books[group[-1]]
    named = [one[1] if one[0] == ALL_BOOKS else one[0] for one in (first, last)]
    if len(group) == len(books):
        return _("{n} 个账套").format(n=len(books) - 1)
    return text.format(n=len(books) - 1, first=named[0], last=named[1])


def _figure_head(name: str) -> str:
    heads = {
        "closing": _("期末余额"), "opening": _("年初余额"), "amount": _("本年累计"), "period_amount": _("本期金额"),
        "prior": _("上年累计"), "period_prior": _("上年同期"), "opening_debit": _("期初借方"),
        "opening_credit": _("期初贷方"), "debit": _("本期借方"), "credit": _("本期贷方"),
        "closing_debit": _("期末借方"), "closing_credit": _("期末贷方"),
    }  # fmt: skip
    return heads.get(name, name)


def _foot(report: SideBySide) -> str:
    standard = _("各账套都执行 {year} 年会计制度。").format(year=report.standard)
    own = _("格式：自定的第 {n} 版。").format(n=report.version) if report.version else ""
    return " ".join(one for one in (*report.remarks, standard, own) if one)
