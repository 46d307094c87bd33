"""The finished picture, or a sheet of it, with the metadata that may go out.

Decides: that the ICC profile always goes along and EXIF on request only, a matte's without a
profile; what stands in the file's place where a sheet is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from offcut.composing.compose import Composition
from offcut.composing.over import lay_over
from offcut.composing.print_sheet import make_sheet
from offcut.encoding.encode import encode
from offcut.encoding.encode_layers import encode_layers
from offcut.encoding.encode_sheet import PDF_TYPE, encode_sheet
from offcut.encoding.file_formats import LAYERED_FORMATS, MEDIA_TYPES
from offcut.encoding.png_stream import BandPacker
from offcut.options.options import OffcutOptions
from offcut.progress import Progress
from offcut.source_image import SourceImage


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file: its bytes, its (height, width) in pixels, its media type."""

    content: bytes
    size: tuple[int, int]
    media_type: str


def encode_composition(
    composition: Composition,
    source: SourceImage,
    options: OffcutOptions,
    progress: Progress,
    band_packer: BandPacker | None,
) -> MadeFile:
    """Make the file that the options ask for.

    Raises
    ------
    EncodeError
        ENCODE_FAILED.
    """
    if options.sheet is None:
        content = _encode(composition, source, options, progress, band_packer)
        return MadeFile(content, composition.size, MEDIA_TYPES[options.format])
    sheet = make_sheet(_on_white(composition), options.sheet, options.dpi)
    content = encode_sheet(
        sheet, options.dpi, pdf=options.sheet_pdf, icc_profile=source.icc_profile
    )
    media_type = PDF_TYPE if options.sheet_pdf else MEDIA_TYPES["jpeg"]
    return MadeFile(content, (sheet.height, sheet.width), media_type)


def _on_white(composition: Composition) -> Image.Image:
    """Paint it as paper shows it: what is transparent is white."""
    image = Image.fromarray(composition.rgba())
    return lay_over(image, Image.new("RGB", image.size, (255, 255, 255)))


def _encode(
    composition: Composition,
    source: SourceImage,
    options: OffcutOptions,
    progress: Progress,
    band_packer: BandPacker | None,
) -> bytes:
    """Write the picture, with the metadata that may go out."""
    # A matte's greys are opacities, of which no profile speaks.
    icc_profile = None if options.output == "matte" else source.icc_profile
    exif = source.exif if options.metadata == "all" else None
    dpi = None if options.id_photo is None else options.dpi
    if options.format in LAYERED_FORMATS:
        return encode_layers(
            composition,
            format=options.format,
            band_packer=band_packer,
            icc_profile=icc_profile,
            exif=exif,
            dpi=dpi,
            checkpoint=progress.advance,
        )
    return encode(
        composition.bands(),
        composition.size,
        channels=composition.channels,
        format=options.format,
        band_packer=band_packer,
        quality=options.file_quality,
        most_bytes=None if options.max_kilobytes is None else int(options.max_kilobytes * 1000),
        lossless=options.lossless,
        icc_profile=icc_profile,
        dpi=dpi,
        exif=exif,
        checkpoint=progress.advance,
    )
