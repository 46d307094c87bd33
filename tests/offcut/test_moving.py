"""Pictures that move keep moving: ten wild files, each format out, read back by Pillow."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from animated import ApngFrame, apng, gif, webp
from numpy.typing import NDArray
from offcut import Cutout, OffcutError, OffcutOptions, run_pipeline
from offcut.decoding.decode import decode
from offcut.decoding.read_animation import Animation, read_animation
from offcut.errors import Cancelled
from offcut.network.inference import Feeds
from offcut.progress import Progress
from PIL import Image, ImageDraw
from subjects import SPEC, disc, photo_of
from wild_animations import PHOTOS, WILD, frames_of


class RedSession:
    """Sees what is red; counts its runs."""

    runs = 0

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says."""
        assert fetch
        (tensor,) = feeds.values()
        self.runs += 1
        return (tensor[:, :1] > tensor[:, 2:]).astype(np.float32)


def cut_out(data: bytes, **options: Any) -> Cutout:
    return cut_out_by(RedSession(), data, **options)


def cut_out_by(session: RedSession, data: bytes, **options: Any) -> Cutout:
    return run_pipeline(data, session, SPEC, OffcutOptions(**options))


def animation_of(data: bytes) -> Animation:
    animation = read_animation(data, decode(data), 100)
    assert animation is not None
    return animation


@pytest.mark.parametrize("format", ["png", "webp", "gif"])
@pytest.mark.parametrize("name", WILD)
def test_a_wild_file_keeps_moving_in_its_time(name: str, format: str) -> None:
    lossless = {"lossless": True} if format == "webp" else {}
    made = cut_out(WILD[name], format=format, **lossless)
    assert made.frames == 4
    before, after = animation_of(WILD[name]), animation_of(made.encoded)
    assert len(after.frames) == 4
    assert after.timing.plays == before.timing.plays
    least = {"png": 0.01, "webp": 0.5, "gif": 5}[format]
    for (mine, its), of in zip(_times(after, before), range(4), strict=True):
        assert abs(mine - its) <= least, (of, _times(after, before))
    # Read by another library: the same number of frames, and each shows the disc where it was.
    shown = frames_of(made.encoded)
    for (pixels, _), frame in zip(shown, before.frames, strict=True):
        red = np.asarray(frame.image)[..., 0].astype(int) - np.asarray(frame.image)[..., 2] > 60
        if frame.own_alpha is not None:
            red &= np.asarray(frame.own_alpha) > 127
        wrong = (pixels[..., 3] > 127) != red
        assert wrong.mean() < 0.01


def _times(after: Animation, before: Animation) -> list[tuple[float, float]]:
    """When each frame begins, in both: GIF cannot show one for less than 20 ms unless it is 10."""
    pairs: list[tuple[float, float]] = []
    mine, its = Fraction(0), Fraction(0)
    for first, second in zip(after.timing.delays, before.timing.delays, strict=True):
        pairs.append((float(mine), float(its)))
        mine, its = mine + first, its + second
    return pairs


def test_what_browsers_slow_down_stays_slowed_down_in_each_format() -> None:
    data = WILD["gif-zero-delays-played-once"]
    for format in ("png", "webp", "gif"):
        assert animation_of(cut_out(data, format=format).encoded).timing.delays == (0, 10, 20, 0)


@pytest.mark.parametrize("format", ["png", "webp", "gif"])
def test_all_frames_have_one_crop(format: str) -> None:
    made = cut_out(WILD["gif-disposal-clear"], format=format, crop=True)
    # The disc is 31 wide and goes from 30 to 44.
    assert made.size == (31, 45)
    assert {pixels.shape for pixels, _ in frames_of(made.encoded)} == {(31, 45, 4)}


def test_frames_that_look_alike_are_cut_out_once_and_stay_frames() -> None:
    runs: list[int] = []
    for numbers in ((0, 1), (0, 0, 0, 1, 1)):
        session = RedSession()
        frames = [ApngFrame(PHOTOS[number]) for number in numbers]
        made = cut_out_by(session, apng(PHOTOS[0], frames, shows_still=True))
        assert len(frames_of(made.encoded)) == len(numbers)
        runs.append(session.runs)
    assert runs[0] == runs[1]


def test_a_sticker_is_not_shown_to_the_network() -> None:
    session = RedSession()
    frames = [Image.new("RGBA", (80, 64)) for _ in range(3)]
    for frame, left in ((frames[0], 10), (frames[2], 20)):
        ImageDraw.Draw(frame).polygon([(left, 50), (left + 40, 50), (left, 10)], fill="red")
    made = cut_out_by(session, webp(frames))
    assert session.runs == 0
    for (pixels, _), frame in zip(frames_of(made.encoded), frames, strict=True):
        assert np.array_equal(pixels, np.asarray(frame))


def test_one_frame_is_taken_by_its_number() -> None:
    data = WILD["apng-hidden-still"]
    for number in (1, 3):
        made = cut_out(data, frame=number)
        assert (made.frames, made.notices) == (1, ())
        assert np.array_equal(
            np.asarray(made.source.image), np.asarray(PHOTOS[number - 1])[..., :3]
        )
    assert cut_out(data, frame=0).notices == ("FIRST_FRAME_ONLY",)
    with pytest.raises(OffcutError, match="frame 5, which the picture has not") as caught:
        cut_out(data, frame=5)
    assert caught.value.detail == {"option": "frame"}


def test_what_cannot_move_is_the_first_frame_and_says_so() -> None:
    for format in ("jpeg", "psd"):
        made = cut_out(WILD["gif-disposal-keep"], format=format)
        assert (made.frames, made.notices) == (1, ("FIRST_FRAME_ONLY",))


def test_too_many_frames_give_the_first_one_and_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offcut.decoding.read_animation.MOST_FRAMES", 3)
    made = cut_out(WILD["webp-odd-delays"])
    assert (made.frames, made.notices) == (1, ("TOO_MANY_FRAMES",))


def test_frames_behind_a_broken_one_are_left_out_and_that_is_told() -> None:
    data = WILD["gif-disposal-keep"]
    made = cut_out(data[: int(len(data) * 0.7)])
    assert made.frames in (2, 3)
    assert made.notices == ("FRAMES_LOST",)


def test_a_picture_in_which_no_frame_has_a_subject_is_refused() -> None:
    walls = [Image.fromarray(photo_of(disc(64, 80, radius=0) * 0) - shade) for shade in (0, 5)]
    with pytest.raises(OffcutError) as caught:
        cut_out(gif(walls))
    assert caught.value.code == "NO_SUBJECT"


def test_progress_tells_each_frame_and_a_job_is_cancelled_between_them() -> None:
    told: list[tuple[int, int]] = []
    fractions: list[float] = []
    progress = Progress(
        lambda _, fraction: fractions.append(fraction),
        report_frame=lambda number, count: told.append((number, count)),
    )
    run_pipeline(WILD["gif-disposal-keep"], RedSession(), SPEC, progress=progress)
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert fractions == sorted(fractions)
    stopped = RedSession()
    progress = Progress(is_cancelled=lambda: stopped.runs >= 2)
    with pytest.raises(Cancelled):
        run_pipeline(WILD["gif-disposal-keep"], stopped, SPEC, progress=progress)
    assert stopped.runs == 2


def test_a_size_in_kilobytes_holds_for_a_file_that_moves() -> None:
    data = WILD["gif-disposal-keep"]
    whole = len(cut_out(data, format="webp").encoded)
    made = cut_out(data, format="webp", max_kilobytes=0.8 * whole / 1000)
    assert len(made.encoded) <= 0.8 * whole
    assert len(frames_of(made.encoded)) == 4


def test_a_background_lies_behind_every_frame() -> None:
    made = cut_out(WILD["gif-disposal-clear"], background="lime", shadow=True)
    for pixels, _ in frames_of(made.encoded):
        assert tuple(pixels[0, 0]) == (0, 255, 0, 255)
    with Image.open(io.BytesIO(made.encoded)) as image:
        assert image.mode == "RGB"
