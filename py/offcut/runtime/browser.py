"""The pipeline inside Pyodide: called by `extension/python/`, answered by `extension/model/`.

The only module that touches JavaScript objects. Every proxy that is made here is destroyed
here. Expected failures go back as plain data, not as exceptions.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Coroutine, Generator, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

# These exist in Pyodide only, where this module is the only one to import them.
from pyodide.ffi import JsException, create_proxy, to_js  # pyright: ignore[reportMissingImports]

from offcut.cutout import Cutout, render
from offcut.decoding.decode import decode, from_rgba
from offcut.decoding.host_jpeg import DecodeRequest
from offcut.editing.edit_sessions import EditSessions, MissingResource, read_request
from offcut.errors import Cancelled, Failure, InferenceError, OffcutError
from offcut.network.inference import InferenceRequest
from offcut.network.models import spec_from_entry
from offcut.options.options import OffcutOptions
from offcut.pipeline import Answer, Request, subject_steps
from offcut.progress import Progress
from offcut.source_image import SourceImage
from offcut.stages import INFERENCE
from offcut.subject import Subject

Found = TypeVar("Found")

_sessions = EditSessions()


class JsBuffer(Protocol):
    """A JavaScript typed array or ArrayBuffer, as Pyodide shows it."""

    def to_bytes(self) -> bytes:
        """Copy the contents."""
        ...


class JsHost(Protocol):
    """What `extension/python/python.js` hands over with every job."""

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
    """Run one job, and keep its subject for the editor.

    Parameters
    ----------
    host : JsHost
    picture : JsBuffer
        The file's bytes, or straight RGBA pixels if the request has `pixels`.
    request_json : str
        ``{"options": {...}, "models": [entries of the registry, the base model first],
        "pixels": {"width": w, "height": h} or absent, "key": see `EditSessions`}``.

    Returns
    -------
    JavaScript object
        ``{ok: true, cutout: Uint8Array, mediaType, width, height, timings, notices}`` or
        ``{ok: false, failure}``.
    """

    async def work() -> dict[str, Any]:
        progress = Progress(host.report, host.isCancelled)
        request = json.loads(request_json)
        options = OffcutOptions.from_json(request["options"])
        subject = await _find(host, picture, request, progress)
        return _described(render(subject, options, progress))

    return await _answered(work)


async def find_subject(host: JsHost, picture: JsBuffer, request_json: str) -> Any:
    """Do what `cut_out` does but for the file: ``{ok: true, timings}`` or a failure."""

    async def work() -> dict[str, Any]:
        progress = Progress(host.report, host.isCancelled)
        await _find(host, picture, json.loads(request_json), progress)
        return {"timings": progress.timings}

    return await _answered(work)


async def preview(key: str, request_json: str) -> Any:
    """Paint a preview of a kept subject; see `EditSessions.preview` for the request.

    Returns
    -------
    JavaScript object
        ``{ok: true, pixels: Uint8Array, width, height, size, source, frame, space, isEmpty}``,
        ``{ok: true, needs: "subject" or "background"}`` or ``{ok: false, failure}``.
    """

    async def work() -> dict[str, Any]:
        made = _sessions.preview(key, read_request(request_json))
        left, top, right, bottom = made.box
        return {
            "pixels": made.pixels.ravel(),
            **_size(made.pixels.shape),
            "size": _size(made.size),
            "source": _size(made.source_size),
            "frame": {"left": left, "top": top, "width": right - left, "height": bottom - top},
            "space": _size(made.space),
            "isEmpty": made.is_empty,
        }

    return await _answered(work)


async def save(host: JsHost, key: str, request_json: str) -> Any:
    """Make the file of an edit: as `cut_out`, or ``{ok: true, needs}``."""

    async def work() -> dict[str, Any]:
        progress = Progress(host.report, host.isCancelled)
        edit = _sessions.find_edit(key, read_request(request_json))
        return _described(
            render(
                edit.subject,
                edit.options,
                progress,
                edit.background_picture,
                strokes=edit.strokes,
            )
        )

    return await _answered(work)


async def keep_background(job_id: str, name: str, picture: JsBuffer, request_json: str) -> Any:
    """Keep a picture for the background; ``{"pixels"?}`` as for `cut_out`."""

    async def work() -> dict[str, Any]:
        source = _source(picture, json.loads(request_json).get("pixels"))
        _sessions.keep_picture(
            job_id, name, source if isinstance(source, SourceImage) else decode(source)
        )
        return {}

    return await _answered(work)


def forget(job_id: str) -> None:
    """Let go of all that was kept of a job."""
    _sessions.forget(job_id)


async def _answered(work: Callable[[], Coroutine[Any, Any, dict[str, Any]]]) -> Any:
    """Do something, and say how it went as plain data."""
    try:
        return _to_object({"ok": True, **(await work())})
    except MissingResource as need:
        return _to_object({"ok": True, "needs": str(need)})
    except OffcutError as error:
        return _to_object({"ok": False, "failure": error.as_failure()})
    except MemoryError:
        return _to_object({"ok": False, "failure": _out_of_memory()})


async def _find(
    host: JsHost, picture: JsBuffer, request: dict[str, Any], progress: Progress
) -> Subject:
    """Find a picture's subject and keep it."""
    options = OffcutOptions.from_json(request["options"])
    models = [spec_from_entry(entry) for entry in request["models"]]
    source = _source(picture, request.get("pixels"))
    _sessions.make_room()
    subject = await _drive(host, subject_steps(source, models, options, progress))
    _sessions.keep(request["key"], subject)
    return subject


def _source(picture: JsBuffer, pixels: dict[str, int] | None) -> bytes | SourceImage:
    data = picture.to_bytes()
    if pixels is None:
        return data
    return from_rgba(data, pixels["height"], pixels["width"])


async def _drive(host: JsHost, steps: Generator[Request, Answer, Found]) -> Found:
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
    ((name, tensor),) = request.feeds.items()
    dims = to_js(list(tensor.shape))
    data = to_js(tensor.ravel())  # a Float32Array of its own, which the port can move
    try:
        running = host.run(request.model_id, name, dims, data, request.fetch)
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


def _out_of_memory() -> Failure:
    return {
        "code": "OUT_OF_MEMORY",
        "stage": "",
        "message": "The picture needs more memory than Python can have.",
        "detail": {},
    }


def _described(cutout: Cutout) -> dict[str, Any]:
    return {
        "cutout": cutout.encoded,
        "mediaType": cutout.media_type,
        **_size(cutout.size),
        "timings": cutout.timings,
        "notices": list(cutout.source.notices),
    }


def _size(size: Sequence[float]) -> dict[str, float]:
    return {"width": size[1], "height": size[0]}


def _to_object(value: dict[str, Any]) -> Any:
    from js import Object  # pyright: ignore[reportMissingImports]  # noqa: PLC0415

    return to_js(value, dict_converter=Object.fromEntries)
