"""Binding covers on A4 or at the size of a voucher (240 × 140 mm), and the month's catalogue of vouchers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from villagebooks.core.cover import STATEMENTS, VOUCHER_SIZE, VOUCHERS, Catalogue, Cover
from villagebooks.core.voucher import VOID
from villagebooks.core.words import _
from villagebooks.pdf.font import BOLD
from villagebooks.pdf.ink import A4, GREY, MM, Ink, open_ink
from villagebooks.pdf.table import TableColumn, TableLook, TablePage, TableRow, draw_table, figure
from villagebooks.pdf.text import shrink

VOUCHER_PAPER = (240 * MM, 140 * MM)


@dataclass(frozen=True, slots=True)
class CoverCells:
    """A cover in words: title, whose, a table of facts (head, text), what is inside, who signs, how long it is kept."""

    title: str
    name: str
    period: str
    facts: tuple[tuple[str, str], ...]
    contents: tuple[tuple[str, str], ...]
    signs: tuple[str, ...]
    foot: str


def cover_cells(cover: Cover) -> CoverCells:
    """The cover in words."""
    if cover.kind == VOUCHERS:
        facts, contents = _voucher_facts(cover)
        signs = (_("会计主管："), _("复核："), _("装订人："), _("装订日期：　　　年　　月　　日"))
    else:
        facts = ((_("册数"), _("第　　册　共　　册")), (_("页数"), _("共　　　页")))
        contents = tuple((title, "") for title in cover.contents)
        last = _("报出日期：　　　年　　月　　日") if cover.kind == STATEMENTS else _("装订日期：　　　年　　月　　日")
        maker = _("制表：") if cover.kind == STATEMENTS else _("记账：")
        signs = (_("单位负责人："), _("会计主管："), maker, last)
    foot = _("账套代码：{code}　　保管期限：{kept}　　{centre}")
    return CoverCells(
        cover.title, _("单位名称：{name}").format(name=cover.name), cover.period, facts, contents, signs,
        foot.format(code=cover.code, kept=cover.kept, centre=cover.centre),
    )  # fmt: skip


def _voucher_facts(cover: Cover) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    days = ""
    if cover.first_day and cover.last_day:
        text = _("{m1} 月 {d1} 日至 {m2} 月 {d2} 日")
        first, last = cover.first_day, cover.last_day
        days = text.format(m1=first.month, d1=first.day, m2=last.month, d2=last.day)
    facts = (
        (_("册数"), _("第 {n} 册　共 {all} 册").format(n=cover.volume, all=cover.volumes)), (_("起止日期"), days),
        (_("凭证张数"), _("{n} 张").format(n=cover.sheets)), (_("附件张数"), _("{n} 张").format(n=cover.attachments)),
    )  # fmt: skip
    void = _("，其中作废 {n} 张")
    contents = tuple(
        (
            _("{word}字").format(word=one.word),
            _("第 {first} 号至第 {last} 号　共 {n} 张").format(first=one.first, last=one.last, n=one.count)
            + (void.format(n=one.void) if one.void else ""),
        )
        for one in cover.numbers
    )
    return facts, contents


def draw_covers(covers: Sequence[Cover], out: Path, paper: str) -> int:
    """Draw covers one a page and return how many. `Trouble` when the disk refuses."""
    size = VOUCHER_PAPER if paper == VOUCHER_SIZE else A4
    with open_ink(out, covers[0].title, size, covers[0].centre) as ink:
        for cover in covers:
            _draw(ink, cover_cells(cover), size)
            ink.turn()
    return len(covers)


def _draw(ink: Ink, cells: CoverCells, size: tuple[float, float]) -> None:
    small = size == VOUCHER_PAPER
    unit = 1.0 if small else 1.45
    left, right, top = 25 * MM, size[0] - 12 * MM, size[1] - (14 if small else 40) * MM
    middle = (left + right) / 2
    ink.box(left - 6, 8 * MM, right - left + 12, size[1] - 16 * MM, 1.2)
    ink.box(left - 3, 8 * MM + 3, right - left + 6, size[1] - 16 * MM - 6, 0.4)
    ink.text(middle, top - 20 * unit, cells.title, 22 * unit, BOLD, at=0.5)
    ink.rule(middle - 95 * unit, top - 27 * unit, middle + 95 * unit, top - 27 * unit, 0.8)
    ink.rule(middle - 95 * unit, top - 29.5 * unit, middle + 95 * unit, top - 29.5 * unit, 0.4)
    y = top - 52 * unit
    period = ink.width(cells.period, 13 * unit, BOLD)
    name = shrink(cells.name, ink.measure(), 13 * unit, right - left - 16 - period - 20, 6)
    ink.text(left + 8, y, cells.name, name)
    ink.text(right - 8, y, cells.period, 13 * unit, BOLD, at=1)
    y = _draw_facts(ink, cells.facts, (left + 8, right - 8), y - 14 * unit, unit)
    _draw_contents(ink, cells.contents, (left + 8, right - 8), y - 6 * unit, 8 * MM + 62 * unit)
    _draw_signs(ink, cells.signs, (left + 8, right - 8), 8 * MM + 30 * unit, 10.5 if small else 12.0)
    fitting = shrink(cells.foot, ink.measure(), 8.5, right - left - 16, 5)
    ink.text(middle, 8 * MM + 10, cells.foot, fitting, colour=GREY, at=0.5)


def _draw_signs(ink: Ink, signs: tuple[str, ...], ends: tuple[float, float], y: float, size: float) -> None:
    """Who signs, side by side; the day beside them, or on upright paper below them."""
    left, right = ends
    *people, day = signs
    beside = right - left > 120 * MM * 1.4
    each = (right - left - (ink.width(day, size) + 8 if beside else 0)) / len(people)
    for place, text in enumerate(people):
        ink.text(left + place * each, y if beside else y + 26, text, size)
    ink.text(right, y, day, size, at=1)


def _draw_facts(
    ink: Ink, facts: tuple[tuple[str, str], ...], ends: tuple[float, float], y: float, unit: float
) -> float:
    """Facts two a row in boxes; the y below."""
    left, right = ends
    half, high = (right - left) / 2, 22 * unit
    for place, (head, text) in enumerate(facts):
        x = left + (place % 2) * half
        top = y - (place // 2) * high
        ink.box(x, top - high, half, high, 0.5)
        ink.rule(x + 70 * unit, top, x + 70 * unit, top - high, 0.5)
        ink.text(x + 35 * unit, top - high / 2 - 4 * unit, head, 11 * unit, at=0.5)
        room = half - 70 * unit - 12
        ink.text(x + 70 * unit + 8, top - high / 2 - 4 * unit, text, shrink(text, ink.measure(), 11.5 * unit, room, 6))
    return y - ((len(facts) + 1) // 2) * high


def _draw_contents(
    ink: Ink, contents: tuple[tuple[str, str], ...], ends: tuple[float, float], y: float, bottom: float
) -> None:
    """What is inside, in lines as high as the room allows, in two columns when there are many."""
    if not contents:
        return
    left, right = ends
    columns = 1 if len(contents) <= 4 or (y - bottom) / len(contents) > 24 else 2
    rows = -(-len(contents) // columns)
    high = min(30.0, (y - bottom) / rows)
    size, wide = min(14.0, high * 0.6), (right - left) / columns
    for place, (head, text) in enumerate(contents):
        x, line = left + (place // rows) * wide, y - (place % rows + 1) * high
        fitting = shrink(head, ink.measure(BOLD), size, wide - 16 if not text else 90, 5)
        ink.text(x + 4, line + high * 0.3, head, fitting, BOLD)
        ink.text(x + 96, line + high * 0.3, text, shrink(text, ink.measure(), size, wide - 104, 5))
        ink.rule(x, line, x + wide - (8 if columns > 1 else 0), line, 0.3, GREY)


def catalogue_look() -> TableLook:
    """Columns of 凭证目录 on A4."""
    return TableLook(
        A4,
        (
            TableColumn(_("凭证号"), 10), TableColumn(_("日期"), 11), TableColumn(_("摘要"), 45),
            TableColumn(_("金额"), 18, 1.0), TableColumn(_("附件"), 6, 1.0), TableColumn(_("制单"), 10),
            TableColumn(_("备注"), 8),
        ),
        row=16.5,
    )  # fmt: skip


def catalogue_cells(catalogue: Catalogue, centre: str) -> tuple[TablePage, ...]:
    """The catalogue in words; the sum stands on the last page."""
    look = catalogue_look()
    rows = [
        TableRow((
            head.title, head.day.isoformat(), head.summary, figure(head.total_fen, zero="0.00"),
            str(head.attachment_count), "" if head.prepared_by == "import" else head.prepared_by,
            _("作废") if head.state == VOID else "",
        ))
        for head in catalogue.heads
    ]  # fmt: skip
    total = _("合计 {n} 张").format(n=len(catalogue.heads))
    rows.append(TableRow(("", "", total, figure(catalogue.total_fen, zero="0.00"), str(catalogue.attachments), "", ""),
                         bold=True))  # fmt: skip
    parts = [rows[start : start + look.rows] for start in range(0, len(rows), look.rows)]
    month = _("{year}年{month}月").format(year=catalogue.month.year, month=catalogue.month.month)
    above = (_("单位名称：{name}").format(name=catalogue.name), month, _("单位：元"))
    below = (_("会计主管："), _("复核："), _("制表："))
    return tuple(
        TablePage(_("会计凭证目录"), above, tuple(part), below if part is parts[-1] else (), centre) for part in parts
    )


def draw_catalogues(catalogues: Sequence[Catalogue], out: Path, centre: str = "") -> int:
    """Draw the catalogues of several months one after another; the number of pages."""
    pages = [page for one in catalogues for page in catalogue_cells(one, centre)]
    return draw_table(pages, catalogue_look(), out, centre)
