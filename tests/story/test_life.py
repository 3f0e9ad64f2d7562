"""Whatever two villages do in two years, in whatever order, the books stay books."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.story.machine import Life

TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
