"""What JavaScript does for the pipeline: runs the network, decodes JPEGs, follows progress.

Decides: what is done while the network runs, how a failed run is named (SESSION_FAILED, CANCELLED),
how far a picture is begun ahead of its turn, and that Pillow decodes where the browser refuses.

Every proxy that is made here is destroyed here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Generator
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

# These exist in Pyodide only.
from pyodide.ffi import JsException, create_proxy, to_js  # pyright: ignore[reportMissingImports]

from offcut.decoding.host_jpeg import DecodeRequest
from offcut.errors import Cancelled, InferenceError, OffcutError
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


@dataclass(slots=True)
class Begun:
    """Where `begin` has left a pipeline; `running` is a promise once the network is asked."""

    request: InferenceRequest
    running: Any = None


async def begin(host: JsHost, steps: Generator[Request, Answer, object]) -> Begun | None:
    """Go up to the network's first run, and do what could be done meanwhile.

    Returns
    -------
    Begun or None
        None if it fails on the way: it will again in its turn, and is told of then.
    """
    try:
        request = next(steps)
        while not isinstance(request, InferenceRequest):
            request = steps.send(await _decode_jpeg(host, request))
        if request.meanwhile is not None:
            request.meanwhile()
        return Begun(request)
    except (OffcutError, JsException, MemoryError, StopIteration):
        steps.close()
        return None


async def drive(
    host: JsHost, steps: Generator[Request, Answer, Found], begun: Begun | None = None
) -> Found:
    """Answer the pipeline's requests until it is done.

    Parameters
    ----------
    host : JsHost
    steps : generator
    begun : Begun or None
        Where `begin` has left the steps.

    Raises
    ------
    OffcutError
        Any of its kinds.
    """
    try:
        request = begun.request if begun else next(steps)
        while True:
            if isinstance(request, InferenceRequest):
                try:
                    output = await _run_model(host, request, begun and begun.running)
                    begun = None
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


def start_model(host: JsHost, request: InferenceRequest) -> Any:
    """Have the network run; gives JavaScript's promise of the answer."""
    # Each a Float32Array of its own, which the port can move.
    feeds = to_js([[name, list(each.shape), each.ravel()] for name, each in request.feeds.items()])
    return host.run(request.model_id, feeds, request.fetch)


async def _run_begun(running: Any) -> Any:
    """Wait for a run that has begun; None if there is none, or if it ended with its worker."""
    try:
        return None if running is None else await running
    except JsException:
        return None


async def _run_model(host: JsHost, request: InferenceRequest, running: Any) -> NDArray[np.float32]:
    try:
        output = await _run_begun(running)
        if output is None:
            running = start_model(host, request)
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
