"""The stages in their order, with a network that answers what the test says."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from files import four_blocks, saved
from numpy.typing import NDArray
from offcut import OffcutError, OffcutOptions, run_pipeline
from offcut.errors import Cancelled
from offcut.progress import Progress
from offcut.stages import STAGES
from PIL import Image
from subjects import SIDE, SPEC, FakeSession, disc, photo_of

PICTURE = saved(photo_of(disc(100, 100, radius=31)), "PNG")
# Nothing in it is told from its background by colour alone.
BUSY = saved(np.random.default_rng(1).integers(0, 255, (60, 80, 3)).astype(np.uint8), "PNG")


def answer(value: float) -> NDArray[np.float32]:
    return np.full((1, 1, SIDE, SIDE), value, np.float32)


def test_a_disc_that_the_network_sees_is_cut_out() -> None:
    cutout = run_pipeline(PICTURE, FakeSession(), SPEC)
    # 20 of 64 pixels are 31 of 100.
    is_inside, is_outside = disc(100, 100, radius=27) > 0, disc(100, 100, radius=36) == 0
    assert cutout.alpha[is_inside].min() > 250
    assert cutout.alpha[is_outside].max() < 5
    assert cutout.size == (100, 100)


def test_stages_report_in_order_and_progress_never_goes_back() -> None:
    reports: list[tuple[str, float]] = []
    progress = Progress(lambda stage, fraction: reports.append((stage, fraction)))
    cutout = run_pipeline(PICTURE, FakeSession(), SPEC, progress=progress)
    stages = list(dict.fromkeys(stage for stage, _ in reports))
    assert stages == [stage for stage in STAGES if stage in stages]
    assert {"decode", "inference", "encode"} <= set(stages)
    assert all(later >= earlier for (_, earlier), (_, later) in pairwise(reports))
    assert reports[-1] == ("encode", pytest.approx(1.0))
    assert set(cutout.timings) == set(stages)


@pytest.mark.parametrize("allowed", range(8))
def test_a_job_stops_wherever_it_is_cancelled(allowed: int) -> None:
    asked = 0

    def is_cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > allowed

    with pytest.raises(Cancelled):
        run_pipeline(PICTURE, FakeSession(), SPEC, progress=Progress(is_cancelled=is_cancelled))
    assert asked == allowed + 1


@pytest.mark.parametrize(
    ("picture", "output", "options", "code", "stage"),
    [
        (b"", answer(1), {}, "EMPTY_FILE", "decode"),
        (b"hello", answer(1), {}, "UNSUPPORTED_FORMAT", "decode"),
        (PICTURE[:60], answer(1), {}, "CORRUPT_IMAGE", "decode"),
        (PICTURE, answer(1), {"max_megapixels": 0.001}, "IMAGE_TOO_LARGE", "decode"),
        (BUSY, answer(0), {}, "NO_SUBJECT", "postprocess"),
        (PICTURE, answer(np.nan), {}, "OUTPUT_MISMATCH", "inference"),
        (PICTURE, answer(1)[0], {}, "OUTPUT_MISMATCH", "inference"),
        (PICTURE, answer(1), {"background": "picture"}, "BAD_OPTION", "options"),
    ],
)
def test_every_failure_has_its_code_and_its_stage(
    picture: bytes, output: NDArray[np.float32], options: dict[str, Any], code: str, stage: str
) -> None:
    with pytest.raises(OffcutError) as caught:
        run_pipeline(picture, FakeSession(output), SPEC, OffcutOptions(**options))
    assert (caught.value.code, caught.value.stage) == (code, stage)


def test_a_missing_background_picture_is_found_before_the_network_is_asked() -> None:
    session = FakeSession()
    with pytest.raises(OffcutError):
        run_pipeline(PICTURE, session, SPEC, OffcutOptions(background="picture"))
    with pytest.raises(OffcutError):
        run_pipeline(
            PICTURE, session, SPEC, OffcutOptions(background="picture"), background_picture=b"x"
        )
    assert session.runs == 0


def test_a_background_picture_is_decoded_and_used() -> None:
    red = saved(np.full((10, 10, 3), (255, 0, 0), np.uint8), "PNG")
    options = OffcutOptions(background="picture")
    cutout = run_pipeline(PICTURE, FakeSession(), SPEC, options, background_picture=red)
    assert cutout.to_image().getpixel((0, 0)) == (255, 0, 0)


def test_what_was_transparent_stays_transparent() -> None:
    alpha = np.full((100, 100), 255, np.uint8)
    alpha[:50] = 0
    rgba = np.dstack((four_blocks(100, 100), alpha))
    cutout = run_pipeline(saved(Image.fromarray(rgba), "PNG"), FakeSession(), SPEC)
    assert not cutout.alpha[:50].any()
    assert cutout.alpha[55:70, 45:55].min() > 250


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (2, 3)])
@pytest.mark.parametrize(
    "options",
    [
        {"crop": True, "margin": "10%", "shadow": True},
        {"background": "blur", "feather": 3.0, "shift_edge": 1.5},
        {"output": "inverse", "format": "jpeg"},
        {"canvas": "40x30", "scale": 0.7, "background": "blur", "shadow": True},
        {"output": "matte", "format": "webp", "aspect": "3:2"},
    ],
)
def test_pictures_of_any_proportions_pass_with_any_options(
    size: tuple[int, int], options: dict[str, Any]
) -> None:
    picture = saved(np.full((*size, 3), 200, np.uint8), "PNG")
    cutout = run_pipeline(picture, FakeSession(answer(1)), SPEC, OffcutOptions(**options))
    with cutout.to_image() as image:
        assert (image.height, image.width) == cutout.size
    assert cutout.encoded


def test_what_could_not_be_written_is_refused_before_the_network_is_asked() -> None:
    wide = saved(np.zeros((1, 17_000, 3), np.uint8), "PNG")
    session = FakeSession()
    for options in (
        OffcutOptions(format="webp"),
        OffcutOptions(format="webp", canvas="17000x10"),
        OffcutOptions(format="webp", canvas="8000x6000"),
    ):
        with pytest.raises(OffcutError) as caught:
            run_pipeline(wide, session, SPEC, options)
        assert caught.value.code == "ENCODE_FAILED"
        assert "limit" in caught.value.detail
    assert session.runs == 0
