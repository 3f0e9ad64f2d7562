"""Printed vouchers (记账凭证) on A5 across, as accountants know them: cells first, then ink over one ruled form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from villagebooks.core.approval import FOOT
from villagebooks.core.money import capital_text, yuan_text
from villagebooks.core.quantity import quantity_text
from villagebooks.core.voucher import POSTED, PRIOR_YEAR, REVERSAL, VOID, Line, Voucher
from villagebooks.core.words import _
from villagebooks.pdf.font import BOLD, SANS
from villagebooks.pdf.ink import A5_WIDE, BLACK, GREY, MM, PALE, RED, Ink, open_ink
from villagebooks.pdf.text import fit, shrink

IMPORTED = "import"
"""Stands for the names that history did not bring."""
ROWS = 7
"""Rows of a printed voucher."""


@dataclass(frozen=True, slots=True)
class VoucherPage:
    """A voucher with the names that its codes stand for.

    `paths` are account names by code from level 1 down, joined by ／; `parties` names by code; `reverses` how the
    reversed voucher is named, `corrects` what is corrected, as a mark says it; `ink` the titles of the steps (出纳,
    审核 …) whose signature stands on paper; `units` the units of accounts that count quantities; `why` is said of a
    void voucher.
    """

    voucher: Voucher
    book: str
    paths: Mapping[str, str]
    parties: Mapping[str, str]
    reverses: str = ""
    ink: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    corrects: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """A row in words: summary, level-1 account, detail with party, amounts; `red` rows are printed red."""

    summary: str
    account: str
    detail: str
    debit: str
    credit: str
    red: bool = False


@dataclass(frozen=True, slots=True)
class VoucherCells:
    """One printed page of a voucher in words."""

    title: str
    mark: str
    book: str
    day: str
    number: str
    attachments: str
    page: str
    rows: tuple[VoucherRow, ...]
    total: VoucherRow
    signs: tuple[str, ...]


_LEFT, _RIGHT, _TOP = 20 * MM, A5_WIDE[0] - 9 * MM, A5_WIDE[1] - 9 * MM
_WIDTHS = (0.30, 0.15, 0.23, 0.16, 0.16)
_HEAD, _ROW = 7.6 * MM, 10.7 * MM
_TABLE_TOP = _TOP - 21 * MM
_GRID = "voucher"


def voucher_cells(page: VoucherPage) -> tuple[VoucherCells, ...]:
    """The printed pages of a voucher; more lines than fit go on with 过次页 and 承前页."""
    parts = _parts(page.voucher.lines)
    cells, debit, credit = [], 0, 0
    for place, lines in enumerate(parts, 1):
        rows = [_carried(_("承前页"), debit, credit)] if place > 1 else []
        rows += [_row(page, line) for line in lines]
        debit += sum(line.debit_fen for line in lines)
        credit += sum(line.credit_fen for line in lines)
        last = place == len(parts)
        total = _total(debit, credit) if last else _carried(_("过次页"), debit, credit)
        cells.append(_cells(page, tuple(rows), total, place, len(parts)))
    return tuple(cells)


def draw_vouchers(vouchers: Sequence[VoucherPage], out: Path, imprint: str = "") -> int:
    """Draw the vouchers one after another and return the number of pages. `Trouble` when the disk refuses."""
    title = _("记账凭证")
    with open_ink(out, title, A5_WIDE, imprint) as ink:
        ink.form(_GRID, lambda: _draw_grid(ink))
        pages = [cells for page in vouchers for cells in voucher_cells(page)]
        for cells in pages:
            ink.stamp(_GRID)
            _draw_head(ink, cells)
            _draw_rows(ink, cells)
            _draw_foot(ink, cells)
            ink.turn()
    return len(pages)


def _parts(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Lines by page: a further page gives its first row to 承前页."""
    parts, start = [lines[:ROWS]], ROWS
    while start < len(lines):
        parts.append(lines[start : start + ROWS - 1])
        start += ROWS - 1
    return parts


def _cells(page: VoucherPage, rows: tuple[VoucherRow, ...], total: VoucherRow, place: int, count: int) -> VoucherCells:
    one = page.voucher
    titles = {"收": _("收款凭证"), "付": _("付款凭证"), "转": _("转账凭证")}
    return VoucherCells(
        title=titles.get(one.word, _("记账凭证")),
        mark=_mark(page),
        book=_("核算单位：{name}").format(name=page.book),
        day=_("{year}年{month}月{day}日").format(year=one.day.year, month=one.day.month, day=one.day.day),
        number=_("{word}字第 {number} 号").format(word=one.word, number=one.number),
        attachments=_("附单据 {n} 张").format(n=one.attachment_count),
        page=_("第{place}/{count}页").format(place=place, count=count) if count > 1 else "",
        rows=rows,
        total=total,
        signs=_signs(page),
    )


def _mark(page: VoucherPage) -> str:
    """What must be seen at once: void, reversal, not yet posted."""
    one = page.voucher
    if one.state == VOID:
        return _("作废（{why}）").format(why=page.why) if page.why else _("作废")
    marks = [_("红字")] if one.kind == REVERSAL else []
    if one.kind == PRIOR_YEAR:
        marks.append(_("以前年度"))
    if page.reverses:
        marks.append(_("冲销{title}").format(title=page.reverses))
    if page.corrects:
        marks.append(page.corrects)
    if one.state != POSTED:
        marks.append(_("未记账"))
    return "　".join(marks)


def _signs(page: VoucherPage) -> tuple[str, ...]:
    """Chief, poster, countersigner, cashier (on cash and bank vouchers) and preparer: RULES §5."""
    one = page.voucher
    people = (
        (_("会计主管"), "review", one.reviewed_by), (_("记账"), "", _person(one.posted_by)),
        (_("复核"), "countersign", one.countersigned_by), (_("出纳"), "cashier", one.cashier),
        (_("制单"), "prepare", _person(one.prepared_by)),
    )  # fmt: skip
    ink = {step: _("（纸质签字）") for step, word in FOOT.items() if _(word) in page.ink}
    return tuple(
        _("{where}：{text}").format(where=title, text=f"{name}{ink.get(step, '')}") for title, step, name in people
    )


def _person(name: str) -> str:
    return _("导入") if name == IMPORTED else name


def _row(page: VoucherPage, line: Line) -> VoucherRow:
    first, _slash, rest = page.paths.get(line.account, line.account).partition("／")
    party = page.parties.get(line.party, line.party)
    detail = "　".join(text for text in (rest, party, line.project, line.contract, _quantity(page, line)) if text)
    red = line.debit_fen < 0 or line.credit_fen < 0
    return VoucherRow(line.summary, first, detail, _figure(line.debit_fen), _figure(line.credit_fen), red)


def _quantity(page: VoucherPage, line: Line) -> str:
    if not line.quantity_milli:
        return ""
    return quantity_text(line.quantity_milli, group=",").replace("-", "−") + page.units.get(line.account, "")


def _carried(label: str, debit: int, credit: int) -> VoucherRow:
    return VoucherRow(label, "", "", _figure(debit), _figure(credit), debit < 0 or credit < 0)


def _total(debit: int, credit: int) -> VoucherRow:
    words = _("合计（大写）　{capital}").format(capital=capital_text(debit))
    return VoucherRow(words, "", "", _figure(debit), _figure(credit), debit < 0 or credit < 0)


def _figure(fen: int) -> str:
    """Grouped by commas, red amounts with a minus sign as well: grey printers exist."""
    return yuan_text(fen, zero="", group=",").replace("-", "−")


def _edges() -> list[float]:
    edges = [_LEFT]
    for part in _WIDTHS:
        edges.append(edges[-1] + part * (_RIGHT - _LEFT))
    return edges


def _draw_grid(ink: Ink) -> None:
    """What every voucher has: head and rules."""
    edges, bottom = _edges(), _TABLE_TOP - _HEAD - (ROWS + 1) * _ROW
    ink.fill(_LEFT, _TABLE_TOP - _HEAD, _RIGHT - _LEFT, _HEAD, PALE)
    heads = (_("摘　　要"), _("总账科目"), _("明细科目"), _("借方金额"), _("贷方金额"))
    for head, left, right in zip(heads, edges, edges[1:], strict=False):
        ink.text((left + right) / 2, _TABLE_TOP - _HEAD * 0.66, head, 9.5, BOLD, at=0.5)
    for row in range(1, ROWS + 1):
        y = _TABLE_TOP - _HEAD - row * _ROW
        ink.rule(_LEFT, y, _RIGHT, y, 0.4, GREY)
    ink.rule(_LEFT, _TABLE_TOP - _HEAD, _RIGHT, _TABLE_TOP - _HEAD, 0.6)
    for place, x in enumerate(edges[1:-1], 1):
        # the total's words run over the account columns
        ink.rule(x, _TABLE_TOP, x, bottom + (_ROW if place < 3 else 0), 0.4, GREY)
    ink.box(_LEFT, bottom, _RIGHT - _LEFT, _TABLE_TOP - bottom, 1.0)


def _draw_head(ink: Ink, cells: VoucherCells) -> None:
    middle, y = (_LEFT + _RIGHT) / 2, _TOP - 7 * MM
    colour = RED if cells.mark else BLACK
    wide = ink.width(cells.title, 20, BOLD) / 2 + 16
    ink.text(middle, y, cells.title, 20, BOLD, at=0.5)
    ink.rule(middle - wide, y - 5, middle + wide, y - 5, 1.0)
    ink.rule(middle - wide, y - 7, middle + wide, y - 7, 0.5)
    room = middle - wide - _LEFT - 8
    size, lines = fit(cells.mark, ink.measure(BOLD), (11, 9.5, 8, 7), room, 2)
    ink.lines(_LEFT, y + (len(lines) - 1) * size * 0.6, lines, size, size * 1.2, BOLD, colour)
    ink.text(_RIGHT, y, cells.page, 10, at=1)
    line = _TABLE_TOP + 2.2 * MM
    third = (_RIGHT - _LEFT) / 3
    ink.text(_LEFT, line, cells.book, shrink(cells.book, ink.measure(), 10, third * 1.15, 6.5))
    ink.text(middle, line, cells.day, 10, at=0.5)
    ink.text(_RIGHT, line, f"{cells.attachments}　　{cells.number}", 10, at=1)


def _draw_rows(ink: Ink, cells: VoucherCells) -> None:
    edges, y = _edges(), _TABLE_TOP - _HEAD
    for row in cells.rows:
        texts = (row.summary, row.account, row.detail)
        for text, left, right in zip(texts, edges, edges[1:], strict=False):
            _draw_words(ink, text, left, right, y)
        _draw_figures(ink, row, edges, y, SANS)
        y -= _ROW
    bottom = _TABLE_TOP - _HEAD - ROWS * _ROW
    if len(cells.rows) < ROWS:
        # rows left empty are struck through, so that nothing can be written in
        ink.rule(edges[5] - 6, y - 4, edges[3] + 6, bottom + 4, 0.5, GREY)
    room = edges[3] - edges[0] - 10
    total = shrink(cells.total.summary, ink.measure(BOLD), 10.5, room, 6)
    ink.text(edges[0] + 5, bottom - _ROW * 0.62, cells.total.summary, total, BOLD, RED if cells.total.red else BLACK)
    _draw_figures(ink, cells.total, edges, bottom, BOLD)


def _draw_words(ink: Ink, text: str, left: float, right: float, y: float) -> None:
    size, lines = fit(text, ink.measure(), (9.5, 8.5, 7.5, 6.5), right - left - 8, 2)
    lead = size * 1.22
    ink.lines(left + 4, y - (_ROW - lead * len(lines)) / 2 - size * 0.95, lines, size, lead)


def _draw_figures(ink: Ink, row: VoucherRow, edges: list[float], y: float, name: str) -> None:
    for text, left, right in ((row.debit, edges[3], edges[4]), (row.credit, edges[4], edges[5])):
        size = shrink(text, ink.measure(name), 10.5, right - left - 8, 6)
        ink.text(right - 5, y - _ROW * 0.62, text, size, name, RED if row.red else BLACK, at=1)


def _draw_foot(ink: Ink, cells: VoucherCells) -> None:
    y = _TABLE_TOP - _HEAD - (ROWS + 1) * _ROW - 5.4 * MM
    each = (_RIGHT - _LEFT) / len(cells.signs)
    for place, text in enumerate(cells.signs):
        ink.text(_LEFT + place * each, y, text, shrink(text, ink.measure(), 10, each - 6, 6))
