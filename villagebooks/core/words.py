"""The words that people read: Chinese in the code, other languages by a catalogue that app or cli hands in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

_BLANK = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")
# control characters, what turns the direction of writing, halves of characters
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


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
    return _catalogue().gettext(text) if text else text


def pgettext(context: str, text: str) -> str:
    """The text in the chosen language where Chinese has one word for two things: `context` tells which."""
    return _catalogue().pgettext(context, text)


def N_(text: str) -> str:  # noqa: N802  (gettext's own name for it)
    """The text as it stands, marked for the catalogue: a word of a constant that is shown through `_` later."""
    return text


def plain_text(text: str) -> str:
    """What a person typed or pasted as it is kept and signed: one line, NFC, nothing unseen (SECURITY §1)."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _BLANK.sub(" ", text)))
