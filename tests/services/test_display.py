"""A DISPLAY that nobody answers is no display."""

from __future__ import annotations

import socket

import pytest

from villagebooks.services.display import has_display


@pytest.mark.parametrize("display", ["", ":7654", "localhost:3999.0", "not a display"])
def test_a_display_that_is_gone_opens_no_window(monkeypatch: pytest.MonkeyPatch, display: str) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    assert not has_display()


def test_a_display_that_answers_opens_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with socket.create_server(("127.0.0.1", 6000 + 3777)):
        monkeypatch.setenv("DISPLAY", "127.0.0.1:3777.0")
        assert has_display()
