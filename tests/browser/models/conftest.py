"""Fixtures of the tests of models: tiny ones, their host, and a fresh browser at the settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from launch import open_browser
from models_page import (
    FIRST,
    WEIGHTS,
    open_settings,
    prepare,
)
from offcut_browser import OffcutBrowser
from weights_server import Served, WeightsServer


@pytest.fixture(scope="module")
def prepared(extension: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension with tiny models."""
    return prepare(extension, tmp_path_factory.mktemp("prepared") / "extension")


@pytest.fixture
def server() -> Iterator[WeightsServer]:
    """A well-behaved host for the tiny model."""
    server = WeightsServer()
    server.put(FIRST, Served(WEIGHTS))
    yield server
    server.close()


@pytest.fixture
def browser(prepared: Path, server: WeightsServer, tmp_path: Path) -> Iterator[OffcutBrowser]:
    """A fresh profile, at the settings page."""
    with open_browser(prepared, server, tmp_path) as browser:
        open_settings(browser)
        yield browser
