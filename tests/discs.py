"""A picture of two discs that can be tapped, and networks that see them or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from offcut.editing.regions import Region
from offcut.network.inference import InferenceRequest
from offcut.subject import Subject
from offcut.tapping.scene import Tap
from offcut.tapping.tapper import Tapper
from subjects import SIDE, SPEC, photo_of, subject_of

HEIGHT, WIDTH = 240, 320
Mask = NDArray[np.bool_]
Answer = Callable[[NDArray[np.float32]], NDArray[np.float32]]


def disc_at(x: float, radius: float = 40) -> NDArray[np.uint8]:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    far = np.hypot(rows - HEIGHT / 2, columns - x) - radius
    return np.rint(255 * np.clip(0.5 - far / 3, 0, 1)).astype(np.uint8)


LEFT, RIGHT = disc_at(80), disc_at(230)
BOTH = np.maximum(LEFT, RIGHT)


def scene_of(held: NDArray[np.uint8]) -> Subject:
    """A picture of two reddish discs, of which `held` is in the subject."""
    return subject_of(held.copy(), photo_of(BOTH))


def sees_red(tensor: NDArray[np.float32]) -> NDArray[np.float32]:
    return (tensor[:, :1] > tensor[:, 2:]).astype(np.float32)


def sees_nothing(tensor: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.zeros_like(tensor[:, :1])


def ask(
    tapper: Tapper, tap: Tap, answer: Answer = sees_red, *args: Any, **options: Any
) -> tuple[list[Region], int]:
    """Drive a tap; gives the guesses, and how many looks it took."""
    corrections, earlier = args or ((), ())
    steps = tapper.tap_steps(tap, corrections, earlier, SPEC, **options)
    looks = 0
    try:
        request = next(steps)
        while True:
            assert isinstance(request, InferenceRequest)
            looks += 1
            (tensor,) = request.feeds.values()
            assert tensor.shape == (1, 3, SIDE, SIDE)
            request = steps.send(answer(tensor))
    except StopIteration as end:
        return end.value, looks
