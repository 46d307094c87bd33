"""A clear answer raises no doubt; one that is faint, blurred or contradicted does."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut.matting.doubt import is_unsure, measure_doubt
from offcut.network.ensemble import InferencePass
from offcut.network.views import View, mirrored_view, whole_view
from subjects import disc

SIDE = 320
SIZE = (300, 400)
CLEAR = (disc(SIDE, SIDE, radius=100, softness=3) / 255).astype(np.float32)
FOUND = disc(*SIZE, radius=100, softness=3)


def seen(alpha: NDArray[np.float32], view: View | None = None) -> InferencePass:
    return InferencePass(view or whole_view(SIZE), alpha, "u2netp")


def found(alpha: NDArray[np.float32]) -> NDArray[np.uint8]:
    rows = np.arange(SIZE[0]) * SIDE // SIZE[0]
    columns = np.arange(SIZE[1]) * SIDE // SIZE[1]
    return np.rint(alpha[np.ix_(rows, columns)] * 255).astype(np.uint8)


@pytest.mark.parametrize("passes", [1, 2])
def test_a_clear_answer_is_sure(passes: int) -> None:
    looks = [seen(CLEAR), seen(CLEAR[:, ::-1], mirrored_view(SIZE))]
    assert not is_unsure(looks[:passes], found(CLEAR))


def test_a_faint_area_beside_the_subject_is_unsure() -> None:
    faint = CLEAR.copy()
    faint[20:300, 10:50] = 0.4
    assert is_unsure([seen(faint)], found(faint))


def test_each_sign_adds_to_the_doubt() -> None:
    clear = measure_doubt([seen(CLEAR)], found(CLEAR))
    blurred = (disc(SIDE, SIDE, radius=100, softness=40) / 255).astype(np.float32)
    half = np.where(np.arange(SIDE) < SIDE // 2, CLEAR, 0).astype(np.float32)
    assert measure_doubt([seen(blurred)], found(CLEAR)) > clear + 1
    assert measure_doubt([seen(CLEAR)], found(half)) > clear + 1


def test_the_crop_of_the_subject_is_asked_whether_it_agrees() -> None:
    crop = View((100, 50, 300, 250))
    whole = [seen(CLEAR), seen(CLEAR, mirrored_view(SIZE))]

    def doubt(radius: float) -> float:
        closely = (disc(SIDE, SIDE, radius=radius, softness=3) / 255).astype(np.float32)
        return measure_doubt([*whole, seen(closely, crop)], FOUND)

    assert doubt(60) > doubt(160) + 2


@pytest.mark.parametrize("size", [(1, 1), (2, 3000), (4000, 7)])
@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_any_picture_has_a_doubt_that_is_a_number(size: tuple[int, int], level: float) -> None:
    look = InferencePass(whole_view(size), np.full((8, 8), level, np.float32), "u2netp")
    assert np.isfinite(measure_doubt([look], np.zeros(size, np.uint8)))
