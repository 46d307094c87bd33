"""Fixtures of the tests of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import photo_in


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture of a disc, in a folder of its own."""
    return photo_in(tmp_path)
