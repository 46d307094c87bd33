"""A model that keeps the picture's proportions, through the whole pipeline."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut import OffcutOptions
from offcut.network.inference import Feeds
from offcut.pipeline import run_pipeline
from subjects import SPEC, disc, photo_of, source_of

DARK, BRIGHT = 40, 100
"""Red values between the background's and the subject's, in all of the picture's light."""


class RedSession:
    """Takes the subject's red for its opacity; the black of a letterbox is no subject."""

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says."""
        assert fetch
        (tensor,) = feeds.values()
        red = (255 * tensor[:, :1] - DARK) / (BRIGHT - DARK)
        return np.clip(red, 0, 1).astype(np.float32)


@pytest.mark.parametrize("size", [(64, 160), (150, 60)])
@pytest.mark.parametrize("quality", ["fast", "best"])
def test_the_matte_of_a_letterboxed_picture_lies_where_the_subject_is(
    size: tuple[int, int], quality: str
) -> None:
    alpha = disc(*size, radius=22, softness=2)
    letterboxed = replace(SPEC, input=replace(SPEC.input, resize="letterbox"))
    options = OffcutOptions.from_json({"quality": quality})
    cutout = run_pipeline(source_of(photo_of(alpha)), RedSession(), letterboxed, options)
    found = cutout.rgba()[..., 3]
    assert np.abs(found.astype(int) - alpha).mean() < 4
