"""A step of an approval: one person in a post, or a body with quorum, stamp and minutes (RULES §6)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from villagebooks.core.words import _

HANDLER, WITNESS, APPROVER, OFFICER, BODY, NOTICE, DOCUMENT, DUTY = (
    "handler", "witness", "approver", "officer", "body", "notice", "document", "duty",
)  # fmt: skip
KINDS = (HANDLER, WITNESS, APPROVER, OFFICER, BODY, NOTICE, DOCUMENT, DUTY)
"""Who a step waits for: 经手人, 证明人 (or acceptors), an approver of the village, a single officer of the township, a
body, a list that hung out some days, a document that must be there, a duty at the centre (the only ones with keys)."""

ON_PAPER, ON_VOUCHER = "paper", "voucher"

_SHARE = re.compile(r"(>?)([1-9]\d?)/([1-9]\d?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Step:
    """One signature of a chain.

    `name` is its word in signed notes (ASCII), `title` what people say. `posts` are the registered posts whose holder
    signs (村主任: 主任, 支书兼主任); `bodies` the names under which the body's consent may be written. `quorum` is a
    share of the whole body: `2/3`, `>1/2`, `1/1` (all). `count` is how many people sign, `days` how many days a notice
    hangs, `within` how many working days the step may take before it is late (0: not watched).
    """

    name: str
    title: str
    kind: str = DUTY
    role: str = ""
    posts: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    quorum: str = ""
    stamp: bool = False
    minutes: bool = False
    count: int = 1
    days: int = 0
    within: int = 0

    @property
    def on(self) -> str:
        """`voucher` for the centre's duties, `paper` for everybody who signs before them."""
        return ON_VOUCHER if self.kind == DUTY else ON_PAPER

    @property
    def names(self) -> tuple[str, ...]:
        """Names under which a paper holds this step's consent."""
        return self.bodies or (self.title,)


def is_share(text: str) -> bool:
    """Whether the text is a quorum: `2/3` at least that share, `>1/2` more than it, never more than all."""
    found = _SHARE.fullmatch(text)
    return found is not None and int(found[2]) <= int(found[3]) and not (found[1] and found[2] == found[3])


def is_reached(quorum: str, agreed: int, size: int) -> bool:
    """Whether `agreed` of a body of `size` reach the quorum; an empty quorum asks for one."""
    found = _SHARE.fullmatch(quorum)
    if found is None:
        return agreed >= 1
    left, right = agreed * int(found[3]), size * int(found[2])
    return size > 0 and (left > right if found[1] else left >= right)


def quorum_words(quorum: str) -> str:
    """The quorum as people say it: 过半, 全体, 三分之二以上."""
    found = _SHARE.fullmatch(quorum)
    if found is None:
        return ""
    more, part, whole = found[1], int(found[2]), int(found[3])
    if part == whole:
        return _("全体")
    if more and (part, whole) == (1, 2):
        return _("过半数")
    text = _("超过{whole}分之{part}") if more else _("{whole}分之{part}以上")
    return text.format(part=_DIGITS[part], whole=_DIGITS[whole]) if whole <= 10 else f"{more}{part}/{whole}"


def step_text(step: Step) -> str:
    """A step with what it asks for, short as townships write it: 监委会(2/3+章)."""
    share = {">1/2": _("过半"), "1/1": _("全体")}.get(step.quorum, step.quorum)
    asked = [share] if share and share not in step.title else []
    asked += [_("{n} 人").format(n=step.count)] if step.count > 1 else []
    asked += [_("章")] if step.stamp else []
    asked += [_("记录")] if step.minutes else []
    return f"{step.title}({'+'.join(asked)})" if asked else step.title


_DIGITS = "零一二三四五六七八九十"
