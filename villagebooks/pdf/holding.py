"""会计档案保管清册 on A4 across: a book's year after another, of several books with their sums in front."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from villagebooks.core.archive import volume_kind_words
from villagebooks.core.holding import Holding, HoldingList
from villagebooks.core.words import _
from villagebooks.pdf.form import FormSheet, FormTable, FormWords, draw_form
from villagebooks.pdf.ink import A4_WIDE
from villagebooks.pdf.table import TableColumn, TableRow


def draw_holdings(lists: Sequence[HoldingList], day: date, out: Path, centre: str) -> int:
    """Draw the registers; the number of pages. `Trouble` when the disk fails."""
    front = [holding_sums(lists, day, centre)] if len(lists) > 1 else []
    return draw_form([*front, *(holding_sheet(one, day, centre) for one in lists)], out, centre, A4_WIDE)


def holding_sheet(one: HoldingList, day: date, centre: str) -> FormSheet:
    """The register of a book's year in words."""
    columns = (
        TableColumn(_("序号"), 5), TableColumn(_("档案名称"), 30), TableColumn(_("起止日期"), 21),
        TableColumn(_("册数"), 13), TableColumn(_("页数（张数）"), 17), TableColumn(_("保管期限"), 8.5),
        TableColumn(_("存放地点"), 12), TableColumn(_("备注"), 14),
    )  # fmt: skip
    words = volume_kind_words()
    blocks: list[FormTable | FormWords] = []
    for kind in words:
        lines = [line for line in one.lines if line.kind == kind]
        if lines:
            rows = tuple(_row(number, line) for number, line in enumerate(lines, 1))
            blocks.append(FormTable(words[kind], columns, rows))
    blocks.append(FormWords("", _notes(one)))
    above = (
        _("单位名称：{name}").format(name=one.name), _("{year} 年度").format(year=one.year),
        _("截至 {day}").format(day=day.isoformat()),
    )  # fmt: skip
    signs = (_("档案员："), _("监交人："), _("中心主任："))
    foot = _("账套代码：{code}　{centre}").format(code=one.code, centre=centre)
    return FormSheet(_("会计档案保管清册"), above, tuple(blocks), signs, foot)


def _row(number: int, line: Holding) -> TableRow:
    days = _("{first} 至 {last}").format(first=line.first.isoformat(), last=line.last.isoformat())
    return TableRow((str(number), line.title, days, line.volumes, line.pages, line.kept, "", line.remark))


def _notes(one: HoldingList) -> tuple[str, ...]:
    notes = [
        _("会计凭证共 {n} 册。册数、页数、存放地点空着的，装订、入柜以后用笔填；保管期限空着的，按当地规定填。").format(
            n=one.voucher_volumes
        )
    ]
    if one.not_closed:
        notes.append(_("没有结账的月份：{months}。结了账、装订好，再印一次。").format(months=one.open_words))
    for loan in one.out:
        volumes = _("；").join(str(it) for it in loan.volumes if (it.book, it.year) == (one.code, one.year))
        text = _("借出未还：{volumes}，{unit}{name}，应在 {day} 归还。")
        notes.append(text.format(volumes=volumes, unit=loan.unit, name=loan.borrower, day=loan.due_on))
    return tuple(notes)


def holding_sums(lists: Sequence[HoldingList], day: date, centre: str) -> FormSheet:
    """How much is kept of each book: lines of its register by kind."""
    words = volume_kind_words()
    heads = (_("{kind}（册）"), _("{kind}（种）"), _("{kind}（种）"), _("{kind}（种）"))
    columns = (
        TableColumn(_("序号"), 6), TableColumn(_("账套"), 9), TableColumn(_("单位名称"), 30),
        *(TableColumn(head.format(kind=word), 18, 1.0) for head, word in zip(heads, words.values(), strict=True)),
        TableColumn(_("借出未还（次）"), 15, 1.0), TableColumn(_("没有结账的月份"), 16),
    )  # fmt: skip
    counts = [[sum(line.kind == kind for line in one.lines) for kind in words] + [len(one.out)] for one in lists]
    rows = [
        TableRow((str(number), one.code, one.name, *map(str, count), one.open_words))
        for number, (one, count) in enumerate(zip(lists, counts, strict=True), 1)
    ]
    sums = [str(sum(column)) for column in zip(*counts, strict=True)]
    rows.append(TableRow(("", "", _("合计 {n} 个账套").format(n=len(lists)), *sums, ""), bold=True))
    above = ("", _("{year} 年度").format(year=lists[0].year), _("截至 {day}").format(day=day.isoformat()))
    signs = (_("档案员："), _("监交人："), _("中心主任："))
    return FormSheet(_("会计档案保管清册（汇总）"), above, (FormTable("", columns, tuple(rows)),), signs, centre)
