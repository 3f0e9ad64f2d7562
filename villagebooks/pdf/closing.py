"""The register of closings, reopenings and year locks (结账登记簿) on A4 across, every reason and warning in full."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from villagebooks.core.closing import CLOSE, LOCK, PeriodAct, act_word
from villagebooks.core.words import _
from villagebooks.pdf.form import FormSheet, FormTable, FormWords, draw_form
from villagebooks.pdf.ink import A4_WIDE
from villagebooks.pdf.table import TableColumn, TableLook, TablePage, TableRow, draw_table

NOTE_WIDTH = 40
"""Characters of a note on one row."""


def draw_register(acts: Sequence[PeriodAct], out: Path, book_name: str, centre: str = "") -> int:
    """Draw the register; the number of pages."""
    return draw_table(register_cells(acts, book_name, centre), _look(), out, centre)


def register_cells(acts: Sequence[PeriodAct], book_name: str, centre: str = "") -> tuple[TablePage, ...]:
    """The pages in words, one act after the other as they were signed."""
    rows = [row for number, one in enumerate(acts, 1) for row in _rows(number, one)]
    room = _look().rows
    above = (_("核算单位：{name}").format(name=book_name), _("共 {n} 次").format(n=len(acts)), "")
    parts = [rows[start : start + room] for start in range(0, len(rows), room)] or [[]]
    below = (_("会计主管："), _("经办："))
    return tuple(
        TablePage(_("结账登记簿"), above, tuple(part), below if part is parts[-1] else (), centre) for part in parts
    )


def _rows(number: int, one: PeriodAct) -> list[TableRow]:
    notes = _notes(one)
    first = (
        str(number),
        one.at[:16].replace("T", " "),
        act_word(one.act),
        one.period,
        _("、").join(one.signers),
        notes[0],
    )
    return [TableRow(first), *(TableRow(("", "", "", "", "", note)) for note in notes[1:])]


def _notes(one: PeriodAct) -> list[str]:
    if one.act == CLOSE:
        texts = [_("凭证 {n} 张，校验值 {hash}").format(n=one.vouchers, hash=one.digest[:16])]
        texts += [_("提示：{what}").format(what=warning) for warning in one.warnings]
    elif one.act == LOCK:
        texts = [_("年度报表校验值 {hash}").format(hash=one.digest)]
    else:
        texts = [_("原因：{reason}").format(reason=one.reason)]
    return [text[start : start + NOTE_WIDTH] for text in texts for start in range(0, len(text), NOTE_WIDTH)]


def _look() -> TableLook:
    columns = (
        TableColumn(_("序"), 4, 0.5), TableColumn(_("时间"), 14), TableColumn(_("事项"), 9, 0.5),
        TableColumn(_("期间"), 9, 0.5), TableColumn(_("签字人"), 14), TableColumn(_("说明"), 50),
    )  # fmt: skip
    return TableLook(A4_WIDE, columns)


def draw_act(one: PeriodAct, out: Path, book_name: str, centre: str = "") -> int:
    """Draw the record of one closing, reopening or lock with places to sign; the number of pages."""
    return draw_form([act_sheet(one, book_name, centre)], out, centre)


def act_sheet(one: PeriodAct, book_name: str, centre: str = "") -> FormSheet:
    """The record of one act in words: what was done to which month, by whom, why, and what it means."""
    rows = [
        (_("账套"), book_name), (_("事项"), act_word(one.act)), (_("期间"), one.period),
        (_("时间"), one.at[:16].replace("T", " ")), (_("签字人"), _("、").join(one.signers)), *_act_rows(one),
    ]  # fmt: skip
    table = FormTable(
        "", (TableColumn("", 14, 0.5), TableColumn("", 62)),
        tuple(TableRow((word, text)) for word, text in rows if text),
    )  # fmt: skip
    meaning = {
        CLOSE: _("结账以后，这个月和以前的月份不能再记凭证。"),
        LOCK: _(
            "锁定以后，这一年永远不能反结账。校验值由两张年度报表、科目余额表和附注里写的话算出，重算不符就是有人改过账。"
        ),
    }.get(one.act, _("反结账只让这个月可以再记凭证；已记账的凭证一张也没有动，要改只能红字冲销。补记以后请再结账。"))
    above = (_("核算单位：{name}").format(name=book_name), "", _("记录号 {uid}").format(uid=one.uid[:8]))
    signs = (*(_("{name}：").format(name=name) for name in one.signers), _("会计主管："), _("监委会："))
    title = _("{act}记录").format(act=act_word(one.act))
    return FormSheet(title, above, (table, FormWords(_("说明"), (meaning,))), signs, centre)


def _act_rows(one: PeriodAct) -> list[tuple[str, str]]:
    if one.act == CLOSE:
        told = [(_("凭证"), _("{n} 张").format(n=one.vouchers)), (_("校验值"), one.digest)]
        return told + [(_("放过的提示"), warning) for warning in one.warnings]
    return [(_("年度报表校验值"), one.digest)] if one.act == LOCK else [(_("原因"), one.reason)]
