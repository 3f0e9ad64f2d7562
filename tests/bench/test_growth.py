"""PERFORMANCE P3: what the window reads costs what it shows, not what history holds: one year, ten years, a county.

`make bench ARGS="--county"` makes and imports the county too (2.7 million vouchers, a quarter of an hour).
"""

from __future__ import annotations

import math

from tests.bench.conftest import Made
from tests.bench.measure import TIMES, tell, turn_about
from tests.bench.test_ledger import window_reads

LARGEST_EXPONENT = 0.05
VOUCHERS = {"ty1": 20_000, "ty10": 200_000, "county": 2_700_000}


def test_p3_the_window_reads_a_long_history_as_fast_as_a_short_one(growth: list[Made]) -> None:
    reads = [window_reads(made) for made in growth]
    for name in reads[0]:
        seconds = turn_about(*(one[name][0] for one in reads), times=4 * TIMES + 1, repeat=10)
        size = math.log(VOUCHERS[growth[-1].name] / VOUCHERS[growth[0].name])
        exponent = math.log(seconds[-1] / seconds[0]) / size
        shown = ", ".join(f"{made.name} {one * 1000:.2f} ms" for made, one in zip(growth, seconds, strict=True))
        told = f"{name} {shown}: exponent {exponent:+.3f} (goal {LARGEST_EXPONENT})"
        tell("P3", told, exponent <= LARGEST_EXPONENT)
