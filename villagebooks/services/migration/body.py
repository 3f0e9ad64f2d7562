"""The bytes of a finished paper: what its signatures sign, and what it is read from ever after.

Names, charts and both sheets are in it, so that the paper stays what it was when an account is renamed later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from villagebooks.core.account import Account
from villagebooks.core.migration import (
    Decision,
    MapRow,
    MigrationPaper,
    OldDetail,
    PaperHead,
    PaperRow,
    Part,
    Sheets,
)
from villagebooks.core.period import Span, read_month
from villagebooks.core.problem import Trouble
from villagebooks.core.statement import BALANCE_SHEET, Statement, StatementRow
from villagebooks.core.words import _
from villagebooks.seal import canonical


def paper_body(paper: MigrationPaper, sheets: Sheets, old_uid: str, new_uid: str, opening: str) -> bytes:
    """Canonical bytes of the paper, of both books' uids and of the opening voucher's."""
    return canonical.dump(
        {
            "v": 1, "act": "migrate", "paper": paper.head.uid, "book": old_uid, "new_book": new_uid,
            "opening": opening, "month": str(paper.head.month), "code": paper.head.code, "name": paper.head.name,
            "template": paper.head.template,
            "rows": [_row(one) for one in paper.rows],
            "chart": [_account(one) for one in paper.chart.values()], "added": list(paper.added),
            "sheets": [_sheet(one) for one in (sheets.old, sheets.new)],
        }
    )  # fmt: skip


def _row(row: PaperRow) -> list[object]:
    detail = row.detail
    return [
        row.line, *detail.key, detail.balance_fen, detail.quantity_milli, row.path,
        [[one.old_code, one.old_name, one.new_code, one.new_name, one.below, one.how, one.words, one.confidence]
         for one in row.rules],
        _parts(row.proposal), row.why,
        [[one.seq, one.at, one.person, one.reason, _parts(one.parts)] for one in row.decisions],
    ]  # fmt: skip


def _parts(parts: Sequence[Part]) -> list[list[object]]:
    return [[one.account, one.amount_fen, one.quantity_milli] for one in parts]


def _account(one: Account) -> list[object]:
    return [one.code, one.name, one.level, one.parent, one.side, int(one.leaf), " ".join(one.needs), one.unit]


def _sheet(one: Statement) -> list[object]:
    rows = [[row.line_no, row.label, list(row.amounts_fen)] for row in one.rows]
    return [one.book, one.name, one.standard, str(one.span.last), list(one.columns), rows]


def read_body(raw: bytes, head: PaperHead) -> tuple[MigrationPaper, Sheets]:
    """The paper and its sheets from the signed bytes; Trouble for bytes that were changed behind the program."""
    try:
        body = canonical.load(raw)
        if not isinstance(body, dict):
            raise canonical.FormatError(_("不是底稿"))
        return _read(body, head)
    except (canonical.FormatError, KeyError, TypeError, ValueError, IndexError) as error:
        raise Trouble(_("转换制度的工作底稿读不出来，签过的原文可能被改动，请先自查")) from error


def _read(body: Any, head: PaperHead) -> tuple[MigrationPaper, Sheets]:
    chart = {
        one[0]: Account(one[0], one[1], one[2], one[3], one[4], bool(one[5]), tuple(one[6].split()), one[7])
        for one in body["chart"]
    }
    rows = tuple(_read_row(one) for one in body["rows"])
    old, new = (_read_sheet(one) for one in body["sheets"])
    signed = replace(head, code=body["code"], name=body["name"], template=body["template"])
    return MigrationPaper(signed, rows, chart, tuple(body["added"])), Sheets(old, new)


def _read_row(one: Any) -> PaperRow:
    line, account, party, project, contract, bank, balance, quantity, path, rules, proposal, why, decisions = one
    detail = OldDetail(account, balance, party, project, contract, bank, quantity)
    return PaperRow(
        line, detail, path, tuple(MapRow(*rule) for rule in rules), _read_parts(proposal), why,
        tuple(Decision(seq, at, person, reason, _read_parts(parts)) for seq, at, person, reason, parts in decisions),
    )  # fmt: skip


def _read_parts(parts: Any) -> tuple[Part, ...]:
    return tuple(Part(*part) for part in parts)


def _read_sheet(one: Any) -> Statement:
    book, name, standard, month, columns, rows = one
    last = read_month(month)
    if last is None:
        raise ValueError(month)
    lines = tuple(StatementRow(line_no, label, tuple(amounts)) for line_no, label, amounts in rows)
    return Statement(BALANCE_SHEET, book, name, standard, Span(last, last), tuple(columns), lines)
