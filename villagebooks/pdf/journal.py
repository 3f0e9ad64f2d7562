"""操作日志 on paper: what was asked for, where the chains stood, every line with its number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from villagebooks.core.journal import ChainState, LogLine, state_words
from villagebooks.core.words import _
from villagebooks.pdf.form import FormSheet, FormTable, FormWords, draw_form
from villagebooks.pdf.table import TableColumn, TableRow


def draw_log(
    lines: Sequence[LogLine], states: Sequence[ChainState], asked: str, moment: str, out: Path, centre: str
) -> int:
    """Draw the lines; the number of pages. `asked` is the filter in words, `moment` when it was printed."""
    columns = (
        TableColumn(_("账套"), 8), TableColumn(_("第几条"), 8, 1.0), TableColumn(_("时间"), 17),
        TableColumn(_("谁"), 10), TableColumn(_("做了什么"), 57),
    )  # fmt: skip
    rows = tuple(
        TableRow((one.book or _("办公室"), str(one.entry.seq), one.when, one.who, one.sentence))
        for one in lines
    )  # fmt: skip
    blocks = (
        FormWords(_("日志链"), tuple(state_words(one) for one in states)),
        FormTable(_("日志（共 {n} 条，新的在前）").format(n=len(rows)), columns, rows),
    )
    above = (asked, "", _("打印时间：{at}").format(at=moment[:16].replace("T", " ")))
    signs = (_("打印人："), _("中心主任："), _("日期："))
    draw = FormSheet(_("操作日志"), above, blocks, signs, centre)
    return draw_form([draw], out, centre)
