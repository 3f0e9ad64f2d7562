"""统一科目: the chart that a township wants of all its villages, and how a book's chart differs from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from villagebooks.core.account.chart import QUANTITY, Account, ChartAccount, check_accounts, level_of, parent_code
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

MISSING, NAMED, NEEDS, EXTRA, SPLIT, CLASH, SIDE, STOPPED = (
    "missing", "named", "needs", "extra", "split", "clash", "side", "stopped",
)  # fmt: skip
APPLIED = (MISSING, NAMED, NEEDS)
"""Differences that the unified accounts can be put in place of by themselves."""


@dataclass(frozen=True, slots=True)
class UnifiedChart:
    """A version of the unified accounts of a standard."""

    uid: str
    standard: str
    version: int
    made_at: str
    made_by: str
    words: str
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Deviation:
    """One difference of a book: `name` is the unified account's, `theirs` what the book has in its place."""

    kind: str
    code: str
    name: str
    theirs: str = ""
    detail: str = ""

    @property
    def applies(self) -> bool:
        """Whether applying the unified accounts removes it without a person's decision."""
        return self.kind in APPLIED


@dataclass(frozen=True, slots=True)
class BookDeviations:
    """How a book differs from the unified accounts of its standard; `version` 0: there are none for it."""

    book: str
    name: str
    standard: str
    version: int
    deviations: tuple[Deviation, ...]


def kind_word(kind: str) -> str:
    """A kind of difference as people say it."""
    words = {
        MISSING: _("缺科目"), NAMED: _("名称不同"), NEEDS: _("辅助核算不同"), EXTRA: _("自设科目"),
        SPLIT: _("要先拆分"), CLASH: _("同名不同码"), SIDE: _("方向不同"), STOPPED: _("已停用"),
    }  # fmt: skip
    return words.get(kind, kind)


def unify(accounts: Iterable[Account], chart: Sequence[ChartAccount]) -> tuple[Account, ...]:
    """Accounts as a unified chart: level 1 whole and as the standard has it, parents where there is something below."""
    given = {one.code: one for one in accounts}
    for one in chart:
        kept = given.get(one.code)
        needs, unit = (kept.needs, kept.unit) if kept else ((), "")
        given[one.code] = Account(one.code, one.name, 1, "", one.side, leaf=True, needs=needs, unit=unit)
    parents = {parent_code(code) for code in given}
    whole = (
        Account(
            one.code, one.name.strip(), level_of(one.code), parent_code(one.code), one.side, one.code not in parents,
            one.needs, one.unit,
        )
        for one in sorted(given.values(), key=lambda one: one.code)
    )  # fmt: skip
    return tuple(one if one.leaf else _as_parent(one) for one in whole)


def check_unified(accounts: Sequence[Account], chart: Sequence[ChartAccount]) -> list[Problem]:
    """Whether accounts may be the unified ones: well formed, named, and no name twice below the same account."""
    problems = check_accounts(accounts, chart)
    seen: set[tuple[str, str]] = set()
    for one in accounts:
        where = f"{one.code} {one.name}"
        if not one.name:
            problems.append(Problem(_("没有科目名称"), where))
        elif (one.parent, one.name) in seen:
            problems.append(Problem(_("同一个上级下有两个同名的科目"), where))
        seen.add((one.parent, one.name))
    return problems


def compare_chart(
    unified: Sequence[Account], accounts: Mapping[str, Account], with_lines: Collection[str]
) -> tuple[Deviation, ...]:
    """How a book's accounts differ, in the order of codes; `with_lines` are those on which lines stand.

    Level-1 accounts that a book left out are no difference, and one whose balance may stand on either side takes what
    side an import gave it.
    """
    wanted = {one.code: one for one in unified}
    found = [*_missing(wanted, accounts, with_lines), *_different(wanted, accounts)]
    found += [
        Deviation(EXTRA, code, "", one.name, _("已停用") if one.stopped_on else "")
        for code, one in accounts.items()
        if code not in wanted
    ]
    return tuple(sorted(found, key=lambda one: (one.code, one.kind)))


def _missing(
    wanted: Mapping[str, Account], accounts: Mapping[str, Account], with_lines: Collection[str]
) -> Iterator[Deviation]:
    names = {(one.parent, one.name): one for one in accounts.values()}
    blocked: dict[str, tuple[str, str, str]] = {}
    for code, one in wanted.items():
        if code in accounts or (one.level == 1 and one.leaf):
            continue
        above, same = accounts.get(one.parent), names.get((one.parent, one.name))
        if one.parent in blocked:
            blocked[code] = blocked[one.parent]
        elif above and above.leaf and above.code in with_lines:
            detail = _("{code} {name} 已有分录，要先拆分").format(code=above.code, name=above.name)
            blocked[code] = (SPLIT, "", detail)
        elif same:
            detail = _("本村的“{name}”用了代码 {code}").format(name=same.name, code=same.code)
            blocked[code] = (CLASH, f"{same.code} {same.name}", detail)
        kind, theirs, detail = blocked.get(code, (MISSING, "", ""))
        yield Deviation(kind, code, one.name, theirs, detail)


def _different(wanted: Mapping[str, Account], accounts: Mapping[str, Account]) -> Iterator[Deviation]:
    for code, one in wanted.items():
        theirs = accounts.get(code)
        if theirs is None:
            continue
        if theirs.name != one.name and one.level > 1:
            yield Deviation(NAMED, code, one.name, theirs.name)
        if (one.leaf or theirs.leaf) and _asked(theirs) != _asked(one):
            yield Deviation(NEEDS, code, one.name, theirs.name, f"{_asked_words(theirs)} → {_asked_words(one)}")
        if theirs.side != one.side and one.side != "B":
            words = {"D": _("借"), "C": _("贷"), "B": _("借或贷")}
            yield Deviation(SIDE, code, one.name, theirs.name, f"{words[theirs.side]} → {words[one.side]}")
        if theirs.stopped_on:
            yield Deviation(STOPPED, code, one.name, theirs.name, _("{day} 起").format(day=theirs.stopped_on))


def _asked(one: Account) -> tuple[frozenset[str], str]:
    return frozenset(one.needs), one.unit


def _asked_words(one: Account) -> str:
    names = {
        "party": _("往来"), "project": _("项目"), "contract": _("合同"), "bank": _("银行账户"), "quantity": _("数量"),
    }  # fmt: skip
    words = _("、").join(names.get(need, need) for need in one.needs) or _("不要求")
    return _("{name}（{more}）").format(name=words, more=one.unit) if one.unit else words


def applied_chart(
    unified: Sequence[Account], accounts: Mapping[str, Account], wanted: Sequence[Deviation], kinds: Collection[str]
) -> dict[str, Account]:
    """The book's accounts after the differences of these kinds are removed."""
    by_code = {one.code: one for one in unified}
    after = dict(accounts)
    for one in wanted:
        if one.kind not in kinds or not one.applies:
            continue
        model, mine = by_code[one.code], after.get(one.code)
        if one.kind == MISSING:
            after[one.code] = replace(model, leaf=True)
        elif mine and one.kind == NAMED:
            after[one.code] = replace(mine, name=model.name)
        elif mine:
            asked = replace(mine, needs=model.needs, unit=model.unit)
            after[one.code] = asked if mine.leaf else _as_parent(asked)
    parents = {one.parent for one in after.values()}
    return {code: _as_parent(one) if one.leaf and code in parents else one for code, one in sorted(after.items())}


def _as_parent(one: Account) -> Account:
    """The account as one that has others below it, which count quantities in its place."""
    return replace(one, leaf=False, unit="", needs=tuple(need for need in one.needs if need != QUANTITY))
