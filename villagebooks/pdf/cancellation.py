"""作废与撤销清单 on paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from villagebooks.core.cancellation import Cancellation, what_words
from villagebooks.core.words import _
from villagebooks.pdf.form import FormSheet, FormTable, FormWords, draw_form
from villagebooks.pdf.ink import A4_WIDE
from villagebooks.pdf.table import TableColumn, TableRow, figure


def draw_cancellations(rows: Sequence[Cancellation], whose: str, span: str, out: Path, centre: str) -> int:
    """Draw the report; the number of pages."""
    columns = (
        TableColumn(_("账套"), 6), TableColumn(_("所属月份"), 8), TableColumn(_("什么"), 13),
        TableColumn(_("哪一张"), 12), TableColumn(_("金额"), 11, 1.0), TableColumn(_("谁签字"), 17),
        TableColumn(_("什么时候"), 13), TableColumn(_("原因"), 20),
    )  # fmt: skip
    cells = [
        TableRow(
            (
                one.book, one.month, what_words(one.what), one.object, figure(one.amount_fen), one.people,
                one.at[:16].replace("T", " "), one.why,
            )
        )
        for one in rows
    ]  # fmt: skip
    said = _("以下各项都是有人签字以后又作废、退回、冲销、撤销或反结账的，按办理的时间排列。")
    blocks = (FormWords("", (said,)), FormTable(_("共 {n} 项").format(n=len(cells)), columns, tuple(cells)))
    signs = (_("制表："), _("监委会："), _("中心主任："))
    sheet = FormSheet(_("作废与撤销清单"), (whose, span, _("金额单位：元")), blocks, signs, centre)
    return draw_form([sheet], out, centre, A4_WIDE)
