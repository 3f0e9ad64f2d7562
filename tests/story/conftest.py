"""Stories stand on the same small office as the tests of the services."""

from tests.services.conftest import desk, office, staff

__all__ = ["desk", "office", "staff"]
