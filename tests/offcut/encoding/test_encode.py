"""What goes in as bands comes out of the file: pixels, profile, EXIF, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from encoded import CHANNELS, EXIF, Pixels, bands_of, noise, opened, photo_like, written
from numpy.testing import assert_array_equal
from numpy.typing import NDArray
from offcut.encoding.encode import encode
from offcut.encoding.file_formats import FILE_SUFFIXES, FLAT_FORMATS, LAYERED_FORMATS, MEDIA_TYPES
from offcut.errors import Cancelled, EncodeError
from PIL import Image

SIZES = [(1, 1), (1, 7), (7, 1), (1, 3000), (3000, 1), (13, 17), (64, 64), (301, 203)]


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


@pytest.mark.parametrize("rows", [1, 7, 100, 640])
def test_the_bands_heights_do_not_show_in_the_picture(rows: int) -> None:
    pixels = photo_like(640, 333)
    assert_array_equal(np.asarray(opened(written(pixels, rows=rows))), pixels)


def test_a_picture_cut_out_of_a_larger_array_need_not_be_contiguous() -> None:
    pixels = noise((60, 80), 4)
    for part in (pixels[5:55:2, 3:75], pixels[:, ::-1, :3], pixels[..., 3]):
        assert_array_equal(np.asarray(opened(written(part, rows=9))), part)


@pytest.mark.parametrize("kind", sorted(set(FLAT_FORMATS) - {"gif"}))
def test_profile_and_exif_arrive_untouched(kind: str) -> None:
    # Longer than one of JPEG's segments: it has to be cut and put together again.
    profile = bytes(range(256)) * 300
    image = opened(written(noise((20, 30), 3), kind, icc_profile=profile, exif=EXIF))
    assert image.info["icc_profile"] == profile
    assert image.info["exif"].removeprefix(b"Exif\0\0") == EXIF.removeprefix(b"Exif\0\0")


@pytest.mark.parametrize("kind", FLAT_FORMATS)
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


@pytest.mark.parametrize("kind", FLAT_FORMATS)
@pytest.mark.parametrize("size", [(9, 10), (11, 10), (10, 9)])
def test_bands_that_do_not_make_up_the_picture_are_refused(
    kind: str, size: tuple[int, int]
) -> None:
    with pytest.raises(ValueError, match=r"does not fit|instead of"):
        encode(bands_of(noise((10, 10), 3), 4), size, channels=3, format=kind, band_packer=None)


@pytest.mark.parametrize("kind", FLAT_FORMATS)
def test_the_checkpoint_hears_of_growing_fractions_up_to_the_end(kind: str) -> None:
    fractions: list[float] = []
    written(noise((40, 10), 3), kind, rows=10, checkpoint=fractions.append)
    assert len(fractions) >= 4
    assert fractions == sorted(fractions)
    assert fractions[0] > 0
    assert fractions[-1] == 1


@pytest.mark.parametrize("kind", FLAT_FORMATS)
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
    assert MEDIA_TYPES.keys() == FILE_SUFFIXES.keys() == {*FLAT_FORMATS, *LAYERED_FORMATS}
    assert len(set(MEDIA_TYPES.values())) == len(set(FILE_SUFFIXES.values())) == len(MEDIA_TYPES)
    for kind in FLAT_FORMATS:
        written_format = opened(written(noise((3, 3), 3), kind)).format
        assert Image.MIME[str(written_format)] == MEDIA_TYPES[kind]


def test_a_webp_that_would_take_too_much_memory_is_refused_before_a_band_is_made() -> None:
    def bands() -> Iterator[NDArray[np.uint8]]:
        raise AssertionError("no band may be asked for")
        yield

    with pytest.raises(EncodeError) as raised:
        encode(bands(), (8000, 6000), channels=4, format="webp", band_packer=None)
    assert raised.value.detail["limit"] == 40
