"""P7 in lists: with ten years open the event loop is never held 50 ms, and memory stays bounded.

A scroll through 100,000 vouchers, every filter typed in, a ledger of ten years; the window is offscreen.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.bench.conftest import Made
from tests.bench.measure import tell
from tests.bench.scroller import LISTS

MOST_MS, MOST_MB = 50, 150


def test_p7_lists_and_ledgers_never_hold_the_event_loop(township: Made) -> None:
    command = [sys.executable, "-m", "tests.bench.scroller", str(township.books)]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True)
    parts = [json.loads(line) for line in done.stdout.splitlines()]
    assert {part["rows"] for part in parts} > {100_000}
    for part in parts:
        if part["part"] == LISTS:
            what = f"{township.name} {LISTS}: at most {part['most_mb']} MB of its own (goal {MOST_MB})"
            tell("P7", what, part["most_mb"] <= MOST_MB)
            continue
        what = (
            f"{township.name} {part['part']}, {part['rows']} rows: held {part['program_ms']} ms at the longest"
            f" (goal {MOST_MS}), {part['own_ms']} by the screen's own thread, {part['clock_ms']} by the clock"
        )
        tell("P7", what, part["program_ms"] < MOST_MS)
