"""The first steps of a new centre, each ticked by what the books hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from villagebooks.core.approval import AGENT, CASHIER, DIRECTOR
from villagebooks.core.person import Officer
from villagebooks.core.words import _

ROOT, POSTS, KEYS, BOOKS, OPENING, RULES, VILLAGE_POSTS, ROLL = (
    "people/root", "people/posts", "people/keys", "books", "opening", "rules", "people/posts", "roll",
)  # fmt: skip
"""Where each step is done: sections of the settings, the balances of a book, what stands on every sheet, the roll."""
_NEEDED = ((DIRECTOR, 1), (AGENT, 2), (CASHIER, 1))
"""A centre's people: who prepares does not countersign, who pays does not keep the books."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do, why or how, where, whether it is done; one that is not `needed` may wait."""

    title: str
    words: str
    place: str
    done: bool
    needed: bool = True


@dataclass(frozen=True, slots=True)
class BeginningFacts:
    """What the steps are ticked by: the root's fingerprint, terms that run, who holds a key, codes of books and of
    those with a voucher, whether the sheet's rules were set, whether the roll holds anybody."""

    root: str
    officers: tuple[Officer, ...]
    holders: Collection[str]
    books: tuple[str, ...]
    filled: Collection[str]
    rules: bool
    roll: bool


def build_steps(facts: BeginningFacts) -> list[Step]:
    """The steps in the order in which they are taken."""
    centre = [one for one in facts.officers if not one.village]
    have = {duty: len({one.name for one in centre if one.duty == duty}) for duty, _count in _NEEDED}
    people = all(have[duty] >= count for duty, count in _NEEDED)
    signers = {one.name for one in centre if one.duty in have}
    villages = {one.village for one in facts.officers if one.village}
    opened = bool(facts.books) and any(code in facts.filled for code in facts.books)
    return [
        Step(_("做总钥匙"), _("一次仪式，打印指纹贴在墙上；有了它才能给各人发钥匙"), ROOT, bool(facts.root)),
        Step(_("登记中心的人员"), _("中心主任、两位代理会计、总出纳：制单的不复核，管钱的不记账"), POSTS, people),
        Step(_("给每人发一把钥匙"), _("口令只有本人知道，签字用它"), KEYS, people and signers <= set(facts.holders)),
        Step(_("开账套"), _("一个村一套账；已经用电脑记账的，可以整个导入"), BOOKS, bool(facts.books)),
        Step(_("把原来的账接过来"), _("期初建账或导入历史账；新成立的村直接记第一张凭证"), OPENING, opened),
        Step(_("登记村里的人员"), _("各村的报账员、村主任、监委会，报账单上要认他们"), VILLAGE_POSTS, bool(villages)),
        Step(_("定公开榜的规矩"), _("每月几日张榜、贴几天、有疑问问谁"), RULES, facts.rules),
        Step(_("录村民名册"), _("导出查询库的时候要用，可以以后再录"), ROLL, facts.roll, needed=False),
    ]


def is_begun(steps: Sequence[Step]) -> bool:
    """Every needed step is done: nobody has to be guided any more."""
    return all(one.done for one in steps if one.needed)
