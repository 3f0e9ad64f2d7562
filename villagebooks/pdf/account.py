"""The chart of a book (会计科目表) and how villages differ from the unified accounts (与统一科目的差别), A4 across."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from villagebooks.core.account import Account, BookDeviations, kind_word
from villagebooks.core.voucher import need_names
from villagebooks.core.words import _
from villagebooks.pdf.ink import A4_WIDE
from villagebooks.pdf.table import TableColumn, TableLook, TablePage, TableRow, draw_table


def draw_charts(charts: Mapping[str, Sequence[Account]], out: Path, centre: str = "") -> int:
    """Draw the accounts of books, by the name of each; the number of pages."""
    return draw_table(chart_cells(charts, centre), _chart_look(), out, centre)


def draw_deviations(found: Sequence[BookDeviations], out: Path, centre: str = "", day: str = "") -> int:
    """Draw the differences of every village; the number of pages."""
    return draw_table(deviation_cells(found, centre, day), _deviation_look(), out, centre)


def chart_cells(charts: Mapping[str, Sequence[Account]], centre: str = "") -> tuple[TablePage, ...]:
    """The pages in words, each book on pages of its own."""
    room = _chart_look().rows
    pages = []
    for name, accounts in charts.items():
        above = (_("核算单位：{name}").format(name=name), "", _("共 {n} 个科目").format(n=len(accounts)))
        rows = [_chart_row(one) for one in accounts]
        pages += [
            TablePage(_("会计科目表"), above, tuple(rows[start : start + room]), foot=centre)
            for start in range(0, max(len(rows), 1), room)
        ]
    return tuple(pages)


def _chart_row(one: Account) -> TableRow:
    sides = {"D": _("借"), "C": _("贷"), "B": _("借或贷")}
    names = need_names()
    needs = _("、").join(names.get(need, need) for need in one.needs) + (
        _("（{more}）").format(more=one.unit) if one.unit else ""
    )
    if one.stopped_on:
        state = _("{day} 停用").format(day=one.stopped_on)
    elif one.split_on:
        state = _("{day} 拆分").format(day=one.split_on)
    else:
        state = _("末级") if one.leaf else ""
    name = "　" * (one.level - 1) + one.name
    return TableRow((one.code, name, sides.get(one.side, one.side), state, needs), bold=one.level == 1)


def deviation_cells(found: Sequence[BookDeviations], centre: str = "", day: str = "") -> tuple[TablePage, ...]:
    """The pages in words: village after village in the order given."""
    rows = [row for one in found for row in _deviation_rows(one)]
    room = _deviation_look().rows
    count = sum(len(one.deviations) for one in found)
    above = ("", _("{n} 个账套，{m} 处差别").format(n=len(found), m=count), day)
    parts = [rows[start : start + room] for start in range(0, len(rows), room)] or [[]]
    below = (_("会计主管："), _("经办："))
    return tuple(
        TablePage(_("与统一科目的差别"), above, tuple(part), below if part is parts[-1] else (), centre)
        for part in parts
    )


def _deviation_rows(one: BookDeviations) -> Iterator[TableRow]:
    name = f"{one.book} {one.name}"
    if not one.version:
        yield TableRow((name, "", "", "", "", _("{standard} 年制度还没有统一科目").format(standard=one.standard)))
    elif not one.deviations:
        yield TableRow((name, "", "", "", "", _("与统一科目一致")))
    for number, each in enumerate(one.deviations):
        shown = name if not number else ""
        yield TableRow((shown, each.code, kind_word(each.kind), each.name, each.theirs, each.detail))


def _chart_look() -> TableLook:
    columns = (
        TableColumn(_("科目代码"), 12), TableColumn(_("科目名称"), 40), TableColumn(_("方向"), 8, 0.5),
        TableColumn(_("记账"), 16, 0.5), TableColumn(_("分录还要填"), 24),
    )  # fmt: skip
    return TableLook(A4_WIDE, columns)


def _deviation_look() -> TableLook:
    columns = (
        TableColumn(_("账套"), 27), TableColumn(_("科目代码"), 10), TableColumn(_("差别"), 12, 0.5),
        TableColumn(_("统一科目"), 20), TableColumn(_("本村"), 20), TableColumn(_("说明"), 30),
    )  # fmt: skip
    return TableLook(A4_WIDE, columns)
