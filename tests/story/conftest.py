"""Stories stand on the same small office as the tests of the services."""

from tests.demonstration import demonstration
from tests.services.conftest import desk, office, sign_and_post, staff
from tests.services.test_query import kiosk, month, page, roll

__all__ = ["demonstration", "desk", "kiosk", "month", "office", "page", "roll", "sign_and_post", "staff"]
