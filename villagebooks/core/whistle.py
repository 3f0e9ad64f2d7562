"""吹哨: a level calls the one above it to act on an object or a free matter within working days, and is answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from villagebooks.core.approval import AGENT, ARCHIVIST, CASHIER, DIRECTOR
from villagebooks.core.duty import DUTY_WORDS
from villagebooks.core.problem import Problem
from villagebooks.core.words import N_, _, plain_text

VILLAGE, TOWNSHIP = "village", "township"
RANKS = {VILLAGE: 0, AGENT: 1, CASHIER: 1, ARCHIVIST: 1, DIRECTOR: 2, TOWNSHIP: 3}
"""Levels from below; who calls stands below whom he calls."""
LEVEL_WORDS = {VILLAGE: N_("村里"), **DUTY_WORDS, TOWNSHIP: N_("镇里")}
OPEN, ANSWERED, LATE = "open", "answered", "late"
LONGEST_TERM = 60
"""Working days that a call may give at the most."""


@dataclass(frozen=True, slots=True)
class Whistle:
    """One call. `about` is the journal reference of a voucher or paper, empty for a free matter; `within` working days
    that end with `due`. The answer is given once; `answered_by` recorded it, `answerer` gave it."""

    uid: str
    village: str
    about: str
    matter: str
    from_level: str
    from_name: str
    to_level: str
    to_name: str
    within: int
    due: date
    raised_by: str = ""
    raised_at: str = ""
    answer: str = ""
    answerer: str = ""
    answered_by: str = ""
    answered_at: str = ""

    def state(self, today: date) -> str:
        """`open`, `late` when the term ended without an answer, `answered`."""
        if self.answered_at:
            return ANSWERED
        return LATE if today > self.due else OPEN

    @property
    def was_late(self) -> bool:
        """Answered, but after the term."""
        return bool(self.answered_at) and self.answered_at[:10] > self.due.isoformat()


def tidy_whistle(one: Whistle) -> Whistle:
    """The call with every text as it can be kept."""
    return replace(
        one, matter=plain_text(one.matter).strip(), from_name=plain_text(one.from_name).strip(),
        to_name=plain_text(one.to_name).strip(),
    )  # fmt: skip


def check_whistle(one: Whistle) -> list[Problem]:
    """Whether the call may be made: who calls whom, about what, until when."""
    problems = []
    if not one.matter:
        problems.append(Problem(_("请写要上级办什么事"), field="matter"))
    if not one.from_name:
        problems.append(Problem(_("请写是谁吹哨"), field="from_name"))
    if one.from_level not in RANKS or one.to_level not in RANKS:
        problems.append(Problem(_("请选向哪一级吹哨"), field="to_level"))
    elif RANKS[one.from_level] >= RANKS[one.to_level]:
        text = _("吹哨是下级请上级来办：{one}不能向{other}吹哨")
        words = {"one": _(LEVEL_WORDS[one.from_level]), "other": _(LEVEL_WORDS[one.to_level])}
        problems.append(Problem(text.format(**words), field="to_level"))
    if one.to_level == TOWNSHIP and not one.to_name:
        problems.append(Problem(_("向镇里吹哨要写明请谁来：例如 分管副镇长、镇纪委"), field="to_name"))
    if not 1 <= one.within <= LONGEST_TERM:
        problems.append(Problem(_("期限应是 1 至 {n} 个工作日").format(n=LONGEST_TERM), field="within"))
    return problems


def check_answer(one: Whistle, answer: str, answerer: str, duties: Collection[str] = ()) -> list[Problem]:
    """Whether this may be the answer; `duties` are what the answerer holds at the centre (nothing: an outsider, or
    nobody that is registered)."""
    problems = []
    if one.answered_at:
        problems.append(Problem(_("这次吹哨已经答复过，答复不能再改")))
    if not answer:
        problems.append(Problem(_("请写怎样处理的"), field="answer"))
    if not answerer:
        problems.append(Problem(_("请写是谁答复的"), field="answerer"))
    elif answerer == one.from_name:
        text = _("是{name}吹的哨，不能自己答复，要由{level}答复")
        problems.append(Problem(text.format(name=answerer, level=_(LEVEL_WORDS[one.to_level])), field="answerer"))
    elif duties and one.to_level != TOWNSHIP and max(RANKS.get(duty, 0) for duty in duties) < RANKS[one.to_level]:
        text = _("吹哨请的是{level}，不能由{name}答复")
        problems.append(Problem(text.format(name=answerer, level=_(LEVEL_WORDS[one.to_level])), field="answerer"))
    return problems
