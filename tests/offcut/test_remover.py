"""`offcut.Remover`: a callable that other processes can be given."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import offcut
import pytest
from files import saved
from networks import seeing
from offcut import OffcutError, OffcutOptions
from offcut.errors import Cancelled, DecodeError
from offcut.network.inference import Session
from offcut.network.models import ModelSpec
from subjects import Seeing, disc, photo_of

PHOTO = saved(photo_of(disc(64, 80, radius=20)), "PNG")
OPTIONS = OffcutOptions(quality="fast", background="picture")
BEHIND = saved(photo_of(disc(30, 30, radius=9)), "PNG")

# What another process does with it: the network must be loaded there.
ELSEWHERE = """
import pickle, sys
remover = pickle.loads(sys.stdin.buffer.read())
sys.stdout.buffer.write(remover(sys.argv[1]).encoded)
"""


def test_it_makes_what_the_function_makes_in_another_process_too(tmp_path: Path) -> None:
    remover = offcut.Remover(OPTIONS, background_picture=BEHIND, load_session=seeing)
    expected = offcut.remove_background(
        PHOTO, OPTIONS, background_picture=BEHIND, session=Seeing()
    ).encoded
    assert remover(PHOTO).encoded == expected
    photo = tmp_path / "photo.png"
    photo.write_bytes(PHOTO)
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, photo],
        input=pickle.dumps(remover), capture_output=True, check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert done.stdout == expected


def test_it_keeps_its_network_and_does_not_send_it_along() -> None:
    loaded: list[str] = []

    def load(spec: ModelSpec) -> Session:
        loaded.append(spec.id)
        return Seeing()

    # With "auto", a further network that somebody has fetched here would be asked, too.
    remover = offcut.Remover(OffcutOptions(quality="fast"), load_session=load)
    assert loaded == []
    remover(PHOTO)
    remover(PHOTO)
    assert loaded == ["u2netp"]
    remover.__init__(OPTIONS, background_picture=BEHIND, load_session=seeing)
    before = len(pickle.dumps(remover))
    remover(PHOTO)
    assert len(pickle.dumps(remover)) == before


@pytest.mark.parametrize(
    "error",
    [DecodeError("CORRUPT_IMAGE", "Words.", detail={"format": "png"}), Cancelled("refine")],
)
def test_what_it_raises_elsewhere_arrives_whole(error: OffcutError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert again.as_failure() == error.as_failure()
    assert str(again) == str(error)
