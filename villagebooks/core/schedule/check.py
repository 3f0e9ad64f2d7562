"""Whether a schedule can be kept, and where it may be stopped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from villagebooks.core.account import Account
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.schedule.plan import EVERY, KINDS, LAST_DAY, MODES, TOTAL, WEAR, Schedule, month_count
from villagebooks.core.schedule.wear import check_wear
from villagebooks.core.voucher import check_lines
from villagebooks.core.words import _

MOST_MONTHS = 1_200


def check_schedule(schedule: Schedule, accounts: Mapping[str, Account], start: Month) -> list[Problem]:
    """Words, months, and lines that make a voucher every time; `start` is the book's first month."""
    problems = []
    if not schedule.name:
        problems.append(Problem(_("请写计划名称"), field="name"))
    if (
        schedule.kind not in KINDS
        or schedule.mode not in MODES
        or (schedule.kind == WEAR) != (schedule.wear is not None)
    ):
        problems.append(Problem(_("没有这种计划"), field="kind"))
    if schedule.every not in EVERY:
        problems.append(Problem(_("只能每 1、3、6、12 个月做一次"), field="every"))
    if not 1 <= schedule.day <= LAST_DAY:
        problems.append(Problem(_("日期是 1 至 31，31 是月末"), field="day"))
    if schedule.attachment_count < 0:
        problems.append(Problem(_("附单据数不能是负数"), field="attachment_count"))
    problems += check_wear(schedule.wear) if schedule.wear else []
    problems += _check_months(schedule, start)
    problems += check_lines(schedule.lines, accounts)
    return problems + (_check_total(schedule) if schedule.mode == TOTAL else [])


def check_stop(schedule: Schedule, month: Month, done: Sequence[Month]) -> list[Problem]:
    """Whether the schedule may end with this month: not before what is drafted already, not after its end."""
    if schedule.end is not None and month >= schedule.end:
        return [Problem(_("计划本来到 {end} 为止").format(end=schedule.end), field="stop")]
    late = max(done, default=None)
    if late is not None and month < late:
        text = _("{month} 的凭证已经做了，不能停在它以前；要停就先作废或冲销那一张")
        return [Problem(text.format(month=late), field="stop")]
    return []


def _check_months(schedule: Schedule, start: Month) -> list[Problem]:
    if schedule.last is None and schedule.mode == TOTAL:
        return [Problem(_("按总额分摊要写最后一个月"), field="last")]
    if schedule.last is not None and schedule.last < schedule.first:
        return [Problem(_("最后一个月 {last} 早于第一个月 {first}").format(last=schedule.last, first=schedule.first),
                        field="last")]  # fmt: skip
    if schedule.last is not None and month_count(schedule.first, schedule.last) > MOST_MONTHS:
        return [Problem(_("超过一百年了，月份可能写错"), field="last")]
    if schedule.first < start:
        text = _("账套从 {start} 开始，计划不能更早；以前已经记过的，写没有摊完的金额和月份")
        return [Problem(text.format(start=start), field="first")]
    return []


def _check_total(schedule: Schedule) -> list[Problem]:
    debited = [line for line in schedule.lines if line.debit_fen]
    credited = [line for line in schedule.lines if line.credit_fen]
    problems = []
    if len(debited) > 1 and len(credited) > 1:
        problems.append(Problem(_("按总额分摊，借方或贷方只能有一行，另一边可以有几行"), field="balance"))
    if any(line.debit_fen < 0 or line.credit_fen < 0 for line in schedule.lines):
        problems.append(Problem(_("按总额分摊的金额不能是负数"), field="amount"))
    return problems
