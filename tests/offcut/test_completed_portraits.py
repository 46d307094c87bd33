"""A portrait that its backdrop has completed is whole, and not told to be unsure."""

from __future__ import annotations

import numpy as np
import pytest
from files import saved
from numpy.typing import NDArray
from offcut import Cutout, OffcutOptions, run_pipeline
from PIL import Image
from portraits import BODY, HEAD, JACKET, Mask, backdrop, portrait
from subjects import SIDE, SPEC, FakeSession

BUSY = np.random.default_rng(2).integers(0, 255, (160, 160, 3)).astype(np.uint8)


def answer() -> NDArray[np.float32]:
    """See the face, the clothes faintly, and a trace of haze everywhere."""
    seen = Image.fromarray(HEAD).resize((SIDE, SIDE))
    values = np.where(np.asarray(seen), 0.97, 0.04).astype(np.float32)
    values[SIDE * 3 // 5 :, SIDE // 3 : SIDE * 2 // 3] = 0.35
    return values[None, None]


def cut(picture: Image.Image, quality: str) -> tuple[Cutout, Mask]:
    truth = portrait(picture, BODY, JACKET)
    options = OffcutOptions.from_json({"quality": quality})
    session = FakeSession(answer())
    return run_pipeline(saved(np.asarray(picture), "PNG"), session, SPEC, options), truth


@pytest.mark.parametrize("quality", ["fast", "best"])
def test_a_completed_portrait_is_sure(quality: str) -> None:
    cutout, truth = cut(backdrop(), quality)
    found = cutout.alpha >= 128
    assert (found & truth).sum() > 0.95 * (found | truth).sum()
    assert cutout.notices == ()


@pytest.mark.parametrize("quality", ["fast", "best"])
def test_the_same_face_before_anything_else_is_unsure(quality: str) -> None:
    cutout, _ = cut(Image.fromarray(BUSY), quality)
    assert cutout.notices == ("UNSURE",)
