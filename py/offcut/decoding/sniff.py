"""Which format the bytes are in, told by their content and never by a name.

Decides: which formats Python reads, which ones the browser may (AVIF, HEIC, SVG, ICO, JPEG XL), and
how PDF, PSD, HTML or video are named when they are refused.

Two questions hang on the answer: may Pillow open it (the same formats in both runtimes,
whatever else a local Pillow could do), and is it worth asking a browser when it may not.
"""

from __future__ import annotations

from typing import Final

# Chromium or Firefox shows these in an <img>, on some systems at least; of BMP, variants
# that Pillow refuses.
READ_BY_BROWSERS: Final = frozenset({"avif", "heic", "jxl", "svg", "ico", "bmp"})

_SIGNATURES: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"\x89PNG", "png"),
    (8, b"WEBP", "webp"),
    (0, b"GIF8", "gif"),
    (0, b"II*\0", "tiff"),
    (0, b"MM\0*", "tiff"),
    (0, b"II+\0", "tiff"),
    (0, b"MM\0+", "tiff"),
    (0, b"BM", "bmp"),
    (0, b"\0\0\1\0", "ico"),
    *((0, b"\0\0\2\0" + bytes((count, 0)), "ico") for count in range(1, 64)),  # a cursor
    (0, b"\xff\x0a", "jxl"),
    (0, b"\0\0\0\x0cJXL ", "jxl"),
    (0, b"\0\0\0\x0cjP  ", "jp2"),
    (0, b"\xff\x4f\xff\x51", "jp2"),
    (0, b"%PDF", "pdf"),
    (0, b"8BPS", "psd"),
    (0, b"\x76\x2f\x31\x01", "exr"),
    (0, b"#?RADIANCE", "hdr"),
    (0, b"qoif", "qoi"),
    (0, b"DDS ", "dds"),
    (0, b"PK\3\4", "zip"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"\x1aE\xdf\xa3", "webm"),
)

_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_HEAD_BYTES: Final = 4096


def sniff(data: bytes | memoryview) -> str:
    """Name the format of a file by its first bytes.

    Parameters
    ----------
    data : bytes
        The file, or at least its first 4096 bytes.

    Returns
    -------
    str
        Lower case: a format that is read here, a member of `READ_BY_BROWSERS`, another one
        (``"jp2"``, ``"pdf"``, ``"html"``, ``"mp4"``...), ``"text"`` or ``"unknown"``.
        The rest of the file may still be broken.
    """
    head = bytes(data[:_HEAD_BYTES])
    for offset, signature, name in _SIGNATURES:
        if head.startswith(signature, offset):
            return name
    if head[4:8] == b"ftyp":
        return _media_container(head)
    if head[:1] == b"P" and head[1:2] in b"1234567fF" and head[2:3].isspace():
        return "ppm"
    return _markup_or_text(head)


def _media_container(head: bytes) -> str:
    """Tell AVIF, HEIC and video apart by the brands of their ISO file type box."""
    box_bytes = int.from_bytes(head[:4], "big")
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(box_bytes, 256), 4))}
    if brands & {b"avif", b"avis"}:
        return "avif"
    return "heic" if brands & _HEIC_BRANDS else "mp4"


def _markup_or_text(head: bytes) -> str:
    """Tell SVG and HTML from other text, and text from unknown bytes."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head.decode("utf-16", errors="replace")
    else:
        text = head.decode("utf-8-sig", errors="replace")
    start = text.lstrip().lower()
    if start.startswith(("<!doctype html", "<html", "<head", "<body", "<script")):
        return "html"
    svg_at = start.find("<svg")
    if start.startswith("<") and svg_at >= 0:
        # A page may show an <svg> inside; there <html comes first.
        return "html" if 0 <= start.find("<html") < svg_at else "svg"
    # A character cut in two at the end of `head` leaves one replacement character.
    is_text = bool(start) and "\0" not in start and start.count("\ufffd") <= 1
    return "text" if is_text else "unknown"
