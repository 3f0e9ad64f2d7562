"""Every page, tab, panel, strip and dialog: none is forgotten, no text is cut off, everything has a name."""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import villagebooks.gui
from tests.gui.conftest import TOWNSHIP, driven
from tests.gui.focus import focus_faults
from tests.gui.look import cut_off, path_of, shown, stops, unnamed
from tests.gui.scene import open_at
from tests.gui.walk import PARTS, SHORT, State, Walk
from villagebooks.core.words import language, use_language
from villagebooks.gui.theme import CONTRAST, LARGE, ORDINARY, apply_theme, read_theme, shown_theme
from villagebooks.paths import open_catalogue

USUAL, LEAST = (1366, 768), (1024, 640)
"""The window as it opens, and the smallest that it promises."""
MANY = 120
"""States of the window with fields of their own."""
DOUBLE = "2"
SOAK = "VILLAGEBOOKS_SOAK"
CHINESE, ENGLISH = "zh", "en"
SMALLEST = "test_no_text_is_cut_off_in_the_smallest_window_every_field_has_a_name_and_no_widget_is_forgotten"
EVERY_LOOK = bool(os.environ.get(SOAK))
LOOKS, DOUBLED = [(ENGLISH, CONTRAST), (CHINESE, CONTRAST)], [f"test_no_text_is_cut_off_in[{CHINESE}-{LARGE}]"]
"""Beside the smallest window every run walks the longer words, in the larger letters of high contrast, and the largest
letters at the finest scale. Of high contrast in Chinese, whose sizes lie between two looks that are walked, it goes the
short way. `make soak` goes every way."""
if EVERY_LOOK:
    LOOKS, DOUBLED = [*LOOKS, (ENGLISH, ORDINARY), (CHINESE, LARGE)], [*DOUBLED, SMALLEST]
FOLDER = os.environ.get("VILLAGEBOOKS_ALL_SCREENSHOTS", "")
"""Outside the project: every state of the window in every look that is walked, to be looked at."""


@contextmanager
def walking(books: Path, qtbot: QtBot, size: tuple[int, int], parts: tuple[str, ...] = PARTS) -> Iterator[Walk]:
    with driven(open_at(books), qtbot) as driver:
        driver.desktop.window.resize(*size)
        yield Walk(driver, parts)


def gather(walk: Walk, *looks: Callable[[QWidget], Iterator[str]]) -> str:
    """What is wrong, each once, with the first state that shows it; a picture of each where they are wanted."""
    faults: dict[str, str] = {}
    for place, state in enumerate(walk):
        if FOLDER:
            folder = Path(FOLDER) / f"{shown_theme().name}-{language()}"
            folder.mkdir(parents=True, exist_ok=True)
            assert state.shown.grab().save(str(folder / f"{place:03d}-{state.name}.png"))
        for look in looks:
            for fault in look(state.shown):
                faults.setdefault(fault, state.name)
    return "\n".join(f"{name}: {fault}" for fault, name in faults.items())


def kinds_of_widgets() -> set[str]:
    """Every class of the window that can be seen."""
    found = set()
    for one in pkgutil.walk_packages(villagebooks.gui.__path__, "villagebooks.gui."):
        module = importlib.import_module(one.name)
        kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, QWidget)]
        found |= {kind.__name__ for kind in kinds if kind.__module__ == one.name}
    return found


def kinds_in(state: State) -> set[str]:
    """Classes of the program that the state shows, with those they are made of."""
    bases = {base for one in shown(state.shown) for base in type(one).__mro__}
    return {base.__name__ for base in bases if base.__module__.startswith("villagebooks")}


@pytest.fixture
def spoken() -> Iterator[Callable[[str], None]]:
    """A language for one test."""
    yield lambda words: use_language(open_catalogue(words) if words != CHINESE else NullTranslations())
    use_language(NullTranslations())


def test_no_text_is_cut_off_in_the_smallest_window_every_field_has_a_name_and_no_widget_is_forgotten(
    scene: Path, qtbot: QtBot
) -> None:
    seen: set[str] = set()

    def named(window: QWidget) -> Iterator[str]:
        seen.update(kinds_in(State("", window)))
        yield from unnamed(window, chinese=True)

    with walking(scene, qtbot, LEAST) as walk:
        faults = gather(walk, cut_off, named)
    assert not faults, faults
    assert kinds_of_widgets() <= seen, kinds_of_widgets() - seen


def test_tab_comes_to_every_field_in_the_order_people_read_and_the_focus_is_never_lost(
    scene: Path, qtbot: QtBot
) -> None:
    seen: set[tuple[str, ...]] = set()

    def once(window: QWidget) -> Iterator[str]:
        """Where the same fields show as before, the keys go the same way."""
        fields = tuple(path_of(one) for one in stops(window))
        if fields in seen:
            return
        seen.add(fields)
        with qtbot.waitActive(window):
            window.activateWindow()
        yield from focus_faults(window)
        walk.driver.settle()

    with walking(scene, qtbot, USUAL) as walk:
        faults = gather(walk, once)
    assert not faults, faults
    assert len(seen) > MANY, len(seen)


@pytest.mark.parametrize(("words", "theme"), LOOKS)
def test_no_text_is_cut_off_in(
    application: QApplication, scene: Path, qtbot: QtBot, spoken: Callable[[str], None], words: str, theme: str
) -> None:
    spoken(words)
    apply_theme(application, theme)
    short = (words, theme) == (CHINESE, CONTRAST) and not EVERY_LOOK
    with walking(scene, qtbot, USUAL, SHORT if short else PARTS) as walk:
        faults = gather(walk, cut_off)
    assert not faults, faults


def test_high_contrast_is_nowhere_larger_than_large_type() -> None:
    ordinary, large, contrast = (read_theme(name).tokens for name in (ORDINARY, LARGE, CONTRAST))
    sizes = [token for token in ordinary if token.endswith(("_pt", "_px")) and token != "focus_px"]
    assert len(sizes) > 10, sizes
    for token in sizes:
        assert float(ordinary[token]) <= float(contrast[token]) <= float(large[token]), token


@pytest.mark.parametrize("walk", DOUBLED)
def test_no_text_is_cut_off_at_200_percent(township: Path, walk: str) -> None:
    """Qt reads its scale once, when it starts: a walk in a program of its own."""
    surroundings = {**os.environ, "QT_SCALE_FACTOR": DOUBLE, TOWNSHIP: str(township), SOAK: "1"}
    asked = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"{__file__}::{walk}"]
    done = subprocess.run(asked, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
