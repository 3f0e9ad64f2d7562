"""PERFORMANCE P7: from the desktop to the first usable window, against a minimal PySide6 window, side by side.

The first usable window shows the villages of the month's board and takes every key; the steps of each village come
while it can be used, and are told too. `make bench ARGS="--county"` opens a county as well.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.conftest import Made
from tests.bench.measure import SURROUNDINGS, TIMES, tell

ROOT = Path(__file__).parent.parent.parent
TIMES_A_BARE_WINDOW = 3
LONGEST_ACT, LONGEST_TURN = 0.1, 0.05
MOST_MB = 150


@dataclass(frozen=True, slots=True)
class Shown:
    """A window of a process: seconds of the processor and of the clock until it showed, MB of its own and held then."""

    cpu: float
    seconds: float
    mb: float
    held: float


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did: seconds that the event loop was held, until it showed by the clock; MB of its own and held."""

    name: str
    held: float
    shown: float
    mb: float
    mapped: float

    @classmethod
    def read(cls, row: str) -> Act:
        """From a line of `tests.bench.turn`."""
        name, held, _cpu, own, _there, shown, mapped = row.split()
        return cls(name, float(held), float(shown), float(own), float(mapped))


def show(data: Path, *command: str | Path) -> list[Shown]:
    """Let a process of its own show its windows; each line of four numbers is one."""
    surroundings = {**SURROUNDINGS, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(data)}
    line = [sys.executable, "-m", *map(str, command), str(time.monotonic())]
    done = subprocess.run(line, cwd=ROOT, env=surroundings, check=True, capture_output=True, text=True, timeout=120)
    rows = [row.split() for row in done.stdout.splitlines()]
    return [Shown(*map(float, row)) for row in rows if len(row) == 4]


def middle(shown: list[Shown]) -> Shown:
    """The middle of each number."""
    return Shown(*(statistics.median(getattr(one, name) for one in shown) for name in ("cpu", "seconds", "mb", "held")))


def test_p7_the_first_usable_window_against_a_minimal_one(township: Made, growth: list[Made], tmp_path: Path) -> None:
    bare: list[Shown] = []
    first: dict[str, list[Shown]] = {}
    whole: dict[str, list[Shown]] = {}
    loaded: dict[str, list[Shown]] = {}
    books = {township.name: township.books, **{made.name: made.books for made in growth}}
    for turn in range(TIMES + 1):
        seen = show(tmp_path, "tests.bench.bare")
        for name, path in books.items():
            windows = show(tmp_path, "tests.bench.starter", path)
            if turn:
                first.setdefault(name, []).append(windows[0])
                whole.setdefault(name, []).append(windows[1])
                loaded.setdefault(name, []).append(windows[2])
        bare += seen if turn else []
    least = middle(bare)
    for name in books:
        window, board = middle(first[name]), middle(whole[name])
        what = f"{name} first usable window {window.cpu:.3f} s of CPU, {window.seconds:.3f} s, {window.mb:.0f} MB; "
        what += f"every step of the board {board.cpu:.3f} s of CPU, {board.seconds:.3f} s, {board.mb:.0f} MB; "
        what += f"minimal window {least.cpu:.3f} s of CPU, {least.seconds:.3f} s"
        ratio = max(window.cpu / least.cpu, window.seconds / least.seconds)
        tell("P7", f"{what}: {ratio:.1f} times (goal {TIMES_A_BARE_WINDOW})", ratio <= TIMES_A_BARE_WINDOW)
        last = middle(loaded[name])
        what = f"{name} {last.mb:.0f} MB of its own with the code of every page loaded (goal {MOST_MB}), "
        tell("P7", f"{what}{last.held:.0f} held with libraries and fonts", last.mb <= MOST_MB)


def test_p7_acts_show_at_once_and_never_hold_the_event_loop(township: Made, tmp_path: Path) -> None:
    surroundings = {**SURROUNDINGS, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path)}
    line = [sys.executable, "-m", "tests.bench.turn", str(township.books)]
    done = subprocess.run(line, cwd=ROOT, env=surroundings, check=True, capture_output=True, text=True, timeout=600)
    acts = [Act.read(row) for row in done.stdout.splitlines()]
    shown = sorted(act.shown for act in acts)
    late = shown[min(len(shown) - 1, len(shown) * 99 // 100)]
    slowest, longest = max(acts, key=lambda act: act.shown), max(acts, key=lambda act: act.held)
    what = (
        f"{township.name} {len(acts)} acts show by the clock: the middle one in {statistics.median(shown) * 1000:.0f} "
    )
    what += f"ms, p99 {late * 1000:.0f} ms, slowest {slowest.name} {slowest.shown * 1000:.0f} ms"
    tell("P7", f"{what} (goal {LONGEST_ACT * 1000:.0f})", late <= LONGEST_ACT)
    what = f"{township.name} the event loop was held {longest.held * 1000:.0f} ms at the longest, by {longest.name}"
    tell("P7", f"{what} (goal {LONGEST_TURN * 1000:.0f})", longest.held <= LONGEST_TURN)
    most = max(act.mb for act in acts)
    what = f"{township.name} at most {most:.0f} MB of its own in a tour of every page (goal {MOST_MB}), "
    tell("P7", f"{what}{acts[-1].mapped:.0f} held with libraries and fonts", most <= MOST_MB)
