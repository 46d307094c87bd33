"""One frame of a picture that moves costs no more than that frame, and bounded time."""

from __future__ import annotations

import numpy as np
import pytest
from offcut import Cutout, OffcutError, OffcutOptions, run_pipeline
from offcut.decoding.color_modes import split_alpha
from PIL import Image
from subjects import SIDE, SPEC, FakeSession, disc
from wild_animations import PHOTOS, WILD


def cut_out(data: bytes, *, frame: int) -> Cutout:
    matte = (disc(SIDE, SIDE) / 255).astype(np.float32)[None, None]
    return run_pipeline(data, FakeSession(matte), SPEC, OffcutOptions(frame=frame))


def test_of_a_frame_that_is_asked_for_only_its_own_pixels_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept: list[Image.Image] = []

    def keep(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
        kept.append(image)
        return split_alpha(image)

    monkeypatch.setattr("offcut.decoding.read_animation.split_alpha", keep)
    for name in WILD:
        assert cut_out(WILD[name], frame=4).frames == 1
    assert len(kept) == len(WILD)


@pytest.mark.parametrize("name", ["gif-disposal-keep", "apng-hidden-still", "webp-odd-delays"])
def test_a_frame_behind_more_pixels_than_are_played_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 2 * PHOTOS[0].width * PHOTOS[0].height
    for module in ("animation", "play_file"):
        monkeypatch.setattr(f"offcut.decoding.{module}.MOST_PIXELS", most)
    assert cut_out(WILD[name], frame=3).frames == 1
    with pytest.raises(OffcutError, match="which cannot be read"):
        cut_out(WILD[name], frame=4)
