"""Words of a printed voucher (记账凭证), page by page: what stands in its rows, marks and signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from villagebooks.core.approval import FOOT
from villagebooks.core.money import capital_text, yuan_text
from villagebooks.core.quantity import quantity_text
from villagebooks.core.voucher import POSTED, PRIOR_YEAR, REVERSAL, VOID, Line, Voucher
from villagebooks.core.words import _

IMPORTED = "import"
"""Stands for the names that history did not bring."""
ROWS = 7
"""Rows of a printed voucher on A5."""


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


def voucher_cells(page: VoucherPage, rows: int = ROWS) -> tuple[VoucherCells, ...]:
    """The printed pages of a voucher, so many rows each; more lines than fit go on with 过次页 and 承前页."""
    parts = _parts(page.voucher.lines, rows)
    cells, debit, credit = [], 0, 0
    for place, lines in enumerate(parts, 1):
        words = [_carried(_("承前页"), debit, credit)] if place > 1 else []
        words += [_row(page, line) for line in lines]
        debit += sum(line.debit_fen for line in lines)
        credit += sum(line.credit_fen for line in lines)
        last = place == len(parts)
        total = _total(debit, credit) if last else _carried(_("过次页"), debit, credit)
        cells.append(_cells(page, tuple(words), total, place, len(parts)))
    return tuple(cells)


def _parts(lines: Sequence[Line], rows: int) -> list[Sequence[Line]]:
    """Lines by page: a further page gives its first row to 承前页."""
    parts, start = [lines[:rows]], rows
    while start < len(lines):
        parts.append(lines[start : start + rows - 1])
        start += rows - 1
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
