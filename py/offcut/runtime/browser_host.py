"""What JavaScript does for the pipeline: runs the network, decodes JPEGs, follows progress.

Decides: what is done while the network runs, how a failed run is named (SESSION_FAILED, CANCELLED),
and that Pillow decodes where the browser refuses.

Every proxy that is made here is destroyed here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Generator
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

# These exist in Pyodide only.
from pyodide.ffi import JsException, create_proxy, to_js  # pyright: ignore[reportMissingImports]

from offcut.decoding.host_jpeg import DecodeRequest
from offcut.errors import Cancelled, InferenceError
from offcut.network.inference import InferenceRequest
from offcut.pipeline import Answer, Request
from offcut.stages import INFERENCE

Found = TypeVar("Found")


class JsHost(Protocol):
    """What `extension/python/main.js` hands over with every job."""

    def report(self, stage: str, fraction: float) -> None:
        """Send a progress event."""
        ...

    def reportFrame(self, place: int, count: int) -> None:  # noqa: N802 (a JavaScript name)
        """Note which frame of a picture that moves the next progress events are about."""
        ...

    def isCancelled(self) -> bool:  # noqa: N802 (a JavaScript name)
        """Read the cancel flag, shared with the engine."""
        ...

    def openJpeg(self, data: Any) -> Awaitable[Any]:  # noqa: N802 (a JavaScript name)
        """Decode a JPEG by the browser; gives height, width, copyInto(pixels), close()."""
        ...

    def run(self, model_id: str, feeds: Any, fetch: str) -> Awaitable[Any]:
        """Run the network in the model worker; feeds are an array of [name, dims, data]."""
        ...


async def drive(host: JsHost, steps: Generator[Request, Answer, Found]) -> Found:
    """Answer the pipeline's requests until it is done.

    Raises
    ------
    OffcutError
        Any of its kinds.
    """
    try:
        request = next(steps)
        while True:
            if isinstance(request, InferenceRequest):
                try:
                    output = await _run_model(host, request)
                except InferenceError as failure:
                    request = steps.throw(failure)  # there may be another way
                    continue
                request = steps.send(output)
            else:
                request = steps.send(await _decode_jpeg(host, request))
    except StopIteration as end:
        return end.value
    finally:
        steps.close()


async def _decode_jpeg(host: JsHost, request: DecodeRequest) -> NDArray[np.uint8] | None:
    """Let the browser decode a JPEG; None if it refuses, so that Pillow says why."""
    size = (request.width, request.height)
    try:
        decoded = await host.openJpeg(to_js(request.data))
    except JsException:
        return None
    pixels = np.empty((request.height, request.width, 4), np.uint8)
    target = create_proxy(pixels)
    try:
        if (decoded.width, decoded.height) != size:
            return None
        await decoded.copyInto(target)
    except JsException:
        return None
    finally:
        target.destroy()
        decoded.close()
    return pixels


async def _run_model(host: JsHost, request: InferenceRequest) -> NDArray[np.float32]:
    # Each a Float32Array of its own, which the port can move.
    feeds = to_js([[name, list(each.shape), each.ravel()] for name, each in request.feeds.items()])
    try:
        running = host.run(request.model_id, feeds, request.fetch)
        if request.meanwhile is not None:
            request.meanwhile()
        output = await running
    except JsException as error:
        # Cancelling ends the model worker, which is seen here as a failed run.
        if host.isCancelled():
            raise Cancelled(INFERENCE) from None
        raise _inference_error(error) from None
    values = np.frombuffer(output.data.to_bytes(), dtype=np.float32)
    return values.reshape(output.dims.to_py())


def _inference_error(error: Any) -> InferenceError:
    """Choose the code by the failure that the error carries, never by its text."""
    failure = getattr(error, "failure", None)
    code = getattr(failure, "code", "")
    if code not in InferenceError.codes:
        code = "SESSION_FAILED"
    return InferenceError(code, f"The model failed: {error.message}")
