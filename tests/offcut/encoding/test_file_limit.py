"""A file of at most so many bytes: the best that fits, or a refusal that names the limit."""

from __future__ import annotations

import pytest
from encoded import noise, opened, photo_like, written
from offcut.errors import EncodeError


@pytest.mark.parametrize("kind", ["webp", "jpeg"])
def test_the_quality_is_lowered_as_far_as_it_takes_to_fit(kind: str) -> None:
    pixels = photo_like(200, 300)[..., :3]
    whole = written(pixels, kind, quality=90)
    most = len(whole) // 2
    file = written(pixels, kind, quality=90, most_bytes=most)
    assert 0.8 * most < len(file) <= most
    assert opened(file).size == (300, 200)
    assert written(pixels, kind, quality=90, most_bytes=len(whole)) == whole


@pytest.mark.parametrize("kind", ["webp", "jpeg"])
def test_what_fits_at_no_quality_is_refused_with_the_limit(kind: str) -> None:
    with pytest.raises(EncodeError, match="even at the lowest quality") as refused:
        written(noise((200, 300), 3), kind, most_bytes=1000)
    assert refused.value.code == "ENCODE_FAILED"
    assert refused.value.detail == {"format": kind, "kilobytes": 1}
