"""A network that answers clicks, in the browser: both halves run, and their masks are offered.

Where it fails, taps are answered without it, and that is said once.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from editing import Editor
from editor_page import EditorPage
from launch import open_browser
from offcut import strokes_from_json
from offcut.editing.regions import Region
from offcut.tapping.guesses import overlap
from offcut_browser import OffcutBrowser
from site_proxy import Site
from tapping import Taps
from tiny_pair import SIDE, SMALL, decoder, encoder, entries
from waiting import until

pytestmark = pytest.mark.weights

PICTURE = 512
"""Sides of the picture, in pixels."""
X, Y = 400, 60
EDIT: dict[str, Any] = {"options": {}, "strokes": []}
TAP = {"x": X + 0.5, "y": Y + 0.5, "kind": "add"}
FAILED = "The model that answers clicks has failed"


def with_pair(
    extension: Path, site: Site, folder: Path, pair: list[dict[str, Any]], decoder_file: bytes
) -> AbstractContextManager[OffcutBrowser]:
    """Start a browser with the extension that has a tiny pair in its package."""
    copy = shutil.copytree(extension, folder / "extension")
    for entry, weights in zip(pair, (encoder(), decoder_file), strict=True):
        (copy / "models" / "weights" / entry["file"]).write_bytes(weights)
    path = copy / "models" / "registry.json"
    registry = json.loads(path.read_text(encoding="utf-8"))
    registry["models"] += pair
    path.unlink()  # a link to the build's own
    path.write_text(json.dumps(registry), encoding="utf-8")
    return open_browser(copy, site, folder)


@pytest.fixture(scope="module")
def browser(
    extension: Path, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """The extension with a tiny pair in its package."""
    folder = tmp_path_factory.mktemp("prompted")
    with with_pair(extension, site, folder, entries(), decoder()) as browser:
        yield browser


def damaged() -> tuple[list[dict[str, Any]], bytes]:
    """Give a pair of which one half cannot be loaded."""
    return entries(), decoder()[:-9] + bytes(9)


def unfit() -> tuple[list[dict[str, Any]], bytes]:
    """Give a pair whose second half loads, and fails at each click."""
    pair = entries()
    pair[1]["prompted"]["constants"][0]["shape"] = [1, 1, 1, 3, 1]
    return pair, decoder()


@pytest.mark.fault("a pair that answers clicks", "a tap", "plain guesses; says so once")
@pytest.mark.parametrize("broken", [damaged, unfit])
def test_where_it_fails_the_plain_guesses_are_given_and_it_is_said_once(
    extension: Path,
    site: Site,
    tmp_path: Path,
    photos: dict[str, Path],
    broken: Callable[[], tuple[list[dict[str, Any]], bytes]],
) -> None:
    with with_pair(extension, site, tmp_path, *broken()) as browser:
        editor = Editor(browser)
        editor.prepare()
        job = editor.open(photos["small"].read_bytes())
        for _ in range(2):
            answer = editor.ask(job, "tap", edit=EDIT, tap=TAP, taps=[])
            assert answer["code"] == "", answer
            assert answer["isPlain"]
            assert answer["guesses"]
        assert browser.cut_out(photos["small"]) == "done"
        taps = Taps(EditorPage(browser))
        taps.tap((X, Y))
        taps.wait_said(FAILED)
        taps.tap((60.5, 180.5))
        until(
            lambda: taps.said() and FAILED not in taps.said(),
            "another tap, of which it is not said",
        )


def test_its_masks_are_offered_for_a_tap(browser: OffcutBrowser, photos: dict[str, Path]) -> None:
    editor = Editor(browser)
    editor.prepare()
    job = editor.open(photos["small"].read_bytes())
    answer = editor.ask(job, "tap", edit=EDIT, tap=TAP, taps=[])
    assert answer["code"] == "", answer
    assert not answer["isPlain"]
    regions = [each for each in strokes_from_json(answer["guesses"]) if isinstance(each, Region)]
    masks = [region.mask() for region in regions[:2]]
    height, width = masks[0].shape
    rows, columns = np.mgrid[:height, :width] + 0.5
    reach, scale = SMALL * width / SIDE, width / PICTURE
    square = np.maximum(abs(rows - Y * scale), abs(columns - X * scale)) < reach
    assert max(overlap(mask, square) for mask in masks) > 0.75
