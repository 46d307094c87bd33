"""A print sheet becomes a file: JPEG, or PDF whose page is as large as the paper.

Decides: the quality of both, and that a PDF says nothing of when and by what it was made.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image

QUALITY: Final = 95
PDF_TYPE: Final = "application/pdf"


def encode_sheet(sheet: Image.Image, dpi: float, *, pdf: bool, icc_profile: bytes | None) -> bytes:
    """Write a sheet.

    Parameters
    ----------
    sheet : PIL.Image.Image
        Mode RGB.
    dpi : float
        Pixels an inch.
    pdf : bool
        As PDF, else as JPEG.
    icc_profile : bytes or None
        Of the JPEG, also within the PDF.
    """
    file = BytesIO()
    sheet.save(
        file, "JPEG", quality=QUALITY, subsampling=0, dpi=(dpi, dpi), icc_profile=icc_profile
    )
    return _pdf(file.getvalue(), sheet.size, dpi) if pdf else file.getvalue()


def _pdf(jpeg: bytes, size: tuple[int, int], dpi: float) -> bytes:
    """Put a JPEG onto a page of its size (ISO 32000-1)."""
    width, height = (side * 72 / dpi for side in size)
    box = f"{width:.4f} {height:.4f}"
    content = f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Photo Do Q".encode()
    image = (
        f"/Type /XObject /Subtype /Image /Width {size[0]} /Height {size[1]} "
        "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode "
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 {box} ] /Contents 4 0 R "
        "/Resources << /XObject << /Photo 5 0 R >> >> >>".encode(),
        _stream("", content),
        _stream(image, jpeg),
    ]
    file = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places: list[int] = []
    for number, each in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    file += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    file += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(file)


def _stream(facts: str, content: bytes) -> bytes:
    head = f"<< {facts}/Length {len(content)} >>\nstream\n".encode()
    return head + content + b"\nendstream"
