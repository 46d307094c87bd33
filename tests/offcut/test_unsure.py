"""A faint subject is a guess that is told to be one, and only an empty picture is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from files import saved
from numpy.typing import NDArray
from offcut import OffcutError, OffcutOptions, render, run_pipeline
from offcut.editing.strokes import Stroke
from offcut.network.inference import Feeds
from subjects import SIDE, SPEC, FakeSession, disc, grainy, photo_of, picture_of

PIXELS = grainy(photo_of(disc(200, 300, radius=50)))
PICTURE = saved(PIXELS, "PNG")


@dataclass
class Seeing:
    """Sees what is red in the picture as it is, and in its mirror image.

    Attributes
    ----------
    whole, others : float
        Opacity that it gives to red in the first view, and in the further ones.
    """

    whole: float
    others: float
    fed: list[NDArray[np.float32]] = field(default_factory=list[NDArray[np.float32]])

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says."""
        assert fetch == SPEC.output.name
        (tensor,) = feeds.values()
        self.fed.append(tensor)
        red = np.clip((tensor[:, :1] - tensor[:, 2:]) * 4, 0, 1)
        strength = self.whole if len(self.fed) == 1 else self.others
        return (red * np.float32(strength)).astype(np.float32)


@pytest.mark.parametrize("quality", ["fast", "best"])
@pytest.mark.parametrize("strength", [0.15, 0.3, 0.49])
def test_a_faint_subject_is_cut_out_and_told_to_be_unsure(quality: str, strength: float) -> None:
    options = OffcutOptions.from_json({"quality": quality})
    cutout = run_pipeline(PICTURE, Seeing(strength, strength), SPEC, options)
    assert cutout.notices == ("UNSURE",)
    assert cutout.alpha[100, 150] > 200
    assert cutout.alpha[10, 10] == 0


def test_what_only_another_view_shows_is_found() -> None:
    session = Seeing(0.05, 1.0)
    cutout = run_pipeline(PICTURE, session, SPEC)
    assert len(session.fed) == 3
    assert cutout.alpha[100, 150] > 200
    assert cutout.notices == ("UNSURE",)


@pytest.mark.parametrize("quality", ["fast", "best"])
@pytest.mark.parametrize("level", [0.0, 0.05, 0.4])
def test_a_picture_in_which_nothing_stands_out_is_refused(quality: str, level: float) -> None:
    session = FakeSession(np.full((1, 1, SIDE, SIDE), level, np.float32))
    with pytest.raises(OffcutError) as caught:
        run_pipeline(PICTURE, session, SPEC, OffcutOptions.from_json({"quality": quality}))
    assert caught.value.code == "NO_SUBJECT"


def test_a_clear_subject_is_sure_and_asks_the_network_once() -> None:
    session = FakeSession()
    assert run_pipeline(PICTURE, session, SPEC).notices == ()
    assert session.runs == 1


def test_a_subject_with_a_veil_beside_it_is_unsure() -> None:
    answer = (disc(SIDE, SIDE, radius=15) / 255).astype(np.float32)
    answer[:, :12] = 0.45
    cutout = run_pipeline(PICTURE, FakeSession(answer[None, None]), SPEC)
    assert cutout.notices == ("UNSURE",)


def test_a_drawing_on_one_colour_is_sure_whatever_the_network_says() -> None:
    drawing = saved(picture_of(disc(200, 300, radius=50)), "PNG")
    assert run_pipeline(drawing, Seeing(0.2, 0.2), SPEC).notices == ()


def test_what_a_person_has_corrected_is_no_more_unsure() -> None:
    cutout = run_pipeline(PICTURE, Seeing(0.3, 0.3), SPEC)
    assert "UNSURE" in render(cutout, OffcutOptions(crop=True)).notices
    corrected = render(cutout, OffcutOptions(), strokes=[Stroke("paint", 5, ((9, 9),))])
    assert "UNSURE" not in corrected.notices
    assert "UNSURE" not in render(corrected, OffcutOptions(crop=True)).notices
