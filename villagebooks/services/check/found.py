"""Something that breaks a rule, before the rule's title and severity are put to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from villagebooks.core.problem import Refused, Trouble
from villagebooks.core.words import _


@dataclass(frozen=True, slots=True)
class Found:
    """The rule by name, the table and row where it is broken, and what is wrong there."""

    rule: str
    table: str
    row: str
    text: str


def readable(found: Iterator[Found], book: str) -> Iterator[Found]:
    """What is found until something is met that no data of the program can be: that is found as well.

    A field that was changed into nonsense must end in a finding, not in a check that breaks off.
    """
    try:
        yield from found
    except (ValueError, TypeError, LookupError, ArithmeticError, Refused, Trouble) as error:
        yield Found(
            "unreadable",
            "book" if book else "office",
            book or "1",
            _("查到这里读不下去：{why}").format(why=_why(error)),
        )


def _why(error: Exception) -> str:
    """The sentence of a refusal or a trouble; of anything else its kind as well, for whoever looks into it."""
    return str(error) if isinstance(error, (Refused, Trouble)) else f"{type(error).__name__} {error}"
