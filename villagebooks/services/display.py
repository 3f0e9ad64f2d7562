"""Whether this machine has a screen for us, asked before Qt is: it aborts the whole program over one that is gone."""

from __future__ import annotations

import os
import re
import socket
import sys
from contextlib import suppress

_DISPLAY = re.compile(r"(?:unix)?([^:/]*):(\d{1,4})(?:\.\d+)?")
_FIRST_PORT = 6000
_WAIT_SECONDS = 2


def has_display() -> bool:
    """True on Windows, macOS and Wayland, and where the X server that DISPLAY names answers."""
    if os.name == "nt" or sys.platform == "darwin" or os.environ.get("WAYLAND_DISPLAY"):
        return True
    found = _DISPLAY.fullmatch(os.environ.get("DISPLAY", ""))
    if not found:
        return False
    host, number = found[1], int(found[2])
    if host:
        return _answers(socket.AF_INET, (host, _FIRST_PORT + number))
    place = f"/tmp/.X11-unix/X{number}"  # noqa: S108  (X's own fixed place, nothing of ours)
    return _answers(socket.AF_UNIX, place) or _answers(socket.AF_UNIX, "\0" + place)


def _answers(family: socket.AddressFamily, address: tuple[str, int] | str) -> bool:
    with suppress(OSError), socket.socket(family) as door:
        door.settimeout(_WAIT_SECONDS)
        door.connect(address)
        return True
    return False
