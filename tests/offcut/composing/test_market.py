"""What a market place asks for: the exact fill, nothing enlarged unasked, the file checked."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut import OffcutError, OffcutOptions
from offcut.cutout import Cutout, render
from offcut.options.markets import MARKETS, market_options
from PIL import Image
from subjects import disc, subject_of

FILL = 0.002
"""A share of the picture's side, as near as it has to be."""


def made(alpha: NDArray[np.uint8], **options: Any) -> Cutout:
    return render(subject_of(alpha), OffcutOptions(**options))


def pixels(cutout: Cutout) -> NDArray[np.float64]:
    with Image.open(io.BytesIO(cutout.encoded)) as image:
        return np.asarray(image.convert("RGBA")).astype(float)


def diameter(cutout: Cutout) -> float:
    """Of the only disc in a finished file, by its area: to far less than a pixel."""
    return 2 * np.sqrt(pixels(cutout)[..., 3].sum() / 255 / np.pi)


def met(cutout: Cutout) -> dict[str, bool]:
    return {check.name: check.met for check in cutout.checks}


@pytest.mark.parametrize("scale", [0.5, 0.85, 1.0])
@pytest.mark.parametrize("radius", [41.0, 60.3, 75.5, 101.8])
def test_a_disc_spans_the_share_that_was_asked_for_in_the_saved_file(
    radius: float, scale: float
) -> None:
    alpha = disc(220, 260, radius=radius, softness=1)
    cutout = made(alpha, canvas="1000x1000", scale=scale, margin="5%")
    assert diameter(cutout) / 1000 == pytest.approx(scale, abs=FILL)


@pytest.mark.parametrize("scale", [0.5, 0.85, 0.95])
@pytest.mark.parametrize(("high", "wide"), [(40.25, 100.5), (151.75, 60.0), (99.5, 99.5)])
def test_a_rectangle_that_ends_between_pixels_spans_its_share_exactly(
    high: float, wide: float, scale: float
) -> None:
    down = np.clip(np.minimum(np.arange(220) + 1 - 20, 20 + high - np.arange(220)), 0, 1)
    across = np.clip(np.minimum(np.arange(260) + 1 - 30, 30 + wide - np.arange(260)), 0, 1)
    alpha = np.rint(255 * np.outer(down, across)).astype(np.uint8)
    cutout = made(alpha, canvas="1000x1000", scale=scale, margin="5%")
    shown = pixels(cutout)[..., 3] / 255
    spans = max(shown.max(axis=1).sum(), shown.max(axis=0).sum()) / 1000
    assert spans == pytest.approx(scale, abs=FILL)


def test_glass_spans_its_share_though_it_is_nowhere_opaque() -> None:
    alpha = (disc(220, 260, radius=80) * 0.4).astype(np.uint8)
    cutout = made(alpha, canvas="1000x1000", scale=0.85)
    assert (pixels(cutout)[500, :, 3] > 50).sum() / 1000 == pytest.approx(0.85, abs=FILL)


def test_a_canvas_of_its_own_size_enlarges_nothing_and_is_filled_alike() -> None:
    alpha = disc(220, 260, radius=80, softness=1)
    enlarged = made(alpha, canvas="2000x2000", scale=0.85, market="amazon")
    kept = made(alpha, canvas="2000x2000", scale=0.85, own_size=True, market="amazon")
    assert "ENLARGED" in enlarged.notices
    assert "ENLARGED" not in kept.notices
    assert kept.size == (188, 188)
    assert diameter(kept) == pytest.approx(160, abs=0.5)
    assert (met(enlarged)["enlarged"], met(kept)["enlarged"]) == (False, True)
    assert met(kept)["fill"]
    # A canvas that needs no enlargement stays as it was asked for.
    assert made(alpha, canvas="100x80", scale=0.85, own_size=True).size == (80, 100)


def test_an_outline_in_pixels_has_room_on_a_canvas_of_its_own_size() -> None:
    alpha = disc(220, 260, radius=80, softness=1)
    cutout = made(alpha, canvas="900x900", scale=0.8, own_size=True, outline="10px")
    assert cutout.size == (225, 225)


@pytest.mark.parametrize("name", MARKETS)
def test_a_large_product_photo_passes_at_every_market_place(name: str) -> None:
    alpha = disc(2700, 2700, radius=1300, softness=2)
    cutout = made(alpha, **market_options(name, {}))
    assert [check for check in cutout.checks if not check.met] == []
    rgb = pixels(cutout)[..., :3]
    if MARKETS[name].white:
        for line in (rgb[0], rgb[-1], rgb[:, 0], rgb[:, -1]):
            assert (line == 255).all()


@pytest.mark.parametrize(
    ("name", "options", "failed"),
    [
        ("amazon", {"canvas": "800x800"}, {"longest_side"}),
        ("amazon", {"scale": 0.7}, {"fill"}),
        ("google", {"scale": 1.0}, {"fill"}),
        ("amazon", {"background": "#fefefe"}, {"white_rim"}),
        ("amazon", {"background": "transparent"}, {"white_rim"}),
        ("amazon", {"scale": 1.0, "canvas": "1000x1500", "format": "jpeg"}, {"white_rim"}),
        ("zalando", {"format": "png"}, {"format"}),
        ("walmart", {"canvas": "3000x3000"}, {"enlarged"}),
    ],
)
def test_what_a_market_place_refuses_is_found_at_the_file(
    name: str, options: dict[str, Any], failed: set[str]
) -> None:
    cutout = made(disc(1400, 1400, radius=690), **market_options(name, {"scale": 0.6} | options))
    wrong = {check.name for check in cutout.checks if not check.met} - {"fill", "enlarged"}
    known = {check.name for check in cutout.checks if not check.met}
    assert failed <= known
    assert wrong <= failed


def test_a_market_place_fills_in_only_what_was_not_asked_for() -> None:
    options = market_options("amazon", {"format": "jpeg", "scale": 0.9})
    assert options == {
        "canvas": "2000x2000",
        "scale": 0.9,
        "background": "white",
        "format": "jpeg",
        "market": "amazon",
    }
    assert market_options("zalando", {})["format"] == "jpeg"


def test_every_market_place_says_where_its_numbers_are_from() -> None:
    for market in MARKETS.values():
        assert "." in market.source
        assert market.date >= "2026-01-01"
        assert market.read in ("page", "quoted")
        assert market.least_side <= max(market.width, market.height) <= market.most_side
        assert market.least_fill <= market.scale <= market.most_fill


def test_an_own_size_needs_a_scale() -> None:
    with pytest.raises(OffcutError, match="Option own_size needs a scale"):
        OffcutOptions(own_size=True, canvas="100x100")
