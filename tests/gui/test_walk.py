"""Every page, tab, panel, strip and dialog: none is forgotten, everything has a name, the keyboard gets everywhere."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import villagebooks.gui
from tests.gui.conftest import driven
from tests.gui.look import shown, unnamed
from tests.gui.scene import open_at
from tests.gui.walk import State, Walk

SIZE = (1366, 768)


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


def test_every_state_is_named_for_who_hears_the_screen_and_no_widget_of_the_program_is_forgotten(
    scene: Path, qtbot: QtBot
) -> None:
    office, faults, seen = open_at(scene), dict[str, str](), set[str]()
    with driven(office, qtbot) as driver:
        driver.desktop.window.resize(*SIZE)
        for state in Walk(driver):
            seen |= kinds_in(state)
            faults.update((fault, state.name) for fault in unnamed(state.shown, chinese=True))
    assert not faults, "\n".join(f"{name}: {fault}" for fault, name in faults.items())
    assert kinds_of_widgets() <= seen, kinds_of_widgets() - seen
