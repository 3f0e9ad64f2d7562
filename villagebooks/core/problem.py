"""The three kinds of failure: a Problem is a value, Refused carries problems, Trouble comes from the surroundings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that an entry breaks, as one Chinese sentence.

    `where` names the place for a person (field, file and line, voucher), `line` is the row of a form counted from 0
    (None: the whole entry), `field` the record's field that should be painted.
    """

    text: str
    where: str = ""
    line: int | None = None
    field: str = ""

    def __str__(self) -> str:
        return f"{self.where}：{self.text}" if self.where else self.text


class Refused(Exception):  # noqa: N818  (a refusal is an answer, not an error of the program)
    """A service refuses an act; nothing was changed. Carries every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class Trouble(Exception):  # noqa: N818  (named as the glossary names it)
    """The surroundings fail (disk, lock, printer, newer file): one Chinese sentence, no traceback shown."""


def refuse_if(problems: Sequence[Problem]) -> None:
    """Raise `Refused` when there is any problem."""
    if problems:
        raise Refused(problems)
