"""The village of 2004: its old book, its decided paper, its new book."""

from __future__ import annotations

import pytest

from tests.services.conftest import Grow, Staff
from tests.services.village_2004 import (
    JANUARY,
    desk_of_old,
    make_decided,
    make_old,
)
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.migration import (
    finish_migration,
)


@pytest.fixture
def old(office: Office, staff: Staff, grow: Grow) -> Desk:
    """The village of 2004 with its December closed."""

    def build() -> None:
        make_old(office, staff)

    grow(build)
    return desk_of_old(office)


@pytest.fixture
def decided(office: Office, staff: Staff, grow: Grow) -> Desk:
    def build() -> None:
        make_decided(office, staff)

    grow(build)
    return desk_of_old(office)


@pytest.fixture
def new(office: Office, staff: Staff, grow: Grow) -> Desk:
    """The desk on the 2023 book that the signed paper opened."""

    def build() -> None:
        finish_migration(make_decided(office, staff), staff.agent, staff.director)

    grow(build)
    return open_desk(desk_of_old(office).office, "V07-2023", JANUARY)
