"""All ten townships of the witnesses on a server; `make soak`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Postgres
from tests.story.test_witness import SEEDS, assert_witnessed, build_office


@pytest.mark.parametrize("seed", SEEDS)
def test_ten_townships_on_a_server_are_what_hledger_and_beancount_find(
    tmp_path: Path, seed: str, postgres: Postgres
) -> None:
    assert_witnessed(build_office(tmp_path, seed, postgres), tmp_path)
