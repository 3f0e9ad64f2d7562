"""The days of a sheet: by which day of the following month it hangs, how long, and when questions are answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

POSTING_DAY = 10
"""Of the following month, where the centre has set none."""
_MOST = {"posting_day": 31, "stay_days": 366, "answer_days": 366}


def check_days(kept: Mapping[str, object]) -> list[Problem]:
    """Days that no calendar has; what is not set keeps its usual one."""
    texts = {
        "posting_day": _("每月几日前张榜：填 1 到 31"), "stay_days": _("至少贴几天：填 1 到 366"),
        "answer_days": _("几天内答复：填 1 到 366"),
    }  # fmt: skip
    return [
        Problem(texts[name], field=name)
        for name, most in _MOST.items()
        if name in kept and not (isinstance(value := kept[name], int) and 1 <= value <= most)
    ]


def posting_date(month: Month, day: object) -> date:
    """The day in the month after, its last where it has no such day; the usual one for what no calendar has, since
    books of an earlier version may keep such a number."""
    following = month.next()
    known = day if isinstance(day, int) and day >= 1 else POSTING_DAY
    return following.first_day.replace(day=min(known, following.last_day.day))
