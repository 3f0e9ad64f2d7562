"""`lines.csv` written so that it reads back identically, and the vouchers of a book as a sheet for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from villagebooks.core.account import Account
from villagebooks.core.money import yuan_text
from villagebooks.core.party import Party
from villagebooks.core.quantity import quantity_text
from villagebooks.core.voucher import (
    CLOSING,
    NORMAL,
    OPENING,
    POSTED,
    PRIOR_YEAR,
    REVERSAL,
    VOID,
    Line,
    Voucher,
    state_word,
)
from villagebooks.core.words import _
from villagebooks.formats.record import Table
from villagebooks.formats.voucher.read import OPTIONAL, REQUIRED
from villagebooks.formats.voucher.tally import OPENING_TITLE, title_of

COLUMNS = (*REQUIRED, *OPTIONAL)
RARE = ("quantity", "corrects")
"""The last columns, written only when something stands in them."""
KINDS = {NORMAL: "normal", REVERSAL: "red", CLOSING: "closing", OPENING: "opening", PRIOR_YEAR: "prior"}
_QUOTED = re.compile('[",\r\n]')


def csv_line(cells: Iterable[str]) -> str:
    """One line of a table. Every cell that holds a line's end is quoted: the standard library leaves a bare \\r."""
    return ",".join('"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell for cell in cells) + "\n"


def header_line(rare: Sequence[str] = ()) -> str:
    """The first line of lines.csv; `rare` are those of the columns RARE that are in it."""
    return csv_line(COLUMNS[place] for place in _places(rare))


def voucher_lines(vouchers: Sequence[Voucher], rare: Sequence[str] = ()) -> Iterator[str]:
    """Posted and void vouchers of one book as lines of lines.csv, one text a voucher; `rare` as in the header.

    Vouchers that are neither have no place in the exchange: what is read there enters as posted.
    """
    titles = {one.uid: _title(one) for one in vouchers if one.state in (POSTED, VOID)}
    places = _places(rare)
    for voucher in vouchers:
        if voucher.state in (POSTED, VOID):
            rows = (_cells(voucher, number, line, titles) for number, line in enumerate(voucher.lines, 1))
            yield "".join(csv_line(row[place] for place in places) for row in rows)


def _places(rare: Sequence[str]) -> tuple[int, ...]:
    return tuple(place for place, name in enumerate(COLUMNS) if name not in RARE or name in rare)


def _cells(voucher: Voucher, number: int, line: Line, titles: Mapping[str, str]) -> tuple[str, ...]:
    void = voucher.state == VOID
    return (
        voucher.book,
        voucher.day.isoformat(),
        "0" if voucher.kind == OPENING else str(voucher.number),
        "void" if void else KINDS[voucher.kind],
        str(number),
        line.summary,
        line.account,
        str(line.debit_fen),
        str(line.credit_fen),
        line.party,
        voucher.word,
        "" if void else titles.get(voucher.reverses, ""),
        str(voucher.attachment_count),
        voucher.prepared_by,
        line.project,
        line.contract,
        line.bank,
        quantity_text(line.quantity_milli, zero=""),
        "" if void else titles.get(voucher.corrects, ""),
    )


def _title(voucher: Voucher) -> str:
    if voucher.kind == OPENING:
        return OPENING_TITLE
    return title_of((voucher.month.year * 100 + voucher.month.month, voucher.word, voucher.number))


def voucher_table(vouchers: Sequence[Voucher], accounts: Mapping[str, Account], parties: Mapping[str, Party]) -> Table:
    """Every line of every voucher, whatever its state, with names beside the codes: the journal as a sheet."""
    columns = (
        _("日期"), _("凭证号"), _("类别"), _("状态"), _("行"), _("摘要"), _("科目"), _("科目名称"), _("借方金额"),
        _("贷方金额"), _("往来"), _("项目"), _("合同"), _("银行账户"), _("附单据数"), _("制单"), _("冲销"),
    )  # fmt: skip
    counted = any(line.quantity_milli for voucher in vouchers for line in voucher.lines)
    titles = {one.uid: _title(one) for one in vouchers}
    rows = [
        (
            voucher.day.isoformat(), _("期初") if voucher.kind == OPENING else voucher.title,
            kind_words(voucher.kind), state_word(voucher.state), str(number), line.summary, line.account,
            accounts[line.account].name if line.account in accounts else "",
            yuan_text(line.debit_fen) if line.debit_fen else "",
            yuan_text(line.credit_fen) if line.credit_fen else "",
            parties[line.party].name if line.party in parties else line.party,
            line.project, line.contract, line.bank, str(voucher.attachment_count), voucher.prepared_by,
            titles.get(voucher.reverses, ""), *((quantity_text(line.quantity_milli, zero=""),) if counted else ()),
        )
        for voucher in vouchers
        for number, line in enumerate(voucher.lines, 1)
    ]  # fmt: skip
    return Table((*columns, _("数量")) if counted else columns, rows)


def kind_words(kind: str) -> str:
    """The kind of a voucher as people say it."""
    words = {
        NORMAL: _("普通"), REVERSAL: _("红字冲销"), CLOSING: _("结转"), OPENING: _("期初"), PRIOR_YEAR: _("以前年度"),
    }  # fmt: skip
    return words.get(kind, kind)
