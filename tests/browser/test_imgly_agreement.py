"""The raw matte of ISNet agrees with what imgly makes of the same picture, in one browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from dev.bench.imgly_mattes import BOUND, compare
from dev.bench.rivals import has_imgly
from native import WEIGHTS


@pytest.mark.weights
@pytest.mark.slow
def test_the_raw_matte_agrees_with_imgly(photos: dict[str, Path]) -> None:
    if not (has_imgly() and (WEIGHTS / "isnet-general-uint8.onnx").is_file()):
        pytest.skip("needs imgly and the weights of ISNet: scripts/agreement fetches them")
    assert compare([photos["small"]], "isnet-uint8").mean < BOUND
    alike = compare([photos["small"]], "isnet-uint8", as_published=True).mean_alike
    assert alike < 0.1, "the same pixels and weights give the same matte, but for rounding"
