"""Villages: names that are dated, villages that were merged, and the people the centre is named by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.period import read_day
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

OF_VILLAGE, OF_BOOK = "village", "book"
LONGEST_NAME = 40
_FORMER = re.compile(r"〔原([^〔〕]+)〕$")


@dataclass(frozen=True, slots=True)
class Village:
    """A village by its code; a merged village points to its successor."""

    code: str
    name: str
    successor: str = ""


@dataclass(frozen=True, slots=True)
class NameTerm:
    """What a village (`key` its code) or a book (`key` its uid) is called from a day on.

    `since` is ISO, empty for the first name; `code` is the official code of that time, `basis` the paper that says so.
    """

    uid: str
    about: str
    key: str
    since: str
    name: str
    code: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Centre:
    """The township's accounting centre, as printed on every sheet."""

    uid: str
    township: str
    code: str
    name: str
    root: str = ""
    """Fingerprint of the root key, five groups of four characters; empty before the root key ceremony."""

    @property
    def imprint(self) -> str:
        """What every printed page says: the centre and, once there is one, the root key's fingerprint (SECURITY §2)."""
        return _("{centre}　公钥指纹 {root}").format(centre=self.name, root=self.root) if self.root else self.name


def name_on(terms: Sequence[NameTerm], day: date, name: str) -> str:
    """What it was called on a day, by the terms of one village or book; `name` where no term speaks."""
    known = [one for one in terms if one.since <= day.isoformat()]
    return max(known, key=lambda one: one.since).name if known else name


def check_rename(village: Village, name: str, since: str, basis: str, today: str) -> list[Problem]:
    """Whether a village may be called so from a day on; a name of the past may be entered later."""
    problems = []
    if not name or len(name) > LONGEST_NAME:
        problems.append(Problem(_("请写新村名，不超过 {n} 个字").format(n=LONGEST_NAME), field="name"))
    if name == village.name:
        problems.append(Problem(_("{name}已经叫这个名字").format(name=name), field="name"))
    if read_day(since) is None:
        problems.append(Problem(_("从哪天起改名，写成 2026-01-01 这样"), field="since"))
    elif since > today:
        problems.append(Problem(_("{day} 还没有到，到那天再改").format(day=since), field="since"))
    if not basis.strip():
        problems.append(Problem(_("请写依据：批准改名的文件、文号"), field="basis"))
    return problems


def mark_former(text: str, village: str) -> str:
    """屈三妹〔原槽口村〕: the name with the village it came from; one that was marked before keeps its own village."""
    return text if former_of(text) else f"{text}〔原{village}〕"


def former_of(text: str) -> str:
    """The former village that a party, project, bank account or account is marked with, empty for none."""
    match = _FORMER.search(text.strip())
    return match[1] if match else ""


def check_region(code: str) -> list[Problem]:
    """The official code of a township, where one was written: digits, as the statistics office gives it."""
    if not code or (code.isascii() and code.isdigit()):
        return []
    return [Problem(_("行政区划代码都是数字，例如 522401105；不知道的空着"), field="code")]
