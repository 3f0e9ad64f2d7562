"""The inbox over all villages: whose turn it is, what is late and with whom, signing many at once, whistles."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from tests.services.conftest import Clock, Staff, build_accounts, sign_all, simple_draft, simple_paper
from tests.services.whole_office import png
from villagebooks.core.approval import AGENT, DIRECTOR
from villagebooks.core.inbox import ACCEPT, ATTEST, DRAFT_IT, MINE, OTHERS, URGED, VOID_IT, WHISTLE
from villagebooks.core.paper import Document
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.village import Village
from villagebooks.core.whistle import LATE, TOWNSHIP, VILLAGE, Whistle
from villagebooks.services.approval import (
    accept_paper,
    approve_voucher,
    attest_paper,
    send_back_paper,
    send_back_voucher,
)
from villagebooks.services.cancellation import cancel_voucher, keep_voucher_after_all
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.inbox import act_on_each, read_inbox, read_late, send_back, tally
from villagebooks.services.office import new_book, open_book
from villagebooks.services.paper import attach_image, draft_voucher, save_paper
from villagebooks.services.policy import current_policy, put_policy
from villagebooks.services.reason import add_reason, list_reasons, stop_reason, why_sent_back
from villagebooks.services.voucher import read_voucher, save_voucher
from villagebooks.services.whistle import answer_whistle, blow_whistle, late_of_no_village, list_whistles

DIRECTOR_NAME, AGENT_NAME, OTHER, CASHIER_NAME = "邹启明", "冯素芳", "谭永川", "龙小梅"


def as_person(desk: Desk, name: str) -> Office:
    return Office(desk.books, name)


def turn(office: Office) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(one.title, one.step_title, one.people, one.state) for one in read_inbox(office)]


def go_to(desk: Desk, *moment: int) -> None:
    clock = desk.books.clock
    assert isinstance(clock, Clock)
    clock.moment = datetime(*moment, 9, 0, tzinfo=UTC)


def second_desk(desk: Desk) -> Desk:
    book = new_book("V02", "V02", "石磨坪村", "代行", "2023", Month(2026, 1))
    open_book(desk.office, Village("V02", "石磨坪村"), book, build_accounts())
    return open_desk(desk.office, "V02", Month(2026, 9))


def test_a_voucher_goes_from_hand_to_hand_by_its_policy_and_never_twice_to_one(desk: Desk, staff: Staff) -> None:
    uid = save_voucher(desk, simple_draft()).uid
    assert turn(desk.office) == [("记-1", "制单", (AGENT_NAME,), MINE)]
    approve_voucher(desk, uid, staff.agent)
    assert turn(desk.office) == [("记-1", "复核", (OTHER,), OTHERS)]
    assert turn(as_person(desk, OTHER)) == [("记-1", "复核", (OTHER,), MINE)]
    approve_voucher(desk, uid, staff.other)
    assert turn(as_person(desk, CASHIER_NAME)) == [("记-1", "出纳", (CASHIER_NAME,), MINE)]
    approve_voucher(desk, uid, staff.cashier)
    assert turn(as_person(desk, DIRECTOR_NAME)) == [("记-1", "审核", (DIRECTOR_NAME,), MINE)]
    approve_voucher(desk, uid, staff.director)
    assert turn(as_person(desk, DIRECTOR_NAME)) == []


def test_a_paper_waits_for_the_village_then_for_the_agents(desk: Desk, staff: Staff) -> None:
    bare = replace(simple_paper(), bodies=())
    uid = save_paper(desk, bare).uid
    assert turn(desk.office) == [("报账单 1", "监委会", ("监委会",), OTHERS)]
    image = attach_image(desk, png(5))
    whole = replace(simple_paper(), uid=uid, documents=(Document("数电票", "1", images=(image,)), Document("清单")))
    save_paper(desk, whole)
    (one,) = read_inbox(desk.office)
    assert (one.step, one.state, one.can_be_signed) == (ATTEST, MINE, True)
    assert read_inbox(as_person(desk, DIRECTOR_NAME))[0].state == OTHERS
    assert tally(act_on_each(desk.office, [one], staff.agent)).refused == ()
    (one,) = read_inbox(desk.office)
    assert (one.step, one.state) == (ACCEPT, MINE)
    tally(act_on_each(desk.office, [one], staff.agent))
    (one,) = read_inbox(desk.office)
    assert one.step == DRAFT_IT
    assert "等的不是签字" in tally(act_on_each(desk.office, [one], staff.agent)).refused[0].why[0]
    draft = draft_voucher(desk, [uid])
    save_voucher(desk, replace(draft, lines=simple_draft().lines))
    assert [one.title for one in read_inbox(desk.office)] == ["记-1"]


def test_many_are_signed_with_one_key_and_each_that_is_refused_says_why(desk: Desk, staff: Staff) -> None:
    second = second_desk(desk)
    vouchers = [save_voucher(here, simple_draft(100 * n)) for n in range(1, 5) for here in (desk, second)]
    office = as_person(desk, OTHER)
    for one in vouchers:
        here = desk if one.book == "V01" else second
        approve_voucher(here, one.uid, staff.agent)
    marked = read_inbox(office)
    assert [one.book.code for one in marked if one.book] == ["V01"] * 4 + ["V02"] * 4
    send_back_voucher(desk, marked[0].uid, staff.other, 5)
    approve_voucher(second, marked[-1].uid, staff.other)
    done = tally(act_on_each(office, marked, staff.other))
    assert len(done.signed) == 6
    assert [(one.waiting.uid, one.why) for one in done.refused] == [
        (marked[0].uid, ("记-1 在您看过以后又变了，请再看一遍",)),
        (marked[-1].uid, ("记-4 在您看过以后又变了，请再看一遍",)),
    ]


def test_what_was_changed_after_it_was_looked_at_is_not_signed(desk: Desk, staff: Staff) -> None:
    uid = save_voucher(desk, simple_draft()).uid
    seen = read_inbox(desk.office)
    save_voucher(desk, replace(simple_draft(9_900), uid=uid))
    done = tally(act_on_each(desk.office, seen, staff.agent))
    assert (done.signed, read_voucher(desk, uid).state) == ((), "draft")


def test_somebody_else_s_key_signs_nothing_of_mine(desk: Desk, staff: Staff) -> None:
    uid = save_voucher(desk, simple_draft()).uid
    approve_voucher(desk, uid, staff.agent)
    marked = read_inbox(as_person(desk, OTHER))
    done = tally(act_on_each(as_person(desk, OTHER), marked, staff.agent))
    assert "已经签过这张凭证" in done.refused[0].why[0]


def test_a_sending_back_keeps_its_reason_and_the_signature_stands_on_it(desk: Desk, staff: Staff) -> None:
    uid = save_voucher(desk, simple_draft()).uid
    approve_voucher(desk, uid, staff.agent)
    office = as_person(desk, OTHER)
    own = add_reason(office, "收款人写错")
    assert own.code == 16
    (one,) = read_inbox(office)
    send_back(office, one, 16, staff.other)
    (kept,) = why_sent_back(desk, uid)
    assert (kept.about, kept.rev, kept.reason, kept.by) == ("voucher", 1, 16, OTHER)
    assert (read_voucher(desk, uid).state, read_voucher(desk, uid).rev) == ("draft", 2)
    stop_reason(office, 16)
    approve_voucher(desk, uid, staff.agent)
    (one,) = read_inbox(office)
    with pytest.raises(Refused, match="已停用"):
        send_back(office, one, 16, staff.other)
    assert add_reason(office, "另一条").code == 17
    assert stop_reason(office, 16, again=True).stopped_on == ""
    with pytest.raises(Refused, match="各镇通用"):
        stop_reason(office, 3)
    with pytest.raises(Refused, match="请选一条"):
        send_back(office, one, 99, staff.other)
    assert [one.code for one in list_reasons(office)][-2:] == [16, 17]


def test_a_step_past_its_term_is_listed_and_goes_to_the_next_in_the_flow(desk: Desk, staff: Staff) -> None:
    uid = save_voucher(desk, simple_draft()).uid  # Wednesday 2 September
    approve_voucher(desk, uid, staff.agent)
    go_to(desk, 2026, 9, 4)
    assert read_late(as_person(desk, OTHER)) == []
    go_to(desk, 2026, 9, 8)  # due on Friday the 4th
    (one,) = read_late(as_person(desk, CASHIER_NAME))
    assert (one.due, one.late, one.people, one.urged, one.state) == (
        date(2026, 9, 4), 2, (OTHER,), (CASHIER_NAME,), URGED,
    )  # fmt: skip
    assert read_inbox(as_person(desk, OTHER))[0].state == MINE
    assert read_inbox(as_person(desk, DIRECTOR_NAME))[0].state == OTHERS


def test_the_last_step_that_is_late_goes_to_the_township(desk: Desk, staff: Staff) -> None:
    uid = save_voucher(desk, simple_draft()).uid
    for person in (staff.agent, staff.other, staff.cashier):
        approve_voucher(desk, uid, person)
    go_to(desk, 2026, 9, 30)
    (one,) = read_late(as_person(desk, DIRECTOR_NAME))
    assert (one.people, one.urged) == ((DIRECTOR_NAME,), ("镇里",))


def test_holidays_of_the_policy_in_force_are_no_working_days(desk: Desk, staff: Staff) -> None:
    uid = save_voucher(desk, simple_draft()).uid
    approve_voucher(desk, uid, staff.agent)
    now = current_policy(desk.office).policy
    put_policy(desk.office, replace(now, name="有假日的办法", holidays=("2026-09-03", "2026-09-04")))
    assert read_inbox(desk.office)[0].due == date(2026, 9, 8)


def test_a_paper_that_the_agents_leave_lying_goes_to_the_director(desk: Desk, staff: Staff) -> None:
    paper = save_paper(desk, simple_paper())
    attest_paper(desk, paper.uid, staff.agent, "ab" * 32)
    accept_paper(desk, paper.uid)
    go_to(desk, 2026, 9, 9)
    (one,) = read_inbox(as_person(desk, DIRECTOR_NAME))
    assert (one.step_title, one.state, one.late) == ("做凭证", URGED, 3)


def call(**changes: object) -> Whistle:
    matter, day = "三季度租金的收据不在登记的号段里", date(2026, 1, 1)
    one = Whistle("", "V01", "", matter, AGENT, AGENT_NAME, TOWNSHIP, "分管副镇长、镇纪委", 5, day)
    return replace(one, **changes)  # type: ignore[arg-type]  # fields by name


def test_a_whistle_to_the_township_that_is_one_day_late_stands_on_the_late_list(desk: Desk, staff: Staff) -> None:
    go_to(desk, 2026, 10, 11)
    one = blow_whistle(desk.office, call())
    assert one.due == date(2026, 10, 16)
    go_to(desk, 2026, 10, 19)
    (late,) = read_late(as_person(desk, DIRECTOR_NAME))
    assert (late.kind, late.late, late.people, late.state) == (WHISTLE, 1, ("分管副镇长、镇纪委",), MINE)
    assert late.urged == ("镇里",)
    assert list_whistles(desk.office)[0].state(date(2026, 10, 19)) == LATE
    done = answer_whistle(as_person(desk, DIRECTOR_NAME), one.uid, "移送镇纪委", "镇纪委")
    assert (done.was_late, done.answered_by, done.answerer) == (True, DIRECTOR_NAME, "镇纪委")
    assert read_late(desk.office) == []
    with pytest.raises(Refused, match="答复过"):
        answer_whistle(desk.office, one.uid, "改口")


def test_a_whistle_of_a_village_waits_for_its_level_and_then_for_the_one_above(desk: Desk, staff: Staff) -> None:
    blow_whistle(desk.office, call(from_level=VILLAGE, from_name="向丽蓉", to_level=AGENT, to_name="", within=2))
    assert [one.state for one in read_inbox(as_person(desk, OTHER))] == [MINE]
    assert [one.state for one in read_inbox(as_person(desk, DIRECTOR_NAME))] == [OTHERS]
    go_to(desk, 2026, 9, 8)
    assert [(one.state, one.late) for one in read_inbox(as_person(desk, DIRECTOR_NAME))] == [(URGED, 2)]
    for wrong, words in ((call(village="V99"), "没有村 V99"), (call(to_level=AGENT), "不能向代理会计吹哨")):
        with pytest.raises(Refused, match=words):
            blow_whistle(desk.office, wrong)


def test_a_matter_of_no_village_waits_too(desk: Desk, staff: Staff) -> None:
    blow_whistle(desk.office, call(village="", to_level=DIRECTOR, to_name=""))
    (one,) = read_inbox(as_person(desk, DIRECTOR_NAME))
    assert (one.book, one.place, one.state) == (None, "", MINE)
    assert late_of_no_village(desk.office) == 0
    go_to(desk, 2026, 9, 30)
    assert late_of_no_village(desk.office) == 1


def test_the_inbox_asks_the_same_few_questions_however_much_waits(desk: Desk, staff: Staff) -> None:
    asked: list[str] = []

    def count() -> int:
        asked.clear()
        read_inbox(desk.office)
        return len(asked)

    event.listen(desk.books.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    save_voucher(desk, simple_draft())
    save_paper(desk, simple_paper())
    few = count()
    for n in range(12):
        approve_voucher(desk, save_voucher(desk, simple_draft(100 + n)).uid, staff.agent)
        save_paper(desk, simple_paper())
    assert count() == few
    sign_all(desk, save_voucher(desk, simple_draft(7)).uid, staff)
    assert count() == few


def test_a_voiding_waits_for_the_steps_that_had_signed(desk: Desk, staff: Staff) -> None:
    voucher = save_voucher(desk, simple_draft())
    sign_all(desk, voucher.uid, staff)
    assert read_inbox(desk.office) == []
    cancel_voucher(desk, voucher.uid, staff.agent, "收款人写错")
    (one,) = read_inbox(as_person(desk, DIRECTOR_NAME))
    assert (one.step, one.step_title, one.words) == (VOID_IT, "同意作废（复核、出纳、审核）", "作废：收款人写错")
    assert (one.people, one.state) == ((OTHER, DIRECTOR_NAME, CASHIER_NAME), MINE)
    assert read_inbox(desk.office)[0].state == OTHERS
    with pytest.raises(Refused, match="轮不到您退回"):
        send_back(as_person(desk, DIRECTOR_NAME), one, 5, staff.director)
    for person, name in ((staff.director, DIRECTOR_NAME), (staff.other, OTHER), (staff.cashier, CASHIER_NAME)):
        office = as_person(desk, name)
        assert tally(act_on_each(office, read_inbox(office), person)).refused == ()
    assert read_voucher(desk, voucher.uid).state == "void"
    assert read_inbox(desk.office) == []


def test_a_submitted_voucher_that_is_being_voided_is_not_signed_on(desk: Desk, staff: Staff) -> None:
    uid = save_voucher(desk, simple_draft()).uid
    approve_voucher(desk, uid, staff.agent)
    approve_voucher(desk, uid, staff.other)
    cancel_voucher(desk, uid, staff.other, "重复")
    (one,) = read_inbox(desk.office)
    assert (one.step_title, one.state, one.people) == ("同意作废（复核）", MINE, (AGENT_NAME,))
    assert tally(act_on_each(desk.office, [one], staff.agent)).refused == ()
    assert read_voucher(desk, uid).state == "void"


SMALL = {"officer", "policy", "book", "CONSTANT"}
"""What is read whole: posts, policies and books of a township."""


def test_what_waits_is_found_without_walking_through_what_history_holds(desk: Desk, staff: Staff) -> None:
    asked: dict[str, object] = {}
    event.listen(desk.books.engine, "before_cursor_execute", lambda *call: asked.setdefault(call[2], call[3]))
    approve_voucher(desk, save_voucher(desk, simple_draft()).uid, staff.agent)
    save_paper(desk, simple_paper())
    asked.clear()
    read_inbox(desk.office)
    if desk.books.address:
        return  # a server plans by its statistics
    plans = []
    with desk.books.read() as connection:
        for sql, values in list(asked.items()):
            if sql.startswith("SELECT"):
                plans += [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]  # type: ignore[arg-type]  # as the driver took them
    small = ("voucher_waiting", "paper_waiting", "approval_void", "whistle_open")
    walked = {plan.split()[1] for plan in plans if plan.startswith("SCAN") and not plan.endswith(small)}
    assert walked <= SMALL
    assert sum("voucher_waiting" in plan for plan in plans) == 3
    assert sum("paper_waiting" in plan for plan in plans) == 4


def test_who_called_or_stands_below_does_not_answer_the_call(desk: Desk, staff: Staff) -> None:
    one = blow_whistle(desk.office, call(to_level=DIRECTOR, to_name=DIRECTOR_NAME))
    with pytest.raises(Refused, match=f"是{AGENT_NAME}吹的哨，不能自己答复，要由中心主任答复"):
        answer_whistle(desk.office, one.uid, "办好了")
    with pytest.raises(Refused, match=f"吹哨请的是中心主任，不能由{CASHIER_NAME}答复"):
        answer_whistle(as_person(desk, CASHIER_NAME), one.uid, "办好了")
    assert answer_whistle(desk.office, one.uid, "办好了", DIRECTOR_NAME).answered_by == AGENT_NAME


def test_a_marked_voiding_that_was_taken_back_meanwhile_is_not_begun_again(desk: Desk, staff: Staff) -> None:
    uid = save_voucher(desk, simple_draft()).uid
    sign_all(desk, uid, staff)
    cancel_voucher(desk, uid, staff.agent, "付重了")
    marked = read_inbox(as_person(desk, OTHER))
    keep_voucher_after_all(desk, uid, staff.agent)
    done = tally(act_on_each(as_person(desk, OTHER), marked, staff.other))
    assert done.signed == ()
    assert done.refused[0].why == ("记-1 在您看过以后又变了，请再看一遍",)
    assert read_inbox(as_person(desk, OTHER)) == []


def test_a_marked_paper_that_came_back_with_another_amount_is_not_accepted_unseen(desk: Desk, staff: Staff) -> None:
    paper = save_paper(desk, simple_paper())
    attest_paper(desk, paper.uid, staff.agent, "ab" * 32)
    marked = read_inbox(desk.office)
    back = send_back_paper(desk, paper.uid, 1)
    save_paper(desk, replace(back, amount_fen=99_000))
    attest_paper(desk, paper.uid, staff.agent, "cd" * 32)
    done = tally(act_on_each(desk.office, marked, staff.agent))
    assert done.signed == ()
    assert done.refused[0].why == ("报账单 1 在您看过以后又变了，请再看一遍",)
