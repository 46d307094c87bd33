"""The last stage for formats with layers: the finished picture and its layers become a file."""

from __future__ import annotations

from offcut.composing.compose import Composition
from offcut.composing.layers import masked_layers, unmasked_layers
from offcut.encoding.file_formats import require_encodable
from offcut.encoding.png_stream import BandPacker
from offcut.encoding.png_writer import Checkpoint
from offcut.encoding.psd_writer import encode_psd


def encode_layers(  # noqa: PLR0913 (by keyword but for one)
    composition: Composition,
    *,
    format: str,
    band_packer: BandPacker | None,
    icc_profile: bytes | None,
    exif: bytes | None,
    dpi: float | None,
    checkpoint: Checkpoint,
) -> bytes:
    """Write a finished picture with its layers.

    Parameters
    ----------
    composition : Composition
    format : str
        One of `LAYERED_FORMATS`.
    band_packer : BandPacker or None
        Other threads that help to write the PNGs of OpenRaster.
    icc_profile, exif : bytes or None
        Written untouched.
    dpi : float or None
        Pixels an inch.
    checkpoint : callable
        Called after each band with the share of the work that is done.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    EncodeError
        ENCODE_FAILED if the format cannot hold the picture, of which the whole is in the file even
        where the result is cropped.
    """
    layers = (masked_layers if format == "psd" else unmasked_layers)(composition)
    for size in {composition.size, *(layer.size for layer in layers)}:
        require_encodable(size, format)
    picture = (layers, composition.bands(), composition.size)
    if format == "psd":
        return encode_psd(
            *picture, channels=composition.channels, icc_profile=icc_profile, exif=exif, dpi=dpi,
            checkpoint=checkpoint,
        )  # fmt: skip
    # Its parts of the standard library take time to load, which other files need not wait for.
    from offcut.encoding.ora_writer import encode_ora  # noqa: PLC0415

    return encode_ora(
        *picture, channels=composition.channels, band_packer=band_packer, icc_profile=icc_profile,
        exif=exif, dpi=dpi, checkpoint=checkpoint,
    )  # fmt: skip
