"""Coded reasons for sending papers and vouchers back: fifteen that every township has, and its own from 16 on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from villagebooks.core.paper import REASONS
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

LONGEST_REASON = 30
"""Characters: a reason is a line of a list."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason by its number, which is given once; a stopped one is offered no more and still read by its number."""

    code: int
    words: str
    added_by: str = ""
    at: str = ""
    stopped_on: str = ""

    @property
    def is_own(self) -> bool:
        """The township's own, not one of the fifteen."""
        return self.code > len(REASONS)


def all_reasons(own: Sequence[Reason]) -> tuple[Reason, ...]:
    """The fifteen, then the township's own, by number."""
    usual = tuple(Reason(code, _(words)) for code, words in enumerate(REASONS, 1))
    return (*usual, *sorted(own, key=lambda one: one.code))


def reason_words(code: int, reasons: Sequence[Reason]) -> str:
    """`8 超权限没有会议记录`, empty for no reason; a number that nobody knows stays a number."""
    if not code:
        return ""
    return next((f"{one.code} {one.words}" for one in reasons if one.code == code), str(code))


def check_reason(words: str, known: Sequence[Reason]) -> list[Problem]:
    """Whether the words may become a reason of the list."""
    if not words:
        return [Problem(_("请写退回原因"), field="words")]
    if len(words) > LONGEST_REASON:
        return [Problem(_("退回原因不能超过 {n} 个字").format(n=LONGEST_REASON), field="words")]
    same = next((one for one in known if one.words == words), None)
    return [Problem(_("已经有这一条：第 {n} 号").format(n=same.code), field="words")] if same else []


def check_code(code: int, known: Sequence[Reason]) -> list[Problem]:
    """Whether something may be sent back for this reason now."""
    found = next((one for one in known if one.code == code), None)
    if found is None:
        return [Problem(_("请选一条退回原因"), field="reason")]
    if found.stopped_on:
        text = _("退回原因 {n}“{words}”已停用，请选别的")
        return [Problem(text.format(n=code, words=found.words), field="reason")]
    return []


@dataclass(frozen=True, slots=True)
class SentBack:
    """That a revision of a voucher or paper (`about`) was sent back, for which reason, by whom and when."""

    about: str
    object_uid: str
    rev: int
    reason: int
    by: str
    at: str
