"""The budget and the agreement in the books: kept, journalled, never written over, held against the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.services.conftest import sql_for
from villagebooks.core.agreement import Agreement
from villagebooks.core.budget import ADOPT, CHANGE, BudgetAct, BudgetLine
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.db import guard
from villagebooks.services.agreement import end_agreement, list_agreements, sign_agreement
from villagebooks.services.budget import budget_report, list_budget_acts, save_budget_act
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office


def act(kind: str, fen: int, day: date = date(2026, 1, 15), reason: str = "") -> BudgetAct:
    return BudgetAct("", "", 2026, kind, day, "成员代表大会 2026-01-15", (BudgetLine("51302", fen),), reason)


def errors(office: Office) -> list[str]:
    return [f"{one.rule} {one.table}" for one in check_books(office, deep=True) if one.severity == "error"]


def test_a_budget_is_held_against_what_was_posted(desk: Desk, sign_and_post: Callable[[Draft], Voucher]) -> None:
    save_budget_act(desk, act(ADOPT, 850_000))
    save_budget_act(desk, act(CHANGE, -50_000, date(2026, 7, 1), "少买"))
    lines = (Line("纸", "51302", 74_260), Line("纸", "101", credit_fen=74_260))
    sign_and_post(Draft(date(2026, 9, 10), lines, attachment_count=1))
    row = budget_report(desk).rows[0]
    assert (row.adopted_fen, row.changed_fen, row.actual_fen, row.left_fen) == (850_000, -50_000, 74_260, 725_740)
    assert [one.kind for one in list_budget_acts(desk, 2026)] == [ADOPT, CHANGE]
    assert errors(desk.office) == []
    with pytest.raises(Refused, match="已经通过"):
        save_budget_act(desk, act(ADOPT, 1, date(2026, 8, 1)))
    with pytest.raises(IntegrityError, match="只能另做调整"), desk.books.write() as connection:
        connection.execute(text("UPDATE budget_line SET amount_fen = 1"))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE budget SET basis = '没有开会'",
        "UPDATE budget_line SET amount_fen = 999999999",
        "DELETE FROM budget_line",
        "UPDATE agreement SET until = '2099-12-31'",
    ],
)
def test_what_is_changed_behind_the_program_is_named(desk: Desk, sql: str) -> None:
    save_budget_act(desk, act(ADOPT, 850_000))
    sign_agreement(desk.office, agreement())
    with desk.books.write() as connection:
        guard.drop_guards(connection)
        connection.execute(text(sql_for(desk.office, sql)))
        guard.make_guards(connection)
    assert [one for one in errors(desk.office) if "budget" in one or "agreement" in one]


def agreement(number: str = "2026-01", since: date = date(2026, 1, 1)) -> Agreement:
    return Agreement(
        "", "V01", number, date(2025, 12, 20), since, None, "村民代表会议 2025-12-10", "田维国", "邹启明", "中心保管"
    )


def test_a_village_without_an_agreement_is_noticed_and_a_second_one_refused(office: Office) -> None:
    assert [one for one in check_books(office) if one.rule == "agreement_missing"] == []
    first = sign_agreement(office, agreement())
    with pytest.raises(Refused, match="期限重叠"):
        sign_agreement(office, agreement("2026-02", date(2026, 5, 1)))
    end_agreement(office, first.uid, date(2026, 8, 31), "换届后另签")
    assert [one.rule for one in check_books(office) if one.table == "village"] == ["agreement_missing"]
    sign_agreement(office, agreement("2026-02", date(2026, 9, 1)))
    assert [one for one in check_books(office) if one.table == "village"] == []
    assert [one.number for one in list_agreements(office)] == ["2026-01", "2026-02"]


def test_money_paid_to_the_centre_is_an_error(desk: Desk, sign_and_post: Callable[[Draft], Voucher]) -> None:
    lines = (
        Line("付代理记账费", "51302", 50_000, party="白雁河镇村级会计代理核算中心"),
        Line("付代理记账费", "101", credit_fen=50_000),
    )
    sign_and_post(Draft(date(2026, 9, 10), lines, attachment_count=1))
    found = [one.text for one in check_books(desk.office) if one.rule == "centre_paid"]
    assert found == ["付款给白雁河镇村级会计代理核算中心：代理记账是无偿服务"]
