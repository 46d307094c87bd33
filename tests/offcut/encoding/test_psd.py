"""A PSD, read by psd-tools and ImageMagick: the untouched picture, its mask, what is behind it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from layered import composed, difference, flat, magick, magick_facts, psd_of, shown_at_once, written
from numpy.testing import assert_array_equal
from offcut import OffcutOptions, render
from offcut.errors import Cancelled, EncodeError
from offcut.progress import Progress
from subjects import disc, photo_of, subject_of

ALPHA = disc(60, 91, radius=22, softness=6)
PHOTO = photo_of(ALPHA)
SUBJECT = subject_of(ALPHA, PHOTO)
OWN_ALPHA = np.where(np.arange(91) < 40, 128, 255).astype(np.uint8) * np.ones((60, 1), np.uint8)
OPTIONS: list[dict[str, Any]] = [
    {},
    {"background": "navy"},
    {"background": "#ff000080", "shadow": True, "outline": "6%"},
    {"background": "blur"},
    {"crop": True, "margin": "7px", "shadow": True},
    {"margin": "9px", "aspect": "2:1"},
    {"canvas": "150x120", "scale": 0.8},
    {"feather": 3.0, "shift_edge": 2.0},
    {"threshold": 0.5},
    {"output": "inverse"},
    {"output": "matte"},
]


def layer_named(file: bytes, name: str) -> Any:
    (layer,) = [layer for layer in psd_of(file) if layer.name == name]
    return layer


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_its_layers_show_the_result_and_so_does_the_picture_beside_them(
    options: dict[str, Any],
) -> None:
    file = written(SUBJECT, format="psd", **options)
    expected = flat(SUBJECT, **options)
    assert difference(composed(file), expected) <= 2  # every layer rounds once
    assert difference(shown_at_once(file), expected) <= 1


@pytest.mark.parametrize("options", [{}, {"crop": True}, {"background": "white"}], ids=str)
def test_the_picture_lies_there_untouched_with_the_matte_as_its_mask(
    options: dict[str, Any], tmp_path: Path
) -> None:
    file = written(SUBJECT, format="psd", **options)
    picture = layer_named(file, "Picture")
    assert_array_equal(np.asarray(picture.topil().convert("RGB")), PHOTO)
    assert_array_equal(np.asarray(picture.mask.topil()), ALPHA)
    assert picture.mask.bbox == picture.bbox
    place = tmp_path / "layers.psd"
    place.write_bytes(file)
    number = 1 + [layer.name for layer in psd_of(file)].index("Picture")
    seen = magick(place, number)
    assert_array_equal(seen[..., 3], ALPHA)
    assert_array_equal(seen[ALPHA > 0][:, :3], PHOTO[ALPHA > 0])


def test_imagemagick_names_the_same_layers_at_the_same_places(tmp_path: Path) -> None:
    file = written(SUBJECT, format="psd", crop=True, background="navy", shadow=True, outline="3%")
    place = tmp_path / "layers.psd"
    place.write_bytes(file)
    psd = psd_of(file)
    names = [layer.name for layer in psd]
    assert names == ["Background", "Shadow", "Outline", "Picture", "Edge colours"]
    whole = magick(place, 0)
    assert difference(whole, shown_at_once(file)) <= 1
    for number, layer in enumerate(psd, start=1):
        label = magick_facts(place, number, "%l %wx%h %X%Y")
        assert label == f"{layer.name} {layer.width}x{layer.height} {layer.left:+}{layer.top:+}"


def test_a_crop_keeps_all_of_the_picture_beyond_its_borders() -> None:
    file = written(SUBJECT, format="psd", crop=True)
    psd, picture = psd_of(file), layer_named(file, "Picture")
    assert psd.size < picture.size == (91, 60)
    assert picture.left < 0
    assert picture.top < 0


def test_the_pictures_own_transparency_is_not_in_the_mask() -> None:
    subject = subject_of(np.minimum(ALPHA, OWN_ALPHA), PHOTO, OWN_ALPHA)
    file = written(subject, format="psd")
    picture = layer_named(file, "Picture")
    assert_array_equal(np.asarray(picture.topil())[..., 3], OWN_ALPHA)
    inside = np.asarray(picture.mask.topil())[ALPHA == 255]
    assert (inside == 255).all()
    assert difference(composed(file), flat(subject)) <= 2


def test_soft_edges_get_the_subjects_colours_by_a_layer_of_their_own() -> None:
    file = written(SUBJECT, format="psd")
    colors = layer_named(file, "Edge colours")
    assert colors.clipping
    is_painted = np.asarray(colors.topil())[..., 3] > 0
    assert is_painted.any()
    assert not is_painted[(ALPHA == 0) | (ALPHA == 255)].any()
    hard = written(subject_of(disc(60, 91, radius=22), PHOTO), format="psd")
    assert [layer.name for layer in psd_of(hard)] == ["Picture"]


def test_profile_and_exif_are_kept_as_they_are_asked_for() -> None:
    source = replace(SUBJECT.source, icc_profile=b"profile", exif=b"Exif\0\0II*\0odd")
    subject = replace(SUBJECT, source=source)
    kept = psd_of(written(subject, format="psd", metadata="all")).image_resources
    assert kept.get_data(1039) == b"profile"
    assert kept.get_data(1058) == b"II*\0odd"
    dropped = psd_of(written(subject, format="psd")).image_resources
    assert dropped.get_data(1058) is None
    assert dropped.get_data(1039) == b"profile"


@pytest.mark.parametrize("kind", ["psd", "ora"])
def test_progress_grows_to_the_end_and_can_stop_the_work(kind: Any) -> None:
    seen: list[float] = []
    render(SUBJECT, OffcutOptions(format=kind), Progress(lambda _stage, share: seen.append(share)))
    assert seen == sorted(seen)
    assert seen[-1] == 1

    def stop(_stage: str, share: float) -> None:
        if share > 0.9:
            raise Cancelled("encode")

    with pytest.raises(Cancelled):
        render(SUBJECT, OffcutOptions(format=kind), Progress(stop))


def test_the_same_picture_gives_the_same_bytes() -> None:
    for kind in ("psd", "ora"):
        assert written(SUBJECT, format=kind) == written(SUBJECT, format=kind)


def test_what_is_too_large_for_the_format_is_refused_with_its_limit() -> None:
    alpha = np.zeros((1, 30_001), np.uint8)
    alpha[0, 5:9] = 255
    subject = subject_of(alpha)
    for options in ({}, {"crop": True}):  # the whole picture is in it anyway
        with pytest.raises(EncodeError) as refused:
            written(subject, format="psd", **options)
        assert refused.value.detail["limit"] == 30_000
    assert written(subject, format="ora")
