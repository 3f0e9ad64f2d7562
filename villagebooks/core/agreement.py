"""Agency agreements (委托代理协议): a village entrusts its books to the centre; the service is free (RULES §6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from villagebooks.core.problem import Problem
from villagebooks.core.words import _, plain_text


@dataclass(frozen=True, slots=True)
class Agreement:
    """A signed agreement. `vote` says which assembly agreed and when, `archive` who keeps the archives; `until` None:
    without an end; `ended_on` None: still in force, else since when not, with the `reason`."""

    uid: str
    village: str
    number: str
    signed_on: date
    since: date
    until: date | None
    vote: str
    for_village: str
    for_centre: str
    archive: str = ""
    ended_on: date | None = None
    reason: str = ""

    def holds(self, day: date) -> bool:
        """Whether it is in force on the day."""
        last = min([one for one in (self.until, self.ended_on) if one], default=None)
        return self.since <= day and (last is None or day <= last)


def tidy_agreement(one: Agreement) -> Agreement:
    """The agreement with its texts as they are kept."""

    def tidy(text: str) -> str:
        return plain_text(text).strip()

    return replace(
        one, number=tidy(one.number), vote=tidy(one.vote), for_village=tidy(one.for_village),
        for_centre=tidy(one.for_centre), archive=tidy(one.archive), reason=tidy(one.reason),
    )  # fmt: skip


def check_agreement(new: Agreement, known: Sequence[Agreement]) -> list[Problem]:
    """Whether the agreement may be registered beside those that the village has."""
    problems = []

    def add(text: str, field: str) -> None:
        problems.append(Problem(text, field=field))

    for field, title in (
        ("number", _("协议编号")), ("vote", _("由哪次会议同意")), ("for_village", _("村方签字人")),
        ("for_centre", _("中心签字人")), ("archive", _("档案由谁保管")),
    ):  # fmt: skip
        if not getattr(new, field):
            add(_("没有写{what}").format(what=title), field)
    if any(one.number == new.number for one in known if new.number):
        add(_("已经有编号 {number} 的协议").format(number=new.number), "number")
    if new.until and new.until < new.since:
        add(_("到期日早于起始日"), "until")
    for one in known:
        if one.village == new.village and (one.holds(new.since) or (new.until and one.holds(new.until))):
            text = _("与协议 {number}（{since} 起）的期限重叠")
            add(text.format(number=one.number, since=one.since), "since")
    return problems


def check_end(one: Agreement, day: date, reason: str) -> list[Problem]:
    """Whether an agreement may end on the day."""
    if one.ended_on:
        return [Problem(_("协议 {number} 已经终止").format(number=one.number))]
    if not reason.strip():
        return [Problem(_("没有写终止的原因"), field="reason")]
    if day < one.since or (one.until and day > one.until):
        return [Problem(_("终止日不在协议期限里"), field="ended_on")]
    return []
