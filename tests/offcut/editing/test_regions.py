"""Regions that a tap adds or takes: their JSON form, and what they change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut import OffcutOptions, Region, Stroke, render, strokes_from_json
from offcut.editing.preview import Previewer
from offcut.editing.regions import region_of
from offcut.editing.retouch import Retoucher, retouch
from offcut.errors import OptionsError
from subjects import disc, photo_of, subject_of

GOOD: dict[str, Any] = {"kind": "add", "size": [2, 3], "runs": [1, 2, 3]}


def test_a_region_goes_through_json_unchanged() -> None:
    region, stroke = strokes_from_json([GOOD, {"kind": "keep", "radius": 1, "points": [[0, 0]]}])
    assert region == Region("add", (2, 3), (1, 2, 3))
    assert isinstance(stroke, Stroke)
    assert strokes_from_json([region.to_json(), stroke.to_json()]) == (region, stroke)


@pytest.mark.parametrize("seed", range(8))
def test_a_mask_is_the_same_after_its_runs(seed: int) -> None:
    random = np.random.default_rng(seed)
    shape = (int(random.integers(1, 9)), int(random.integers(1, 9)))
    mask = random.random(shape) < random.choice([0.0, 0.3, 1.0])
    region = region_of("take", mask)
    (read,) = strokes_from_json([region.to_json()])
    assert isinstance(read, Region)
    np.testing.assert_array_equal(read.mask(), mask)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "keep"},
        {"kind": None},
        {"size": [2]},
        {"size": [2, 3, 1]},
        {"size": [0, 3]},
        {"size": [2, 3.0]},
        {"size": [1, 513], "runs": [513]},
        {"size": "23"},
        {"runs": [1, 2, 2]},
        {"runs": [1, 2, 3, 4]},
        {"runs": [1, 0, 5]},
        {"runs": [7, -1]},
        {"runs": [1.0, 2, 3]},
        {"runs": [True, 2, 3]},
        {"runs": []},
        {"runs": None},
        {"radius": 1},
    ],
)
def test_what_is_no_region_is_a_bad_option(change: dict[str, Any]) -> None:
    with pytest.raises(OptionsError) as caught:
        strokes_from_json([GOOD | change])
    assert caught.value.detail == {"option": "strokes"}


HEIGHT, WIDTH = 240, 320
"""Of a picture with two discs that overlap a little."""


def disc_at(x: float, radius: float = 50, *, scale: int = 1, softness: float = 3) -> Any:
    rows, columns = np.mgrid[: HEIGHT * scale, : WIDTH * scale] + 0.5
    far = np.hypot(rows - HEIGHT * scale / 2, columns - x * scale) - radius * scale
    return np.rint(255 * np.clip(0.5 - far / softness, 0, 1)).astype(np.uint8)


def region_around(alpha: NDArray[np.uint8], kind: Any) -> Region:
    return region_of(kind, alpha[::2, ::2] >= 128)


LEFT, RIGHT = disc_at(100), disc_at(190)
BOTH = np.maximum(LEFT, RIGHT)


def test_what_is_added_has_the_pictures_own_edge_and_no_seam() -> None:
    subject = subject_of(LEFT.copy(), photo_of(BOTH))
    rest = region_of("add", (RIGHT >= 128)[::2, ::2] & (LEFT < 128)[::2, ::2])
    found = retouch(subject, [rest]).alpha
    assert (found >= LEFT).all(), "adding lowers nothing"
    assert np.abs(found.astype(int) - BOTH).mean() < 0.5
    middle = found[HEIGHT // 2, 60:230]
    assert middle.min() == 255, "a seam is left between both"


def test_what_is_taken_leaves_neither_rim_nor_scar() -> None:
    apart = disc_at(260, 40)
    before = np.maximum(LEFT, apart)
    subject = subject_of(before.copy(), photo_of(before))
    # A region that is a little too small, as those of a matte's solid part are.
    region = region_of("take", apart[::2, ::2] >= 200)
    found = retouch(subject, [region]).alpha
    assert (found <= before).all(), "taking raises nothing"
    assert found[:, 205:].max() == 0, "a halo is left"
    np.testing.assert_array_equal(found[:, :180], LEFT[:, :180])


def test_a_taken_part_leaves_the_other_whole() -> None:
    subject = subject_of(BOTH.copy(), photo_of(LEFT))
    rest = region_of("take", (RIGHT >= 128)[::2, ::2] & (LEFT < 128)[::2, ::2])
    found = retouch(subject, [rest]).alpha
    assert np.abs(found.astype(int) - LEFT).mean() < 0.5


def test_a_region_that_is_undone_leaves_no_trace() -> None:
    subject = subject_of(LEFT.copy(), photo_of(BOTH))
    retoucher = Retoucher(subject)
    regions = [region_around(RIGHT, "add"), region_around(LEFT, "take")]
    changed, _ = retoucher.retouch(regions)
    assert not np.array_equal(changed.alpha, LEFT)
    undone, _ = retoucher.retouch([])
    np.testing.assert_array_equal(undone.alpha, LEFT)


def test_preview_and_file_show_the_same_region() -> None:
    both, left = disc_at(190, scale=4), disc_at(100, scale=4)
    union = np.maximum(left, both)
    subject = subject_of(left, photo_of(union))
    region = region_of("add", both[::8, ::8] >= 128)
    options = OffcutOptions(crop=False)
    shown = Previewer(subject, HEIGHT * WIDTH).preview(options, [region]).pixels[..., 3]
    saved = render(subject, options, strokes=[region]).rgba()[..., 3]
    height, width = shown.shape
    reduced = saved.reshape(height, 4, width, 4).mean(axis=(1, 3))
    assert np.abs(shown - reduced).mean() < 1
    assert np.abs(saved.astype(int) - union).mean() < 0.5


def test_an_empty_region_and_a_tiny_picture_are_no_harm() -> None:
    subject = subject_of(disc(5, 7, radius=2))
    empty = region_of("add", np.zeros((5, 7), np.bool_))
    np.testing.assert_array_equal(retouch(subject, [empty]).alpha, subject.alpha)
    full = region_of("add", np.ones((512, 512), np.bool_))
    assert (retouch(subject, [full]).alpha == 255).all()
    assert (retouch(subject, [region_of("take", full.mask())]).alpha == 0).all()


def test_what_is_transparent_in_the_file_stays_so() -> None:
    own = disc_at(100, 90)
    subject = subject_of(np.zeros((HEIGHT, WIDTH), np.uint8), photo_of(BOTH), own)
    everything = region_of("add", np.ones((HEIGHT // 2, WIDTH // 2), np.bool_))
    np.testing.assert_array_equal(retouch(subject, [everything]).alpha, own)
