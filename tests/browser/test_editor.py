"""The editor: what is drawn and chosen shows at once, is undone exactly, and is what is saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import offcut
import pytest
from editor_page import EditorPage
from native import native_session
from numpy.typing import NDArray
from offcut.editing.strokes import strokes_from_json
from PIL import Image
from waiting import until

FACE = (200, 230)
"""Row and column of the portrait."""


def in_python(
    picture: Path, edit: dict[str, Any], background: Path | None = None
) -> NDArray[np.uint8]:
    """RGBA that CPython's own API makes of the same picture, options and strokes."""
    session, _ = native_session()
    made = offcut.remove_background(
        picture,
        offcut.OffcutOptions.from_json(edit["options"]),
        strokes=strokes_from_json(edit["strokes"]),
        background_picture=background,
        session=session,
    )
    return made.rgba()


def assert_same(ours: NDArray[np.uint8], native: NDArray[np.uint8], least: float = 0.995) -> None:
    """WebAssembly's last bits differ from the native ones; nearly all pixels do not."""
    assert ours.shape == native.shape
    difference = np.abs(ours.astype(int) - native.astype(int))
    assert (difference[..., 3] <= 2).mean() >= 0.999
    seen = difference[..., :3].max(axis=2) * (native[..., 3] / 255)
    assert (seen <= 4).mean() >= least


CHANGES: dict[str, list[tuple[str, str | float]]] = {
    "colour": [("background-color", ""), ("own-color", "#bcdcf5")],
    "blur": [("background-blur", ""), ("backgroundBlur", 6)],
    "shadow": [("shadow", ""), ("shadowX", 3), ("shadowOpacity", 70), ("shadow-color", "#203040")],
    "contact shadow": [("shadow", ""), ("shadow-contact", "")],
    "cast shadow": [("shadow", ""), ("shadow-cast", ""), ("castX", -40)],
    "outline": [("outline", 4), ("outline-color", "#ffee00"), ("shadow", "")],
    "edge": [("feather", 3), ("shiftEdge", -2)],
    "hard edge": [("is-hard", ""), ("threshold", 40)],
    "crop": [("crop", ""), ("margin", 10)],
    "1:1": [("crop", ""), ("frame", "1:1")],
    "4:5": [("frame", "4:5"), ("positionY", 20)],
    "16:9": [("frame", "16:9"), ("positionX", 100)],
    "amazon": [("frame", "amazon")],
    "ebay": [("frame", "ebay"), ("scale", 60)],
    "shopify": [("frame", "shopify"), ("own-size", "")],
    "own size": [("frame", "canvas"), ("canvas-width", 640), ("canvas-height", 360)],
    "matte": [("output-matte", "")],
    "inverse": [("output-inverse", "")],
    "lossless WebP": [("format-webp", ""), ("lossless", "")],
}


@pytest.mark.weights
@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_the_saved_file_is_what_python_makes_of_the_same_options(
    editor: EditorPage, photos: dict[str, Path], changes: list[tuple[str, str | float]]
) -> None:
    for control, value in changes:
        editor.set(control, value)
    editor.wait_shown()
    assert_same(editor.rgba(), in_python(photos["small"], editor.asked()))


@pytest.mark.weights
@pytest.mark.parametrize(("file_format", "suffix"), [("jpeg", ".jpg"), ("webp", ".webp")])
def test_a_lossy_file_is_near_what_python_makes(
    editor: EditorPage, photos: dict[str, Path], file_format: str, suffix: str
) -> None:
    editor.set("background-color")
    editor.set(f"format-{file_format}")
    editor.set("fileQuality", 95)
    editor.wait_shown()
    with editor.saved() as path:
        assert path.name == f"astronaut-cutout{suffix}"
        with Image.open(path) as image:
            assert image.format == file_format.upper()
            ours = np.asarray(image.convert("RGB")).astype(int)
    native = in_python(photos["small"], editor.asked())[..., :3].astype(int)
    assert np.abs(ours - native).mean() < 2


@pytest.mark.weights
@pytest.mark.parametrize(
    ("messenger", "side", "kind", "most"),
    [("whatsapp", 512, "WEBP", 100_000), ("discord", 320, "PNG", 512_000)],
)
def test_a_sticker_is_what_its_messenger_takes_and_is_seen_in_chats_before(
    editor: EditorPage, messenger: str, side: int, kind: str, most: int
) -> None:
    editor.set("frame", messenger)
    editor.wait_shown()
    with editor.saved() as path:
        assert path.stat().st_size <= most
        with Image.open(path) as image:
            assert (image.format, image.size) == (kind, (side, side))
            alpha = np.asarray(image.convert("RGBA"))[..., 3]
    assert not alpha[0].any()
    chats = "return [...document.querySelectorAll('#chats img')].map((each) => each.naturalWidth)"
    until(lambda: editor.driver.execute_script(chats) == [side, side], "the sticker in the chats")


@pytest.mark.weights
def test_a_picture_of_ones_own_is_the_background(
    editor: EditorPage, photos: dict[str, Path], tmp_path: Path
) -> None:
    background = tmp_path / "sunset.png"
    across = np.linspace(0, 255, 300).astype(np.uint8)
    Image.fromarray(np.dstack([np.tile(across, (200, 1))] * 3)).save(background)
    editor.set("background-picture")
    editor.browser.element("background-file").send_keys(str(background))
    until(lambda: editor.asked()["options"]["background"] == "picture", "the background")
    editor.wait_shown()
    assert editor.browser.element("background-thumbnail").is_displayed()
    assert_same(editor.rgba(), in_python(photos["small"], editor.asked(), background))


@pytest.mark.weights
@pytest.mark.parametrize("kind", ["keep", "remove", "paint", "erase"])
def test_a_stroke_is_made_as_drawn_and_undone_exactly(
    editor: EditorPage, photos: dict[str, Path], kind: str
) -> None:
    before = editor.rgba()
    # Over the face and the background beside it.
    editor.take(kind)
    editor.drag((0.47, 0.35), (0.6, 0.3), (0.68, 0.35))
    editor.wait_shown()
    edit = editor.asked()
    assert [stroke["kind"] for stroke in edit["strokes"]] == [kind]
    assert_same(editor.rgba(), in_python(photos["small"], edit))
    editor.undo()
    editor.wait_shown()
    assert editor.asked()["strokes"] == []
    np.testing.assert_array_equal(editor.rgba(), before)


def test_the_eraser_and_the_paint_change_alpha_where_they_go(editor: EditorPage) -> None:
    before = editor.rgba()[..., 3]
    editor.take("erase")
    editor.drag((0.47, 0.35), (0.48, 0.36))
    editor.take("paint")
    editor.drag((0.62, 0.15), (0.63, 0.15))
    editor.wait_shown()
    erased, painted = editor.asked()["strokes"]
    after = editor.rgba()[..., 3]
    for stroke, alpha in ((erased, 0), (painted, 255)):
        (x, y), *_ = stroke["points"]
        assert after[round(y), round(x)] == alpha
    assert before[FACE] == after[FACE] == 255
    assert 0 < (before != after).mean() < 0.05
