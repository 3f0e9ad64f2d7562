"""The register of a book's bank accounts: each by the label people use; the number is sealed and shown nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from villagebooks.core.account.chart import BANK
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

LONGEST_LABEL = 30
_RUN = re.compile(r"\d{4,}")
_NUMBER = re.compile(r"\d{8,32}")
LONGEST_RUN = 5
"""Digits in a row that a label may hold: a year and a branch, but no number of an account."""


@dataclass(frozen=True, slots=True)
class RegisteredBank:
    """A bank account in the register. `account` is the book's account under 102, `closed_on` the ISO day it ended."""

    label: str
    bank: str = ""
    account: str = ""
    closed_on: str = ""
    uid: str = ""
    has_number: bool = False


def plain_number(text: str) -> str:
    """The digits of a number without the blanks and dashes that people write between them."""
    return re.sub(r"[\s-]", "", text)


def check_bank(wanted: RegisteredBank, others: Iterable[RegisteredBank], number: str = "") -> list[Problem]:
    """A label of its own without digits of the number; an account under 102; a number of 8 to 32 digits or none."""
    problems = []
    if not wanted.label:
        problems.append(Problem(_("请写这个账户平时怎么叫，如“信用社基本户”"), field="label"))
    if len(wanted.label) > LONGEST_LABEL:
        problems.append(Problem(_("名称不能超过 {n} 个字").format(n=LONGEST_LABEL), field="label"))
    if any(one.label == wanted.label for one in others):
        problems.append(Problem(_("已经登记过“{label}”").format(label=wanted.label), field="label"))
    if number and not _NUMBER.fullmatch(number):
        problems.append(Problem(_("账号应是 8 至 32 位数字"), field="number"))
    runs = _RUN.findall(wanted.label)
    if any(len(run) > LONGEST_RUN or run in number for run in runs):
        problems.append(Problem(_("名称里不要写账号：账号的任何一位都不印、不公开"), field="label"))
    if wanted.account and not wanted.account.startswith(BANK):
        problems.append(Problem(_("要选“银行存款”下面的科目"), field="account"))
    return problems


def check_bank_labels(labels: Sequence[str], register: Sequence[RegisteredBank], day: str) -> list[Problem]:
    """Labels of a voucher's lines (empty: none) on an ISO day: each in the register, and not closed.

    A book without a register takes any.
    """
    known = {one.label: one for one in register}
    problems = []
    for row, label in enumerate(labels):
        found = known.get(label)
        if not label or not known or (found and not (found.closed_on and day >= found.closed_on)):
            continue
        text = _("银行账户登记簿里没有“{label}”").format(label=label)
        if found:
            text = _("银行账户“{label}”已于 {day} 销户").format(label=label, day=found.closed_on)
        problems.append(Problem(text, _("第 {n} 行").format(n=row + 1), row, "bank"))
    return problems
