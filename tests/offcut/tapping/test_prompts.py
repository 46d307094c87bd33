"""A network that answers clicks adds its guesses, by what the registry says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from discs import HEIGHT, LEFT, WIDTH, ask, scene_of, sees_nothing
from jsonschema import Draft202012Validator
from native import ROOT
from numpy.typing import NDArray
from offcut.editing.regions import Region
from offcut.errors import InferenceError
from offcut.network.inference import InferenceRequest
from offcut.network.prompted_models import PromptedSpec, prompted_from_entries
from offcut.runtime.native import NativeSession
from offcut.tapping.guesses import overlap
from offcut.tapping.scene import Tap, TapWay
from offcut.tapping.tapper import Tapper
from subjects import SPEC
from tiny_pair import LARGE, SIDE, SMALL, decoder, encoder, entries

SCALE = WIDTH / SIDE
Answer = NDArray[np.float32]


def pair() -> PromptedSpec:
    found = prompted_from_entries(entries())
    assert found
    return found


class Networks:
    """The real halves on onnxruntime, and a network for mattes that sees nothing."""

    def __init__(self, folder: Path, masks: Answer | None = None) -> None:
        self._masks = masks
        self._sessions: dict[str, NativeSession] = {}
        for spec, weights in ((pair().encoder, encoder()), (pair().decoder, decoder())):
            (folder / spec.file).write_bytes(weights)
            self._sessions[spec.id] = NativeSession(folder / spec.file, spec)
        self.asked: list[InferenceRequest] = []
        self.broken = ""
        """The half whose runs fail."""

    def tap(
        self, tapper: Tapper, tap: Tap, earlier: tuple[Tap, ...] = (), way: TapWay = "tap"
    ) -> list[Region]:
        steps = tapper.tap_steps(tap, (), earlier, SPEC, prompted=pair(), way=way)
        try:
            request = next(steps)
            while True:
                try:
                    answer = self._answer(request)
                except InferenceError as failure:
                    request = steps.throw(failure)
                else:
                    request = steps.send(answer)
        except StopIteration as end:
            return end.value

    def _answer(self, request: InferenceRequest) -> Any:
        if request.model_id == SPEC.id:
            return sees_nothing(next(iter(request.feeds.values())))
        self.asked.append(request)
        if request.model_id == self.broken:
            raise InferenceError("SESSION_FAILED", "broken by the test")
        if self._masks is not None and request.model_id == "tiny-decoder":
            return self._masks
        return self._sessions[request.model_id].run(request.feeds, request.fetch)

    def count(self, model: str) -> int:
        return sum(request.model_id == model for request in self.asked)


def square(x: float, y: float, half: float) -> NDArray[np.bool_]:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    return np.maximum(abs(rows - y), abs(columns - x)) < half * SCALE


def test_entries_of_a_pair_are_entries_of_the_registry() -> None:
    schema = json.loads((ROOT / "models" / "registry.schema.json").read_text(encoding="utf-8"))
    registry = json.loads((ROOT / "models" / "registry.json").read_text(encoding="utf-8"))
    registry["models"] += entries()
    assert not list(Draft202012Validator(schema).iter_errors(registry))  # pyright: ignore[reportUnknownMemberType]
    del registry["models"][-1]["prompted"]["encoder"]
    assert list(Draft202012Validator(schema).iter_errors(registry))  # pyright: ignore[reportUnknownMemberType]


def test_its_masks_are_the_first_guesses_and_the_next(tmp_path: Path) -> None:
    guesses = Networks(tmp_path).tap(Tapper(scene_of(LEFT)), Tap(230, 60, "add"))
    masks = [guess.mask() for guess in guesses]
    assert {guess.kind for guess in guesses} == {"add"}
    likeness = [
        max(overlap(mask, square(230, 60, half)) for mask in masks[:2]) for half in (SMALL, LARGE)
    ]
    assert min(likeness) > 0.8


def test_the_picture_is_encoded_once_and_every_click_is_told(tmp_path: Path) -> None:
    networks, tapper = Networks(tmp_path), Tapper(scene_of(LEFT))
    assert networks.tap(tapper, Tap(230, 60), way="ahead") == []
    assert (networks.count("tiny-encoder"), networks.count("tiny-decoder")) == (1, 0)
    earlier = (Tap(250, 60, "take"), Tap(200, 200, "add"))
    masks = [each.mask() for each in networks.tap(tapper, Tap(230, 60, "add"), earlier)]
    assert (networks.count("tiny-encoder"), networks.count("tiny-decoder")) == (1, 1)
    feeds = networks.asked[-1].feeds
    top = (SIDE - HEIGHT / SCALE) / 2
    places = [(230, 60), (250, 60), (200, 200)]
    told = [(x / SCALE, top + y / SCALE) for x, y in places] + [(0, 0)]
    assert feeds["points"][0] == pytest.approx(np.array(told))
    assert feeds["labels"].tolist() == [[1, 0, 1, -1]]
    assert feeds["gain"].tolist() == [[[[4]]]]
    assert not masks[0][60, 250]


def test_a_pointer_that_hovers_does_not_wait_for_it(tmp_path: Path) -> None:
    networks = Networks(tmp_path)
    networks.tap(Tapper(scene_of(LEFT)), Tap(230, 60, "add"), way="hover")
    assert not networks.asked


def test_halves_that_do_not_belong_together_are_no_pair() -> None:
    one, other = entries()
    assert prompted_from_entries([one]) is None
    assert prompted_from_entries([other]) is None
    assert prompted_from_entries([]) is None
    strange = {**other, "prompted": {**other["prompted"], "encoder": "another"}}
    assert prompted_from_entries([one, strange]) is None
    assert prompted_from_entries([other, one]) is not None


@pytest.mark.parametrize(
    "answer",
    [
        np.full((1, 2, 4, 4), np.nan, np.float32),
        np.zeros((4, 4), np.float32),
        np.zeros((1, 0, 4, 4), np.float32),
    ],
    ids=["no numbers", "no masks", "none"],
)
def test_without_masks_the_plain_guesses_are_given(tmp_path: Path, answer: Answer) -> None:
    networks, tapper = Networks(tmp_path, answer), Tapper(scene_of(LEFT))
    assert same(networks.tap(tapper, Tap(230, 60, "add")), plain_guesses())
    assert tapper.prompts.failure is not None
    assert tapper.prompts.failure.code == "OUTPUT_MISMATCH"


@pytest.mark.parametrize("half", ["tiny-encoder", "tiny-decoder"])
def test_a_pair_that_fails_is_done_without_and_asked_no_more(tmp_path: Path, half: str) -> None:
    networks, tapper = Networks(tmp_path), Tapper(scene_of(LEFT))
    networks.broken = half
    networks.tap(tapper, Tap(230, 60), way="ahead")
    for _ in range(2):
        assert same(networks.tap(tapper, Tap(230, 60, "add")), plain_guesses())
    assert networks.count(half) == 1
    assert tapper.prompts.failure is not None


def plain_guesses() -> list[Region]:
    """What a tap finds where there is no pair."""
    return ask(Tapper(scene_of(LEFT)), Tap(230, 60, "add"), sees_nothing)[0]


def same(some: list[Region], others: list[Region]) -> bool:
    return [each.to_json() for each in some] == [each.to_json() for each in others] != []
