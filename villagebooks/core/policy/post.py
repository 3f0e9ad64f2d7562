"""Whether those whose ink stands on a paper held the posts that the policy's steps want, between its day and now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from villagebooks.core.paper import Body, Paper
from villagebooks.core.person import Officer
from villagebooks.core.policy.flow import find_ink
from villagebooks.core.policy.rule import Policy
from villagebooks.core.policy.step import BODY, DOCUMENT, NOTICE, OFFICER, ON_PAPER, Step
from villagebooks.core.problem import Problem
from villagebooks.core.words import N_, _

WHERE = N_("“设置—人员与钥匙”")
"""Where posts are registered."""
_TOLD = 3
"""Villages that are named before they are only counted."""


@dataclass(frozen=True, slots=True)
class Term:
    """The days in which the ink can have been written: from the paper's day to that of its registration (ISO)."""

    first: str
    last: str

    def meets(self, officer: Officer) -> bool:
        """Whether the officer held the post on one of them."""
        return officer.since <= self.last and (not officer.until or officer.until >= self.first)


def check_posts(
    paper: Paper, flow: Sequence[Step], officers: Sequence[Officer], village: tuple[str, str], today: str,
    *, must_register: bool,
) -> list[Problem]:  # fmt: skip
    """Signers who do not hold the post of their step; `village` is its code and name, `today` ISO.

    A post that nobody was ever registered in is refused with what to register (`must_register`, a policy that the
    township itself put in force) or let pass (the built-in policy, which nobody chose); then the self-check tells.
    """
    day = paper.day.isoformat()
    term = Term(day, max(day, today))
    problems = []
    for step in flow:
        if step.posts and step.kind not in (DOCUMENT, NOTICE):
            ink = find_ink(paper, step, flow)
            known = post_holders(step, officers, village[0])
            if known or must_register:
                problems += _check_step(step, ink.names, known, village, term)
            if step.quorum and ink.body:
                problems += _check_size(step, ink.body, {one.name for one in known if Term(day, day).meets(one)})
    return problems


def _check_size(step: Step, body: Body, members: Collection[str]) -> list[Problem]:
    """A share is reached of all who are registered, not of those whom the paper counts; nobody counts twice."""
    problems = []
    if body.size < len(members):
        text = _("{title}登记在任的有 {n} 人（{names}），单子上全体只写了 {size} 人")
        said = {"title": step.title, "n": len(members), "names": _("、").join(sorted(members)), "size": body.size}
        problems.append(Problem(text.format(**said), field="bodies"))
    text = _("{title}里{name}写了两次")
    twice = [name for name, times in Counter(body.people).items() if times > 1]
    return problems + [Problem(text.format(title=step.title, name=name), field="bodies") for name in twice]


def post_holders(step: Step, officers: Sequence[Officer], village: str) -> list[Officer]:
    """Everyone who holds or held a post of the step in the village; township officers also at the centre."""
    places = {village, ""} if step.kind == OFFICER else {village}
    return [one for one in officers if one.village in places and one.duty in step.posts]


def missing_posts(
    policy: Policy, officers: Sequence[Officer], villages: Sequence[tuple[str, str]], day: str
) -> list[Problem]:
    """Steps whose post nobody holds on a day (ISO) in some village (code, name): its papers could not be registered."""
    now = [one for one in officers if Term(day, day).meets(one)]
    problems = []
    for step in policy.steps.values():
        if not step.posts or step.on != ON_PAPER:
            continue
        bare = [name for code, name in villages if not post_holders(step, now, code)]
        if bare:
            told = _("、").join(bare[:_TOLD]) + (_("等 {n} 个村").format(n=len(bare)) if len(bare) > _TOLD else "")
            text = _("“{title}”在{places}还没有人能签：到{where}登记{posts}")
            said = {"title": step.title, "places": told, "where": WHERE, "posts": _("或").join(step.posts)}
            problems.append(Problem(text.format(**said)))
    return problems


def signed_outside(step: Step, names: Sequence[str], known: Sequence[Officer], term: Term) -> list[str]:
    """Whose signatures for a step do not count, since they held none of its posts."""
    holders = {one.name for one in known if term.meets(one)}
    strangers = [name for name in names if name not in holders]
    # one approver is enough, more may sign with him; of a body everybody counts
    return strangers if step.kind == BODY or len(strangers) == len(names) else []


def _check_step(
    step: Step, names: Sequence[str], known: Sequence[Officer], village: tuple[str, str], term: Term
) -> list[Problem]:
    if not any(names):
        return []  # told as a step that nobody signed
    field = "bodies" if step.kind in (BODY, OFFICER) else step.kind
    if not known:
        return [Problem(_missing_text(step, village), field=field)]
    strangers = signed_outside(step, names, known, term)
    return [Problem(_stranger_text(step, name, known, village, term), field=field) for name in strangers]


def _missing_text(step: Step, village: tuple[str, str]) -> str:
    place = village[1] if step.kind != OFFICER else _("镇里或{village}").format(village=village[1])
    text = _("{place}还没有登记谁是{title}：请先到{where}登记他的职务（{posts}），任职日期写到签字那天以前")
    return text.format(place=place, title=step.title, where=_(WHERE), posts=_("、").join(step.posts))


def _stranger_text(step: Step, name: str, known: Sequence[Officer], village: tuple[str, str], term: Term) -> str:
    left = [one for one in known if one.name == name and one.until and one.until < term.first]
    if left:
        one = max(left, key=lambda found: found.until)
        text = _("{name}的{duty}任到 {until} 为止，{day} 的单子不能由他以{title}签字")
        return text.format(name=name, duty=one.duty, until=one.until, day=term.first, title=step.title)
    later = [one for one in known if one.name == name]
    if later:
        text = _("{name}从 {since} 起才任{duty}，这以前不能以{title}签字")
        return text.format(name=name, since=later[0].since, duty=later[0].duty, title=step.title)
    now = [one for one in known if term.meets(one)]
    told = _("、").join(_("{name}（{more}）").format(name=one.name, more=one.duty) for one in now) or _("没有人在任")
    text = _("{place}登记的{title}是{told}，没有{name}，这一步不能由{name}签。换了人的，先到{where}办离任、登记新人")
    return text.format(name=name, place=village[1], title=step.title, told=told, where=_(WHERE))
