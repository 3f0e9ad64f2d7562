"""The window: PySide6 shows records and calls services, and knows no table, ink, file format or key."""

import builtins
import linecache

import PySide6.QtCore  # noqa: F401  (puts an import of its own in the place of Python's)

# PySide6's own import reads the source of every module after it, to find `from __feature__ import`, and keeps each line
# for ever: 17 MB, and a part of every start. Nobody here uses that feature, so Python's import comes back.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
linecache.clearcache()
