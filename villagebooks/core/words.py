"""The words that people read: Chinese in the code, other languages by a catalogue that app or cli hands in."""

from __future__ import annotations

from gettext import NullTranslations


class _Chosen:
    """The one catalogue of this process; the identity (Chinese) until another is chosen."""

    catalogue: NullTranslations = NullTranslations()


def use_language(catalogue: NullTranslations) -> None:
    """Speak by this catalogue from now on. Called once at the start, before windows or sheets are built."""
    _Chosen.catalogue = catalogue


def _(text: str) -> str:
    """The text in the chosen language, else as it stands. Call it when the text is shown, not while loading."""
    # gettext answers the catalogue's header for an empty text.
    return _Chosen.catalogue.gettext(text) if text else text
