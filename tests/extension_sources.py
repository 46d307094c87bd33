"""The extension's own scripts, for the tests of what they may name."""

from __future__ import annotations

import re
from pathlib import Path

from dev.builder.build import extension_files
from tracked import ROOT

EXTENSION = ROOT / "extension"


def scripts() -> list[Path]:
    """The extension's own JavaScript."""
    return [path for _, path in extension_files(EXTENSION, "chrome") if is_our_script(path)]


def is_our_script(path: Path) -> bool:
    """Whether a file is JavaScript of ours."""
    return path.suffix == ".js" and "vendor" not in path.parts


def without_comments(source: str) -> str:
    """Leave what runs."""
    without_blocks = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    return re.sub(r"(?:^|\s)//.*$", "", without_blocks, flags=re.MULTILINE)
