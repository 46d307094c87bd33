"""What the command line says when something is wrong, and what it leaves behind."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from command import PHOTO, names_in, offcut
from files import saved
from numpy.typing import NDArray
from offcut.cli.command import main
from offcut.errors import (
    DecodeError,
    EncodeError,
    InferenceError,
    ModelError,
    OffcutError,
    OptionsError,
    SubjectError,
)
from offcut.network.inference import Feeds
from PIL import Image
from subjects import Seeing, disc, grainy, photo_of

Output = pytest.CaptureFixture[str]


class Doing:
    """Does something instead of seeing a subject."""

    def __init__(self, do: Callable[[], object]) -> None:
        self.do = do

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says, if nothing was raised."""
        self.do()
        return Seeing().run(feeds, fetch)


def offcut_with(do: Callable[[], object], *arguments: str | Path) -> int:
    """Run the command with a network that does something."""
    return main([str(argument) for argument in arguments], load_session=lambda _spec: Doing(do))


# ---- wrong usage ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--qualty", "best"], "did you mean --quality?"),
        (["--bakground=red"], "did you mean --background?"),
        (["--zzz"], "unrecognized arguments: --zzz"),
        (["--quality", "slow"], "'fast', 'best'"),
        (["--margin"], "expected one argument"),
    ],
)
def test_what_cannot_be_parsed_gets_one_line_and_a_way_to_help(
    photo: Path, flags: list[str], words: str, capsys: Output
) -> None:
    with pytest.raises(SystemExit) as caught:
        offcut(photo, *flags)
    assert caught.value.code == 2
    first, second = capsys.readouterr().err.splitlines()
    assert words in first
    assert "--help" in second


def test_a_model_that_is_not_there_is_answered_by_those_that_are(
    photo: Path, capsys: Output
) -> None:
    assert offcut(photo, "--model", "isnet") == 2
    assert "u2netp" in capsys.readouterr().err


def test_a_value_may_begin_with_a_minus(photo: Path) -> None:
    target = photo.with_name("result.png")
    assert offcut(photo, "--shadow", "--shadow-offset", "-3px,8px", "-o", target) == 0
    assert offcut(photo, "--shift-edge", "-.5", "-o", target) == 0


def test_a_file_is_no_folder_for_results(photo: Path, capsys: Output) -> None:
    assert offcut(photo, "--out", photo) == 2
    assert "a file of that name is in the way" in capsys.readouterr().err
    assert names_in(photo.parent) == ["photo.png"]


def test_a_background_that_is_no_picture_is_named(photo: Path, capsys: Output) -> None:
    broken = photo.with_name("behind.jpg")
    broken.write_bytes(b"")
    assert offcut(photo, "--background-picture", broken) == 2
    assert f"{broken}: " in capsys.readouterr().err


class Doubting:
    """Sees a disc, but only faintly."""

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says."""
        return Seeing().run(feeds, fetch) * np.float32(0.3)


def test_a_result_that_may_be_wrong_is_said_to_be_unsure(photo: Path, capsys: Output) -> None:
    def main_with_doubts(*arguments: str) -> int:
        return main([str(photo), *arguments], load_session=lambda _spec: Doubting())

    photo.write_bytes(saved(grainy(photo_of(disc(200, 300, radius=50))), "PNG"))
    assert main_with_doubts("--json") == 0
    assert json.loads(capsys.readouterr().out)["notices"] == ["UNSURE"]
    assert main_with_doubts("--force") == 0
    assert "not sure about this one" in capsys.readouterr().err
    assert offcut(photo, "--force") == 0
    assert "not sure" not in capsys.readouterr().err


# ---- failures ---------------------------------------------------------------------------


def test_a_missing_file_is_said_to_be_missing(photo: Path, capsys: Output) -> None:
    missing = photo.with_name("missing.jpg")
    assert offcut(missing, "--json") == 1
    failure = json.loads(capsys.readouterr().out)["failure"]
    assert (failure["code"], failure["stage"]) == ("FILE_ERROR", "read")
    assert "there is no such file" in failure["message"]
    assert "Errno" not in failure["message"]


def test_a_result_that_cannot_be_written_is_said_to_be_that(photo: Path, capsys: Output) -> None:
    assert offcut(photo, "-o", photo / "result.png", "--json") == 1
    failure = json.loads(capsys.readouterr().out)["failure"]
    assert (failure["code"], failure["stage"]) == ("FILE_ERROR", "write")


@pytest.mark.parametrize(
    "error",
    [
        DecodeError("CORRUPT_IMAGE", "Words.", detail={"reason": "rows"}),
        ModelError("WEIGHTS_MISMATCH", "Words.", detail={"model": "m"}),
        InferenceError("SESSION_FAILED", "Words.", stage="load_model"),
        SubjectError("NO_SUBJECT", "Words.", detail={"strongest": 0.25}),
        EncodeError("ENCODE_FAILED", "Words.", detail={"limit": 3}),
        OptionsError("BAD_OPTION", "Words.", detail={"option": "margin"}),
    ],
    ids=lambda error: type(error).__name__,
)
def test_every_kind_of_error_is_reported_whole(
    photo: Path, error: OffcutError, capsys: Output
) -> None:
    def fail() -> None:
        raise error

    assert offcut_with(fail, photo, "--json") == 1
    assert json.loads(capsys.readouterr().out)["failure"] == dict(error.as_failure())
    assert offcut_with(fail, photo) == 1
    assert capsys.readouterr().err == f"{photo}: Words. ({error.code})\n"
    assert names_in(photo.parent) == ["photo.png"]


def test_too_little_memory_is_no_crash(photo: Path, capsys: Output) -> None:
    def fail() -> None:
        raise MemoryError

    assert offcut_with(fail, photo) == 1
    assert "OUT_OF_MEMORY" in capsys.readouterr().err


# ---- the end ----------------------------------------------------------------------------


def test_several_pictures_are_summed_up(photo: Path, capsys: Output) -> None:
    ready = photo.with_name("ready.png")
    ready.write_bytes(PHOTO)
    ready.with_name("ready-cutout.png").write_bytes(b"done")
    assert offcut(photo, ready, photo.with_name("missing.png")) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "1 done, 1 failed, 1 up to date"


def test_what_had_to_be_changed_is_said_in_words(photo: Path, capsys: Output) -> None:
    gray = photo.with_name("deep.png")
    deep = np.arange(64 * 80, dtype=np.uint16).reshape(64, 80) * 12
    gray.write_bytes(saved(Image.fromarray(deep), "PNG"))
    assert offcut(gray) == 0
    assert "(reduced to 8 bits)" in capsys.readouterr().err


def test_a_disk_that_fills_up_leaves_the_old_result(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = photo.with_name("photo-cutout.png")
    target.write_bytes(b"old")

    def full(_path: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert offcut(photo, "--force") == 1
    assert target.read_bytes() == b"old"
    assert names_in(photo.parent) == ["photo-cutout.png", "photo.png"]


@pytest.mark.skipif(sys.platform == "win32", reason="its names are always Unicode")
def test_a_name_that_is_no_unicode_works(photo: Path, capsys: Output) -> None:
    strange = photo.parent / os.fsdecode(b"caf\xe9.png")
    strange.write_bytes(PHOTO)
    assert offcut(strange, "--json") == 0
    assert json.loads(capsys.readouterr().out)["status"] == "done"


def test_a_name_as_long_as_names_can_be_works(photo: Path) -> None:
    long = photo.with_name("n" * 240 + ".png")
    long.write_bytes(PHOTO)
    assert offcut(long) == 0
    assert long.with_name("n" * 240 + "-cutout.png").is_file()


def test_the_progress_bar_fits_its_terminal(
    photo: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "30")
    assert offcut(photo) == 0
    lines = capsys.readouterr().err.replace("\n", "\r").split("\r")
    drawn = [line for line in lines if line.startswith("[1/1]")]
    assert drawn
    assert max(map(len, drawn)) < 30
