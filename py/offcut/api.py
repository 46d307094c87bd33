"""The Python interface: a picture in whatever form in, a cutout out.

Decides: which kinds of input are taken (bytes, path, Pillow image, array), how large a Pillow image
may be, EXIF and profile of Pillow images, and what is said when onnxruntime is not installed.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from offcut.cutout import Cutout
from offcut.decoding.color_modes import split_alpha
from offcut.decoding.color_profile import keep_profile
from offcut.decoding.exif import upright_exif
from offcut.decoding.hidden_colors import erase_hidden_colors
from offcut.editing.strokes import Correction
from offcut.errors import DecodeError, InferenceError
from offcut.network.automatic import Automatic
from offcut.network.inference import Session
from offcut.network.models import ModelSpec
from offcut.options.options import DEFAULT_MODEL, OffcutOptions
from offcut.pipeline import Picture, run_pipeline
from offcut.progress import Progress, Report
from offcut.source_image import SourceImage
from offcut.weights.model_files import find_weights, read_registry, weights_path

AnyPicture = (
    bytes | bytearray | memoryview | str | os.PathLike[str] | Image.Image | NDArray[np.uint8]
)
"""A file's bytes, its path, a Pillow image, or an array of shape (H, W), (H, W, 3 or 4)."""


def remove_background(  # noqa: PLR0913 (all but one have defaults)
    picture: AnyPicture,
    options: OffcutOptions | None = None,
    *,
    background_picture: AnyPicture | None = None,
    strokes: Sequence[Correction] = (),
    session: Session | None = None,
    progress: Report | None = None,
) -> Cutout:
    """Cut the subject out of a picture.

    Parameters
    ----------
    picture : bytes, path, PIL.Image.Image or uint8 array
        A file's bytes or its path; a Pillow image, which is turned upright if its EXIF
        says so; or grey, RGB or straight RGBA pixels of shape (H, W), (H, W, 3), (H, W, 4).
    options : OffcutOptions, optional
    background_picture : as `picture`, optional
        For the background "picture".
    strokes : sequence of Stroke or Region
        Corrections of what is found, drawn with a brush; see `Stroke`.
    session : Session, optional
        A loaded model, that of `options.model`. By default the models are chosen by
        `options`, loaded on the first call and kept.
    progress : callable, optional
        Called with a stage's name and the share of the job that is done, in [0, 1].

    Returns
    -------
    Cutout

    Raises
    ------
    OffcutError
        Any of its kinds, such as DecodeError for a file that is no picture and
        SubjectError for a picture without a subject.
    OSError
        If a path can't be read.
    ValueError
        If an array has another dtype or shape.

    Examples
    --------
    >>> import offcut
    >>> cutout = offcut.remove_background("photo.jpg")  # doctest: +SKIP
    >>> cutout.save("photo-cutout.png")  # doctest: +SKIP
    """
    options = options or OffcutOptions()
    models = _models_of(options, session)
    models.load()
    return run_pipeline(
        to_picture(picture, options),
        models,
        models.models,
        options,
        Progress() if progress is None else Progress(progress),
        background_picture=(
            None if background_picture is None else to_picture(background_picture, options)
        ),
        strokes=strokes,
        better=models.better,
    )


def _models_of(options: OffcutOptions, session: Session | None) -> Automatic:
    """Choose the models of a call; a given session is the only one that is here."""
    if session is None:
        return Automatic(
            read_registry(), options, lambda spec: weights_path(spec) is not None, native_session
        )
    given = options.model or DEFAULT_MODEL
    only = replace(options, model=given)
    return Automatic(read_registry(), only, lambda spec: spec.id == given, lambda _: session)


@cache
def native_session(spec: ModelSpec, threads: int | None = None) -> Session:
    """Load a model into native onnxruntime, once in a process.

    Parameters
    ----------
    spec : ModelSpec
    threads : int, optional
        See `offcut.runtime.native.NativeSession`.

    Raises
    ------
    InferenceError
        SESSION_FAILED if onnxruntime is not installed or cannot load the model.
    ModelError
        WEIGHTS_MISMATCH if the weights are missing or are others.
    """
    try:
        # Not needed by whoever brings a session; and it takes a tenth of a second.
        from offcut.runtime.native import NativeSession  # noqa: PLC0415 (an extra)
    except ModuleNotFoundError as error:
        if error.name != "onnxruntime":
            raise
        raise InferenceError(
            "SESSION_FAILED",
            "onnxruntime is not installed: pip install 'offcut[native]'",
            stage="load_model",
        ) from error
    return NativeSession(find_weights(spec), spec, threads)


def to_picture(picture: AnyPicture | SourceImage, options: OffcutOptions) -> Picture:
    """Bring any form of a picture to one of those that the pipeline takes.

    Raises
    ------
    DecodeError
        IMAGE_TOO_LARGE or UNSUPPORTED_FORMAT for a Pillow image.
    OSError
        If a path can't be read.
    ValueError
        If an array has another dtype or shape.
    """
    if isinstance(picture, (bytes, memoryview, SourceImage)):
        return picture
    if isinstance(picture, bytearray):
        return bytes(picture)
    if isinstance(picture, Image.Image):
        return _from_pillow(picture, options)
    if isinstance(picture, np.ndarray):
        return _from_pillow(_from_array(picture), options)
    return Path(picture).read_bytes()


def _from_array(pixels: NDArray[np.uint8]) -> Image.Image:
    is_known = pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] in (3, 4))
    if pixels.dtype != np.uint8 or not is_known or pixels.size == 0:
        raise ValueError(
            f"need uint8 of shape (H, W), (H, W, 3) or (H, W, 4), got {pixels.dtype} {pixels.shape}"
        )
    return Image.fromarray(pixels)


def _from_pillow(image: Image.Image, options: OffcutOptions) -> SourceImage:
    height, width = image.height, image.width
    if height * width == 0:
        raise DecodeError("EMPTY_FILE", "The picture has no pixels.")
    if height * width > options.max_megapixels * 1e6:
        raise DecodeError(
            "IMAGE_TOO_LARGE",
            f"The picture is larger than {options.max_megapixels:g} megapixels.",
            detail={
                "megapixels": round(height * width / 1e6, 1),
                "limit": options.max_megapixels,
                "width": width,
                "height": height,
            },
        )
    # A copy: the caller's image stays as it is.
    rgb, own_alpha = split_alpha(ImageOps.exif_transpose(image))
    profile, notices = keep_profile(_bytes_of(image, "icc_profile"))
    exif = upright_exif(_bytes_of(image, "exif"))
    rgb = erase_hidden_colors(rgb, own_alpha)
    return SourceImage(rgb, own_alpha, image.format or "", profile, exif, notices)


def _bytes_of(image: Image.Image, name: str) -> bytes | None:
    value = image.info.get(name)
    return value if isinstance(value, bytes) else None
