"""The small language of statement layouts: `D(101)+D(102)`, `PC(322.未分配收益<-311)`, `L(1)-L(2)` (DESIGN §8)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from villagebooks.core.words import _

BALANCE_FUNCTIONS = ("D", "C", "DS", "CS")
FUNCTIONS = (*BALANCE_FUNCTIONS, "PD", "PC", "OPEN_C")
LINE = "L"

_TOKEN = re.compile(r"\s*(?:([+\-()]|<-)|([^\s+\-()<]+))")
_ACCOUNT = re.compile(r"\d{3}(?:\d\d)*")
_SIGNS = {"+": 1, "-": -1}


@dataclass(frozen=True, slots=True)
class Place:
    """An account by its code, then by the names of accounts below it: `322.各项分配.成员分配`."""

    code: str
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ".".join((self.code, *self.names))


@dataclass(frozen=True, slots=True)
class Term:
    """A signed call: `function` over `place`, only in vouchers that are also on `against`; L takes line `line_no`."""

    sign: int
    function: str
    place: Place = Place("")
    against: Place | None = None
    line_no: str = ""


class FormulaError(ValueError):
    """A formula that cannot be read; the message is a Chinese clause that says why, `place` the character (from 1)."""

    def __init__(self, reason: str, place: int) -> None:
        super().__init__(reason)
        self.place = place


@lru_cache(maxsize=1024)
def read_formula(text: str) -> tuple[Term, ...]:
    """Terms of a formula, empty for an empty one. Raises `FormulaError` with the reason."""
    return _Reader(text).formula() if text.strip() else ()


class _Reader:
    """Walks over the words of one formula, one method a rule of the grammar."""

    def __init__(self, text: str) -> None:
        self._words: list[str] = []
        self._places: list[int] = []
        place = 0
        while place < len(text.rstrip()):
            match = _TOKEN.match(text, place)
            if not match:
                raise FormulaError(_("看不懂“{text}”").format(text=text[place:]), place + 1)
            word = match[1] or match[2]
            self._words.append(word)
            self._places.append(match.end() - len(word) + 1)
            place = match.end()
        self._places.append(len(text.rstrip()) + 1)
        self._next = 0

    def formula(self) -> tuple[Term, ...]:
        terms = [self._term(_SIGNS[self._take()] if self._peek() in _SIGNS else 1)]
        while self._peek():
            sign = self._take()
            if sign not in _SIGNS:
                raise self._error(_("“{word}”前面应是加号或减号").format(word=sign))
            terms.append(self._term(_SIGNS[sign]))
        return tuple(terms)

    def _term(self, sign: int) -> Term:
        function = self._take()
        if function != LINE and function not in FUNCTIONS:
            raise self._error(_("没有函数“{name}”").format(name=function))
        self._expect("(")
        if function == LINE:
            term = Term(sign, LINE, line_no=self._take())
        else:
            place, against = self._place(), None
            if self._peek() == "<-":
                self._take()
                if function not in ("PD", "PC"):
                    raise self._error(_("函数 {name} 里不能用 <-").format(name=function))
                against = self._place()
            term = Term(sign, function, place, against)
        self._expect(")")
        return term

    def _place(self) -> Place:
        word = self._take()
        code, *names = word.split(".")
        if not _ACCOUNT.fullmatch(code) or not all(names):
            raise self._error(_("“{word}”不是科目").format(word=word))
        return Place(code, tuple(names))

    def _peek(self) -> str:
        return self._words[self._next] if self._next < len(self._words) else ""

    def _take(self) -> str:
        word = self._peek()
        if not word:
            raise FormulaError(_("没有写完"), self._places[self._next])
        self._next += 1
        return word

    def _expect(self, sign: str) -> None:
        word = self._take()
        if word != sign:
            raise self._error(_("“{word}”处应是“{sign}”").format(word=word, sign=sign))

    def _error(self, reason: str) -> FormulaError:
        """What is wrong with the word that was taken last."""
        return FormulaError(reason, self._places[self._next - 1])
