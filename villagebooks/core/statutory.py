"""Papers of account are written in Chinese, whatever the window speaks.

会计法 art. 22: the words of accounting records are Chinese. Vouchers, books, statements, registers, receipts and the
notice of disclosure are therefore Chinese as a whole; working lists, the log and the late list follow the window.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from villagebooks.core.problem import Refused, Trouble
from villagebooks.core.words import chinese, language

P = ParamSpec("P")
R = TypeVar("R")


def in_chinese(draw: Callable[P, R]) -> Callable[P, R]:
    """What reads and draws a paper of account; a refusal is told in the language of the window."""

    @wraps(draw)
    def drawn(*arguments: P.args, **named: P.kwargs) -> R:
        if language() == "zh":
            return draw(*arguments, **named)
        try:
            with chinese():
                return draw(*arguments, **named)
        except (Refused, Trouble):
            return draw(*arguments, **named)  # refuses once more, in words that are understood

    return drawn
