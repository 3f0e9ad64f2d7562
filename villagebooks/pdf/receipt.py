"""票据使用核销表 on A4: every number of a receipt book, its sums, and who returns and writes it off."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from villagebooks.core.money import said_yuan
from villagebooks.core.paper import BOOKED
from villagebooks.core.period import Month
from villagebooks.core.receipt import MISSING, USED, VOID, Receipt, ReceiptUse, next_number
from villagebooks.core.words import _
from villagebooks.pdf.form import FormSheet, FormTable, FormWords, draw_form
from villagebooks.pdf.table import TableColumn, TableRow


def draw_receipt_use(use: ReceiptUse, name: str, month: Month, day: date, out: Path, centre: str) -> int:
    """Draw it; the number of pages. `Trouble` when the disk fails."""
    return draw_form([receipt_sheet(use, name, month, day, centre)], out, centre)


def receipt_sheet(use: ReceiptUse, name: str, month: Month, day: date, centre: str) -> FormSheet:
    """The sheet in words."""
    columns = (
        TableColumn(_("号码"), 11), TableColumn(_("使用情况"), 12), TableColumn(_("日期"), 13),
        TableColumn(_("交款人"), 15), TableColumn(_("收什么款"), 20), TableColumn(_("金额"), 13, 1.0),
        TableColumn(_("入账凭证"), 15),
    )  # fmt: skip
    book = use.issued.book
    facts = (
        _("收据本 {code}，起止号 {first}—{last}，{day} 由{who}领用。").format(
            code=book.code, first=book.first, last=book.last, day=book.issued_on, who=book.issued_to
        ),
    )
    rows = tuple(_row(use, one) for one in use.issued.numbers)
    blocks = (FormWords("", facts), FormTable("", columns, rows), FormWords("", _sums(use)))
    signs = (_("领用人（交回）："), _("收回人："), _("核销人："), _("中心主任："))
    above = (
        _("单位名称：{name}").format(name=name), _("到 {month} 为止").format(month=month),
        _("打印日期：{day}").format(day=day.isoformat()),
    )  # fmt: skip
    return FormSheet(_("收款收据使用核销表"), above, blocks, signs, centre)


def _row(use: ReceiptUse, one: Receipt) -> TableRow:
    words = {USED: _("已用"), VOID: _("作废"), MISSING: _("断号")}
    paper = use.papers.get(one.paper)
    amount = said_yuan(one.amount_fen) if one.state == USED else ""
    payer, what = (paper.payee, paper.words) if paper else ("", "")
    is_booked = paper is not None and paper.state == BOOKED
    booked = use.titles.get(one.paper, "") if is_booked else _("还没有入账") if one.state == USED else ""
    return TableRow((one.number, words[one.state], one.day, payer, what, amount, booked))


def _sums(use: ReceiptUse) -> tuple[str, ...]:
    book, count = use.issued.book, use.issued.count
    told = _("用 {used} 张，共 {yuan} 元；作废 {void} 张（各联要收齐）；断号 {missing} 张；空白 {left} 张。").format(
        used=len(count.used) + book.used_before, yuan=said_yuan(use.total_fen), void=len(count.void),
        missing=len(count.missing), left=count.left,
    )  # fmt: skip
    lines = [told]
    if book.used_before:
        lines.append(_("其中 {n} 张是本程序记账以前用的，上面没有列。").format(n=book.used_before))
    if count.left:
        text = _("空白的是 {first}—{last}，交回时当面点清。")
        lines.append(text.format(first=next_number(use.issued), last=book.last))
    return tuple(lines)
