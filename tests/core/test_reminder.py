"""Reminders: each from what the books hold, late ones first, nothing told that is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from villagebooks.core.agreement import Agreement
from villagebooks.core.archive import Loan, Volume
from villagebooks.core.board import BoardRow
from villagebooks.core.inbox import MINE, OTHERS, VOUCHER, Waiting
from villagebooks.core.period import Month
from villagebooks.core.person import Officer
from villagebooks.core.receipt import Receipt, ReceiptBook, account_for
from villagebooks.core.reminder import (
    AGREEMENTS,
    ARCHIVE,
    BANK,
    CLOSING,
    INBOX,
    LATE,
    PLANS,
    POSTS,
    QUERY,
    RECEIPTS,
    SHEET,
    SOON,
    TODO,
    ReminderFacts,
    build_reminders,
)

SEPTEMBER = Month(2026, 9)
DUE = date(2026, 10, 10)


def row(code: str, today: date) -> BoardRow:
    return BoardRow(code, "村", SEPTEMBER, {}, {}, None, None, None, DUE, today)


def test_nothing_is_told_of_an_empty_office() -> None:
    assert build_reminders(ReminderFacts(date(2026, 10, 1))) == []


def test_the_sheet_is_told_a_week_before_and_when_it_is_late_and_no_more_once_it_hangs() -> None:
    for today, state in ((date(2026, 10, 2), ""), (date(2026, 10, 3), SOON), (DUE, SOON), (date(2026, 10, 12), LATE)):
        found = build_reminders(ReminderFacts(today, board=(row("V01", today), row("V02", today))))
        assert [one.state for one in found] == [state] * bool(state), today
    assert found[0].words == "2026-09 公开榜迟了 2 天：V01 村、V02 村"
    assert (found[0].place, found[0].book, found[0].month) == (SHEET, "V01", SEPTEMBER)
    hung = replace(row("V01", DUE), put_up=date(2026, 10, 9), stay_until=date(2026, 10, 19))
    assert build_reminders(ReminderFacts(DUE, board=(hung,))) == []


def test_many_villages_are_one_sentence() -> None:
    today = date(2026, 10, 12)
    found = build_reminders(ReminderFacts(today, board=tuple(row(f"V{n:02}", today) for n in range(1, 61))))
    assert [one.words for one in found] == ["2026-09 公开榜迟了 2 天：V01 村、V02 村、V03 村等 60 个账套"]


def test_what_of_the_month_before_is_still_open_is_told() -> None:
    today = date(2026, 10, 21)
    stood = replace(row("V01", today), put_up=DUE, stay_until=date(2026, 10, 20), vouchers={"posted": 2}, banks=2)
    found = build_reminders(ReminderFacts(today, board=(replace(stood, reconciled=1),)))
    assert [one.place for one in found] == [BANK, CLOSING, QUERY]
    done = replace(stood, reconciled=2, state="closed", exported=date(2026, 10, 20))
    assert build_reminders(ReminderFacts(today, board=(done,))) == []


def test_what_waits_for_the_person_and_what_is_late_with_anybody() -> None:
    today = date(2026, 10, 12)
    mine = Waiting(VOUCHER, "1", None, SEPTEMBER, "记-1", today, "", 1, "review", "审核", ("冯素芳",), MINE, today)
    late = replace(mine, state=OTHERS, late=3, due=date(2026, 10, 8), people=("谭永川",))
    soon = replace(mine, due=date(2026, 10, 14))
    found = build_reminders(ReminderFacts(today, waiting=(mine, mine, late, soon, replace(mine, state=OTHERS))))
    assert [(one.state, one.place, one.words) for one in found] == [
        (LATE, INBOX, "1 件待办逾期，最迟的 3 个工作日，在谭永川那里"),
        (SOON, INBOX, "等您办的有 1 件快到期，最早 10月14日"),
        (TODO, INBOX, "等您办的有 2 件"),
    ]


def test_plans_receipts_terms_and_agreements() -> None:
    today = date(2026, 10, 12)
    book = ReceiptBook("B-01", "V01", "0012351", "0012353", "2026-05-01", "向丽蓉")
    gap = account_for(book, [Receipt("B-01", "0012352", "used", "", "2026-09-09", 500)])
    agreement = Agreement("a", "V01", "协议1", date(2024, 1, 1), date(2024, 1, 1), date(2026, 10, 1), "", "", "")
    later = replace(agreement, uid="b", village="V02", until=date(2026, 12, 1))
    renewed = (replace(later, uid="c", village="V03"), replace(later, uid="d", village="V03", since=DUE, until=None))
    facts = ReminderFacts(
        today, plans=(("V03", "双柿垭村", 2),), receipts=(("V01", gap),),
        officers=(Officer("o", "田维国", "V01", "村主任", "2021-01-01", "2026-10-31"),
                  Officer("p", "田维国", "V01", "委员", "2021-01-01", "2026-10-11")),
        agreements=(agreement, later, *renewed), villages={"V01": "老秤湾村", "V02": "石磨坪村"},
    )  # fmt: skip
    assert [(one.state, one.place, one.words) for one in build_reminders(facts)] == [
        (LATE, AGREEMENTS, "老秤湾村 的代理协议 2026-10-01 已经到期"),
        (LATE, RECEIPTS, "收据本 B-01 有 1 张没有下落，领用人 向丽蓉"),
        (SOON, POSTS, "老秤湾村 村主任 田维国 任期到 10月31日，还有 19 天"),
        (SOON, AGREEMENTS, "石磨坪村 的代理协议 2026-12-01 到期，还有 50 天"),
        (TODO, PLANS, "V03 双柿垭村 有 2 张计划里的凭证到期没有做"),
        (TODO, RECEIPTS, "收据本 B-01 发出 164 天，还有 1 张没有用完交回，领用人 向丽蓉"),
    ]


def test_volumes_that_were_lent_are_asked_for() -> None:
    today = date(2026, 10, 12)
    late = Loan(
        "a",
        "康志远",
        "镇政府",
        "查账",
        "邹启明",
        date(2026, 9, 1),
        date(2026, 10, 2),
        (Volume("V01", "vouchers", 2025, 3),),
    )
    soon, later = replace(late, uid="b", due_on=date(2026, 10, 15)), replace(late, uid="c", due_on=date(2026, 11, 15))
    assert [
        (one.state, one.place, one.words) for one in build_reminders(ReminderFacts(today, loans=(soon, later, late)))
    ] == [
        (LATE, ARCHIVE, "康志远 借的 1 册档案 10月2日 该还，迟了 10 天"),
        (SOON, ARCHIVE, "康志远 借的 1 册档案 10月15日 该还"),
    ]
