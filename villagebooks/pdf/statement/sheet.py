"""Statements on A4: balance sheet with its two sides, income statement, 收支明细表, 权益变动表, the township's sums."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from villagebooks.core.period import Span
from villagebooks.core.statement import (
    BALANCE_SHEET,
    DETAIL,
    EQUITY,
    INCOME,
    TOTAL_ASSETS,
    TRIAL_BALANCE,
    Statement,
    StatementRow,
    plain_label,
)
from villagebooks.core.words import _, pgettext
from villagebooks.pdf.ink import A4, A4_WIDE
from villagebooks.pdf.table import TableColumn, TableLook, TablePage, TableRow, draw_table, figure

OLD = "2004"
DISTRIBUTION_HEAD = "四、本年收益"
"""The line with which the right side of the 2004 income statement (村会02表) begins."""


def draw_statement(statement: Statement, out: Path, centre: str = "") -> int:
    """Draw the statement; the number of pages. The 2023 layouts say that they are no official form."""
    return draw_table(statement_cells(statement), statement_look(statement), out, centre)


def statement_cells(statement: Statement) -> tuple[TablePage, ...]:
    """The pages of the statement in words."""
    cut = _cut(statement)
    columns = _columns(statement)
    rows = _two_sided(statement, cut, columns) if cut else [_row(row, statement, columns) for row in statement.rows]
    look = statement_look(statement)
    above = (_("编制单位：{name}").format(name=statement.name), date_text(statement.span, statement.is_sheet),
             _right_words(statement))  # fmt: skip
    parts = [rows[start : start + look.rows] for start in range(0, len(rows), look.rows)] or [[]]
    return tuple(
        TablePage(statement_title(statement), above, tuple(part), signatures() if part is parts[-1] else (),
                  form_note(statement))
        for part in parts
    )  # fmt: skip


def statement_look(statement: Statement) -> TableLook:
    """Paper and columns: two sides lie on A4 across, lists stand."""
    columns = _columns(statement)
    heads = [column_head(name, statement) for name in columns]
    if _cut(statement):
        money = [TableColumn(head, 15 if len(heads) > 2 else 16, 1.0) for head in heads]
        number = TableColumn(_("行次"), 5, 0.5)
        if statement.kind == BALANCE_SHEET:
            left, right = _("资产"), _("负债和所有者权益")
        else:
            left, right = _("本年收益"), _("收益分配")
        label = 27 if len(heads) == 2 else 24
        sides = (TableColumn(left, label), number, *money, TableColumn(right, label), number, *money)
        return TableLook(A4_WIDE, sides, row=15.5, type_size=9.0 if len(heads) == 2 else 8.5)
    if statement.kind == TRIAL_BALANCE:
        money = [TableColumn(head, 16, 1.0, over) for head, over in zip(heads, _over_heads(), strict=True)]
        return TableLook(A4_WIDE, (TableColumn(_("科目代码"), 10), TableColumn(_("科目名称"), 26), *money))
    if statement.kind in (DETAIL, EQUITY):
        money = [TableColumn(head, 20, 1.0) for head in heads]
        return TableLook(A4, (TableColumn(_("科目"), 11), TableColumn(pgettext("row", "项目"), 34), *money), row=16.5)
    money = [TableColumn(head, 18, 1.0) for head in heads]
    return TableLook(
        A4, (TableColumn(pgettext("row", "项目"), 36), TableColumn(_("行次"), 6, 0.5), *money), row=22.0, type_size=10.0
    )


def statement_title(statement: Statement) -> str:
    """What stands above: the layout's title, 汇总 for a sum of villages."""
    usual = _("资产负债表") if statement.kind == BALANCE_SHEET else _("收益及收益分配表")
    title = statement.title or usual
    return _("{title}（汇总）").format(title=title) if statement.books > 1 or statement.book == "*" else title


def signatures() -> tuple[str, ...]:
    """Places to sign below the last page."""
    return (_("单位负责人："), _("会计主管："), _("复核："), _("制表："))


def form_note(statement: Statement) -> str:
    """Whose form it is, and what a reader must know of its figures."""
    said = list(statement.remarks)
    if statement.unknown:
        said.append(_("账套里没有上年同期的账，上年栏空白。"))
    said.append(_origin(statement))
    return " ".join(one for one in said if one)


def date_text(span: Span, sheet: bool) -> str:
    """The day of a balance sheet, the months of what moved."""
    if sheet:
        day = span.last.last_day
        return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)
    if span.first == span.last:
        return _("{year}年{month}月").format(year=span.last.year, month=span.last.month)
    if span.first.year != span.last.year:
        text = _("{y}年{m}月至{year}年{month}月")
        return text.format(y=span.first.year, m=span.first.month, year=span.last.year, month=span.last.month)
    if (span.first.month, span.last.month) == (1, 12):
        return _("{year}年度").format(year=span.last.year)
    text = _("{year}年{first}—{last}月")
    return text.format(year=span.last.year, first=span.first.month, last=span.last.month)


def column_head(name: str, statement: Statement) -> str:
    """A column's head on this statement."""
    if statement.standard == OLD and statement.kind == BALANCE_SHEET and not statement.version:
        old = {"opening": _("年初数"), "closing": _("期末数"), "year_ago": _("上年同日数")}
        if statement.span.last.month == 12:
            old["closing"] = _("年末数")
        return old[name]
    heads = {
        "closing": _("期末余额"), "opening": _("年初余额"), "year_ago": _("上年同日余额"), "amount": _("本年累计"),
        "period_amount": period_head(statement.span), "prior": _("上年同期"), "period_prior": _("上年同期"),
        "increase": _("本年增加"), "decrease": _("本年减少"), "opening_debit": _("借方"), "opening_credit": _("贷方"),
        "debit": _("借方"), "credit": _("贷方"), "closing_debit": _("借方"), "closing_credit": _("贷方"),
    }  # fmt: skip
    if statement.kind == DETAIL:
        heads["prior"] = _("上年同期累计")
    return heads.get(name, name)


def period_head(span: Span) -> str:
    """What the column of the span alone is called."""
    if span.first == span.last:
        return _("本月金额")
    return _("本季金额") if span.first.plus(2) == span.last else _("本期金额")


def _over_heads() -> tuple[str, ...]:
    return tuple(one for one in (_("期初余额"), _("本期发生额"), _("期末余额")) for _side in range(2))


def _columns(statement: Statement) -> tuple[str, ...]:
    """Columns in the order of the paper: the old balance sheet has 年初数 before 期末数; 收支明细表 the month first."""
    names = (*statement.columns, *statement.extra)
    if statement.kind == DETAIL:
        whole = statement.span.first.month == 1 and statement.span.first != statement.span.last
        return ("amount", "prior") if whole else ("period_amount", "period_prior", "amount", "prior")
    if statement.standard == OLD and statement.kind == BALANCE_SHEET and not statement.version:
        return ("opening", "closing", *statement.extra)
    return names


def _cut(statement: Statement) -> int:
    """Rows of the left side, 0 for a list: balance sheets after 资产总计, the official 2004 income before 四."""
    labels = [plain_label(row.label) for row in statement.rows]
    if statement.kind == BALANCE_SHEET:
        return labels.index(TOTAL_ASSETS) + 1 if TOTAL_ASSETS in labels else len(labels)
    if statement.kind == INCOME and statement.standard == OLD and not statement.version:
        return labels.index(DISTRIBUTION_HEAD) if DISTRIBUTION_HEAD in labels else 0
    return 0


def _two_sided(statement: Statement, cut: int, columns: Sequence[str]) -> list[TableRow]:
    """Both sides, those of a balance sheet with their totals on the last line."""
    rows = [_row(row, statement, columns) for row in statement.rows]
    left, right = rows[:cut], rows[cut:]
    empty = TableRow(("",) * (2 + len(columns)))
    longest = max(len(left), len(right))
    for side in (left, right):
        missing = [empty] * (longest - len(side))
        if side and statement.kind == BALANCE_SHEET:
            side[-1:-1] = missing
        else:
            side += missing
    sides = [TableRow((*one.cells, *two.cells), one.bold, two.bold) for one, two in zip(left, right, strict=True)]
    return sides + _supplement(statement, len(columns))


def _supplement(statement: Statement, columns: int) -> list[TableRow]:
    """补充资料 below both sides, two amounts a row."""
    if not statement.supplement:
        return []
    blank = ("",) * (columns - 1)
    cells = [(label, "", figure(fen, zero="0.00"), *blank) for label, fen in statement.supplement]
    if len(cells) % 2:
        cells.append(("",) * (2 + columns))
    head = TableRow((_("补充资料："), *("",) * (3 + 2 * columns)), bold=True)
    return [head, *(TableRow((*cells[place], *cells[place + 1])) for place in range(0, len(cells), 2))]


def _row(row: StatementRow, statement: Statement, columns: Sequence[str]) -> TableRow:
    names = (*statement.columns, *statement.extra)
    amounts = dict(zip(names, row.amounts_fen, strict=False))
    cells = tuple(
        figure(amounts[name], zero=_zero(statement)) if name in amounts and statement.knows(name, row.line_no) else ""
        for name in columns
    )
    codes = statement.kind in (DETAIL, EQUITY, TRIAL_BALANCE)
    first = (row.line_no, row.label) if codes else (row.label, row.line_no)
    return TableRow((*first, *cells), bold=_strong(row, codes))


def _zero(statement: Statement) -> str:
    return "" if statement.kind in (TRIAL_BALANCE, EQUITY) else "0.00"


def _strong(row: StatementRow, codes: bool) -> bool:
    if codes:
        return len(row.line_no) == 3 or (not row.line_no and row.label[:1] != "　")
    return not row.line_no or "总计" in row.label


def _right_words(statement: Statement) -> str:
    """The form's own mark, where it has one, before the unit."""
    mark = {BALANCE_SHEET: _("村会01表"), INCOME: _("村会02表")}.get(statement.kind, "")
    if statement.standard == OLD and mark and not statement.version:
        return _("{mark}　单位：元").format(mark=mark)
    return _("单位：元")


def _origin(statement: Statement) -> str:
    if statement.kind in (DETAIL, EQUITY, TRIAL_BALANCE):
        return ""
    if statement.version:
        text = _("格式：本乡镇自定的“{title}”第 {n} 版，不是财政部公布的正式表样。")
        return text.format(title=statement.title, n=statement.version)
    if statement.standard == OLD:
        return _("格式：财会〔2004〕12号，{form}").format(
            form=_("村会01表") if statement.kind == BALANCE_SHEET else _("村会02表")
        )
    return _(
        "本表依《农村集体经济组织会计制度》（财会〔2023〕14号）的科目编排，行次由本系统编定，不是财政部公布的正式表样。"
    )
