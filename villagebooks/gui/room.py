"""Room for the classes of the window, made before a thread begins: the table of them must not grow while Qt looks into
it."""

from __future__ import annotations

import ctypes
import functools
import sys

from shiboken6 import Shiboken

ROOM = 1_200
"""Classes that may come after the start: the whole program, with what it loads late, had 550 of them."""
WITHOUT_TABLE = (3, 12)
"""From this Python on shiboken keeps what it knows of a class in the class itself."""


@functools.cache
def make_room(classes: int = ROOM) -> bool:
    """Let shiboken's table of classes grow now, once; False where it has none or cannot be reached.

    Before Python 3.12 shiboken finds what it knows of a class in a hash table of the whole process. Whoever makes a
    class writes into it under Python's lock; Qt, which asks a widget for its meta-object on the screen's thread, reads
    it without. A module that a thread loads makes classes: when the table had to grow just then, at the 542nd class,
    the screen's thread looked into memory that was given back, and the program fell. A table that grew once does not
    shrink when entries leave it.
    """
    if sys.version_info >= WITHOUT_TABLE:
        return False
    try:
        library = ctypes.PyDLL("shiboken6.abi3.dll" if sys.platform == "win32" else Shiboken.__file__)
        enter, leave = library.PepType_SOTP, library.PepType_SOTP_delete
    except (OSError, AttributeError):  # it goes on as before: that it falls is rare
        return False
    for act in (enter, leave):
        act.argtypes, act.restype = (ctypes.c_void_p,), None
        for place in range(1, classes + 1):  # no class stands at such an address
            act(place)
    return True
