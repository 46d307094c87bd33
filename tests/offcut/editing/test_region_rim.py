"""The edge of what a tap adds or takes: where it lies, on shapes whose outline is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut.editing.regions import Region, RegionKind, region_of
from offcut.editing.retouch import retouch
from PIL import Image
from subjects import subject_of

MASK = (240, 320)
"""Of a region; what a tap finds consists of cells of two pixels."""
ANGLES = np.linspace(0, 2 * np.pi, 360, endpoint=False)
GREY = np.array([128, 128, 128])


def ellipse(zoom: int) -> NDArray[np.float64]:
    """Draw an ellipse at so many pixels to one of the mask: opacity."""
    rows, columns = np.mgrid[: MASK[0] * zoom, : MASK[1] * zoom] + 0.5
    down, across = (rows / zoom - 120) / 80, (columns / zoom - 160) / 90
    return np.clip(0.5 - (np.hypot(down, across) - 1) * 80 * zoom / 1.5, 0, 1)


def photo(alpha: NDArray[np.float64], contrast: int, grain: int) -> NDArray[np.uint8]:
    step = np.array([1, 0, -0.5]) * contrast
    noise = np.random.default_rng(1).normal(0, grain, (*alpha.shape, 1))
    mixed = GREY + (2 * alpha[..., np.newaxis] - 1) * step + noise
    return np.clip(mixed, 0, 255).astype(np.uint8)


def cells_of(alpha: NDArray[np.float64], kind: RegionKind) -> Region:
    """Make a region of cells that, as those of taps, does not lie exactly where it should."""
    step = 2 * alpha.shape[0] // MASK[0]
    corner = alpha[::step, ::step] >= 0.5
    return region_of(kind, corner.repeat(2, axis=0).repeat(2, axis=1))


def distances(alpha: NDArray[np.uint8], zoom: int) -> NDArray[np.float64]:
    """Measure, on rays, how far the half opaque contour is from the truth; pixels of the mask."""
    share = np.linspace(0.8, 1.2, 801)
    rows = ((120 + 80 * np.outer(np.sin(ANGLES), share)) * zoom - 0.5).astype(np.float32)
    columns = ((160 + 90 * np.outer(np.cos(ANGLES), share)) * zoom - 0.5).astype(np.float32)
    above, left = rows.astype(int), columns.astype(int)
    down, along = rows - above, columns - left
    upper = (1 - along) * alpha[above, left] + along * alpha[above, left + 1]
    lower = (1 - along) * alpha[above + 1, left] + along * alpha[above + 1, left + 1]
    at = share[((1 - down) * upper + down * lower < 127.5).argmax(axis=1)]
    return (at - 1) / np.hypot(np.cos(ANGLES) / 90, np.sin(ANGLES) / 80)


@pytest.mark.parametrize("kind", ["add", "take"])
@pytest.mark.parametrize(
    ("contrast", "grain", "most", "mean"),
    [(60, 0, 0.2, 0.08), (60, 8, 0.2, 0.08), (20, 6, 0.25, 0.1), (3, 4, 0.8, 0.25)],
)
def test_the_edge_of_a_region_has_no_stairs(
    kind: RegionKind, contrast: int, grain: int, most: float, mean: float
) -> None:
    zoom = 4
    truth = ellipse(zoom)
    before = np.zeros(truth.shape, np.uint8) if kind == "add" else np.full(truth.shape, 255, "u1")
    subject = subject_of(before, photo(truth, contrast, grain))
    found = retouch(subject, [cells_of(truth, kind)]).alpha
    far = distances(found if kind == "add" else ~found, zoom)
    assert np.abs(far).max() < most
    assert np.sqrt((far**2).mean()) < mean


def test_what_is_too_thin_for_an_inside_stays() -> None:
    alpha = np.zeros(MASK, np.uint8)
    alpha[100:104, 60:260] = 255
    subject = subject_of(np.zeros(MASK, np.uint8), photo(alpha / 255, 60, 0))
    found = retouch(subject, [region_of("add", alpha >= 128)]).alpha
    assert np.abs(found.astype(int) - alpha)[:, 70:250].mean() < 1
    assert found[101:103, 70:250].min() > 200


def test_a_preview_of_a_few_pixels_is_no_harm() -> None:
    alpha = np.zeros((3, 4), np.uint8)
    image = np.asarray(Image.new("RGB", (4, 3)))
    region = region_of("add", np.ones((3, 4), np.bool_))
    assert (retouch(subject_of(alpha, image), [region]).alpha == 255).all()
