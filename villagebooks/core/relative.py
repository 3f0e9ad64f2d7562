"""Near relatives of officers (近亲属) and units that are theirs: whoever approves or pays is warned of them as payees.

Source: RULES §8 (relatives of officers as payees), 农村集体经济组织法 on 关联交易 (withdrawal of who is interested).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from villagebooks.core.payee import names_in, plain_name
from villagebooks.core.period import read_day
from villagebooks.core.problem import Problem
from villagebooks.core.words import N_, _, plain_text

LONGEST_NAME = 40
KINSHIPS = (
    N_("配偶"),
    N_("父母"),
    N_("子女"),
    N_("兄弟姐妹"),
    N_("配偶的父母"),
    N_("配偶的兄弟姐妹"),
    N_("子女的配偶"),
    N_("祖父母"),
    N_("孙子女"),
    N_("本人或近亲属的单位"),
)
"""What is offered; other words may be written."""


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody near to an officer, or a unit (`unit`) that the officer or the family owns or runs.

    `village` is the officer's, empty for the centre's people; days are ISO; `ended_on` empty while it holds.
    """

    uid: str
    village: str
    officer: str
    name: str
    kinship: str
    unit: bool = False
    since: str = ""
    ended_on: str = ""
    reason: str = ""
    recorded_by: str = ""
    recorded_at: str = ""

    def holds(self, day: str) -> bool:
        """Whether it counts on an ISO day."""
        return (not self.since or self.since <= day) and (not self.ended_on or day <= self.ended_on)


def tidy_relative(one: Relative) -> Relative:
    """The entry with its texts as they are kept."""
    return replace(
        one, officer=plain_text(one.officer).strip(), name=plain_text(one.name).strip(),
        kinship=plain_text(one.kinship).strip(), reason=plain_text(one.reason).strip(),
    )  # fmt: skip


def check_relative(new: Relative, known: Sequence[Relative], officers: Sequence[str]) -> list[Problem]:
    """Whether it may be registered; `officers` are the names of those who hold or held a post in the village."""
    problems = []

    def add(text: str, field: str) -> None:
        problems.append(Problem(text, field=field))

    for field, title in (("officer", _("干部")), ("name", _("亲属或单位的名称")), ("kinship", _("关系"))):
        text = getattr(new, field)
        if not text:
            add(_("没有写{what}").format(what=title), field)
        elif len(text) > LONGEST_NAME:
            add(_("{what}不能超过 {n} 个字").format(what=title, n=LONGEST_NAME), field)
    if new.officer and new.officer not in officers:
        add(_("{name}没有登记岗位：先登记任职，再登记近亲属").format(name=new.officer), "officer")
    if new.name and new.name == new.officer:
        add(_("亲属不能是干部本人；本人开的单位请写单位名称"), "name")
    if new.since and read_day(new.since) is None:
        add(_("没有 {day} 这一天").format(day=new.since), "since")
    same = (new.village, new.officer, new.name)
    if any((one.village, one.officer, one.name) == same and not one.ended_on for one in known):
        add(_("{officer}的{name}已经登记过").format(officer=new.officer, name=new.name), "name")
    return problems


def check_relative_end(one: Relative, day: str, reason: str) -> list[Problem]:
    """Whether an entry may end on a day: it is not taken out, since earlier papers were looked at with it."""
    if one.ended_on:
        return [Problem(_("{name}已经停用").format(name=one.name))]
    if read_day(day) is None or (one.since and day < one.since):
        return [Problem(_("停用的日期不对"), field="ended_on")]
    return [] if reason.strip() else [Problem(_("请写停用的原因"), field="reason")]


def find_relatives(name: str, known: Sequence[Relative], day: str) -> list[Relative]:
    """Entries that a payee as written names on a day (ISO), alone or with others."""
    named = names_in(name)
    return [one for one in known if plain_name(one.name) in named and one.holds(day)]
