"""Balance sheet (assets left, liabilities and equity right) and income statement on A4."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from villagebooks.core.period import Span
from villagebooks.core.statement import BALANCE_SHEET, TOTAL_ASSETS, Statement, StatementRow, plain_label
from villagebooks.core.words import _
from villagebooks.pdf.ink import A4, A4_WIDE
from villagebooks.pdf.table import TableColumn, TableLook, TablePage, TableRow, draw_table, figure


def draw_statement(statement: Statement, out: Path, centre: str = "") -> int:
    """Draw the statement; the number of pages. The 2023 layouts say that they are no official form."""
    sheet = statement.kind == BALANCE_SHEET
    look = _sheet_look(statement) if sheet else _income_look(statement)
    return draw_table(statement_cells(statement), look, out, centre)


def statement_cells(statement: Statement) -> tuple[TablePage, ...]:
    """The pages of the statement in words."""
    sheet = statement.kind == BALANCE_SHEET
    rows = _two_sided(statement) if sheet else [_row(row, len(statement.columns)) for row in statement.rows]
    look = _sheet_look(statement) if sheet else _income_look(statement)
    above = (_("编制单位：{name}").format(name=statement.name), _date_text(statement), _("单位：元"))
    below = (_("单位负责人："), _("会计主管："), _("复核："), _("制表："))
    parts = [rows[start : start + look.rows] for start in range(0, len(rows), look.rows)] or [[]]
    return tuple(
        TablePage(_title(statement), above, tuple(part), below if part is parts[-1] else (), _form_note(statement))
        for part in parts
    )


def _two_sided(statement: Statement) -> list[TableRow]:
    """Assets and their counterpart side by side, both totals on the last line."""
    labels = [plain_label(row.label) for row in statement.rows]
    cut = labels.index(TOTAL_ASSETS) + 1 if TOTAL_ASSETS in labels else len(labels)
    columns = len(statement.columns)
    left, right = _side(statement.rows[:cut], columns), _side(statement.rows[cut:], columns)
    empty = TableRow(("",) * (2 + columns))
    longest = max(len(left), len(right))
    for side in (left, right):
        side[-1:-1] = [empty] * (longest - len(side)) if side else [empty] * longest
    return [TableRow((*one.cells, *two.cells), one.bold, two.bold) for one, two in zip(left, right, strict=True)]


def _side(rows: Sequence[StatementRow], columns: int) -> list[TableRow]:
    return [_row(row, columns) for row in rows]


def _row(row: StatementRow, columns: int) -> TableRow:
    amounts = tuple(figure(fen, zero="0.00") for fen in row.amounts_fen) or ("",) * columns
    strong = not row.line_no or "总计" in row.label
    return TableRow((row.label, row.line_no, *amounts), bold=strong)


def _title(statement: Statement) -> str:
    return _("资产负债表") if statement.kind == BALANCE_SHEET else _("收益及收益分配表")


def _form_note(statement: Statement) -> str:
    if statement.standard == "2004":
        return _("格式：财会〔2004〕12号，{form}").format(
            form=_("村会01表") if statement.kind == BALANCE_SHEET else _("村会02表")
        )
    return _(
        "本表依《农村集体经济组织会计制度》（财会〔2023〕14号）的科目编排，行次由本系统编定，不是财政部公布的正式表样。"
    )


def _date_text(statement: Statement) -> str:
    span = statement.span
    if statement.kind == BALANCE_SHEET:
        day = span.last.last_day
        return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)
    if span.first == span.last:
        return _("{year}年{month}月").format(year=span.last.year, month=span.last.month)
    if (span.first.month, span.last.month) == (1, 12):
        return _("{year}年度").format(year=span.last.year)
    text = _("{year}年{first}—{last}月")
    return text.format(year=span.last.year, first=span.first.month, last=span.last.month)


def _heads(statement: Statement) -> list[str]:
    names = {
        "closing": _("期末余额"), "opening": _("年初余额"), "amount": _("本年累计"),
        "period_amount": _period_head(statement.span), "prior": _("上年同期"),
    }  # fmt: skip
    return [names.get(column, column) for column in statement.columns]


def _period_head(span: Span) -> str:
    if span.first == span.last:
        return _("本月金额")
    return _("本季金额") if span.first.plus(2) == span.last else _("本期金额")


def _sheet_look(statement: Statement) -> TableLook:
    money = [TableColumn(head, 15, 1.0) for head in _heads(statement)]
    left = (TableColumn(_("资产"), 27), TableColumn(_("行次"), 5, 0.5), *money)
    right = (TableColumn(_("负债和所有者权益"), 27), TableColumn(_("行次"), 5, 0.5), *money)
    return TableLook(A4_WIDE, (*left, *right), row=15.5)


def _income_look(statement: Statement) -> TableLook:
    money = [TableColumn(head, 18, 1.0) for head in _heads(statement)]
    columns = (TableColumn(_("项目"), 36), TableColumn(_("行次"), 6, 0.5), *money)
    return TableLook(A4, columns, row=22.0, type_size=10.0)
