"""The extension as the build has left it, for tests of what is packed."""

from __future__ import annotations

import pytest
from dev.packaging.archives import Entry
from dev.packaging.package import read_folder
from dev.paths import BUILD


@pytest.fixture(scope="session")
def package() -> dict[str, Entry]:
    """The files of `build/chrome`; skips the test where nothing was built."""
    folder = BUILD / "chrome"
    if not (folder / "manifest.json").is_file():
        pytest.skip("needs build/chrome: scripts/build makes it")
    return read_folder(folder)
