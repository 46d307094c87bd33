"""A tap -> regions that it may mean, the likeliest first.

Decides: what is remembered between taps, which looks a preview under the pointer may use, which
earlier taps bind this one. Whether a tap adds or takes: directions.py.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np

from offcut.arrays import Floats
from offcut.editing.regions import Region, RegionKind
from offcut.editing.retouch import Retoucher
from offcut.editing.shrink import shrink
from offcut.editing.strokes import Correction
from offcut.network.inference import InferenceRequest
from offcut.network.models import ModelSpec
from offcut.network.prompted_models import PromptedSpec
from offcut.subject import Subject
from offcut.tapping.crops import crop_views
from offcut.tapping.directions import limits_at, offer
from offcut.tapping.guesses import find_guesses
from offcut.tapping.looks import Looks
from offcut.tapping.prompts import Prompts
from offcut.tapping.ranking import rank
from offcut.tapping.region_tree import RegionTree, grow_tree
from offcut.tapping.scene import WORK_SIDE, Scene, Tap, TapWay, smooth_colors

SAME_PLACE: Final = 8
"""Pixels of the working size within which a tap is at the place of another."""

TapSteps = Generator[InferenceRequest, object, list[Region]]
SceneSteps = Generator[InferenceRequest, object, list[Scene]]


class Tapper:
    """Answers the taps on one picture.

    Parameters
    ----------
    subject : Subject
        Without any correction.

    Notes
    -----
    Memory: the picture at `WORK_SIDE`, `MOST_LOOKS` answers of the network, an encoder's.
    """

    def __init__(self, subject: Subject) -> None:
        self._size = subject.source.size
        self._small = shrink(subject, min(1.0, WORK_SIDE / max(self._size)))
        self._retoucher = Retoucher(self._small)
        self._looks = Looks(subject.source)
        self.prompts = Prompts(subject.source)

    def tap_steps(  # noqa: PLR0913 (all that a tap is known by)
        self,
        tap: Tap,
        corrections: Sequence[Correction],
        earlier: Sequence[Tap],
        model: ModelSpec,
        *,
        prompted: PromptedSpec | None = None,
        way: TapWay = "tap",
    ) -> TapSteps:
        """Find what a tap may mean.

        Parameters
        ----------
        tap : Tap
            Without a kind it adds where nothing is held, takes where something is, and does either
            where the matte is half clear.
        corrections : sequence of Stroke or Region
            What was done before it.
        earlier : sequence of Tap
            Their own places are left alone by taps of the other kind.
        model : ModelSpec
            The network to ask.
        prompted : PromptedSpec, optional
            Networks that are asked by clicks, besides. If they fail, they are left out from then
            on: see `Prompts.failure`.
        way : {"tap", "hover", "click", "ahead"}
            A pointer that hovers is answered at once, by the looks that are known. A click for the
            menu of a page need not have meant the place: it gets only what is surely missing. Ahead
            of any tap the network looks at the place's widest crop, and nothing is answered.

        Yields
        ------
        InferenceRequest
            To be answered (`send`) with the network's output, float32 NCHW, or (`throw`) with the
            InferenceError of a run that failed.

        Returns
        -------
        list of Region
            The likeliest first; each holds the tap. They are of both kinds where the matte is half
            clear, and the first is empty where nothing seems wrong: see `directions`. No region
            if nothing can change: the tap is beside the picture, or what it asks for is so.

        Raises
        ------
        InferenceError
            OUTPUT_MISMATCH.
        """
        scenes = yield from self.scene_steps(
            tap, corrections, earlier, model, prompted=prompted, way=way
        )
        ranked = [(scene, rank(scene, find_guesses(scene))) for scene in scenes]
        answers = [answer for answer in ranked if answer[1]]
        if way == "click" and not all(guesses[0].is_sure for _, guesses in answers):
            return []
        return offer(answers, is_asked_for=tap.kind is not None)

    def scene_steps(  # noqa: PLR0913 (as above)
        self,
        tap: Tap,
        corrections: Sequence[Correction],
        earlier: Sequence[Tap],
        model: ModelSpec,
        *,
        prompted: PromptedSpec | None = None,
        way: TapWay = "tap",
    ) -> SceneSteps:
        """Find all that is known at a tap; as `tap_steps`, but a Scene for each way it may go."""
        if way == "ahead":
            yield from self._looks.look_steps(model, crop_views(self._size, tap.x, tap.y)[:1])
            return (yield from self.prompts.ask_steps(prompted, [], tap, earlier))
        place = self._place(tap)
        scenes = [] if place is None else self._scenes(place, tap, corrections, earlier)
        if not scenes:
            return []
        views = crop_views(self._size, tap.x, tap.y)
        if way == "hover":
            looks = self._looks.known(model, views)
        else:
            looks = yield from self._looks.look_steps(model, views)
        scenes = [replace(scene, looks=looks) for scene in scenes]
        if way == "hover":
            return scenes
        return (yield from self.prompts.ask_steps(prompted, scenes, tap, earlier))

    def _scenes(
        self,
        place: tuple[int, int],
        tap: Tap,
        corrections: Sequence[Correction],
        earlier: Sequence[Tap],
    ) -> list[Scene]:
        """Give what is known before the network has looked, for each way that the tap may go."""
        height, width = self._small.source.size
        across, down = width / self._size[1], height / self._size[0]
        done = [correction.scale(across, down) for correction in corrections]
        subject, _ = self._retoucher.retouch(done)
        alpha = subject.alpha * np.float32(1 / 255)
        scene = Scene(
            image=subject.source.image,
            alpha=alpha,
            kind="add",
            row=place[0],
            column=place[1],
            others=(),
            looks=(),
            source_size=self._size,
            smooth=self._smooth,
            parts=self._parts,
        )
        scenes = [
            replace(scene, kind=kind, limit=limit, others=self._others(place, kind, earlier))
            for kind, limit in limits_at(float(alpha[place]), tap.kind).items()
        ]
        return [scene for scene in scenes if scene.open[place]]

    def _others(
        self, place: tuple[int, int], kind: RegionKind, earlier: Sequence[Tap]
    ) -> list[tuple[int, int]]:
        """Give the places that were tapped the other way; a new tap there is another opinion."""
        places = [self._place(each) for each in earlier if each.kind not in (kind, None)]
        return [each for each in places if each and math.dist(each, place) > SAME_PLACE]

    @cached_property
    def _smooth(self) -> Floats:
        return smooth_colors(self._small.source.image, self._small.kernels)

    @cached_property
    def _parts(self) -> RegionTree:
        return grow_tree(self._smooth)

    def _place(self, tap: Tap) -> tuple[int, int] | None:
        """Give a tap's (row, column) at working size; None beside the picture."""
        height, width = self._small.source.size
        row = math.floor(tap.y * height / self._size[0])
        column = math.floor(tap.x * width / self._size[1])
        return (row, column) if 0 <= row < height and 0 <= column < width else None
