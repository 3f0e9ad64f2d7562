"""逾期清单 on paper: what is past its term, with whom it lies, to whom it goes; for the township, which has no key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from villagebooks.core.inbox import WHISTLE, Waiting, piles
from villagebooks.core.money import said_yuan
from villagebooks.core.words import _
from villagebooks.pdf.form import FormSheet, FormTable, FormWords, draw_form
from villagebooks.pdf.table import TableColumn, TableRow


def draw_late(late: Sequence[Waiting], day: date, out: Path, centre: str) -> int:
    """Draw the list; the number of pages."""
    return draw_form([late_sheet(late, day, centre)], out, centre)


def late_sheet(late: Sequence[Waiting], day: date, centre: str) -> FormSheet:
    """The list in words: whistles first, they ask the township itself, then each village's steps."""
    blocks: list[FormTable | FormWords] = []
    whistles = [one for one in late if one.kind == WHISTLE]
    steps = [one for one in late if one.kind != WHISTLE]
    if whistles:
        asked = (TableColumn(_("村"), 14), TableColumn(_("请办的事"), 42), TableColumn(_("请谁办"), 20),
                   TableColumn(_("期限"), 13), TableColumn(_("迟几天"), 9, 1.0))  # fmt: skip
        blocks.append(FormTable(_("一、吹哨没有按期答复的"), asked, tuple(map(_whistle_row, whistles))))
    if steps:
        columns = (
            TableColumn(_("村"), 13), TableColumn(_("字号"), 16), TableColumn(_("事由"), 22),
            TableColumn(_("金额（元）"), 12, 1.0), TableColumn(_("卡在哪一步、谁那里"), 19),
            TableColumn(_("迟几天"), 8, 1.0), TableColumn(_("催到"), 12),
        )  # fmt: skip
        heading = _("二、签字、受理没有按期办的") if whistles else _("签字、受理没有按期办的")
        blocks.append(FormTable(heading, columns, tuple(map(_step_row, steps))))
    blocks.append(FormWords("", (_summary(late),)))
    above = (_("截至 {day}").format(day=day.isoformat()), "", _("迟几天：按工作日算"))
    return FormSheet(_("逾期清单"), above, tuple(blocks), (_("中心主任："), _("分管领导：")), centre)


def _whistle_row(one: Waiting) -> TableRow:
    due = one.due.isoformat() if one.due else ""
    return TableRow((one.place or "—", one.words, _("、").join(one.people), due, str(one.late)))


def _step_row(one: Waiting) -> TableRow:
    where = _("{step}　{people}").format(step=one.step_title, people=_("、").join(one.people))
    title = f"{one.month} {one.title}"
    amount = said_yuan(one.amount_fen)
    return TableRow((one.place or "—", title, one.words, amount, where, str(one.late), _("、").join(one.urged)))


def _summary(late: Sequence[Waiting]) -> str:
    if not late:
        return _("没有逾期的事。")
    text = _("合计 {n} 件，{villages} 处，最长迟 {days} 个工作日。")
    return text.format(n=len(late), villages=len(piles(late)), days=max(one.late for one in late))
