"""The key directory as people look at it: whose key, for what, since when, where it lies, when and why it ended."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.problem import Problem
from villagebooks.core.words import _

LONGEST_IDLE = 10
"""Minutes after which unlocked keys are forgotten at the latest (SECURITY §2)."""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One line of the directory. `since` and `revoked_at` are positions of the office chain (0: not revoked), the days
    ISO; `ended` says that the name has a newer line; `place` is the folder of the stick that holds the box, empty: the
    books; `print` is the public key's fingerprint."""

    person: str
    roles: tuple[str, ...]
    since: int
    since_day: str
    print: str
    revoked_at: int = 0
    revoked_day: str = ""
    reason: str = ""
    ended: bool = False
    place: str = ""

    @property
    def signs(self) -> bool:
        """Whether what it signs now is valid."""
        return not self.revoked_at and not self.ended


@dataclass(frozen=True, slots=True)
class OpenedEnvelope:
    """The recovery envelope that was opened last and not made anew since: who was at work, and when (ISO)."""

    person: str
    at: str

    @property
    def sentence(self) -> str:
        """What is told until it is made anew: who was there has seen what is in it."""
        text = _(
            "“恢复钥匙”的信封 {day} 由{person}开过、用过，里面的字符还开得了：到“总钥匙”里重做信封，旧的两份当场撕掉"
        )
        return text.format(day=self.at[:10], person=self.person or _("没有登记名字的人"))


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """The newest version with its hash (hex), the root's fingerprint, whether the next root is announced, where the
    root's box lies, every line, newest first, and the recovery envelope that waits to be made anew."""

    version: int
    digest: str
    root: str
    has_next: bool
    root_place: str
    rows: tuple[KeyRow, ...]
    opened: OpenedEnvelope | None = None


def check_idle(minutes: int) -> list[Problem]:
    """Keys stay open ten idle minutes at the most."""
    if 1 <= minutes <= LONGEST_IDLE:
        return []
    return [Problem(_("空闲几分钟后锁上：1 至 {n}").format(n=LONGEST_IDLE), field="idle_minutes")]


def is_idle(last: float, now: float, minutes: int) -> bool:
    """Whether keys used last at `last` are to be forgotten at `now` (seconds of a clock that only goes forward)."""
    return now - last >= minutes * 60
