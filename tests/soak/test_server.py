"""Eight accountants work long on one office server; `make soak`."""

from __future__ import annotations

import pytest

from tests.services.conftest import Staff, office, staff
from tests.services.test_books import WRITERS, all_post, books_of
from villagebooks.services.desk import Office

__all__ = ["office", "staff"]
EACH = 500

pytestmark = pytest.mark.parametrize("home", ["postgresql"], indirect=True)


def test_eight_accountants_post_long_in_their_own_books(office: Office, staff: Staff) -> None:
    all_post(office, staff, books_of(office, WRITERS), EACH)


def test_eight_accountants_post_long_in_one_book(office: Office, staff: Staff) -> None:
    all_post(office, staff, ["V01"], EACH)
