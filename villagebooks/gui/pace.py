"""How long work will still take, told in words from how fast it went so far."""

from __future__ import annotations

import time
from collections.abc import Callable

from villagebooks.core.words import _

SETTLED_S = 3.0
"""Seconds before which nothing is foretold: the first units are no measure."""


class Pace:
    """Watches one piece of long work after another by its title."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._title, self._began, self._first, self._last = "", 0.0, 0, 0

    def words(self, title: str, count: int, total: int) -> str:
        """正在画凭证　12 / 400　还要约 2 分钟."""
        now = self._clock()
        if title != self._title or count < self._last:
            self._title, self._began, self._first = title, now, count
        self._last = count
        text = _("正在{title}　{n} / {all}").format(title=title, n=count, all=total)
        gone, did = now - self._began, count - self._first
        if gone < SETTLED_S or did <= 0 or count >= total:
            return text
        return f"{text}　{_left_words((total - count) * gone / did)}"


def _left_words(seconds: float) -> str:
    if seconds < 60:
        return _("还要约 {n} 秒").format(n=max(1, round(seconds / 5) * 5))
    return _("还要约 {n} 分钟").format(n=round(seconds / 60))
