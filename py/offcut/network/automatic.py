"""The models of jobs that can wait for the network, and how long each takes on this machine.

Decides: how much the newest run counts of the measured time of a model; that a model that cannot be
loaded makes no better result. Which models: choice.py. In the browser:
extension/engine/run_times.js.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from offcut.errors import OffcutError
from offcut.network.choice import choose_better, choose_models
from offcut.network.inference import Feeds, Session
from offcut.network.models import ModelSpec
from offcut.options.options import OffcutOptions

_WEIGHT: Final = 0.5
"""Share of the newest run in what is kept: one slow run on a busy machine decides little."""


class Automatic(Mapping[str, Session]):
    """Sessions by the ids of their models, loaded when they are asked for first, and timed.

    Parameters
    ----------
    registry : str
        The text of `models/registry.json`.
    options : OffcutOptions
        Of which `model` and `quality` count.
    is_here : callable
        Says whether a model's weights are here.
    load : callable
        Loads a model.

    Attributes
    ----------
    models : list of ModelSpec
        Those of the first result.
    times_ms : dict of str to float
        Milliseconds of one run, by the id of the model.
    """

    def __init__(
        self,
        registry: str,
        options: OffcutOptions,
        is_here: Callable[[ModelSpec], bool],
        load: Callable[[ModelSpec], Session],
    ) -> None:
        self._registry = registry
        self._options = options
        self._is_here = is_here
        self._load = load
        self._sessions: dict[str, Session] = {}
        self.times_ms: dict[str, float] = {}
        self.models = choose_models(registry, options, is_here)

    def load(self) -> None:
        """Load what the first result needs.

        Raises
        ------
        OffcutError
            If a model cannot be loaded.
        """
        for spec in self.models:
            self._open(spec)

    def better(self) -> list[ModelSpec] | None:
        """Choose the models of a better result, by what the runs up to now took."""
        specs = choose_better(self._registry, self._options, self._is_here, self.times_ms)
        try:
            for spec in specs or ():
                self._open(spec)
        except OffcutError:
            return None
        return specs

    def __getitem__(self, model_id: str) -> Session:
        return self._sessions[model_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sessions)

    def __len__(self) -> int:
        return len(self._sessions)

    def _open(self, spec: ModelSpec) -> None:
        if spec.id not in self._sessions:
            self._sessions[spec.id] = _TimedSession(self._load(spec), spec.id, self.times_ms)


class _TimedSession:
    """A session whose runs are timed."""

    def __init__(self, session: Session, model_id: str, times_ms: dict[str, float]) -> None:
        self._session = session
        self._model_id = model_id
        self._times_ms = times_ms

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Run the network; see `Session`."""
        start = perf_counter()
        answer = self._session.run(feeds, fetch)
        taken = (perf_counter() - start) * 1000
        before = self._times_ms.get(self._model_id, taken)
        self._times_ms[self._model_id] = before + _WEIGHT * (taken - before)
        return answer
