"""Schedules (计划): vouchers that come again, rent received for years, depreciation; what is due in which month."""

from villagebooks.core.schedule.check import check_schedule, check_stop
from villagebooks.core.schedule.due import Due, DueDraft, build_due, due_lines, dues, times
from villagebooks.core.schedule.plan import (
    EACH,
    EVERY,
    KINDS,
    LAST_DAY,
    MODES,
    MONTH,
    RECURRING,
    RENT,
    TOTAL,
    WEAR,
    YEAR,
    Schedule,
    ScheduleRow,
    Wear,
    kind_words,
    month_count,
)
from villagebooks.core.schedule.wear import (
    MANAGEMENT,
    OTHER,
    PRODUCTION,
    USES,
    WELFARE,
    check_wear,
    use_words,
    wear_accounts,
    wear_schedule,
)

__all__ = [
    "EACH", "EVERY", "KINDS", "LAST_DAY", "MANAGEMENT", "MODES", "MONTH", "OTHER", "PRODUCTION", "RECURRING", "RENT",
    "TOTAL", "USES", "WEAR", "WELFARE", "YEAR", "Due", "DueDraft", "Schedule", "ScheduleRow", "Wear", "build_due",
    "check_schedule", "check_stop", "check_wear", "due_lines", "dues", "kind_words", "month_count", "times",
    "use_words", "wear_accounts", "wear_schedule",
]  # fmt: skip
