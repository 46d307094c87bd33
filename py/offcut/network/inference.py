"""The border to the network: what a session is, and the check of what it gives.

Decides: OUTPUT_MISMATCH: a wrong shape, or values that are no numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from offcut.arrays import CoarseAlpha, ModelTensor
from offcut.errors import InferenceError
from offcut.network.models import ModelSpec

Feeds = Mapping[str, ModelTensor]
Fetches = Mapping[str, NDArray[np.float32]]


class Session(Protocol):
    """A loaded model, ready to run.

    Natively this is onnxruntime; in the extension the same request goes over a port to
    the worker that holds onnxruntime-web, and is awaited.
    """

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Run the network once and give the output called `fetch`."""
        ...


@dataclass(frozen=True, slots=True)
class InferenceRequest:
    """What the pipeline yields when it needs the network; answered with the output.

    Attributes
    ----------
    model_id : str
    feeds : mapping of str to float32 arrays
    fetch : str
    meanwhile : callable or None
        Work that may be done while the network runs, by whoever would only wait for it. It
        is done later where it was not done then.
    """

    model_id: str
    feeds: Feeds
    fetch: str
    meanwhile: Callable[[], object] | None = None


def check_output(output: NDArray[np.float32], spec: ModelSpec) -> CoarseAlpha:
    """Take the matte out of the network's output.

    Returns
    -------
    float32, shape (height, width)

    Raises
    ------
    InferenceError
        OUTPUT_MISMATCH if the shape is not the contract's or a value is not finite.
    """
    expected = (1, 1, spec.input.height, spec.input.width)
    if output.shape != expected:
        raise InferenceError(
            "OUTPUT_MISMATCH",
            f"{spec.id} gave a tensor of shape {output.shape}, not {expected}.",
            detail={"model": spec.id, "shape": "x".join(map(str, output.shape))},
        )
    plane = output[0, 0].astype(np.float32, copy=False)
    if not np.isfinite(plane).all():
        raise InferenceError(
            "OUTPUT_MISMATCH",
            f"{spec.id} gave values that are not numbers.",
            detail={"model": spec.id},
        )
    return plane
