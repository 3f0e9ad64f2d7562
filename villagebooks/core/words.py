"""The words that people read: Chinese in the code, other languages by a catalogue that app or cli hands in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations
from string import Formatter

_BLANK = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")
# control characters, what turns the direction of writing, halves of characters
_COUNTING = re.compile(r"\{\w+:[^{}]*\|")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


SEVERAL = 2
"""What is no whole number (1.5, a word) is spoken of as several are."""


class _Counting(Formatter):
    """Puts values into a text and, for `{n:voucher|vouchers}`, the form that the number n has in that language."""

    def __init__(self, plural: Callable[[int], int]) -> None:
        self._plural = plural

    def format_field(self, value: object, format_spec: str) -> str:
        """The value as `str.format` writes it, or the form beside it; a number may come as text with commas."""
        if "|" not in format_spec:
            return str(super().format_field(value, format_spec))
        number = str(value).replace(",", "")
        return format_spec.split("|")[self._plural(int(number) if number.isdecimal() else SEVERAL)]


class _Counted(str):
    """A translated text in which words follow a number. Chinese has one form, so the code knows nothing of it."""

    __slots__ = ("plural",)
    plural: Callable[[int], int]

    def format(self, *args: object, **values: object) -> str:
        """As `str.format`, with the forms that the numbers among the values have."""
        return _Counting(self.plural).vformat(self, args, values)


def _counted(text: str, catalogue: NullTranslations) -> str:
    """The text, able to choose among forms if it has any: by the `Plural-Forms` that its catalogue declares."""
    if not _COUNTING.search(text):
        return text
    counted = _Counted(text)
    counted.plural = getattr(catalogue, "plural", lambda n: int(n != 1))
    return counted


class _Chosen:
    """The one catalogue of this process; the identity (Chinese) until another is chosen."""

    catalogue: NullTranslations = NullTranslations()


_AS_WRITTEN = NullTranslations()
_HERE: ContextVar[NullTranslations | None] = ContextVar("catalogue", default=None)
"""Another catalogue for what is done here, in this thread, and nowhere else."""


def _catalogue() -> NullTranslations:
    return _HERE.get() or _Chosen.catalogue


@contextmanager
def chinese() -> Iterator[None]:
    """Speak Chinese inside, in this thread alone: other threads and the window go on as they do."""
    before = _HERE.set(_AS_WRITTEN)
    try:
        yield
    finally:
        _HERE.reset(before)


def use_language(catalogue: NullTranslations) -> None:
    """Speak by this catalogue from now on. Called once at the start, before windows or sheets are built."""
    _Chosen.catalogue = catalogue


def language() -> str:
    """The language spoken now, as its catalogue names it: `zh` without one."""
    return _catalogue().info().get("language", "zh")


def _(text: str) -> str:
    """The text in the chosen language, else as it stands. Call it when the text is shown, not while loading."""
    # gettext answers the catalogue's header for an empty text.
    catalogue = _catalogue()
    return _counted(catalogue.gettext(text), catalogue) if text else text


def pgettext(context: str, text: str) -> str:
    """The text in the chosen language where Chinese has one word for two things: `context` tells which."""
    catalogue = _catalogue()
    return _counted(catalogue.pgettext(context, text), catalogue)


def N_(text: str) -> str:  # noqa: N802  (gettext's own name for it)
    """The text as it stands, marked for the catalogue: a word of a constant that is shown through `_` later."""
    return text


def plain_text(text: str) -> str:
    """What a person typed or pasted as it is kept and signed: one line, NFC, nothing unseen (SECURITY §1)."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _BLANK.sub(" ", text)))
