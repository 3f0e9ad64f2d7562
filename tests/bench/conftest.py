"""How large the measured township is."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--years", type=int, default=1, help="years of the generated township: 1 (ty1) or 10 (ty10)")
