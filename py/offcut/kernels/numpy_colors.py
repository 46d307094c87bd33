"""The colours of soft pixels in numpy: solved at reduced size, and unmixed at full size.

Decides: the formula by which colours of an edge are solved, mixed back and cleared. How much they
are trusted is in matting/unmixing.py.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from offcut.arrays import AlphaMatte, Floats, RgbaImage
from offcut.kernels.arguments import PlacedLayer, Softness, UnmixTables


def relax_colors(
    image: Floats, alpha: Floats, pair: Floats, softness: Softness, steps: int
) -> None:
    """Take Jacobi steps on one level; see `Kernels.relax_colors`."""
    height, width = alpha.shape
    flat, colors = alpha.ravel(), image.reshape(3, -1)
    low, high, flatness, flatness_at_edges = softness
    for planes, is_known in ((pair[:3], flat > high), (pair[3:], flat < low)):
        np.copyto(planes, colors, where=is_known)
    soft = np.flatnonzero((flat >= low) & (flat <= high))
    if soft.size == 0:
        return
    row, column = np.divmod(soft, width)
    beside = (
        soft + (column < width - 1),
        soft - (column > 0),
        soft + width * (row < height - 1),
        soft - width * (row > 0),
    )
    share = flat[soft]
    rest = 1 - share
    weights = [
        np.float32(flatness) + np.float32(flatness_at_edges) * np.abs(share - flat[index])
        for index in beside
    ]
    total = weights[0] + weights[1] + weights[2] + weights[3]
    f_f, f_b, b_b = share * share + total, share * rest, rest * rest + total
    scale = 1 / (f_f * b_b - f_b * f_b)
    own = colors[:, soft]
    given = np.concatenate([own * share, own * rest])
    for _ in range(steps):
        known = given.copy()
        for weight, index in zip(weights, beside, strict=True):
            known += weight * np.take(pair, index, axis=1)
        pair[:3, soft] = np.clip((b_b * known[:3] - f_b * known[3:]) * scale, 0, 1)
        pair[3:, soft] = np.clip((f_f * known[3:] - f_b * known[:3]) * scale, 0, 1)


def resize_colors(planes: Floats, size: tuple[int, int]) -> RgbaImage:
    """Make pixels of planes, at another size; see `Kernels.resize_colors`."""
    colors = np.clip(planes, 0, 1) * np.float32(255) + np.float32(0.5)
    image = Image.fromarray(np.ascontiguousarray(colors.transpose(1, 2, 0), dtype=np.uint8))
    if (image.height, image.width) != size:
        image = image.resize((size[1], size[0]), Image.Resampling.BILINEAR)
    return np.asarray(image.convert("RGBA"))


def unmix_colors(
    band: RgbaImage,
    share: AlphaMatte,
    layers: tuple[PlacedLayer, PlacedLayer],
    tables: UnmixTables,
) -> None:
    """Replace the colours of soft pixels; see `Kernels.unmix_colors`."""
    # One comparison for 0 < share < 255, since 0 - 1 wraps around to 255.
    soft = np.flatnonzero(share - np.uint8(1) < 254)
    if soft.size == 0:
        return
    width = band.shape[1]
    row = soft // width
    column = soft - row * width
    subject, background = (_fetch_colors(layer, row, column) for layer in layers)
    # Whole pixels are fetched and stored, four bytes at once.
    pixels = _as_words(band)
    mixed = pixels.take(soft)
    _unmix(_as_channels(mixed), subject, background, share.take(soft), tables)
    pixels[soft] = mixed


def _fetch_colors(
    layer: PlacedLayer, row: NDArray[np.intp], column: NDArray[np.intp]
) -> NDArray[np.uint8]:
    """Fetch a layer's colours for some pixels of a band: uint8, shape (n, 4)."""
    place = layer.rows[row]
    place += layer.columns[column]
    return _as_channels(_as_words(np.ascontiguousarray(layer.colors))[place])


def _unmix(
    mixed: NDArray[np.uint8],
    subject: NDArray[np.uint8],
    background: NDArray[np.uint8],
    share: NDArray[np.uint8],
    tables: UnmixTables,
) -> None:
    """Turn `mixed` into F + g (I - B - a (F - B)).

    Colours are (n, 4), of which the fourth stays; the share is (n,).
    """
    level, gain = tables.levels.take(share), tables.gains.take(share)
    for channel in range(3):
        own = subject[:, channel].astype(np.float32)
        other = background[:, channel].astype(np.float32)
        change = mixed[:, channel] - other
        other -= own
        other *= level
        change += other
        change *= gain
        change += own
        change += np.float32(0.5)
        np.maximum(change, 0, out=change)
        mixed[:, channel] = np.minimum(change, 255, out=change)


def clear_pixels(band: RgbaImage, shown: AlphaMatte) -> None:
    """Empty what is not shown; see `Kernels.clear_pixels`."""
    # Four bytes at once; what is kept is skipped in long runs.
    np.copyto(band.view(np.uint32)[..., 0], np.uint32(0), where=shown == 0)


def paint_cutout(
    pixels: NDArray[np.uint8],
    shown: AlphaMatte,
    share: AlphaMatte,
    layers: tuple[PlacedLayer, PlacedLayer],
    tables: UnmixTables,
) -> RgbaImage:
    """Give rows of a picture another alpha; see `Kernels.paint_cutout`."""
    band = np.array(pixels, order="C")
    band[..., 3] = shown
    unmix_colors(band, share, layers, tables)
    clear_pixels(band, shown)
    return band


def _as_words(pixels: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """View pixels of four bytes as one number each: shape (n,)."""
    return pixels.reshape(-1, 4).view(np.uint32)[:, 0]


def _as_channels(words: NDArray[np.uint32]) -> NDArray[np.uint8]:
    return words.view(np.uint8).reshape(-1, 4)
