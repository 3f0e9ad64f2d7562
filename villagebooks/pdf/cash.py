"""库存现金盘点表 on A4: pieces, what should be there, the difference, places for everybody to sign."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.cash import CashCount, face_words
from villagebooks.core.money import capital_text
from villagebooks.core.words import _, pgettext
from villagebooks.pdf.form import FormSheet, FormTable, FormWords, draw_form
from villagebooks.pdf.table import TableColumn, TableRow, figure


def draw_count(count: CashCount, out: Path, book_name: str, account_name: str, centre: str = "") -> int:
    """Draw the sheet of one count; the number of pages."""
    return draw_form([count_sheet(count, book_name, account_name, centre)], out, centre)


def count_sheet(count: CashCount, book_name: str, account_name: str, centre: str = "") -> FormSheet:
    """The sheet in words."""
    numbers = dict(count.pieces)
    faces = [
        TableRow((word, str(numbers.get(face, "")), figure(face * numbers.get(face, 0))))
        for face, word in face_words()
    ]  # fmt: skip
    pieces = FormTable(
        _("一、实点"),
        (TableColumn(_("面额"), 20, 0.5), TableColumn(_("张（枚）数"), 20, 1.0), TableColumn(_("金额"), 30, 1.0)),
        (*faces, TableRow((_("实点合计"), "", figure(count.counted_fen, "0.00")), bold=True)),
    )
    told = (
        (_("账面余额（{day}）").format(day=count.day), count.book_fen),
        (_("加：收了还没有入账的"), count.unbooked_in_fen), (_("减：付了还没有入账的"), count.unbooked_out_fen),
        (_("应有现金"), count.expected_fen), (_("实点现金"), count.counted_fen),
        (_("差额（负数为短款）"), count.difference_fen),
    )  # fmt: skip
    compared = FormTable(
        _("二、与账核对"), (TableColumn(pgettext("row", "项目"), 40), TableColumn(_("金额"), 30, 1.0)),
        tuple(TableRow((word, figure(fen, "0.00"))) for word, fen in told),
    )  # fmt: skip
    words = FormWords(
        _("三、结论"),
        (
            _("实点人民币（大写）{words}，{verdict}。").format(
                words=capital_text(count.counted_fen), verdict=count.verdict
            ),
            *([_("原因：{reason}").format(reason=count.reason)] if count.reason else []),
        ),
    )
    month = _("{year}年{month}月").format(year=count.month.year, month=count.month.month)
    above = (_("单位：{name}").format(name=book_name), f"{count.account} {account_name}　{month}", _("金额单位：元"))
    signs = (
        _("保管人：{name}").format(name=count.holder), _("盘点人：{name}").format(name=count.counted_by),
        _("监盘人：{name}").format(name=count.watched_by), _("监委会："), _("会计主管："), _("日期："),
    )  # fmt: skip
    foot = _("监盘人已用钥匙签字 {at}").format(at=count.at[:16].replace("T", " ")) if count.at else ""
    return FormSheet(_("库存现金盘点表"), above, (pieces, compared, words), signs, f"{centre}　{foot}".strip())
