"""What the self-check says of signing: haste, one person for all, nights, split bills, forbidden words, relatives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from tests.services.conftest import Staff, appoint_village, simple_draft
from tests.services.test_limit import F1, bill
from villagebooks.core.paper import Paper
from villagebooks.core.problem import Refused
from villagebooks.core.relative import Relative
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.core.watch import Watch
from villagebooks.db import guard
from villagebooks.services.approval import attest_paper
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk
from villagebooks.services.paper import save_paper
from villagebooks.services.policy import put_policy, ready_policy
from villagebooks.services.relative import register_relative
from villagebooks.services.watch import put_lines, read_lines

RULES = {"signed_fast", "many_roles", "night_batch", "split_bill", "forbidden_spending", "relative_payee"}
Book = Callable[[Draft], Voucher]


def told(desk: Desk) -> list[str]:
    return [f"{one.rule} {one.row} {one.text}" for one in check_books(desk.office) if one.rule in RULES]


def change(desk: Desk, *statements: str) -> None:
    with desk.books.write() as connection:
        guard.drop_guards(connection)
        for one in statements:
            assert connection.execute(text(one)).rowcount > 0
        guard.make_guards(connection)


def register(desk: Desk, staff: Staff, paper: Paper) -> None:
    attest_paper(desk, save_paper(desk, paper).uid, staff.agent, "ab" * 32)


@pytest.fixture
def posted(desk: Desk, sign_and_post: Book) -> Desk:
    for _number in range(3):
        sign_and_post(simple_draft())
    return desk


def test_a_month_signed_by_four_people_in_their_time_is_silent(posted: Desk) -> None:
    assert told(posted) == []


FAST = ("UPDATE approval SET at = '2026-09-02T10:00:00+00:00' WHERE step = 'prepare'",
        "UPDATE approval SET at = '2026-09-02T10:00:12+00:00' WHERE step = 'review'")  # fmt: skip


def test_a_review_twelve_seconds_after_preparing_is_told_with_both_names(posted: Desk) -> None:
    change(posted, *FAST)
    assert told(posted)[0] == (
        "signed_fast 2026-09 记-1 冯素芳制单 12 秒后，邹启明就签了审核：来不及看单据，查是不是一人拿着两把钥匙"
    )
    assert len(told(posted)) == 3


def test_the_township_says_how_many_seconds_are_too_few(posted: Desk) -> None:
    change(posted, *FAST)
    put_lines(posted.office, replace(read_lines(posted.office), fast_seconds=12))
    assert told(posted) == []
    put_lines(posted.office, replace(read_lines(posted.office), fast_seconds=13))
    assert len(told(posted)) == 3


def test_one_person_who_signs_everything_in_a_month_is_told_with_what_and_how_often(posted: Desk) -> None:
    change(posted, "UPDATE approval SET signer = '邹启明' WHERE step IN ('countersign', 'cashier')")
    assert told(posted) == ["many_roles 2026-09 邹启明一个月里以 3 种身份签字：复核 3 张、出纳 3 张、审核 3 张"]
    put_lines(posted.office, Watch(roles=4))
    assert told(posted) == []


NIGHT = "UPDATE approval SET at = '2026-09-02T{hour}:' || substr(at, 15) WHERE step = 'review'"


def test_vouchers_signed_in_one_go_at_night_are_told_with_the_hours_the_township_set(posted: Desk) -> None:
    change(posted, NIGHT.format(hour="23"))
    assert told(posted) == []
    put_lines(posted.office, Watch(night_count=3))
    (said,) = told(posted)
    assert said.startswith("night_batch 2026-09-02 邹启明夜里 23:")
    assert said.endswith(" 签了 3 张单子")
    put_lines(posted.office, Watch(night_count=3, night_from=0, night_to=5))
    assert told(posted) == []
    change(posted, NIGHT.format(hour="04"))
    assert len(told(posted)) == 1


@pytest.mark.parametrize(
    ("watch", "sentence"),
    [
        (Watch(night_from=24), "钟点要写 0 到 23"),
        (Watch(night_from=6), "夜里从几点到几点不能一样"),
        (Watch(fast_seconds=99_999), "要写 0 到 10000 的整数"),
        (Watch(roles=1), "一个人签一种身份是平常的"),
    ],
)
def test_lines_that_make_no_sense_are_refused(desk: Desk, watch: Watch, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        put_lines(desk.office, watch)
    assert read_lines(desk.office) == Watch()


def test_the_split_bill_of_the_case_is_told_in_one_sentence(ruled: Desk, staff: Staff) -> None:
    register(ruled, staff, bill(49_800, "0451"))
    assert told(ruled) == []
    register(ruled, staff, bill(49_500, "0452"))
    assert told(ruled) == [f"split_bill 2026 报账单 1 {F1}"]


def test_bills_apart_in_time_payee_or_class_and_an_even_sum_are_silent(ruled: Desk, staff: Staff) -> None:
    register(ruled, staff, bill(25_000, "0451"))
    register(ruled, staff, bill(25_000, "0452"))
    register(ruled, staff, bill(49_000, "0453", day=date(2026, 9, 13)))
    register(ruled, staff, bill(49_000, "0454", payee="清岑五金店", day=date(2026, 9, 13)))
    assert told(ruled) == []


def test_three_bills_over_three_days_are_told_together_and_the_days_are_the_townships(
    ruled: Desk, staff: Staff
) -> None:
    for number, day in (("0451", 10), ("0460", 11), ("0470", 12)):
        register(ruled, staff, bill(30_000, number, day=date(2026, 9, day)))
    assert told(ruled) == [
        ("split_bill 2026 报账单 1 同一收款人（清岑墨香文具店）3 天内 3 张（第 1、2、3 号），合计 900.00 元，"
         "超过村主任一人审批的 500.00 元")
    ]  # fmt: skip


def test_no_days_no_watch_for_split_bills(desk: Desk, staff: Staff) -> None:
    appoint_village(desk.office)
    policy = ready_policy("baiyanhe")
    put_policy(desk.office, replace(policy, limits=replace(policy.limits, split_days=0)))
    register(desk, staff, bill(49_800, "0451"))
    register(desk, staff, bill(49_500, "0452"))
    assert told(desk) == []


def test_tobacco_in_a_summary_is_told_under_the_policy_that_forbids_it(
    desk: Desk, staff: Staff, sign_and_post: Book
) -> None:
    spending = simple_draft()
    lines = (replace(spending.lines[0], summary="接待用烟酒"), replace(spending.lines[1], summary="接待用烟酒"))
    sign_and_post(replace(spending, lines=lines))
    assert told(desk) == []
    put_policy(desk.office, ready_policy("baiyanhe"))
    sign_and_post(replace(spending, lines=lines))
    assert told(desk) == ["forbidden_spending 2026-09 记-2 第 1 行 摘要里有“烟酒”，属审批办法不许列支的"]


def test_a_relative_of_the_approver_as_payee_is_told_once(ruled: Desk, staff: Staff) -> None:
    kin = Relative("", "V01", "田维国", "清岑墨香文具店", "配偶的兄弟姐妹", unit=True, since="2026-01-01")
    register(ruled, staff, bill(40_000))
    register_relative(ruled.office, kin)
    said = "收款人清岑墨香文具店登记为田维国的配偶的兄弟姐妹，田维国在这张单子上签了字（提示，不是结论）"
    assert told(ruled) == [f"relative_payee 2026 报账单 1 {said}"]
