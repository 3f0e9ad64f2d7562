"""Templates (凭证模板) of the year's usual entries: supplied as data, or made by the township from a voucher.

A template names accounts by code and name; `fill_template` finds them in a book, whose chart may number its lower
levels otherwise. Amounts are always left open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.account import BANK, CASH, Account, ChartAccount
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import KINDS, NORMAL, OPENING, REVERSAL, Line, Voucher
from villagebooks.core.words import _

DEBIT, CREDIT = "D", "C"
RULED, BY_ANALOGY, CUSTOMARY, LOCAL = "V", "A", "K", "L"
MARKS = (RULED, BY_ANALOGY, CUSTOMARY, LOCAL)
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A line without its amount. In a supplied template `party` and `project` say who or what is to be written."""

    summary: str
    account: str
    name: str
    side: str
    party: str = ""
    project: str = ""
    contract: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """An entry to be completed. `uid` is empty for supplied ones, whose `key` names them; `mark` says how far the
    treatment is settled (V ruled, A by analogy, K customary, L local) and `basis` where it is written."""

    key: str
    name: str
    standard: str
    lines: tuple[TemplateLine, ...]
    kind: str = NORMAL
    mark: str = ""
    basis: str = ""
    uid: str = ""
    made_by: str = ""

    @property
    def own(self) -> bool:
        """Made by the township, and so renamed and deleted by it."""
        return bool(self.uid)

    @property
    def accounts(self) -> str:
        """借 113 贷 50101, as lists show it."""
        sides = {DEBIT: _("借"), CREDIT: _("贷")}
        return "　".join(f"{sides[one.side]} {one.account} {one.name}" for one in self.lines)


@dataclass(frozen=True, slots=True)
class FilledLine:
    """A line for the form: its side, and what is still to be said about account and detail."""

    line: Line
    side: str
    account_hint: str = ""
    detail_hint: str = ""


def mark_words(mark: str) -> str:
    """How far a treatment is settled, as people read it."""
    return {
        RULED: _("有出处"), BY_ANALOGY: _("比照相近的规定"), CUSTOMARY: _("实务做法，请按本地规定核对"),
        LOCAL: _("各地规定不同，请按本地规定核对"),
    }.get(mark, "")  # fmt: skip


def fill_template(template: Template, accounts: Mapping[str, Account]) -> tuple[FilledLine, ...]:
    """The template's lines in a book: accounts as found there, amounts open."""
    filled = []
    for one in template.lines:
        code = find_account(accounts, one.account, one.name)
        # a supplied template says who is meant in words, an own one keeps what its voucher had
        kept = (one.party, one.project) if template.own else ("", "")
        hint = "" if template.own else "／".join(word for word in (one.party, one.project) if word)
        line = Line(one.summary, code, 0, 0, *kept, one.contract, one.bank)
        filled.append(FilledLine(line, one.side, "" if code else f"{one.account} {one.name}", hint))
    return tuple(filled)


def find_account(accounts: Mapping[str, Account], code: str, name: str) -> str:
    """The leaf in use that is meant: by code and name, by name below the same level 1, or the only one; else empty."""
    one = accounts.get(code)
    if one and one.leaf and not one.stopped_on and (one.name == name or code.startswith((CASH, BANK))):
        return code
    used = (each for each in accounts.values() if each.leaf and not each.stopped_on)
    below = [each for each in used if each.code[:3] == code[:3]]
    for fits in (
        [each for each in below if each.name == name],
        [each for each in below if name in each.name or each.name in name],
        below,
    ):
        if len(fits) == 1:
            return fits[0].code
        if fits and fits is not below:
            return ""
    return ""


def template_of(voucher: Voucher, name: str, standard: str, accounts: Mapping[str, Account]) -> Template:
    """A voucher's lines without amounts."""
    lines = tuple(
        TemplateLine(
            one.summary, one.account, accounts[one.account].name if one.account in accounts else "",
            DEBIT if one.debit_fen else CREDIT, one.party, one.project, one.contract, one.bank,
        )
        for one in voucher.lines
    )  # fmt: skip
    return Template("", name, standard, lines, voucher.kind)


def check_template_name(name: str, others: Sequence[str]) -> list[Problem]:
    """A template has a name, and no other one has the same."""
    if not name:
        return [Problem(_("请写模板名称"), field="name")]
    if len(name) > LONGEST_NAME:
        return [Problem(_("模板名称不能超过 {n} 个字").format(n=LONGEST_NAME), field="name")]
    if name in others:
        return [Problem(_("已有叫“{name}”的模板").format(name=name), field="name")]
    return []


def check_templates(templates: Sequence[Template], charts: Mapping[str, Sequence[ChartAccount]]) -> list[Problem]:
    """Whether a file of templates can be used: names once, both sides, level 1 as the standard has it, marks known."""
    problems: list[Problem] = []
    seen: set[tuple[str, str]] = set()
    for one in templates:
        where = f"{one.standard} {one.key} {one.name}"
        twice = (one.standard, one.name) in seen or (one.standard, one.key) in seen
        seen |= {(one.standard, one.name), (one.standard, one.key)}
        texts = [_("名称或代号有两个")] if twice else []
        texts += _template_faults(one, charts.get(one.standard, ()))
        problems += [Problem(text, where) for text in texts]
    return problems


def _template_faults(one: Template, chart: Sequence[ChartAccount]) -> list[str]:
    names = {account.code: account.name for account in chart}
    faults = []
    if not chart:
        faults.append(_("没有会计制度“{standard}”").format(standard=one.standard))
    if {line.side for line in one.lines} != {DEBIT, CREDIT}:
        faults.append(_("要有借方和贷方（D、C）"))
    if one.kind not in KINDS or one.kind in (REVERSAL, OPENING):
        faults.append(_("没有这种凭证：{kind}").format(kind=one.kind))
    if one.mark not in MARKS:
        faults.append(_("依据的标记只有 V、A、K、L"))
    if one.mark == RULED and not one.basis:
        faults.append(_("标记 V 要写明依据"))
    for line in one.lines:
        first = line.account[:3]
        if chart and first not in names:
            faults.append(_("制度里没有科目 {code}").format(code=first))
        elif chart and len(line.account) == len(first) and line.name != names[first]:
            faults.append(_("科目 {code} 在制度里叫“{name}”").format(code=first, name=names[first]))
        if not line.summary or not line.name:
            faults.append(_("每行要有摘要和科目名称"))
    return faults
