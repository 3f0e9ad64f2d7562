"""审批单 on A4: the voucher in short, its code as text and QR, a row with room for ink for every step."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.money import capital_text, said_yuan
from villagebooks.core.slip import Slip
from villagebooks.core.words import _
from villagebooks.pdf.disclosure.qr import draw_qr
from villagebooks.pdf.font import BOLD
from villagebooks.pdf.ink import A4, GREY, PALE, Ink, open_ink
from villagebooks.pdf.text import shrink, wrap

LEFT, RIGHT = 50.0, 42.0
QR = 76.0
TYPE, LEAD = 10.5, 17.0
ROW = 50.0
EDGES = (0.0, 0.2, 0.52, 0.76, 1.0)
"""Columns of the steps: step, signature, date, remark; shares of the width."""


def draw_slip(slip: Slip, out: Path, imprint: str = "") -> int:
    """Draw the slip on one page; the number of pages."""
    with open_ink(out, _("审批单"), A4, imprint) as ink:
        y = _draw_head(ink, slip)
        y = _draw_facts(ink, slip, y)
        _draw_steps(ink, slip, y)
        ink.turn()
    return 1


def _draw_head(ink: Ink, slip: Slip) -> float:
    wide, high = ink.size
    y = high - 66
    ink.text(wide / 2, y, _("记账凭证审批单"), 20, BOLD, at=0.5)
    draw_qr(ink, wide - RIGHT - QR, high - 42 - QR, QR, slip.code)
    ink.text(LEFT, y - 34, _("单位：{name}").format(name=slip.book), TYPE)
    ink.text(LEFT, y - 52, _("审批单号：{code}").format(code=slip.code), TYPE, BOLD)
    return high - 42 - QR - 18


def _draw_facts(ink: Ink, slip: Slip, y: float) -> float:
    voucher = slip.voucher
    number = _("{month}　{word}字第 {n} 号　第 {rev} 稿").format(
        month=voucher.month, word=voucher.word, n=voucher.number, rev=voucher.rev
    )
    summary = "；".join(dict.fromkeys(line.summary for line in voucher.lines))
    amount = _("{yuan} 元（大写：{words}）").format(
        yuan=said_yuan(voucher.total_fen), words=capital_text(voucher.total_fen)
    )
    facts = (
        (_("凭证"), number), (_("日期"), voucher.day.isoformat()), (_("摘要"), summary), (_("金额"), amount),
        (_("收款人"), "、".join(slip.payees) or "—"),
        (_("附单据"), _("{n} 张").format(n=voucher.attachment_count)), (_("制单人"), voucher.prepared_by),
    )  # fmt: skip
    whole = ink.size[0] - LEFT - RIGHT
    for head, text in facts:
        lines = wrap(text, ink.measure(), TYPE, whole - 84)[:4]
        high = len(lines) * LEAD + 8
        ink.fill(LEFT, y - high, 74, high, PALE)
        ink.text(LEFT + 8, y - LEAD + 1, head, TYPE, BOLD)
        ink.lines(LEFT + 82, y - LEAD + 1, lines, TYPE, LEAD)
        ink.box(LEFT, y - high, whole, high, 0.4)
        y -= high
    return y - 16


def _draw_steps(ink: Ink, slip: Slip, y: float) -> None:
    whole = ink.size[0] - LEFT - RIGHT
    edges = [LEFT + whole * share for share in EDGES]
    ink.fill(LEFT, y - 22, whole, 22, PALE)
    for head, left, right in zip((_("步骤"), _("签名"), _("日期"), _("意见")), edges, edges[1:], strict=False):
        ink.text((left + right) / 2, y - 15, head, TYPE, BOLD, at=0.5)
    ink.box(LEFT, y - 22, whole, 22, 0.6)
    y -= 22
    for one in slip.steps:
        title = shrink(one.title, ink.measure(BOLD), TYPE + 1, edges[1] - edges[0] - 10, 7)
        ink.text(edges[0] + 6, y - ROW / 2 - 4, one.title, title, BOLD)
        if one.name:
            said = _("{name}（{how}）").format(name=one.name, how=one.how)
            size = shrink(said, ink.measure(), TYPE, edges[2] - edges[1] - 12, 7)
            ink.text(edges[1] + 6, y - ROW / 2 - 4, said, size)
            ink.text(edges[2] + 6, y - ROW / 2 - 4, one.at[:10], TYPE)
        for x in edges[1:-1]:
            ink.rule(x, y, x, y - ROW, 0.3, GREY)
        ink.box(LEFT, y - ROW, whole, ROW, 0.5)
        y -= ROW
    said = _("签在纸上的，由登记人看过原件、扫描后用自己的钥匙登记为“纸质签字”。")
    said += _("凭证改过，这张审批单就作废，要重新打印。")
    ink.lines(LEFT, y - 18, wrap(said, ink.measure(), TYPE - 2, whole), TYPE - 2, TYPE + 2, colour=GREY)
    ink.text(LEFT, y - 60, _("登记人："), TYPE)
    ink.text(LEFT + whole / 2, y - 60, _("登记日期："), TYPE)
