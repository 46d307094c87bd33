"""A network that answers clicks, in the browser: both halves run, and their masks are offered."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from editing import Editor
from launch import open_browser
from offcut import strokes_from_json
from offcut.editing.regions import Region
from offcut.tapping.guesses import overlap
from offcut_browser import OffcutBrowser
from site_proxy import Site
from tiny_pair import SIDE, SMALL, decoder, encoder, entries

pytestmark = pytest.mark.weights

PICTURE = 512
"""Sides of the picture, in pixels."""
X, Y = 400, 60
EDIT: dict[str, Any] = {"options": {}, "strokes": []}


@pytest.fixture(scope="module")
def browser(
    extension: Path, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """The extension with a tiny pair in its package."""
    folder = tmp_path_factory.mktemp("prompted")
    copy = shutil.copytree(extension, folder / "extension")
    for entry, weights in zip(entries(), (encoder(), decoder()), strict=True):
        (copy / "models" / "weights" / entry["file"]).write_bytes(weights)
    path = copy / "models" / "registry.json"
    registry = json.loads(path.read_text(encoding="utf-8"))
    registry["models"] += entries()
    path.unlink()  # a link to the build's own
    path.write_text(json.dumps(registry), encoding="utf-8")
    with open_browser(copy, site, folder) as browser:
        yield browser


def test_its_masks_are_offered_for_a_tap(browser: OffcutBrowser, photos: dict[str, Path]) -> None:
    editor = Editor(browser)
    editor.prepare()
    job = editor.open(photos["small"].read_bytes())
    tap = {"x": X + 0.5, "y": Y + 0.5, "kind": "add"}
    answer = editor.ask(job, "tap", edit=EDIT, tap=tap, taps=[])
    assert answer["code"] == "", answer
    regions = [each for each in strokes_from_json(answer["guesses"]) if isinstance(each, Region)]
    masks = [region.mask() for region in regions[:2]]
    height, width = masks[0].shape
    rows, columns = np.mgrid[:height, :width] + 0.5
    reach, scale = SMALL * width / SIDE, width / PICTURE
    square = np.maximum(abs(rows - Y * scale), abs(columns - X * scale)) < reach
    assert max(overlap(mask, square) for mask in masks) > 0.75
