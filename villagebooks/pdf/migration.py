"""The working paper of a change of standard (转换工作底稿) on A4 across: every row, then both balance sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from villagebooks.core.migration import (
    ASSETS_TOTAL,
    FINISHED,
    OTHER_TOTAL,
    Decision,
    MigrationPaper,
    PaperRow,
    Sheets,
    confidence_word,
    side_by_side,
    side_yuan,
    total_of,
)
from villagebooks.core.money import said_yuan
from villagebooks.core.quantity import quantity_text
from villagebooks.core.statement import Statement, StatementRow
from villagebooks.core.words import _
from villagebooks.pdf.ink import open_ink
from villagebooks.pdf.table import TableColumn, figure
from villagebooks.pdf.wrapped import WrappedRow, WrappedTable, draw_wrapped, place_pages

SIGN_ROOM = "　" * 9
"""Blanks to sign on between two roles."""


def draw_migration(
    paper: MigrationPaper, sheets: Sheets, signed: Sequence[str], digest: str, out: Path, centre: str = ""
) -> int:
    """Draw the paper; the number of pages. `signed` are the electronic signatures in words, `digest` what they sign."""
    tables = (rows_table(paper, digest, centre), sheets_table(paper, sheets, signed, digest, centre))
    with open_ink(out, tables[0].title, tables[0].page, centre) as ink:
        pages = [place_pages(ink, table) for table in tables]
        count, first = sum(len(one) for one in pages), 1
        for table, placed in zip(tables, pages, strict=True):
            draw_wrapped(ink, table, placed, first, count)
            first += len(placed)
    return count


def rows_table(paper: MigrationPaper, digest: str, centre: str) -> WrappedTable:
    """The rows in words, their totals last."""
    columns = (
        TableColumn(_("行"), 3, 0.5), TableColumn(_("原科目"), 13), TableColumn(_("往来、项目"), 10),
        TableColumn(_("原余额 借方"), 10, 1.0), TableColumn(_("原余额 贷方"), 10, 1.0),
        TableColumn(_("对照表怎么说（把握）"), 19), TableColumn(_("决定、依据"), 21), TableColumn(_("新科目"), 14),
        TableColumn(_("新余额 借方"), 10, 1.0), TableColumn(_("新余额 贷方"), 10, 1.0),
    )  # fmt: skip
    rows = [*(_row(paper, row) for row in paper.rows if row.detail.balance_fen or row.decisions), _totals(paper)]
    head = paper.head
    above = (
        _("核算单位：{name}（账套 {code}）").format(name=head.book_name, code=head.book),
        _("{month} 末余额，转入账套 {code} {name}").format(month=head.month, code=head.code, name=head.name),
        _("单位：元"),
    )
    return WrappedTable(title_of(paper), above, columns, tuple(rows), (), foot_of(digest, centre))


def title_of(paper: MigrationPaper) -> str:
    """The title, which says of an unsigned paper that it is one."""
    title = _("新旧会计制度转换工作底稿")
    return title if paper.head.state == FINISHED else _("{title}（草稿，还没有签字）").format(title=title)


def foot_of(digest: str, centre: str) -> str:
    """The centre, the rule of the two standards, what was signed."""
    words = _("{centre}　财会〔2004〕12号 → 财会〔2023〕14号，按科目名称对照").format(centre=centre)
    return words + (_("　底稿校验值 {digest}").format(digest=digest) if digest else "")


def _row(paper: MigrationPaper, row: PaperRow) -> WrappedRow:
    detail = row.detail
    words = [detail.words]
    if detail.quantity_milli:
        words.append(_("数量 {n}").format(n=quantity_text(detail.quantity_milli)))
    says = "\n".join(
        (
            _("{name}（{more}）").format(name=f"{rule.new_code} {rule.words}", more=confidence_word(rule.confidence))
        ).strip()
        for rule in row.rules
    )
    parts = row.parts
    return WrappedRow(
        (
            str(row.line), f"{detail.account} {row.path}", "\n".join(one for one in words if one),
            _side(detail.balance_fen), _side(-detail.balance_fen), says, _decided(row),
            "\n".join(f"{part.account} {paper.name_of(part.account)}" for part in parts) or _("（还没有决定）"),
            "\n".join(_side(part.amount_fen) for part in parts), "\n".join(_side(-part.amount_fen) for part in parts),
        )
    )  # fmt: skip


def _decided(row: PaperRow) -> str:
    if not row.decisions:
        return row.why if row.is_open else _("按对照表整笔照转")
    last, *before = reversed(row.decisions)
    told = [_("{where}：{text}").format(where=f"{last.person} {last.at[:10]}", text=last.reason)]
    told += [_("（改前 {words}）").format(words=_decision_words(one)) for one in before]
    return "\n".join(told)


def _decision_words(one: Decision) -> str:
    parts = _("、").join(f"{part.account} {side_yuan(part.amount_fen)}" for part in one.parts)
    return _("{where}：{text}").format(where=f"{one.person} {one.at[:10]}", text=f"{parts}{_('，')}{one.reason}")


def _totals(paper: MigrationPaper) -> WrappedRow:
    old = [row.detail.balance_fen for row in paper.rows]
    new = [part.amount_fen for row in paper.rows for part in row.parts]
    sums = [sum(max(sign * fen, 0) for fen in amounts) for amounts in (old, new) for sign in (1, -1)]
    words = [figure(fen, zero="0.00") for fen in sums]
    return WrappedRow(("", _("合计"), "", *words[:2], "", "", "", *words[2:]), bold=True)


def _side(fen: int) -> str:
    return figure(fen) if fen > 0 else ""


def sheets_table(
    paper: MigrationPaper, sheets: Sheets, signed: Sequence[str], digest: str, centre: str
) -> WrappedTable:
    """Both balance sheets side by side, whether they tie, and the signatures."""
    columns = (
        TableColumn(_("旧资产负债表（2004 年制度）"), 30), TableColumn(_("行次"), 5, 0.5),
        TableColumn(_day_head(paper.head.month.last_day), 14, 1.0),
        TableColumn(_("新资产负债表（2023 年制度）"), 30), TableColumn(_("行次"), 5, 0.5),
        TableColumn(_day_head(paper.head.month.next().first_day), 14, 1.0),
    )  # fmt: skip
    rows = [WrappedRow((*_line(one.old), *_line(one.new)), one.is_total) for one in side_by_side(sheets)]
    roles = (_("编制（代理会计）："), _("审核（中心主任）："), _("村集体负责人："), _("监督委员会："), _("日期："))
    below = [_ties(sheets), *signed, SIGN_ROOM.join(roles)]
    above = (
        _("核算单位：{name}").format(name=paper.head.book_name), _("两张资产负债表对照"), _("单位：元"),
    )  # fmt: skip
    return WrappedTable(
        title_of(paper), above, columns, tuple(rows), tuple(below), foot_of(digest, centre), type_size=6.6
    )  # fmt: skip


def _day_head(day: date) -> str:
    return _("{year}年{month}月{day}日余额").format(year=day.year, month=day.month, day=day.day)


def _line(row: StatementRow | None) -> tuple[str, str, str]:
    if row is None:
        return ("", "", "")
    return (row.label, row.line_no, figure(row.amounts_fen[0], zero="0.00") if row.amounts_fen else "")


def _ties(sheets: Sheets) -> str:
    old, new = _totals_of(sheets.old), _totals_of(sheets.new)
    text = _("资产总计：旧 {old}，新 {new}，差 {difference}；负债和所有者权益总计：旧 {a}，新 {b}，差 {other}")
    return text.format(
        old=_yuan(old[0]), new=_yuan(new[0]), difference=_yuan(new[0] - old[0]), a=_yuan(old[1]), b=_yuan(new[1]),
        other=_yuan(new[1] - old[1]),
    )  # fmt: skip


def _totals_of(sheet: Statement) -> tuple[int, int]:
    return total_of(sheet, ASSETS_TOTAL) or 0, total_of(sheet, OTHER_TOTAL) or 0


def _yuan(fen: int) -> str:
    return said_yuan(fen)
