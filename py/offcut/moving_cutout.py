"""From the subject of a picture that moves to the finished file that moves.

Decides: which options leave it moving; that all frames are laid out alike, by what is to be seen in
any of them; how a file is brought under a size. The subject's colours and layers: composing/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.composing.backdrop import require_picture
from offcut.composing.compose import compose
from offcut.composing.frame import LEAST_SHOWN, Box, Extent
from offcut.composing.shape import Shape, find_shape, is_box_needed
from offcut.cutout import Cutout
from offcut.encoding.apng_writer import encode_apng
from offcut.encoding.encode import save_image, save_within, webp_options
from offcut.encoding.file_formats import MEDIA_TYPES, MOVING_FORMATS, require_encodable
from offcut.encoding.gif_writer import encode_gif
from offcut.encoding.png_stream import BandPacker
from offcut.encoding.webp_animation import encode_webp_animation
from offcut.moving_subject import MovingSubject
from offcut.options.options import OffcutOptions
from offcut.progress import Progress
from offcut.source_image import SourceImage
from offcut.stages import ENCODE

_Side = TypeVar("_Side", int, float)


def may_move(options: OffcutOptions) -> bool:
    """Tell whether what these options ask for can move."""
    is_moving = options.format in MOVING_FORMATS and options.frame is None
    return is_moving and options.id_photo is None and options.market is None


def render_moving(
    moving: MovingSubject,
    options: OffcutOptions,
    progress: Progress,
    background_picture: SourceImage | None = None,
    *,
    band_packer: BandPacker | None = None,
) -> Cutout:
    """Make the file of a picture that moves.

    The parameters, and what is raised, are those of `offcut.cutout.render`.

    Returns
    -------
    Cutout
        Whose subject, and so whatever else is made of it, is that of one frame.
    """
    require_picture(options, background_picture)
    with progress.stage(ENCODE):
        shapes = _alike([find_shape(subject, options) for subject in moving.frames], options)
        first = compose(moving.frames[0], options, background_picture, shapes[0])
        require_encodable(first.size, options.format)

        def pictures() -> Iterator[NDArray[np.uint8]]:
            for number, (subject, shape) in enumerate(zip(moving.frames, shapes, strict=True)):
                progress.advance(number / len(shapes))
                bands = compose(subject, options, background_picture, shape).bands()
                picture = np.concatenate(list(bands))
                yield picture if picture.ndim == 3 else picture[..., np.newaxis]

        content = _encode(moving, options, pictures, band_packer)
    still = moving.still
    notices = moving.frames[0].source.notices
    notices += ("UNSURE",) if still.is_unsure else ()
    notices += ("ENLARGED",) if first.frame.is_enlarged else ()
    return Cutout(
        subject=still,
        options=options,
        background_picture=background_picture,
        size=first.size,
        encoded=content,
        media_type=MEDIA_TYPES[options.format],
        timings=progress.timings,
        notices=notices,
        frames=len(moving.frames),
    )


def _alike(shapes: list[Shape], options: OffcutOptions) -> list[Shape]:
    """Give all frames one box: around all that is to be seen in any of them."""
    if not is_box_needed(options):
        return shapes
    seen = [shape for shape in shapes if shape.edge.shown.max() >= LEAST_SHOWN] or shapes
    box = Box(*_around([shape.box for shape in seen]))
    extent = Extent(*_around([shape.extent for shape in seen]))
    return [Shape(shape.edge, box, extent) for shape in shapes]


def _around(boxes: Sequence[Sequence[_Side]]) -> tuple[_Side, _Side, _Side, _Side]:
    """Give the top, left, bottom and right of the box around several."""
    tops, lefts, bottoms, rights = zip(*boxes, strict=True)
    return min(tops), min(lefts), max(bottoms), max(rights)


def _encode(
    moving: MovingSubject,
    options: OffcutOptions,
    pictures: Callable[[], Iterator[NDArray[np.uint8]]],
    band_packer: BandPacker | None,
) -> bytes:
    """Write the frames, with the metadata that may go out; see `encode_composition`."""
    source, timing = moving.frames[0].source, moving.timing
    metadata = {
        "icc_profile": None if options.output == "matte" else source.icc_profile,
        "exif": source.exif if options.metadata == "all" else None,
    }
    if options.format == "gif":  # it has no place for either
        return encode_gif(pictures(), timing.delays, plays=timing.plays)
    if options.format == "png":
        return encode_apng(
            pictures(), timing.delays, plays=timing.plays, band_packer=band_packer, **metadata
        )

    def save(quality: int) -> bytes:
        how = webp_options(quality, options.lossless)

        def save_frame(pixels: NDArray[np.uint8]) -> bytes:
            rows = pixels[..., 0] if pixels.shape[2] == 1 else pixels
            return save_image(Image.fromarray(rows), "webp", how)

        return encode_webp_animation(
            pictures(), timing.delays, save_frame, plays=timing.plays, **metadata
        )

    most = None if options.max_kilobytes is None else int(options.max_kilobytes * 1000)
    return save_within(most, save, options.file_quality, "webp")
