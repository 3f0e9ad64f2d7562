"""Every printed page carries the centre's name and the root key's fingerprint, as pdftotext reads it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

import villagebooks.pdf
from tests.pdf.reading import words_of
from tests.services.conftest import Staff, simple_draft
from villagebooks.core.cash import CashCount
from villagebooks.core.cover import CATALOGUE, LEDGERS, VOUCHERS
from villagebooks.core.ledger import DETAIL, LedgerRequest
from villagebooks.core.opening import HandItem, HandOver
from villagebooks.core.period import Month, Span
from villagebooks.core.statement import BALANCE_SHEET
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.pdf.hand_over import draw_hand_over
from villagebooks.services.account.printing import print_charts
from villagebooks.services.cash import record_cash_count
from villagebooks.services.cash.printing import print_cash_count
from villagebooks.services.cover import print_cover
from villagebooks.services.desk import Desk
from villagebooks.services.ledger import read_sheets, trial_balance
from villagebooks.services.office import centre
from villagebooks.services.printout import (
    print_policy,
    print_sheets,
    print_trial_balance,
    print_vouchers,
)
from villagebooks.services.statement import statement, statement_notes, township_side_by_side
from villagebooks.services.statement.paper import print_notes, print_side_by_side, print_statement

SEPTEMBER = Span(Month(2026, 9), Month(2026, 9))
Sign = Callable[[Draft], Voucher]


def test_every_sheet_carries_the_root_fingerprint(
    desk: Desk, staff: Staff, sign_and_post: Sign, tmp_path: Path
) -> None:
    sign_and_post(simple_draft())
    count = CashCount("", "101", desk.period, date(2026, 9, 30), (), 0, 0, holder="向丽蓉", reason="尚未清点")
    made = record_cash_count(desk, count, staff.agent)
    office, root = desk.office, centre(desk.office).root
    month = desk.period
    detail = LedgerRequest(DETAIL, month, month, "51302")
    hand = HandOver("", date(2026, 9, 30), "甲", "乙", "丙", (HandItem("seals", "财务章", count=1),))
    acts: dict[str, Callable[[Path], object]] = {
        "vouchers": lambda out: print_vouchers(desk, SEPTEMBER, out),
        "balance": lambda out: print_trial_balance(office, trial_balance(office, "all", month, month), out),
        "ledger": lambda out: print_sheets(office, read_sheets(desk, detail), out),
        "statement": lambda out: print_statement(office, statement(desk, BALANCE_SHEET, SEPTEMBER), out),
        "wide": lambda out: print_side_by_side(office, township_side_by_side(office, BALANCE_SHEET, SEPTEMBER), out),
        "notes": lambda out: print_notes(office, statement_notes(desk, SEPTEMBER), out),
        "policy": lambda out: print_policy(office, out),
        "count": lambda out: print_cash_count(desk, made.uid, out),
        "charts": lambda out: print_charts(office, [(desk.book, [])], out),
        "hand": lambda out: draw_hand_over(hand, (), out, "老秤湾村", centre(office).imprint),
        **{
            f"cover_{kind}": partial(print_cover, desk, kind, SEPTEMBER)
            for kind in (VOUCHERS, CATALOGUE, LEDGERS)
        },
    }  # fmt: skip
    for name, act in acts.items():
        act(tmp_path / f"{name}.pdf")
    files = sorted(tmp_path.glob("*.pdf"))
    assert len(files) == len(acts)
    for path in files:
        for page in words_of(path).split("\f")[:-1]:
            assert "".join(root.split()) in "".join(page.split()), path.name


@pytest.mark.parametrize("path", sorted(Path(villagebooks.pdf.__file__).parent.rglob("*.py")), ids=lambda one: one.stem)
def test_no_drawing_begins_without_saying_whose_it_is(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    opened = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "open_ink"]
    assert all(len(node.args) == 4 for node in opened)
