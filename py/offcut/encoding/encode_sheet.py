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
        Of the JPEG.
    """
    file = BytesIO()
    if pdf:
        # Not at the top: nobody else needs it, and it takes its time to load.
        from PIL import JpegImagePlugin, PdfImagePlugin  # noqa: F401, PLC0415

        sheet.save(
            file,
            "PDF",
            resolution=dpi,
            quality=QUALITY,
            creationDate=None,
            modDate=None,
            producer=None,
        )
    else:
        sheet.save(
            file, "JPEG", quality=QUALITY, subsampling=0, dpi=(dpi, dpi), icc_profile=icc_profile
        )
    return file.getvalue()
