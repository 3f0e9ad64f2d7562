"""What somebody chose of the look on this computer: theme, scale, language, read from the settings of the desktop."""

from __future__ import annotations

import os
from collections.abc import MutableMapping

from PySide6.QtCore import QSettings

from villagebooks.core.words import language, use_language
from villagebooks.paths import open_catalogue

THEME, SCALE, LANGUAGE = "theme", "scale", "language"
SCALES = (100, 125, 150, 175, 200)
"""Percent, on top of what the system scales."""
LANGUAGES = {"zh": "中文", "en": "English"}
"""Each by its own name: who reads only that one must find it."""
FACTOR = "QT_SCALE_FACTOR"


def kept_scale(kept: QSettings | None) -> int:
    """Percent; 100 when nothing that we offer was chosen."""
    text = str(kept.value(SCALE, 100)) if kept else "100"
    return int(text) if text.isascii() and text.isdigit() and int(text) in SCALES else 100


def use_scale(kept: QSettings, environment: MutableMapping[str, str] = os.environ) -> None:
    """Tell Qt the scale, which it reads once, before the application is made; without a choice nothing is told."""
    if kept.contains(SCALE):
        environment[FACTOR] = str(kept_scale(kept) / 100)


def use_kept_language(kept: QSettings) -> None:
    """Speak what was chosen in the settings; called when the command line does not say."""
    chosen = str(kept.value(LANGUAGE, ""))
    if chosen in LANGUAGES and chosen != language():
        use_language(open_catalogue(chosen))
