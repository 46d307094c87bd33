"""Reads all frames of a file that moves, each as the picture that is shown then.

Decides: how many frames and megapixels in all are taken (TOO_MANY_FRAMES), that broken frames at
the end are left out (FRAMES_LOST), that delays and the number of plays stay as the file has them.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from PIL import Image
from PIL.ImageFile import ImageFile

from offcut.decoding.animation_timing import Timing, read_timing
from offcut.decoding.color_conversion import convert_to_srgb
from offcut.decoding.color_modes import split_alpha
from offcut.decoding.hidden_colors import erase_hidden_colors
from offcut.decoding.load_pixels import orientation
from offcut.decoding.open_picture import open_picture, prepare
from offcut.decoding.orient import turn_upright
from offcut.decoding.picture_file import PictureFile
from offcut.decoding.play_file import play_file
from offcut.decoding.sniff import sniff
from offcut.options.options import OffcutOptions, bad_option
from offcut.source_image import SourceImage

MOST_FRAMES: Final = 300
"""More are not cut out: with a second for each, that is five minutes."""

MOST_MEGAPIXELS: Final = 60
"""Of all frames together; some ten bytes a pixel are kept."""

ONE_OF_MANY: Final = frozenset({"FIRST_FRAME_ONLY", "LATER_FRAME_TAKEN"})
"""What `decode` says of a file that moves."""


@dataclass(frozen=True, slots=True)
class Animation:
    """A file that moves.

    Attributes
    ----------
    frames : tuple of SourceImage
        Of one size, as they are shown. Frames that look alike are one object.
    timing : Timing
    """

    frames: tuple[SourceImage, ...]
    timing: Timing


def read_animation(
    data: bytes | memoryview, still: SourceImage, max_megapixels: float
) -> Animation | None:
    """Read all frames of a file that moves.

    Parameters
    ----------
    data : bytes
        The whole file.
    still : SourceImage
        What `decode` made of it.
    max_megapixels : float
        Of one frame.

    Returns
    -------
    Animation or None
        None for a file that does not move, or that has less than two whole frames. With too many
        or too large frames it has but one, `still`, with the notice ``TOO_MANY_FRAMES``.
    """
    if not ONE_OF_MANY.intersection(still.notices):
        return None
    still = _without_ones(still)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            file = prepare(PictureFile(data, sniff(data), max_megapixels))
            opened = open_picture(file)
            timing = read_timing(opened, file)
        except Exception:  # whatever Pillow throws at hostile bytes: the still picture is whole
            return None
        count = len(timing.delays)
        height, width = still.size
        if count > MOST_FRAMES or count * height * width > MOST_MEGAPIXELS * 1e6:
            notices = (*still.notices, "TOO_MANY_FRAMES")
            return Animation((replace(still, notices=notices),), Timing(timing.delays[:1], 1))
        frames = _take_whole(opened, file, still, count)
    if len(frames) < 2:
        return None
    if len(frames) < count:
        notices = (*still.notices, "FRAMES_LOST")
        frames = [replace(each, notices=notices) for each in frames]
    return Animation(tuple(frames), Timing(timing.delays[: len(frames)], timing.plays))


def choose_frame(
    data: bytes | memoryview, still: SourceImage, options: OffcutOptions
) -> SourceImage:
    """Read the frame that the options ask for by its number, or give `still`.

    Raises
    ------
    OptionsError
        BAD_OPTION if there is none of that number, or it is broken, or lies too far behind; see
        `play_file`.
    """
    number = options.frame
    moves = bool(ONE_OF_MANY.intersection(still.notices))
    if not number or (number == 1 and not moves):
        return still
    chosen: SourceImage | None = None
    if moves:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                file = prepare(PictureFile(data, sniff(data), options.max_megapixels))
                chosen = _take_one(open_picture(file), file, _without_ones(still), number)
            except Exception:  # as above
                chosen = None
    if chosen is None:
        problem = f"asks for frame {number}, which the picture has not, or which cannot be read"
        raise bad_option("frame", problem)
    return chosen


def _without_ones(still: SourceImage) -> SourceImage:
    """Leave out the notices that one of many was taken, and the others in their order."""
    others = tuple(notice for notice in still.notices if notice not in ONE_OF_MANY)
    return replace(still, notices=others)


def _take_one(
    opened: ImageFile, file: PictureFile, still: SourceImage, number: int
) -> SourceImage | None:
    """Play up to a frame, of which alone the pixels are kept; None if it cannot be had."""
    canvas = next(islice(_whole_canvases(opened, file), number - 1, None), None)
    return canvas and _as_source(canvas, opened, file, still)


def _take_whole(
    opened: ImageFile, file: PictureFile, still: SourceImage, count: int
) -> list[SourceImage]:
    """Play so many frames, or as many as are whole."""
    frames: list[SourceImage] = []
    before: Image.Image | None = None
    for canvas in islice(_whole_canvases(opened, file), count):
        if before is not None and before.tobytes() == canvas.tobytes():
            frames.append(frames[-1])
            continue
        before = canvas.copy()
        frames.append(_as_source(before, opened, file, still))
    return frames


def _whole_canvases(opened: ImageFile, file: PictureFile) -> Iterator[Image.Image]:
    """Yield the canvas with each frame, up to the first that is broken; see `play_file`."""
    canvases = play_file(opened, file) or iter(())
    while True:
        try:
            canvas = next(canvases, None)
        except Exception:  # whatever Pillow throws at hostile bytes: the frames before it are whole
            return
        if canvas is None:
            return
        yield canvas


def _as_source(
    canvas: Image.Image, opened: ImageFile, file: PictureFile, still: SourceImage
) -> SourceImage:
    """Bring a canvas to the form of `still`."""
    image, own_alpha = split_alpha(canvas)
    if file.color_space is not None:
        image = convert_to_srgb(image, file.color_space)
    turn = orientation(opened, file)
    image = turn_upright(erase_hidden_colors(image, own_alpha), turn)
    own_alpha = own_alpha and turn_upright(own_alpha, turn)
    return replace(still, image=image, own_alpha=own_alpha, pixels=None)
