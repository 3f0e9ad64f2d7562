"""The village's query file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.query.village import EXPORT, SIGNERS, picture
from villagebooks.formats.query import (
    write_query_file,
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("query") / "V01-4.vbq"
    write_query_file(target, EXPORT, SIGNERS, picture)
    return target
