"""How inference passes are joined to one matte, and where the subject's crop lies."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut.network.ensemble import InferencePass, join_passes, subject_view
from offcut.network.views import View, mirrored_view, whole_view

SIZE = (300, 400)


def left_half(side: int = 32) -> NDArray[np.float32]:
    alpha = np.zeros((side, side), np.float32)
    alpha[:, : side // 2] = 1
    return alpha


def block(top: int, bottom: int, left: int, right: int, side: int = 40) -> NDArray[np.float32]:
    alpha = np.zeros((side, side), np.float32)
    alpha[top:bottom, left:right] = 1
    return alpha


def one_pass(view: View, alpha: NDArray[np.float32], network: str = "small") -> InferencePass:
    return InferencePass(view, alpha, network)


def test_one_pass_is_the_matte_itself() -> None:
    alpha = left_half()
    assert join_passes(SIZE, [one_pass(whole_view(SIZE), alpha)]) is alpha


def test_passes_that_agree_give_what_they_agree_on() -> None:
    whole, mirrored = whole_view(SIZE), mirrored_view(SIZE)
    joined = join_passes(
        SIZE, [one_pass(whole, left_half()), one_pass(mirrored, left_half()[:, ::-1])]
    )
    assert joined.shape == SIZE
    assert np.allclose(joined[:, :190], 1, atol=1e-3)
    assert np.allclose(joined[:, 210:], 0, atol=1e-3)


def test_what_one_of_two_passes_has_found_stays_but_less_surely() -> None:
    passes = [one_pass(whole_view(SIZE), left_half()), one_pass(whole_view(SIZE), 0 * left_half())]
    assert np.allclose(join_passes(SIZE, passes)[:, :190], 0.5**0.5, atol=1e-3)


def test_a_crop_counts_only_where_it_looked() -> None:
    full = np.ones((32, 32), np.float32)
    crop = one_pass(View((100, 90, 300, 210)), 0 * full)
    joined = join_passes(SIZE, [one_pass(whole_view(SIZE), full), crop])
    assert np.allclose(joined[:85], 1, atol=1e-3)
    assert joined[95:205, 105:295].max() < 0.7


def test_a_finer_pass_counts_more() -> None:
    coarse, fine = np.zeros((32, 32), np.float32), np.ones((128, 128), np.float32)
    passes = [one_pass(whole_view(SIZE), coarse), one_pass(whole_view(SIZE), fine)]
    assert np.allclose(join_passes(SIZE, passes), (4 / 5) ** 0.5, atol=1e-3)


def test_a_pass_that_is_sure_outweighs_one_that_is_not() -> None:
    sure, unsure = left_half(), left_half()
    unsure[16:] = 0.5
    passes = [one_pass(whole_view(SIZE), sure), one_pass(whole_view(SIZE), unsure, "other")]
    for order in (passes, passes[::-1]):
        joined = join_passes(SIZE, order)
        assert joined[160:, 210:].max() < 0.1
        assert joined[160:, :190].min() > 0.95


def test_what_is_wrong_elsewhere_weakens_a_pass_everywhere() -> None:
    """One pass has a part more; the less it is sure of the rest, the less that part counts."""
    part = block(20, 25, 5, 10)
    joined: list[float] = []
    for doubtful_rows in (0, 10):
        other = part.copy()
        other[:doubtful_rows] = 0.5
        passes = [one_pass(whole_view(SIZE), 0 * part), one_pass(whole_view(SIZE), other, "other")]
        joined.append(float(join_passes(SIZE, passes)[170, 75]))
    assert joined[0] > 0.7
    assert joined[1] < 0.3


def test_passes_of_one_network_count_alike() -> None:
    part, other = block(20, 25, 5, 10), block(20, 25, 5, 10)
    other[:10] = 0.5
    joined = join_passes(
        SIZE, [one_pass(whole_view(SIZE), 0 * part), one_pass(whole_view(SIZE), other)]
    )
    assert joined[170, 75] == pytest.approx(0.5**0.5, abs=1e-3)


def test_the_crop_holds_the_subject_with_a_margin() -> None:
    view = subject_view((400, 800), [one_pass(whole_view((400, 800)), block(10, 20, 10, 20))])
    assert view is not None
    assert view.box == (160, 80, 440, 220)


def test_the_crop_holds_what_the_mirrored_pass_has_found() -> None:
    size = (400, 400)
    passes = [
        one_pass(whole_view(size), block(20, 25, 5, 10)),
        one_pass(mirrored_view(size), block(20, 25, 5, 10)),
    ]
    view = subject_view(size, passes)
    assert view is not None
    left, _, right, _ = view.box
    assert left <= 50
    assert right >= 350


@pytest.mark.parametrize("alpha", [block(0, 0, 0, 0), block(5, 7, 5, 30), block(0, 40, 0, 40)])
def test_there_is_no_crop_of_nothing_or_of_everything(alpha: NDArray[np.float32]) -> None:
    assert subject_view(SIZE, [one_pass(whole_view(SIZE), alpha)]) is None


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (3000, 2)])
def test_pictures_of_any_proportions_can_be_joined(size: tuple[int, int]) -> None:
    passes = [one_pass(whole_view(size), left_half()), one_pass(mirrored_view(size), left_half())]
    crop = subject_view(size, passes)
    joined = join_passes(size, passes + ([one_pass(crop, left_half())] if crop else []))
    assert np.isfinite(joined).all()
    assert max(joined.shape) <= 800
