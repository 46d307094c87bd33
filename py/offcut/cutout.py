"""From what was found to the finished cutout: the first one, and others with other options.

Decides: what goes into the file: strokes, then composing, then encoding; that the ICC profile
always goes along and EXIF on request only, a matte's without a profile; that nothing is told to be
unsure any more once a person has corrected it; `save` and its endings.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from offcut.arrays import AlphaMatte, RgbaImage
from offcut.composing.backdrop import require_picture
from offcut.composing.compose import compose
from offcut.composing.market_checks import Check, check_file
from offcut.composing.shape import find_shape
from offcut.editing.retouch import retouch
from offcut.editing.strokes import Correction
from offcut.encoding.encode_composition import encode_composition
from offcut.encoding.encode_sheet import PDF_TYPE
from offcut.encoding.file_formats import FILE_SUFFIXES
from offcut.encoding.png_stream import BandPacker
from offcut.options.options import OffcutOptions
from offcut.progress import Progress
from offcut.source_image import SourceImage
from offcut.stages import ENCODE
from offcut.subject import Subject

_OTHER_SUFFIXES: Final = {".jpeg": ".jpg"}


@dataclass(frozen=True, slots=True)
class Cutout:
    """A picture's subject, made into the picture that the options ask for.

    Attributes
    ----------
    subject : Subject
        What was found in the source, and corrected by strokes; any other result can be
        made from it.
    options : OffcutOptions
    background_picture : SourceImage or None
        For the background "picture".
    size : (int, int)
        The finished picture's (height, width) in pixels.
    encoded : bytes
        The file in the format asked for.
    media_type : str
        Of `encoded`, e.g. ``"image/png"``.
    timings : dict of str to float
        Milliseconds by stage.
    notices : tuple of str
        What a person should know of it, as codes: those of `SourceImage`, ``UNSURE`` if the
        subject may be the wrong one, and ``ENLARGED`` if it has been scaled up.
    checks : tuple of Check
        Whether the file is what `options.market` asks for; empty without one.
    frames : int
        Of the file; if it moves, all else (`subject`, `rgba`, `to_image`) is of one of them.
    """

    subject: Subject
    options: OffcutOptions
    background_picture: SourceImage | None
    size: tuple[int, int]
    encoded: bytes = field(repr=False)
    media_type: str
    timings: dict[str, float]
    notices: tuple[str, ...]
    checks: tuple[Check, ...] = ()
    frames: int = 1

    @property
    def source(self) -> SourceImage:
        """The decoded picture."""
        return self.subject.source

    @property
    def alpha(self) -> AlphaMatte:
        """The subject's matte: uint8, shape (H, W) of the source, no options applied."""
        return self.subject.alpha

    def rgba(self) -> RgbaImage:
        """Paint the finished picture: uint8, shape (height, width, 4), straight alpha."""
        return np.asarray(self.to_image().convert("RGBA"))

    def to_image(self) -> Image.Image:
        """Paint the finished picture as a Pillow image of mode RGBA, RGB or (matte) L."""
        composition = compose(self.subject, self.options, self.background_picture)
        image = Image.fromarray(np.concatenate(list(composition.bands())))
        if self.options.output != "matte" and self.source.icc_profile is not None:
            image.info["icc_profile"] = self.source.icc_profile
        return image

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write `encoded` to a file.

        Raises
        ------
        ValueError
            If the name ends like one of another format.
        """
        target = Path(path)
        suffix = target.suffix.lower()
        if self.media_type == PDF_TYPE:
            target.write_bytes(self.encoded)
            return
        suffix = _OTHER_SUFFIXES.get(suffix, suffix)
        if suffix in FILE_SUFFIXES.values() and suffix != FILE_SUFFIXES[self.options.format]:
            raise ValueError(
                f"{target.name} is no name for a {self.options.format} file; "
                f"ask for the format in the options"
            )
        target.write_bytes(self.encoded)


def render(  # noqa: PLR0913 (all but two have defaults)
    subject: Subject | Cutout,
    options: OffcutOptions,
    progress: Progress | None = None,
    background_picture: SourceImage | None = None,
    *,
    strokes: Sequence[Correction] = (),
    band_packer: BandPacker | None = None,
) -> Cutout:
    """Make a file of what was found, without asking the network again.

    Parameters
    ----------
    subject : Subject or Cutout
        A finished cutout may be given again, with other options.
    options : OffcutOptions
        Quality, model and size limit of the source are of no effect here.
    progress : Progress, optional
    background_picture : SourceImage or None
        For the background "picture"; that of a given cutout unless there is a new one.
    strokes : sequence of Stroke or Region
        Corrections of the matte, on top of those that are in a given cutout already.
    band_packer : BandPacker, optional
        Other threads that help to write a PNG.

    Returns
    -------
    Cutout

    Raises
    ------
    OptionsError
        BAD_OPTION if the background's picture is missing or the result would be too large.
    EncodeError
        ENCODE_FAILED.
    Cancelled
        By `progress`.
    """
    progress = progress or Progress()
    if isinstance(subject, Cutout):
        background_picture = background_picture or subject.background_picture
        progress.timings.update(subject.timings | progress.timings)
        progress.timings.pop(ENCODE, None)
        subject = subject.subject
    require_picture(options, background_picture)
    with progress.stage(ENCODE):
        subject = retouch(subject, strokes, progress.advance)
        notices = subject.source.notices
        if subject.is_unsure:
            notices = (*notices, "UNSURE")
        shape = find_shape(subject, options)
        composition = compose(subject, options, background_picture, shape)
        if composition.frame.is_enlarged:
            notices = (*notices, "ENLARGED")
        file = encode_composition(composition, subject.source, options, progress, band_packer)
        encoded = file.content
        checks = check_file(encoded, composition.frame, shape.extent, options)
    return Cutout(
        subject=subject,
        options=options,
        background_picture=background_picture,
        size=file.size,
        encoded=encoded,
        media_type=file.media_type,
        timings=progress.timings,
        notices=notices,
        checks=checks,
    )
