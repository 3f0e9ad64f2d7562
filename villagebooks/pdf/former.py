"""按原村列示 and the transfer list of a merger (移交表) on A4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from villagebooks.core.former import FormerReport, FormerRow, former_word
from villagebooks.core.merger import Merger
from villagebooks.core.voucher import Line, Voucher
from villagebooks.core.words import N_, _
from villagebooks.pdf.ink import A4, open_ink
from villagebooks.pdf.table import TableColumn, figure
from villagebooks.pdf.wrapped import WrappedRow, WrappedTable, draw_wrapped, place_pages

RULE = N_("财农〔2021〕121号 第32条：不得混淆账目，不得随意合并、平调")
SIGN_ROOM = "　" * 8


def draw_former(report: FormerReport, out: Path, centre: str = "") -> int:
    """Draw the balances by former village; the number of pages."""
    return _draw(former_sheet(report, centre), out, centre)


def former_sheet(report: FormerReport, centre: str = "") -> WrappedTable:
    """The report in words, each former village with its sum."""
    columns = (
        TableColumn(_("科目"), 11), TableColumn(_("名称"), 30), TableColumn(_("往来、项目等明细"), 30),
        TableColumn(_("借方余额"), 16, 1.0), TableColumn(_("贷方余额"), 16, 1.0),
    )  # fmt: skip
    rows: list[WrappedRow] = []
    for former in report.formers:
        own = report.rows_of(former)
        rows.append(WrappedRow(("", former_word(former), "", *_sums(own)), bold=True))
        rows += [WrappedRow((row.account, row.name, row.words, *_sides(row.balance_fen))) for row in own]
    rows.append(WrappedRow(("", _("合计"), "", *_sums(report.rows)), bold=True))
    day = report.month.last_day
    above = (
        _("核算单位：{name}（账套 {code}）").format(name=report.name, code=report.book),
        _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day), _("单位：元"),
    )  # fmt: skip
    below = (SIGN_ROOM.join((_("会计主管："), _("复核："), _("制表："))),)
    foot = f"{centre}　{_(RULE)}".strip()
    return WrappedTable(_("余额表（按原村列示）"), above, columns, tuple(rows), below, foot, page=A4)


def draw_transfer(
    merger: Merger, vouchers: tuple[Voucher, Voucher], paths: tuple[Mapping[str, str], Mapping[str, str]], out: Path,
    centre: str = "",
) -> int:  # fmt: skip
    """Draw the transfer list of a merger from its two vouchers, `paths` the names of the accounts of both books."""
    return _draw(transfer_sheet(merger, vouchers, paths, centre), out, centre)


def transfer_sheet(
    merger: Merger, vouchers: tuple[Voucher, Voucher], paths: tuple[Mapping[str, str], Mapping[str, str]],
    centre: str = "",
) -> WrappedTable:  # fmt: skip
    """Line by line what went out and where it came in."""
    columns = (
        TableColumn(_("序"), 3, 0.5), TableColumn(_("原账套科目"), 20), TableColumn(_("明细"), 18),
        TableColumn(_("借方余额"), 12, 1.0), TableColumn(_("贷方余额"), 12, 1.0), TableColumn(_("新账套科目"), 22),
        TableColumn(_("明细"), 22),
    )  # fmt: skip
    going, coming = vouchers
    rows = []
    for number, (old, new) in enumerate(zip(going.lines, coming.lines, strict=False), 1):
        cells = (str(number), _account(old, paths[0]), _words(old), *_sides(new.net_fen))
        rows.append(WrappedRow((*cells, _account(new, paths[1]), _words(new))))
    nets = [line.net_fen for line in coming.lines]
    sums = [figure(sum(max(sign * fen, 0) for fen in nets), zero="0.00") for sign in (1, -1)]
    rows.append(WrappedRow(("", _("合计"), "", *sums, "", ""), bold=True))
    above = (
        _("{former}（账套 {source}）并入账套 {target}").format(
            former=merger.former, source=merger.source, target=merger.target
        ),
        _("并账日 {day}").format(day=merger.day), _("依据：{basis}").format(basis=merger.basis),
    )  # fmt: skip
    told = _("转出凭证 {a}，转入凭证 {b}").format(
        a=f"{going.month} {going.title}", b=f"{coming.month} {coming.title}"
    )  # fmt: skip
    roles = (_("移交方："), _("接收方："), _("监交人："), _("监督委员会："), _("中心主任："))
    foot = f"{centre}　{_(RULE)}".strip()
    title = _("合村并账移交表")
    return WrappedTable(title, above, columns, tuple(rows), (told, SIGN_ROOM.join(roles)), foot)


def _draw(table: WrappedTable, out: Path, centre: str) -> int:
    with open_ink(out, table.title, table.page, centre) as ink:
        pages = place_pages(ink, table)
        draw_wrapped(ink, table, pages, 1, len(pages))
    return len(pages)


def _account(line: Line, paths: Mapping[str, str]) -> str:
    return f"{line.account} {paths.get(line.account, '')}".strip()


def _words(line: Line) -> str:
    return "　".join(one for one in (line.party, line.project, line.contract, line.bank) if one)


def _sides(fen: int) -> tuple[str, str]:
    return figure(max(fen, 0)), figure(max(-fen, 0))


def _sums(rows: Sequence[FormerRow]) -> tuple[str, str]:
    debit, credit = (sum(max(sign * row.balance_fen, 0) for row in rows) for sign in (1, -1))
    return figure(debit, zero="0.00"), figure(credit, zero="0.00")
