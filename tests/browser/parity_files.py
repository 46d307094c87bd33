"""Picture files whose reading could differ between CPython and the browser, made by code."""

from __future__ import annotations

import struct

import numpy as np
from animated import ApngFrame, apng, gif, webp
from files import exif_block, png_chunk, saved, tiff_of_pages
from heic_files import heic
from PIL import Image
from subjects import disc, photo_of

PHOTO = Image.fromarray(photo_of(disc(160, 200, radius=50, softness=3)))
CLEAR = Image.new("RGBA", PHOTO.size)


def _with_chunks(chunks: bytes, *, is_behind: bool = False) -> bytes:
    """Put chunks before or behind the pixels of the photo as PNG."""
    whole = saved(PHOTO, "PNG")
    at = len(whole) - 12 if is_behind else whole.index(b"IDAT") - 4
    return whole[:at] + chunks + whole[at:]


def _ycck() -> bytes:
    """A JPEG of print colours as Photoshop writes it: subsampled, and by luma and chroma."""
    data = bytearray(saved(PHOTO.convert("CMYK"), "JPEG", quality=85, subsampling=2))
    data[data.index(b"Adobe") + 11] = 2
    return bytes(data)


def _rare_jpeg() -> bytes:
    """A JPEG that says that its samples have twelve bits."""
    data = bytearray(saved(PHOTO, "JPEG"))
    data[data.index(b"\xff\xc0") + 4] = 12
    return bytes(data)


def _clear_in_part() -> Image.Image:
    """The photo with nothing on its left."""
    picture = PHOTO.convert("RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 40, picture.height))
    return picture


def _hidden_colors() -> bytes:
    """The disc on a clear ground that keeps a loud colour."""
    pixels = np.dstack([np.asarray(PHOTO), disc(160, 200, radius=60)])
    pixels[pixels[..., 3] == 0] = (255, 0, 255, 0)
    return saved(pixels, "PNG")


BASELINE = saved(PHOTO, "JPEG", quality=85)
PROGRESSIVE = saved(PHOTO, "JPEG", quality=85, progressive=True)
P3 = (31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)

FILES: dict[str, bytes] = {
    "jpeg without end mark": BASELINE[:-2],
    "jpeg with a zeroed end mark": BASELINE[:-2] + bytes(2),
    "jpeg with many zeros": BASELINE[:-2] + bytes(3000),
    "progressive jpeg without end mark": PROGRESSIVE[:-2],
    "progressive jpeg with a zeroed end": PROGRESSIVE[:-2] + bytes(400),
    "jpeg without its last pixels": BASELINE[:-40],
    "jpeg whose last pixels are zeros": BASELINE[:-400] + bytes(400),
    "jpeg cut in half": BASELINE[: len(BASELINE) // 2],
    "jpeg of print colours": saved(PHOTO.convert("CMYK"), "JPEG", quality=85, subsampling=2),
    "jpeg of print colours by luma": _ycck(),
    "jpeg of print colours cut short": _ycck()[:-2],
    "jpeg of twelve bits": _rare_jpeg(),
    "png of wide colours": _with_chunks(png_chunk(b"cICP", bytes((12, 13, 0, 1)))),
    "png brighter than white": _with_chunks(png_chunk(b"cICP", bytes((9, 16, 0, 1)))),
    "png of linear light": _with_chunks(png_chunk(b"gAMA", struct.pack(">I", 100_000))),
    "png with chromaticities": _with_chunks(
        png_chunk(b"gAMA", struct.pack(">I", 45_455)) + png_chunk(b"cHRM", struct.pack(">8I", *P3))
    ),
    "png with late exif": _with_chunks(png_chunk(b"eXIf", exif_block(6)[6:]), is_behind=True),
    "png with a broken text behind": _with_chunks(
        png_chunk(b"zTXt", b"k\0\0nothing")[:-9], is_behind=True
    )[:-12],
    "png without its end": saved(PHOTO, "PNG")[:-16],
    "png with hidden colours": _hidden_colors(),
    "webp with exif": saved(PHOTO, "WEBP", lossless=True, exif=exif_block(6)),
    "apng whose plain picture is not shown": apng(
        CLEAR, [ApngFrame(PHOTO), ApngFrame(CLEAR)], shows_still=False
    ),
    "apng that begins empty": apng(CLEAR, [ApngFrame(CLEAR), ApngFrame(PHOTO)], shows_still=True),
    "gif that begins empty": gif([CLEAR, PHOTO.convert("RGBA")]),
    "webp that begins empty": webp([CLEAR, PHOTO.convert("RGBA")]),
    "tiff that begins with a preview": tiff_of_pages(
        [PHOTO.resize((50, 40)), PHOTO], [{254: 1}, {254: 0}]
    ),
    "icon": saved(PHOTO.resize((128, 102)), "ICO", sizes=[(16, 16), (128, 102)]),
    "icon of bitmaps": saved(
        PHOTO.resize((128, 102)), "ICO", sizes=[(16, 16), (128, 102)], bitmap_format="bmp"
    ),
    "heic": heic(PHOTO),
    "heic turned": heic(PHOTO, is_turned=True),
    "heic that is clear in part": heic(_clear_in_part()),
    "heic cut short": heic(PHOTO)[:2000],
    "avif": saved(PHOTO, "AVIF", quality=90),
}
