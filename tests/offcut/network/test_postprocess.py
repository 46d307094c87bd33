"""Model output -> coarse alpha."""

from __future__ import annotations

import numpy as np
import pytest
from offcut.errors import InferenceError
from offcut.network.inference import check_output
from offcut.network.models import InputContract, ModelSpec, OutputContract
from offcut.network.postprocess import SMALL_SIDE, has_subject, no_subject, postprocess

PLAIN = OutputContract("matte", "none")
SPEC = ModelSpec(
    "tiny", "tiny.onnx", 1, "", InputContract("x", 2, 3, (0, 0, 0), (1, 1, 1), 1.0), PLAIN
)


def test_the_matte_is_clipped_and_not_stretched() -> None:
    output = np.array([[-0.5, 0.2], [0.4, 1.5]], dtype=np.float32)
    expected = np.array([[0, 0.2], [0.4, 1]], dtype=np.float32)
    assert np.array_equal(postprocess(output, PLAIN), expected)


def test_logits_go_through_the_sigmoid() -> None:
    output = np.array([[-100, 0, 100]], dtype=np.float32)
    alpha = postprocess(output, OutputContract("matte", "sigmoid"))
    assert np.allclose(alpha, [[0, 0.5, 1]])
    assert alpha.dtype == np.float32


def test_a_matte_that_is_faint_everywhere_has_no_subject() -> None:
    assert not has_subject(np.full((4, 4), 0.3, dtype=np.float32))


def test_one_opaque_pixel_is_a_subject() -> None:
    alpha = np.zeros((4, 4), dtype=np.float32)
    alpha[1, 2] = 0.9
    assert has_subject(alpha)


@pytest.mark.parametrize(("side", "small"), [(SMALL_SIDE, 1), (SMALL_SIDE + 1, None)])
def test_a_picture_that_is_too_small_is_told_apart(side: int, small: int | None) -> None:
    failure = no_subject(np.zeros((4, 4), dtype=np.float32), (5, side)).as_failure()
    assert failure["code"] == "NO_SUBJECT"
    assert failure["detail"].get("small") == small
    assert (failure["detail"]["width"], failure["detail"]["height"]) == (side, 5)
    assert ("too small" in failure["message"]) == bool(small)


@pytest.mark.parametrize("shape", [(1, 1, 3, 2), (2, 3), (1, 2, 2, 3)])
def test_an_output_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(InferenceError) as raised:
        check_output(np.zeros(shape, dtype=np.float32), SPEC)
    assert raised.value.code == "OUTPUT_MISMATCH"


def test_an_output_that_is_not_a_number_is_refused() -> None:
    with pytest.raises(InferenceError) as raised:
        check_output(np.full((1, 1, 2, 3), np.nan, dtype=np.float32), SPEC)
    assert raised.value.code == "OUTPUT_MISMATCH"
