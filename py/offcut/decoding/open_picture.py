"""Opens a picture file by Pillow: what is mended first, which class reads it, what is refused.

Decides: the limit of megapixels and of a side, raw files and odd variants that are not read (BMP,
TIFF), a damaged chunk of a PNG that does no harm.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Final

from PIL import features
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.IcoImagePlugin import IcoImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from offcut.decoding import header_checks
from offcut.decoding.apng import read_apng
from offcut.decoding.avif_colors import avif_color_space
from offcut.decoding.decode_errors import corrupt_image, image_too_large, unsupported_format
from offcut.decoding.ico import icon_of, largest_picture
from offcut.decoding.jpeg_repair import end_jpeg
from offcut.decoding.picture_file import PictureFile
from offcut.decoding.png_chunks import is_png
from offcut.decoding.png_facts import read_facts
from offcut.decoding.png_repair import keep_pixel_chunks
from offcut.decoding.tiff_pages import begin_with_main_page
from offcut.source_image import MAX_SIDE

_TILE_SIZE: Final = (323, 322)


class _LeanWebP(WebPImageFile):
    """WebP that frees its decoder, which holds two canvases, before the pixels are copied out.

    Of an animation another frame may be asked for.
    """

    def load_prepare(self) -> None:
        if not self.is_animated:
            del self._decoder
        super().load_prepare()


class _PlainJpeg(JpegImageFile):
    """JPEG that leaves EXIF alone.

    Pillow would parse all of it for the resolution, and copies a value as often as the
    block names it: a block of megabytes that names itself 65535 times is a bomb.
    """

    def _read_dpi_from_exif(self) -> None:
        return


_OPENERS: Final[dict[str, type[ImageFile]]] = {
    "jpeg": _PlainJpeg,
    "png": PngImageFile,
    "webp": _LeanWebP,
    "gif": GifImageFile,
    "bmp": BmpImageFile,
    "tiff": TiffImageFile,
    "ico": IcoImageFile,
}

# Pyodide's Pillow has no AVIF; there the browser decodes it.
if features.check("avif"):
    _OPENERS["avif"] = AvifImageFile


def is_read_here(name: str) -> bool:
    """Tell whether files of this format are opened by this Pillow."""
    return name in _OPENERS


def prepare(file: PictureFile) -> PictureFile:
    """Mend the file, and choose what of it is the picture, before Pillow sees it.

    Raises
    ------
    DecodeError
        ``CORRUPT_IMAGE``, ``UNSUPPORTED_FORMAT`` or ``IMAGE_TOO_LARGE``.
    Exception
        Whatever else Pillow makes of a broken file.
    """
    if file.format == "ico":
        file = _open_icon(file)
    if file.format == "jpeg":
        kind = header_checks.rare_jpeg(file.data)
        if kind is not None:
            raise unsupported_format("jpeg", kind=kind)
        return replace(
            file, data=end_jpeg(file.data, lambda data: open_picture(replace(file, data=data)))
        )
    if file.format == "png" and is_png(file.data):
        facts, apng = read_facts(file.data), read_apng(file.data)
        return replace(
            file,
            data=keep_pixel_chunks(file.data),
            color_space=facts.color_space,
            facts=facts,
            apng=apng,
        )
    if file.format == "avif":
        return replace(file, color_space=avif_color_space(file.data))
    if file.format == "tiff":
        data = begin_with_main_page(file.data)
        notices = () if data is file.data else ("MAIN_PAGE_TAKEN",)
        return replace(file, data=data, notices=notices)
    return file


def open_picture(file: PictureFile) -> ImageFile:
    """Read the file's header, and refuse what is too large or not to be read here.

    Raises
    ------
    DecodeError
        ``IMAGE_TOO_LARGE``, ``UNSUPPORTED_FORMAT`` or ``CORRUPT_IMAGE``.
    Exception
        Whatever else Pillow makes of a broken header.
    """
    _check_before_opening(file)
    try:
        opened = _OPENERS[file.format](BytesIO(file.data))
    except Exception as error:
        if _is_unread_variant(file, error):
            raise unsupported_format(file.format) from error
        raise
    _check_size(opened.height, opened.width, file.max_megapixels)
    if isinstance(opened, TiffImageFile):
        # A tile is decoded whole, however small the picture that it is part of.
        tile_height, tile_width = (opened.tag_v2.get(tag, 1) for tag in _TILE_SIZE)
        _check_size(tile_height, tile_width, file.max_megapixels)
    return opened


def _open_icon(file: PictureFile) -> PictureFile:
    """Choose the largest of an icon's pictures."""
    picture = largest_picture(file.data)
    if picture is None:
        raise corrupt_image(file.format, "no picture in it")
    _check_size(picture.height, picture.width, file.max_megapixels)
    if picture.is_png:
        return replace(file, data=picture.data, format="png")
    return replace(file, data=icon_of(picture))


def _check_before_opening(file: PictureFile) -> None:
    """Check what Pillow would believe without a check."""
    if file.format == "webp":
        size = header_checks.webp_size(file.data)
        if size is None:
            raise corrupt_image(file.format, "no WebP header")
        _check_size(*size, file.max_megapixels)
    elif file.format == "tiff":
        if header_checks.is_camera_raw(file.data):
            raise unsupported_format("raw")
        if not header_checks.is_tiff_honest(file.data):
            raise corrupt_image(file.format, "tags claim more bytes than the file has")


def _check_size(height: int, width: int, max_megapixels: float) -> None:
    megapixels = height * width / 1e6
    if megapixels > max_megapixels or max(height, width) > MAX_SIDE:
        raise image_too_large(height, width, max_megapixels)


def _is_unread_variant(file: PictureFile, error: Exception) -> bool:
    """Tell a sound file of a kind that Pillow does not know from a broken one."""
    if file.format == "bmp":
        header_bytes = int.from_bytes(file.data[14:18], "little")
        return isinstance(error, OSError) and len(file.data) > 14 + header_bytes
    # Pillow looks the pixel layout and the compression of a TIFF up in tables.
    return file.format == "tiff" and isinstance(error.__cause__, KeyError)
