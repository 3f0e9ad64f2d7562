"""A second time of what somebody was warned of counts only while the warning is fresh."""

from __future__ import annotations

from time import monotonic

FRESH_S = 20.0
"""To read the sentence and to decide; whoever comes back later is warned once more."""


class Again:
    """True for a while after `warn`."""

    def __init__(self) -> None:
        self._until = 0.0

    def warn(self) -> None:
        """The sentence was shown just now."""
        self._until = monotonic() + FRESH_S

    def forget(self) -> None:
        """Something else was done: the next time is the first."""
        self._until = 0.0

    def __bool__(self) -> bool:
        return monotonic() < self._until
