"""Where no subject is found, a person may still mark one: the picture with nothing kept of it."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from files import saved
from numpy.typing import NDArray
from offcut import OffcutOptions
from offcut.cutout import render
from offcut.editing.strokes import Stroke
from offcut.errors import SubjectError
from offcut.kernels.numpy_kernels import NumpyKernels
from offcut.network.inference import InferenceRequest
from offcut.pipeline import found_steps
from offcut.progress import Progress
from offcut.subject import Subject
from PIL import Image
from subjects import SIDE, SPEC, disc, grainy, photo_of

TRUTH = disc(100, 120, radius=31)
PICTURE = saved(grainy(photo_of(TRUTH)), "PNG")
NOTHING = np.zeros((1, 1, SIDE, SIDE), np.float32)


def find(*, allow_empty: bool) -> Subject:
    """Run the steps with a network that sees nothing."""
    steps = found_steps(
        PICTURE,
        SPEC,
        OffcutOptions(),
        Progress(),
        NumpyKernels(),
        allow_empty=allow_empty,
    )
    try:
        request = next(steps)
        while True:
            request = steps.send(NOTHING if isinstance(request, InferenceRequest) else None)
    except StopIteration as end:
        return end.value


def alpha_of(subject: Subject, *strokes: Stroke, **options: Any) -> NDArray[np.uint8]:
    """Alpha of the finished file."""
    made = render(subject, OffcutOptions(**options), Progress(), strokes=strokes)
    with Image.open(io.BytesIO(made.encoded)) as file:
        return np.asarray(file.convert("RGBA"))[..., 3]


def test_without_leave_an_empty_picture_fails() -> None:
    with pytest.raises(SubjectError):
        find(allow_empty=False)


@pytest.mark.parametrize("options", [{}, {"crop": True}, {"shadow": True}, {"canvas": "80x60"}])
def test_with_leave_nothing_of_it_is_kept_whatever_the_options(options: dict[str, Any]) -> None:
    subject = find(allow_empty=True)
    assert not subject.alpha.any()
    assert not alpha_of(subject, **options).any()


def test_a_stroke_of_the_brush_then_finds_the_subject() -> None:
    subject = find(allow_empty=True)
    stroke = Stroke("keep", 8, ((50.0, 50.0), (70.0, 50.0), (60.0, 60.0)))
    alpha = alpha_of(subject, stroke).astype(int)
    both = np.minimum(alpha, TRUTH).sum()
    assert both / np.maximum(alpha, TRUTH).sum() > 0.95
