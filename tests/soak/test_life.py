"""Two villages lived through hundreds of times; `make soak`."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.story.machine import Life

TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=200, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)
