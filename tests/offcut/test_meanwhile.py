"""What may be done while the network runs."""

from __future__ import annotations

import numpy as np
from files import saved
from numpy.typing import NDArray
from offcut import OffcutOptions
from offcut.network.inference import InferenceRequest
from offcut.pipeline import found_steps
from offcut.progress import Progress
from subjects import KERNELS, SPEC, FakeSession, disc, photo_of

PICTURE = saved(photo_of(disc(100, 100, radius=31)), "PNG")


def found(*, is_used: bool) -> NDArray[np.uint8]:
    steps = found_steps(PICTURE, SPEC, OffcutOptions(), Progress(), KERNELS)
    request = next(steps)
    try:
        while True:
            assert isinstance(request, InferenceRequest)
            assert request.meanwhile is not None
            if is_used:
                request.meanwhile()
            request = steps.send(FakeSession().run(request.feeds, request.fetch))
    except StopIteration as end:
        return end.value.alpha


def test_the_result_is_the_same_whether_it_is_done_then_or_later() -> None:
    assert np.array_equal(found(is_used=True), found(is_used=False))
