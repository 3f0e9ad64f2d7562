"""Objects of the window that die on another thread than the screen's: Qt falls over them later, far from what let go.

A timer that dies elsewhere stays in the list of its own thread, which calls it when its time has come: nothing is there
any more. Qt itself only warns, and only of timers; here every object of the window's own classes is seen.
"""

from __future__ import annotations

import functools
import inspect
import sys
import threading
import traceback
from typing import Any

from PySide6.QtCore import QObject

_MARK = "_dies_with_me"


class Mourner:
    """Marks the objects of every class of the window as they are made; `seen` has the calls that led to the death of
    one on another thread."""

    def __init__(self, seen: list[str] | None = None) -> None:
        self.seen = [] if seen is None else seen
        self._modules: set[str] = set()

    def watch(self) -> None:
        """Take in the classes of modules that were loaded since."""
        for name in [one for one in list(sys.modules) if one.startswith("villagebooks.") and one not in self._modules]:
            self._modules.add(name)
            for made in vars(sys.modules[name]).copy().values():
                if inspect.isclass(made) and issubclass(made, QObject) and made.__module__ == name:
                    self._mark(made)

    def _mark(self, made: Any) -> None:
        begin = made.__init__

        @functools.wraps(begin)
        def begin_marked(one: Any, *told: Any, **named: Any) -> None:
            begin(one, *told, **named)
            vars(one).setdefault(_MARK, Mark(type(one).__name__, self.seen))

        made.__init__ = begin_marked


class Mark:
    """Dies with the object that it hangs on."""

    def __init__(self, owner: str, seen: list[str]) -> None:
        self._owner, self._seen = owner, seen

    def __del__(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            self._seen.append(f"{self._owner}\n{''.join(traceback.format_stack())}")
