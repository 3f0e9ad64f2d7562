"""Terms in a post, and which duties one person may not hold together.

Source: 会计法 art. 35 and 会计基础工作规范 art. 12 (the cashier neither reviews, keeps archives, nor keeps income,
expense, claims and debts), RULES §5; a reporter holds cash and therefore never prepares vouchers (DESIGN §3).
"""

from __future__ import annotations

from collections.abc import Sequence

from villagebooks.core.approval import AGENT, ARCHIVIST, CASHIER, DIRECTOR, ROLES
from villagebooks.core.duty import DUTY_WORDS
from villagebooks.core.period import read_day
from villagebooks.core.person import LONGEST_NAME, Officer
from villagebooks.core.problem import Problem
from villagebooks.core.words import N_, _, plain_text

REPORTER = "报账员"
_HELD = (CASHIER, AGENT, ARCHIVIST)
_APART = (
    (CASHIER, AGENT, N_("出纳不能登记收入、支出、债权、债务账目，会计不能管钱")),
    (CASHIER, ARCHIVIST, N_("出纳不能保管会计档案")),
    (CASHIER, DIRECTOR, N_("出纳不能兼任稽核")),
)  # fmt: skip


def hands_over(duty: str) -> bool:
    """Whether who leaves this post holds money, papers or books, so that it ends by a hand-over only."""
    return duty in _HELD or REPORTER in duty


def duty_word(duty: str) -> str:
    """The duty as people call it; a village's posts are called by their own words."""
    return _(DUTY_WORDS[duty]) if duty in DUTY_WORDS else duty


def check_posts(officers: Sequence[Officer], day: str) -> list[Problem]:
    """People who on a day (ISO) hold posts that the law keeps apart, whatever the approval policy says."""
    held: dict[str, set[str]] = {}
    reporting: dict[str, str] = {}
    for one in officers:
        if one.holds(day):
            if not one.village:
                held.setdefault(one.name, set()).add(one.duty)
            elif REPORTER in one.duty:
                reporting[one.name] = one.village
    problems = []
    for name, duties in sorted(held.items()):
        for first, second, why in _APART:
            if {first, second} <= duties:
                text = _("{name}同时是{one}和{other}：{why}")
                words = {"one": duty_word(first), "other": duty_word(second), "why": _(why)}
                problems.append(Problem(text.format(name=name, **words), field="duty"))
        if AGENT in duties and name in reporting:
            text = _("{name}是 {village} 的报账员，手里有现金，不能做凭证；若是同名的另一个人，请把名字写得不一样")
            problems.append(Problem(text.format(name=name, village=reporting[name]), field="duty"))
    return problems


def check_name(what: str, name: str) -> list[Problem]:
    """Names stand in signatures as `<centre>/<person>`, between blanks: SECURITY §1."""
    if not name:
        return [Problem(_("没有写{what}").format(what=what), field="name")]
    if name != plain_text(name) or any(char in "+/" or char.isspace() for char in name) or len(name) > LONGEST_NAME:
        text = _("{what}不能有空格、加号、斜线，不能超过 {n} 个字：{name}")
        return [Problem(text.format(what=what, n=LONGEST_NAME, name=name[:LONGEST_NAME]), field="name")]
    return []


def check_term_end(term: Officer, day: str, reason: str, today: str) -> list[Problem]:
    """Whether a term may end on a day (ISO)."""
    if term.until:
        text = _("{name}的{duty}已在 {day} 离任")
        return [Problem(text.format(name=term.name, duty=duty_word(term.duty), day=term.until))]
    problems = []
    if read_day(day) is None:
        problems.append(Problem(_("没有 {day} 这一天").format(day=day), field="until"))
    elif day < term.since:
        problems.append(Problem(_("{day} 才任职，不能在这以前离任").format(day=term.since), field="until"))
    elif day > today:
        problems.append(Problem(_("{day} 还没有到，到那天再办离任").format(day=day), field="until"))
    if not reason.strip():
        problems.append(Problem(_("请写离任的原因"), field="reason"))
    return problems


def roles_on(officers: Sequence[Officer], name: str, day: str) -> tuple[str, ...]:
    """The duties with a key that somebody holds at the centre on a day and that were not ended on it, in order; the
    township's people (农经站长, 镇纪委书记) are registered there too and have none."""
    mine = [one for one in officers if one.name == name and not one.village and one.duty in ROLES]
    return tuple(sorted({one.duty for one in mine if one.holds(day) and one.until != day}))
