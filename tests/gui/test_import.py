"""The window imports as Python does: no line of source is kept in memory for a feature that nobody uses."""

import subprocess
import sys

SCRIPT = """
import linecache
import villagebooks.gui.office
import villagebooks.gui.setting.page
print([name for name in linecache.cache if not name.startswith('<')])
"""


def test_the_window_keeps_no_source_in_memory() -> None:
    told = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
