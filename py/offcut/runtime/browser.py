"""The pipeline inside Pyodide: called by `extension/python/`, answered by `extension/model/`.

The only module that touches JavaScript objects. Every proxy that is made here is destroyed
here. Expected failures go back as plain data, not as exceptions.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

# These exist in Pyodide only, where this module is the only one to import them.
from pyodide.ffi import JsException, create_proxy, to_js  # pyright: ignore[reportMissingImports]

from offcut.cutout import Cutout
from offcut.decode import from_rgba
from offcut.errors import Cancelled, Failure, InferenceError, OffcutError
from offcut.inference import InferenceRequest
from offcut.jpeg_request import DecodeRequest
from offcut.models import ModelSpec, spec_from_entry
from offcut.options import OffcutOptions
from offcut.pipeline import cutout_steps
from offcut.progress import Progress
from offcut.source_image import SourceImage
from offcut.stages import INFERENCE


class JsBuffer(Protocol):
    """A JavaScript typed array or ArrayBuffer, as Pyodide shows it."""

    def to_bytes(self) -> bytes:
        """Copy the contents."""
        ...


class JsHost(Protocol):
    """What `extension/python/host.js` hands over with every job."""

    def report(self, stage: str, fraction: float) -> None:
        """Send a progress event."""
        ...

    def isCancelled(self) -> bool:  # noqa: N802 (a JavaScript name)
        """Read the cancel flag, shared with the engine."""
        ...

    def openJpeg(self, data: Any) -> Awaitable[Any]:  # noqa: N802 (a JavaScript name)
        """Decode a JPEG by the browser; gives height, width, copyInto(pixels), close()."""
        ...

    def run(self, model_id: str, name: str, dims: Any, data: Any, fetch: str) -> Awaitable[Any]:
        """Run the network in the model worker."""
        ...


async def cut_out(host: JsHost, picture: JsBuffer, request_json: str) -> Any:
    """Run one job.

    Parameters
    ----------
    host : JsHost
    picture : JsBuffer
        The file's bytes, or straight RGBA pixels if the request has `pixels`.
    request_json : str
        ``{"options": {...}, "models": [entries of the registry, the base model first],
        "pixels": {"width": w, "height": h} or absent}``.

    Returns
    -------
    JavaScript object
        ``{ok: true, cutout: Uint8Array, mediaType, width, height, timings, notices}`` or
        ``{ok: false, failure}``.
    """
    progress = Progress(host.report, host.isCancelled)
    try:
        request = json.loads(request_json)
        options = OffcutOptions.from_json(request["options"])
        models = [spec_from_entry(entry) for entry in request["models"]]
        source = _source(picture, request.get("pixels"))
        cutout = await _drive(host, source, models, options, progress)
    except OffcutError as error:
        return _reply_failure(error.as_failure())
    except MemoryError:
        return _reply_failure(_out_of_memory())
    return _reply_cutout(cutout)


def _source(picture: JsBuffer, pixels: dict[str, int] | None) -> bytes | SourceImage:
    data = picture.to_bytes()
    if pixels is None:
        return data
    return from_rgba(data, pixels["height"], pixels["width"])


async def _drive(
    host: JsHost,
    source: bytes | SourceImage,
    models: list[ModelSpec],
    options: OffcutOptions,
    progress: Progress,
) -> Cutout:
    steps = cutout_steps(source, models, options, progress)
    try:
        request = next(steps)
        while True:
            if isinstance(request, InferenceRequest):
                request = steps.send(await _run_model(host, request))
            else:
                request = steps.send(await _decode_jpeg(host, request))
    except StopIteration as end:
        return end.value
    finally:
        steps.close()


async def _decode_jpeg(host: JsHost, request: DecodeRequest) -> Image.Image | None:
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
        decoded.copyInto(target)
    except JsException:
        return None
    finally:
        target.destroy()
        decoded.close()
    return Image.frombuffer("RGB", size, pixels, "raw", "RGBX", 0, 1)


async def _run_model(host: JsHost, request: InferenceRequest) -> NDArray[np.float32]:
    ((name, tensor),) = request.feeds.items()
    dims = to_js(list(tensor.shape))
    data = to_js(tensor.ravel())  # a Float32Array of its own, which the port can move
    try:
        output = await host.run(request.model_id, name, dims, data, request.fetch)
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


def _out_of_memory() -> Failure:
    return {
        "code": "OUT_OF_MEMORY",
        "stage": "",
        "message": "The picture needs more memory than Python can have.",
        "detail": {},
    }


def _reply_failure(failure: Failure) -> Any:
    return _to_object({"ok": False, "failure": failure})


def _reply_cutout(cutout: Cutout) -> Any:
    height, width = cutout.size
    return _to_object(
        {
            "ok": True,
            "cutout": cutout.encoded,
            "mediaType": cutout.media_type,
            "width": width,
            "height": height,
            "timings": cutout.timings,
            "notices": list(cutout.source.notices),
        }
    )


def _to_object(value: dict[str, Any]) -> Any:
    from js import Object  # pyright: ignore[reportMissingImports]  # noqa: PLC0415

    return to_js(value, dict_converter=Object.fromEntries)
