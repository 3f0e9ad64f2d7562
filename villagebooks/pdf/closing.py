"""The register of closings, reopenings and year locks (结账登记簿) on A4 across, every reason and warning in full."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from villagebooks.core.closing import CLOSE, LOCK, PeriodAct, act_word
from villagebooks.core.words import _
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
        "、".join(one.signers),
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
