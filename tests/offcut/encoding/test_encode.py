"""What goes in as bands comes out of the file: pixels, profile, EXIF, and nothing else."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_array_equal
from numpy.typing import NDArray
from offcut.encoding.encode import FILE_SUFFIXES, MEDIA_TYPES, encode
from offcut.encoding.png_writer import encode_png
from offcut.errors import Cancelled, EncodeError
from PIL import Image

Pixels = NDArray[np.uint8]

SIZES = [(1, 1), (1, 7), (7, 1), (1, 3000), (3000, 1), (13, 17), (64, 64), (301, 203)]
CHANNELS = [1, 3, 4]
EXIF = b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"


def bands_of(pixels: Pixels, rows: int) -> Iterator[Pixels]:
    for top in range(0, len(pixels), rows):
        yield pixels[top : top + rows]


def written(pixels: Pixels, file_format: str = "png", rows: int = 50, **options: object) -> bytes:
    return encode(
        bands_of(pixels, rows),
        pixels.shape[:2],
        channels=1 if pixels.ndim == 2 else pixels.shape[2],
        format=file_format,
        band_packer=None,
        **options,  # pyright: ignore[reportArgumentType]
    )


def opened(file: bytes) -> Image.Image:
    image = Image.open(BytesIO(file))
    image.load()
    return image


def noise(size: tuple[int, int], channels: int) -> Pixels:
    pixels = np.random.default_rng(5).integers(0, 256, (*size, channels), np.uint8)
    return pixels[..., 0] if channels == 1 else pixels


def photo_like(height: int, width: int) -> Pixels:
    """Draw a cutout with a photograph's statistics: smooth shades, texture, sensor noise."""
    rows = np.arange(height, dtype=np.float64)[:, np.newaxis]
    columns = np.arange(width, dtype=np.float64)
    random = np.random.default_rng(6)
    rgba = np.empty((height, width, 4))
    shade = 110 + 60 * np.sin(rows / 90) + 50 * np.cos(columns / 70 + rows / 200)
    shade += 12 * np.sin(rows / 6.1 + columns / 5.3) + random.normal(0, 0.6, (height, width))
    for channel, tint in enumerate((1.0, 0.85, 0.7)):
        rgba[..., channel] = tint * shade + random.normal(0, 0.4, (height, width))
    radius = np.hypot((rows / height - 0.5) / 0.42, (columns / width - 0.5) / 0.4)
    rgba[..., 3] = 255 * np.clip((1 - radius) * 60, 0, 1)
    pixels = np.clip(rgba, 0, 255).astype(np.uint8)
    pixels[pixels[..., 3] == 0] = 0
    return pixels


def text_like(height: int, width: int) -> Pixels:
    """Repeat a few glyphs in random order on white, as a page of text does."""
    random = np.random.default_rng(7)
    glyphs = random.choice(np.array([0, 255], np.uint8), (12, 16, 8), p=[0.3, 0.7])
    order = random.integers(0, 12, (height // 16, width // 8))
    page = glyphs[order].swapaxes(1, 2).reshape(height // 16 * 16, width // 8 * 8)
    return np.dstack([page, page, page, np.full_like(page, 255)])


def chunks_of(file: bytes) -> list[tuple[bytes, bytes]]:
    """Walk a PNG's chunks, checking signature, lengths and checksums."""
    assert file[:8] == b"\x89PNG\r\n\x1a\n"
    chunks: list[tuple[bytes, bytes]] = []
    at = 8
    while at < len(file):
        length, kind = struct.unpack_from(">I4s", file, at)
        payload = file[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", file, at + 8 + length)
        assert checksum == zlib.crc32(kind + payload)
        chunks.append((kind, payload))
        at += 12 + length
    assert at == len(file)
    return chunks


@pytest.mark.parametrize("channels", CHANNELS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", ["png", "webp"])
def test_lossless_formats_give_noise_back(kind: str, size: tuple[int, int], channels: int) -> None:
    pixels = noise(size, channels)
    image = opened(written(pixels, kind, lossless=True))
    assert (image.height, image.width) == size
    expected = (
        "RGB" if kind == "webp" and channels == 1 else {1: "L", 3: "RGB", 4: "RGBA"}[channels]
    )
    assert image.mode == expected
    assert_array_equal(np.asarray(image.convert({1: "L", 3: "RGB", 4: "RGBA"}[channels])), pixels)


@settings(deadline=None)
@given(
    st.sampled_from(CHANNELS).flatmap(
        lambda channels: hnp.arrays(
            np.uint8,
            st.tuples(st.integers(1, 40), st.integers(1, 40), st.just(channels)),
            elements=st.sampled_from([0, 0, 0, 1, 2, 84, 85, 127, 128, 129, 170, 254, 255]),
        )
    ),
    st.integers(1, 40),
)
def test_a_png_read_is_the_picture_written(pixels: Pixels, rows: int) -> None:
    channels = pixels.shape[2]
    file = encode_png(bands_of(pixels, rows), pixels.shape[:2], channels=channels, band_packer=None)
    image = opened(file)
    assert_array_equal(np.asarray(image).reshape(pixels.shape), pixels)


def test_every_combination_of_neighbours_survives_the_paeth_filter() -> None:
    # Of three neighbours only their order and distances matter: 0 to 255 in steps of 5.
    corner, above, left = np.meshgrid(*[np.arange(0, 256, 5, dtype=np.uint8)] * 3)
    here = np.arange(corner.size, dtype=np.uint32).astype(np.uint8) * np.uint8(37)
    top = np.stack([corner.ravel(), above.ravel()], axis=1).reshape(52, -1)
    bottom = np.stack([left.ravel(), here], axis=1).reshape(52, -1)
    pixels = np.stack([top, bottom], axis=1).reshape(104, -1)
    assert_array_equal(np.asarray(opened(written(pixels))), pixels)


@pytest.mark.parametrize("rows", [1, 7, 100, 640])
def test_the_bands_heights_do_not_show_in_the_picture(rows: int) -> None:
    pixels = photo_like(640, 333)
    assert_array_equal(np.asarray(opened(written(pixels, rows=rows))), pixels)


def test_photograph_and_graphic_in_one_picture_both_survive() -> None:
    page = text_like(320, 640)
    photo = photo_like(320, 640)
    pixels = np.concatenate([photo, page, photo, page])
    assert_array_equal(np.asarray(opened(written(pixels, rows=160))), pixels)


def test_an_empty_picture_is_a_tiny_file() -> None:
    pixels = np.zeros((1000, 1000, 4), np.uint8)
    file = written(pixels, rows=250)
    assert len(file) < 6000
    assert_array_equal(np.asarray(opened(file)), pixels)


def test_a_picture_cut_out_of_a_larger_array_need_not_be_contiguous() -> None:
    pixels = noise((60, 80), 4)
    for part in (pixels[5:55:2, 3:75], pixels[:, ::-1, :3], pixels[..., 3]):
        assert_array_equal(np.asarray(opened(written(part, rows=9))), part)


def test_a_photographs_cutout_is_hardly_larger_than_from_pillow() -> None:
    pixels = photo_like(600, 800)
    theirs = BytesIO()
    Image.fromarray(pixels).save(theirs, "PNG", compress_level=6)
    assert len(written(pixels, rows=300)) <= 1.06 * len(theirs.getvalue())


def test_a_page_of_text_is_packed_by_its_repetitions() -> None:
    pixels = text_like(640, 800)
    theirs = BytesIO()
    Image.fromarray(pixels).save(theirs, "PNG", compress_level=6)
    assert len(written(pixels, rows=320)) <= 1.15 * len(theirs.getvalue())


def test_a_png_holds_nothing_but_pixels_by_default() -> None:
    kinds = [kind for kind, _ in chunks_of(written(noise((300, 300), 4)))]
    assert kinds[0] == b"IHDR"
    assert kinds[-1] == b"IEND"
    assert set(kinds[1:-1]) == {b"IDAT"}


def test_a_large_png_has_its_pixels_in_several_chunks() -> None:
    sizes = [len(payload) for kind, payload in chunks_of(written(noise((500, 500), 4)))
             if kind == b"IDAT"]  # fmt: skip
    assert len(sizes) > 1
    assert max(sizes) < 1 << 20


def test_a_pngs_pixel_stream_is_a_whole_zlib_stream() -> None:
    pixels = np.concatenate([photo_like(160, 320), text_like(160, 320)])
    chunks = chunks_of(written(pixels, rows=160))
    stream = zlib.decompressobj()
    rows = stream.decompress(b"".join(payload for kind, payload in chunks if kind == b"IDAT"))
    assert stream.eof
    assert not stream.unused_data
    assert len(rows) == 320 * (1 + 320 * 4)


def test_a_png_names_profile_and_exif_before_its_pixels() -> None:
    chunks = chunks_of(written(noise((9, 9), 4), icc_profile=b"a profile", exif=EXIF))
    assert [kind for kind, _ in chunks] == [b"IHDR", b"iCCP", b"eXIf", b"IDAT", b"IEND"]
    name, _, packed = chunks[1][1].partition(b"\0")
    assert 1 <= len(name) <= 79
    assert packed[0] == 0
    assert zlib.decompress(packed[1:]) == b"a profile"
    assert chunks[2][1] == EXIF.removeprefix(b"Exif\0\0")


@pytest.mark.parametrize("kind", MEDIA_TYPES)
def test_profile_and_exif_arrive_untouched(kind: str) -> None:
    # Longer than one of JPEG's segments: it has to be cut and put together again.
    profile = bytes(range(256)) * 300
    image = opened(written(noise((20, 30), 3), kind, icc_profile=profile, exif=EXIF))
    assert image.info["icc_profile"] == profile
    assert image.info["exif"].removeprefix(b"Exif\0\0") == EXIF.removeprefix(b"Exif\0\0")


@pytest.mark.parametrize("kind", MEDIA_TYPES)
def test_no_metadata_is_written_unasked(kind: str) -> None:
    image = opened(written(noise((20, 30), 3), kind))
    assert not {"icc_profile", "exif", "xmp", "comment", "dpi", "Software"} & set(image.info)
    assert not image.getexif()


@pytest.mark.parametrize("lossless", [True, False])
def test_webp_keeps_alpha_exactly_and_erased_colours_dark(lossless: bool) -> None:
    pixels = photo_like(200, 240)
    read = np.asarray(opened(written(pixels, "webp", lossless=lossless)))
    assert_array_equal(read[..., 3], pixels[..., 3])
    erased = read[pixels[..., 3] == 0][:, :3]
    assert erased.mean() < (0.001 if lossless else 2.0)


@pytest.mark.parametrize("kind", ["webp", "jpeg"])
def test_lossy_formats_are_close_at_high_quality(kind: str) -> None:
    rows, columns = np.mgrid[:120, :160]
    pixels = np.stack([rows * 2, columns, 255 - rows - columns // 2], axis=2).astype(np.uint8)
    read = np.asarray(opened(written(pixels, kind, quality=95)).convert("RGB")).astype(int)
    assert np.abs(read - pixels).mean() < 2.0


def test_a_higher_quality_makes_a_larger_file() -> None:
    pixels = photo_like(200, 240)
    for kind, picture in (("webp", pixels), ("jpeg", pixels[..., :3])):
        low, high = (len(written(picture, kind, quality=quality)) for quality in (40, 92))
        assert low < high


@pytest.mark.parametrize(("quality", "sampling"), [(90, (1, 1)), (89, (2, 2))])
def test_jpeg_keeps_full_colour_from_quality_90_on(quality: int, sampling: tuple[int, int]) -> None:
    file = written(noise((32, 32), 3), "jpeg", quality=quality)
    # The frame header: marker, length, bits, height, width, three components; the first
    # one's sampling factors are two half bytes.
    factors = file[file.index(b"\xff\xc0") + 11]
    assert divmod(factors, 16) == sampling


@pytest.mark.parametrize("size", SIZES)
def test_jpeg_holds_any_size(size: tuple[int, int]) -> None:
    for channels in (1, 3):
        image = opened(written(noise(size, channels), "jpeg"))
        assert (image.height, image.width) == size


@pytest.mark.parametrize(
    ("kind", "size"), [("webp", (1, 16384)), ("webp", (16384, 1)), ("jpeg", (65501, 1))]
)
def test_a_size_that_the_format_cannot_hold_is_refused(kind: str, size: tuple[int, int]) -> None:
    with pytest.raises(EncodeError) as caught:
        written(noise(size, 3), kind, rows=1 << 20)
    assert caught.value.code == "ENCODE_FAILED"
    assert caught.value.stage == "encode"
    assert caught.value.detail["limit"] == max(size) - 1


@pytest.mark.parametrize(("kind", "size"), [("webp", (16383, 1)), ("jpeg", (1, 65500))])
def test_the_largest_side_that_a_format_can_hold_is_written(
    kind: str, size: tuple[int, int]
) -> None:
    image = opened(written(noise(size, 3), kind, rows=1 << 20))
    assert (image.height, image.width) == size


def test_metadata_that_the_format_cannot_hold_is_a_failure() -> None:
    with pytest.raises(EncodeError) as caught:
        written(noise((4, 4), 3), "jpeg", exif=EXIF + bytes(70000))
    assert caught.value.code == "ENCODE_FAILED"
    assert caught.value.detail["format"] == "jpeg"


def test_jpeg_has_no_alpha() -> None:
    with pytest.raises(ValueError, match="4 channels"):
        written(noise((4, 4), 4), "jpeg")


@pytest.mark.parametrize("kind", MEDIA_TYPES)
@pytest.mark.parametrize("size", [(9, 10), (11, 10), (10, 9)])
def test_bands_that_do_not_make_up_the_picture_are_refused(
    kind: str, size: tuple[int, int]
) -> None:
    with pytest.raises(ValueError, match=r"does not fit|instead of"):
        encode(bands_of(noise((10, 10), 3), 4), size, channels=3, format=kind, band_packer=None)


@pytest.mark.parametrize("kind", MEDIA_TYPES)
def test_the_checkpoint_hears_of_growing_fractions_up_to_the_end(kind: str) -> None:
    fractions: list[float] = []
    written(noise((40, 10), 3), kind, rows=10, checkpoint=fractions.append)
    assert len(fractions) >= 4
    assert fractions == sorted(fractions)
    assert fractions[0] > 0
    assert fractions[-1] == 1


@pytest.mark.parametrize("kind", MEDIA_TYPES)
def test_the_checkpoint_can_stop_the_work(kind: str) -> None:
    taken: list[int] = []

    def counted() -> Iterator[Pixels]:
        for number, band in enumerate(bands_of(noise((40, 10), 3), 10)):
            taken.append(number)
            yield band

    def stop(_fraction: float) -> None:
        if len(taken) == 2:
            raise Cancelled("encode")

    with pytest.raises(Cancelled):
        encode(counted(), (40, 10), channels=3, format=kind, band_packer=None, checkpoint=stop)
    assert taken == [0, 1]


def test_every_format_has_a_media_type_and_a_suffix_of_its_own() -> None:
    assert MEDIA_TYPES.keys() == FILE_SUFFIXES.keys()
    for kind, media_type in MEDIA_TYPES.items():
        written_format = opened(written(noise((3, 3), 3), kind)).format
        assert Image.MIME[str(written_format)] == media_type


def test_a_webp_that_would_take_too_much_memory_is_refused_before_a_band_is_made() -> None:
    def bands() -> Iterator[NDArray[np.uint8]]:
        raise AssertionError("no band may be asked for")
        yield

    with pytest.raises(EncodeError) as raised:
        encode(bands(), (8000, 6000), channels=4, format="webp", band_packer=None)
    assert raised.value.detail["limit"] == 40
