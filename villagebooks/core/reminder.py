"""What is due in the next days and what is late, as short sentences; every one comes from the books, none is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from villagebooks.core.agreement import Agreement
from villagebooks.core.archive import Loan
from villagebooks.core.board import BoardRow
from villagebooks.core.closing import OPEN as OPEN_MONTH
from villagebooks.core.inbox import MINE, URGED, Waiting
from villagebooks.core.key import OpenedEnvelope
from villagebooks.core.period import Month
from villagebooks.core.person import Officer
from villagebooks.core.post import OPEN, PostChange, duty_word
from villagebooks.core.receipt import IssuedBook
from villagebooks.core.words import _

LATE, SOON, TODO = "late", "soon", "todo"
"""Past its day; due in the next days; to be done, without a day."""
_ORDER = (LATE, SOON, TODO)
SHEET, CLOSING, BANK, QUERY, INBOX, PLANS, RECEIPTS, ARCHIVE = (
    "sheet", "closing", "bank", "query", "inbox", "plans", "receipts", "archive",
)  # fmt: skip
VOUCHERS, PAPERS, TILL = "vouchers", "papers", "till"
"""Where what a fallen program left unsaved is offered."""
LOG = "journal"
"""Where it is seen when what was done."""
HAND_OVERS, POSTS, AGREEMENTS, BUDGETS = "people/changes", "people/posts", "agreements", "budget"
ROOT_KEY, ACCOUNTS = "people/root", "accounts"
"""Where each is done: a step of the board, a page, or a section of the settings."""
SOON_DAYS, TERM_DAYS, AGREEMENT_DAYS, RECEIPT_DAYS = 7, 30, 60, 90
"""How long before its day something is told; how long a receipt book may be out."""
_MOST_NAMES = 3
CLOCK_ERROR = timedelta(hours=1)
"""By how much the clocks of two PCs that work on the same books may differ."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One sentence; `place` is where it is done, at the book (code, empty for none) and month if they are named."""

    state: str
    words: str
    place: str
    book: str = ""
    month: Month | None = None
    day: date | None = None
    unsaved: bool = False
    """Whether it speaks of what a fallen program left."""


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """What is looked at: the board of the month before today's, what waits, schedules due (book code, name, how many),
    receipt books by the code of a book, terms, agreements, changes of posts, loans that are out,
    names of villages by code."""

    today: date
    board: tuple[BoardRow, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    plans: tuple[tuple[str, str, int], ...] = ()
    receipts: tuple[tuple[str, IssuedBook], ...] = ()
    officers: tuple[Officer, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    changes: tuple[PostChange, ...] = ()
    loans: tuple[Loan, ...] = ()
    villages: dict[str, str] = field(default_factory=dict)
    clock: tuple[str, str] = ("", "")
    """The time by this PC's clock, and that of the newest entry of the log, ISO."""
    envelope: OpenedEnvelope | None = None
    """The recovery envelope that was opened and is to be made anew."""


def build_reminders(facts: ReminderFacts) -> list[Reminder]:
    """Late ones first, then what is due soonest, then what has no day."""
    found = [one for look in _LOOKS for one in look(facts)]
    return sorted(found, key=lambda one: (_ORDER.index(one.state), one.day or date.max))


def _clock(facts: ReminderFacts) -> Iterable[Reminder]:
    """A clock that went back dates signatures wrongly, and lets people sign before they took office."""
    if not all(facts.clock):
        return
    now, last = (datetime.fromisoformat(one) for one in facts.clock)
    if now < last - CLOCK_ERROR:
        text = _("这台电脑的时间 {now} 比账里最后一次操作 {last} 还早：请先校准电脑的日期和时间，再签字、记账")
        words = text.format(now=f"{now:%Y-%m-%d %H:%M}", last=f"{last:%Y-%m-%d %H:%M}")
        yield Reminder(LATE, words, LOG, day=date.min)


def _envelope(facts: ReminderFacts) -> Iterable[Reminder]:
    """Whoever saw what is in it opens every key of the office, until it is made anew."""
    if facts.envelope:
        yield Reminder(LATE, facts.envelope.sentence, ROOT_KEY, day=date.fromisoformat(facts.envelope.at[:10]))


def _waiting(facts: ReminderFacts) -> Iterable[Reminder]:
    late = [one for one in facts.waiting if one.late]
    if late:
        worst = max(late, key=lambda one: one.late)
        text = _("{n} 件待办逾期，最迟的 {days} 个工作日，在{who}那里")
        words = text.format(n=len(late), days=worst.late, who="、".join(worst.people[:_MOST_NAMES]))
        yield Reminder(LATE, words, INBOX, day=worst.due)
    mine = [one for one in facts.waiting if one.state in (MINE, URGED) and not one.late]
    ends = facts.today + timedelta(days=SOON_DAYS)
    soon = [one for one in mine if one.due and one.due <= ends]
    if soon:
        first = min(one.due for one in soon if one.due)
        words = _("等您办的有 {n} 件快到期，最早 {day}").format(n=len(soon), day=_day(first))
        yield Reminder(SOON, words, INBOX, day=first)
    if len(mine) > len(soon):
        yield Reminder(TODO, _("等您办的有 {n} 件").format(n=len(mine) - len(soon)), INBOX)


def _sheets(facts: ReminderFacts) -> Iterable[Reminder]:
    ends = facts.today + timedelta(days=SOON_DAYS)
    late = [row for row in facts.board if row.is_late]
    soon = [row for row in facts.board if row.put_up is None and not row.is_late and row.due <= ends]
    for state, rows in ((LATE, late), (SOON, soon)):
        if rows:
            due = rows[0].due
            left = (due - facts.today).days
            text = (
                _("{month} 公开榜迟了 {n} 天：{names}")
                if state == LATE
                else _("{month} 公开榜 {day} 以前张榜，还有 {n} 天：{names}")
            )
            words = text.format(month=rows[0].month, day=_day(due), n=abs(left), names=_names(rows))
            yield Reminder(state, words, SHEET, rows[0].book, rows[0].month, due)


def _months(facts: ReminderFacts) -> Iterable[Reminder]:
    """What of the month before is still open: reconciliation, closing, the query file."""
    looks: tuple[tuple[str, str, Callable[[BoardRow], bool]], ...] = (
        (BANK, _("{month} 银行还没有对完账：{names}"), lambda row: row.reconciled < row.banks),
        (CLOSING, _("{month} 还没有结账：{names}"), lambda row: row.state == OPEN_MONTH and any(row.vouchers.values())),
        (QUERY, _("{month} 公示期满，可以导出查询库：{names}"), lambda row: row.may_export),
    )  # fmt: skip
    for place, text, is_open in looks:
        rows = [row for row in facts.board if is_open(row)]
        if rows:
            words = text.format(month=rows[0].month, names=_names(rows))
            yield Reminder(TODO, words, place, rows[0].book, rows[0].month)


def _plans(facts: ReminderFacts) -> Iterable[Reminder]:
    for code, name, count in facts.plans:
        words = _("{book} 有 {n} 张计划里的凭证到期没有做").format(book=f"{code} {name}", n=count)
        yield Reminder(TODO, words, PLANS, code)


def _receipts(facts: ReminderFacts) -> Iterable[Reminder]:
    for code, one in facts.receipts:
        if one.count.missing:
            text = _("收据本 {book} 有 {n} 张没有下落，领用人 {who}")
            words = text.format(book=one.book.code, n=len(one.count.missing), who=one.book.issued_to)
            yield Reminder(LATE, words, RECEIPTS, code)
        out = (facts.today - date.fromisoformat(one.book.issued_on)).days
        if one.count.left and out > RECEIPT_DAYS:
            text = _("收据本 {book} 发出 {days} 天，还有 {n} 张没有用完交回，领用人 {who}")
            words = text.format(book=one.book.code, days=out, n=one.count.left, who=one.book.issued_to)
            yield Reminder(TODO, words, RECEIPTS, code)


def _terms(facts: ReminderFacts) -> Iterable[Reminder]:
    ends = (facts.today + timedelta(days=TERM_DAYS)).isoformat()
    for one in facts.officers:
        if one.until and facts.today.isoformat() <= one.until <= ends:
            day = date.fromisoformat(one.until)
            text = _("{where}{duty} {name} 任期到 {day}，还有 {n} 天")
            where = f"{facts.villages.get(one.village, one.village)} " if one.village else ""
            n = (day - facts.today).days
            words = text.format(where=where, duty=duty_word(one.duty), name=one.name, day=_day(day), n=n)
            yield Reminder(SOON, words, POSTS, day=day)


def _agreements(facts: ReminderFacts) -> Iterable[Reminder]:
    """The last agreement of each village that ends soon, or has ended without another."""
    last: dict[str, Agreement] = {}
    for one in facts.agreements:
        if one.ended_on is None and (one.village not in last or one.since > last[one.village].since):
            last[one.village] = one
    for village, one in sorted(last.items()):
        if one.until and one.until <= facts.today + timedelta(days=AGREEMENT_DAYS):
            over = one.until < facts.today
            text = (
                _("{village} 的代理协议 {day} 已经到期") if over else _("{village} 的代理协议 {day} 到期，还有 {n} 天")
            )
            n = (one.until - facts.today).days
            words = text.format(village=facts.villages.get(village, village), day=one.until.isoformat(), n=n)
            yield Reminder(LATE if over else SOON, words, AGREEMENTS, day=one.until)


def _loans(facts: ReminderFacts) -> Iterable[Reminder]:
    for one in facts.loans:
        days = (one.due_on - facts.today).days
        if days <= SOON_DAYS:
            text = (
                _("{who} 借的 {n} 册档案 {day} 该还")
                if days >= 0
                else _("{who} 借的 {n} 册档案 {day} 该还，迟了 {days} 天")
            )
            words = text.format(who=one.borrower, n=len(one.volumes), day=_day(one.due_on), days=-days)
            yield Reminder(LATE if days < 0 else SOON, words, ARCHIVE, day=one.due_on)


def _changes(facts: ReminderFacts) -> Iterable[Reminder]:
    for one in facts.changes:
        if one.state == OPEN:
            text = _("岗位移交没有办完：{duty} {giver} → {receiver}")
            words = text.format(duty=duty_word(one.duty), giver=one.hand.giver, receiver=one.hand.receiver)
            yield Reminder(TODO, words, HAND_OVERS)


def _names(rows: Sequence[BoardRow]) -> str:
    names = "、".join(f"{row.book} {row.name}" for row in rows[:_MOST_NAMES])
    more = _("等 {n} 个账套").format(n=len(rows)) if len(rows) > _MOST_NAMES else ""
    return names + more


def _day(day: date) -> str:
    return _("{m}月{d}日").format(m=day.month, d=day.day)


_LOOKS: tuple[Callable[[ReminderFacts], Iterable[Reminder]], ...] = (
    _clock, _envelope, _waiting, _sheets, _months, _plans, _receipts, _terms, _agreements, _loans, _changes,
)  # fmt: skip
