"""会计档案借阅登记簿 on paper, with room for the borrower's and the keeper's own hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from villagebooks.core.archive import LATE, Loan
from villagebooks.core.words import _
from villagebooks.pdf.form import FormSheet, FormTable, FormWords, draw_form
from villagebooks.pdf.ink import A4_WIDE
from villagebooks.pdf.table import TableColumn, TableRow


def draw_loans(loans: Sequence[Loan], names: Mapping[str, str], day: date, out: Path, centre: str) -> int:
    """Draw the register, the oldest loan first; the number of pages."""
    return draw_form([loan_sheet(loans, names, day, centre)], out, centre, A4_WIDE)


def loan_sheet(loans: Sequence[Loan], names: Mapping[str, str], day: date, centre: str) -> FormSheet:
    """The register in words; `names` are the books' by code."""
    columns = (
        TableColumn(_("序号"), 5), TableColumn(_("借出日期"), 8.5), TableColumn(_("借阅单位、借阅人"), 13),
        TableColumn(_("借阅的册"), 20), TableColumn(_("用途"), 13), TableColumn(_("批准人"), 7),
        TableColumn(_("应还日期"), 8.5), TableColumn(_("归还日期"), 8.5), TableColumn(_("归还时的样子"), 10),
        TableColumn(_("经手"), 8), TableColumn(_("借阅人签字"), 10),
    )  # fmt: skip
    rows = tuple(_row(number, one, day) for number, one in enumerate(loans, 1))
    late = sum(one.state(day) == LATE for one in loans)
    out = sum(one.returned_on is None for one in loans)
    text = _("合计 {n} 次；没有归还的 {out} 次，其中逾期 {late} 次。")
    whole = [text.format(n=len(loans), out=out, late=late)]
    used = sorted({volume.book for one in loans for volume in one.volumes})
    whole.append(
        _("账套：{books}").format(books=_("；").join(f"{code} {names.get(code, '')}".strip() for code in used))
    )
    above = (_("截至 {day}").format(day=day.isoformat()), "", "")
    blocks = (FormTable("", columns, rows), FormWords("", tuple(whole)))
    return FormSheet(_("会计档案借阅登记簿"), above, blocks, (_("档案员："), _("中心主任：")), centre)


def _row(number: int, one: Loan, day: date) -> TableRow:
    back = one.returned_on.isoformat() if one.returned_on else ""
    back = _("逾期未还") if one.state(day) == LATE else back
    hands = _("、").join(dict.fromkeys(name for name in (one.lent_by, one.received_by) if name))
    return TableRow(
        (
            str(number), one.out_on.isoformat(), f"{one.unit}　{one.borrower}", _("；").join(map(str, one.volumes)),
            one.purpose, one.approved_by, one.due_on.isoformat(), back, one.condition, hands, "",
        )
    )  # fmt: skip
