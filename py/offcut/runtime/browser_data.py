"""What crosses the border to JavaScript: pictures in, and answers as plain data out.

Decides: OUT_OF_MEMORY of Python, which facts and notices JavaScript gets.

Expected failures go back as data, not as exceptions.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, NotRequired, Protocol, TypedDict

# Exists in Pyodide only.
from pyodide.ffi import to_js  # pyright: ignore[reportMissingImports]

from offcut.cutout import Cutout
from offcut.decoding.decode import from_rgba
from offcut.editing.edit_sessions import MissingResource
from offcut.errors import Failure, OffcutError
from offcut.source_image import SourceImage


class JsBuffer(Protocol):
    """A JavaScript typed array or ArrayBuffer, as Pyodide shows it."""

    def to_bytes(self) -> bytes:
        """Copy the contents."""
        ...


async def answer(work: Callable[[], Coroutine[Any, Any, dict[str, Any]]]) -> Any:
    """Do something, and say how it went as plain data.

    Returns
    -------
    JavaScript object
        ``{ok: true}`` with what `work` gives, ``{ok: true, needs}`` if something is missing
        that the caller can send, or ``{ok: false, failure}``.
    """
    try:
        return _to_object({"ok": True, **(await work())})
    except MissingResource as missing:
        return _to_object({"ok": True, "needs": str(missing)})
    except OffcutError as error:
        return _to_object({"ok": False, "failure": error.as_failure()})
    except MemoryError:
        return _to_object({"ok": False, "failure": _out_of_memory()})


class DecodedPixels(TypedDict):
    """What the browser says of pixels that it has decoded; `profile` is ICC in Base64, or ''."""

    height: int
    width: int
    profile: NotRequired[str]


def read_source(picture: JsBuffer, pixels: DecodedPixels | None) -> bytes | SourceImage:
    """Take a file's bytes, or the pixels of a picture that the browser has decoded."""
    data = picture.to_bytes()
    if pixels is None:
        return data
    profile = base64.b64decode(pixels.get("profile", "")) or None
    return from_rgba(data, pixels["height"], pixels["width"], icc_profile=profile)


def _out_of_memory() -> Failure:
    return {
        "code": "OUT_OF_MEMORY",
        "stage": "",
        "message": "The picture needs more memory than Python can have.",
        "detail": {},
    }


def describe_cutout(cutout: Cutout) -> dict[str, Any]:
    """Give what JavaScript is told of a cutout; see `BrowserRuntime.cut_out`."""
    return {
        "cutout": cutout.encoded,
        "mediaType": cutout.media_type,
        **describe_size(cutout.size),
        "timings": cutout.timings,
        "notices": list(cutout.notices),
        "checks": [check.to_json() for check in cutout.checks],
        "frames": cutout.frames,
        "isBest": cutout.subject.is_best,
    }


def describe_size(size: Sequence[float]) -> dict[str, float]:
    """Name the parts of a (height, width)."""
    return {"width": size[1], "height": size[0]}


def _to_object(value: dict[str, Any]) -> Any:
    from js import Object  # pyright: ignore[reportMissingImports]  # noqa: PLC0415

    return to_js(value, dict_converter=Object.fromEntries)
