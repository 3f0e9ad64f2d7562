"""会计档案借阅登记簿: volumes go out once, come back once, and nothing written there is ever changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.pdf.reading import loose_fonts, page_sizes, words_of
from tests.services.conftest import Staff
from villagebooks.core.approval import CASHIER
from villagebooks.core.archive import LATE, OUT, RETURNED, Loan, Volume, check_loan, check_return, check_volumes
from villagebooks.core.cover import LEDGERS, VOUCHERS
from villagebooks.core.problem import Refused
from villagebooks.services.archive import lend_volumes, list_loans, print_loans, return_volumes
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office

AUGUST, LEDGER = Volume("V01", VOUCHERS, 2026, 8), Volume("V01", LEDGERS, 2025)
TODAY = date(2026, 9, 2)
LOAN = Loan("", "石磊", "县审计局", "离任审计", "邹启明", date(2026, 9, 1), date(2026, 9, 8), (AUGUST, LEDGER))


def test_volumes_are_lent_come_back_and_are_journalled(desk: Desk, staff: Staff) -> None:
    office = desk.office
    made = lend_volumes(office, replace(LOAN, borrower="　石磊\n"))
    assert (made.borrower, made.lent_by, made.state(TODAY), made.volumes) == ("石磊", office.person, OUT, LOAN.volumes)
    assert made.state(date(2026, 9, 9)) == LATE
    assert list_loans(office) == [made]
    done = return_volumes(office, made.uid, date(2026, 9, 2), "完好，凭证 45 张")
    assert list_loans(office) == [done]
    assert (done.state(TODAY), done.received_by, done.was_late) == (RETURNED, office.person, False)
    assert [one for one in check_books(office, deep=True) if one.severity == "error"] == []


def test_a_volume_that_is_out_is_not_lent_again_until_it_is_back(desk: Desk, staff: Staff) -> None:
    office = desk.office
    made = lend_volumes(office, LOAN)
    again = replace(LOAN, borrower="李明", unit="镇纪委", volumes=(AUGUST,))
    with pytest.raises(Refused, match="已由县审计局石磊借出，应在 2026-09-08 归还"):
        lend_volumes(office, again)
    return_volumes(office, made.uid, TODAY, "完好")
    with pytest.raises(Refused, match="已在 2026-09-02 归还，不能再改"):
        return_volumes(office, made.uid, TODAY, "少一张")
    assert lend_volumes(office, again).volumes == (AUGUST,)
    assert len(list_loans(office)) == 2


def test_a_loan_of_no_book_or_no_loan_is_refused(desk: Desk, staff: Staff) -> None:
    with pytest.raises(Refused, match="没有账套 V99"):
        lend_volumes(desk.office, replace(LOAN, volumes=(replace(AUGUST, book="V99"),)))
    with pytest.raises(Refused, match="没有这次借阅"):
        return_volumes(desk.office, "x", TODAY, "完好")


def test_the_cashier_keeps_no_archive(desk: Desk, staff: Staff) -> None:
    cashier = Office(desk.office.books, "龙小梅")
    with pytest.raises(Refused, match="出纳不管会计档案"):
        lend_volumes(cashier, LOAN)
    made = lend_volumes(desk.office, LOAN)
    with pytest.raises(Refused, match="出纳不管会计档案"):
        return_volumes(cashier, made.uid, TODAY, "完好")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"borrower": ""}, "请写借阅人"), ({"unit": ""}, "请写借阅人的单位"), ({"purpose": ""}, "请写用途"),
        ({"approved_by": ""}, "请写批准人"), ({"approved_by": "石磊"}, "批准人不能就是借阅人"),
        ({"out_on": date(2026, 9, 3)}, "还没有到"), ({"due_on": date(2026, 8, 31)}, "在借出日期 2026-09-01 以前"),
        ({"volumes": ()}, "请写借哪几册"), ({"volumes": (AUGUST, AUGUST)}, "写了两次"),
        ({"volumes": (replace(AUGUST, month=0),)}, "凭证按月装订"),
        ({"volumes": (replace(AUGUST, month=13),)}, "没有这样的册"),
        ({"volumes": (replace(LEDGER, year=2027),)}, "没有这样的册"),
        ({"volumes": (replace(LEDGER, kind="x"),)}, "没有这样的册"),
        ({"volumes": (replace(LEDGER, number=0),)}, "册号应是 1 至 999"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_loan_is_said(change: dict[str, object], said: str) -> None:
    (problem,) = check_loan(replace(LOAN, **change), TODAY)  # type: ignore[arg-type]
    assert said in problem.text


def test_what_is_wrong_with_a_return_is_said() -> None:
    assert check_return(LOAN, TODAY, "完好", TODAY) == []
    assert [one.field for one in check_return(LOAN, date(2026, 8, 31), "", TODAY)] == ["returned_on", "condition"]
    assert check_return(LOAN, date(2026, 9, 3), "完好", TODAY)[0].field == "returned_on"
    assert len(check_return(LOAN, TODAY, "完好", TODAY, (CASHIER,))) == 1


@given(st.lists(st.builds(Volume, st.just("V01"), st.just(LEDGERS), st.integers(2020, 2026)), min_size=1, max_size=6))
def test_lent_twice_is_always_found(volumes: list[Volume]) -> None:
    repeated = len(volumes) - len(set(volumes))
    assert len(check_volumes(volumes, TODAY)) == repeated
    out = replace(LOAN, volumes=tuple(volumes))
    assert len(check_volumes([*dict.fromkeys(volumes)], TODAY, [out])) == len(set(volumes))


def test_the_database_keeps_the_register_as_it_was_written(desk: Desk, staff: Staff) -> None:
    office = desk.office
    made = lend_volumes(office, LOAN)
    changes = (
        "UPDATE archive_loan SET borrower = '别人'", "DELETE FROM archive_volume", "DELETE FROM archive_loan",
        "UPDATE archive_volume SET year = 2020",
    )  # fmt: skip
    for statement in changes:
        with pytest.raises((DBAPIError, Refused)), office.books.write() as connection:
            connection.execute(text(statement))
    return_volumes(office, made.uid, TODAY, "完好")
    more = "INSERT INTO archive_volume (loan, position, book, kind, year, month, number) VALUES "
    for statement in ("UPDATE archive_loan SET condition = '缺页'", f"{more}('{made.uid}', 9, 1, 'other', 2026, 0, 1)"):
        with pytest.raises((DBAPIError, Refused)), office.books.write() as connection:
            connection.execute(text(statement))
    assert list_loans(office)[0].condition == "完好"


def test_the_register_is_printed_with_what_is_late_marked(desk: Desk, staff: Staff, tmp_path: Path) -> None:
    office = desk.office
    with pytest.raises(Refused, match="还没有借阅登记"):
        print_loans(office, tmp_path / "none.pdf")
    made = lend_volumes(office, LOAN)
    return_volumes(office, made.uid, TODAY, "完好")
    lend_volumes(office, replace(LOAN, unit="镇纪委", due_on=date(2026, 9, 1)))
    out = print_loans(office, tmp_path / "register.pdf")
    print_loans(office, tmp_path / "again.pdf")
    assert out.read_bytes() == (tmp_path / "again.pdf").read_bytes()
    words = "".join(words_of(out).split())
    for said in ("会计档案借阅登记簿", "县审计局", "逾期未还", "没有归还的1次，其中逾期1次。", "离任审计"):
        assert said in words, said
    assert page_sizes(out) == [(297, 210)]
    assert loose_fonts(out) == []
    said = [one.rule for one in check_books(office) if one.rule.startswith(("loan", "volume"))]
    assert said == ["loan_late"]
