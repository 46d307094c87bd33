"""A callable that cuts pictures out and can be sent to other processes: `offcut.Remover`.

Decides: what of it travels (what was asked for, never a loaded network), and when the network is
loaded: at the first picture, once in a process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from offcut.api import AnyPicture, native_session, to_picture
from offcut.cutout import Cutout
from offcut.editing.strokes import Correction
from offcut.network.automatic import Automatic
from offcut.network.inference import Session
from offcut.network.models import ModelSpec
from offcut.options.options import OffcutOptions
from offcut.pipeline import run_pipeline
from offcut.progress import Progress
from offcut.source_image import SourceImage
from offcut.weights.model_files import read_registry, weights_path

LoadSession = Callable[[ModelSpec], Session]


class Remover:
    """Cuts the subject out of one picture after the other, with a network that is kept.

    It can be pickled, so that frameworks take it to their workers; each process then loads the
    network for itself. One picture at a time: in a process with several threads, one for each.

    Parameters
    ----------
    options : OffcutOptions, optional
        With the quality "auto", what is made depends on the speed of the machine; "fast" and
        "best" give the same bytes everywhere.
    background_picture : bytes, path, PIL.Image.Image or uint8 array, optional
        For the background "picture".
    strokes : sequence of Stroke or Region
        Corrections, which every picture gets.
    threads : int, optional
        That compute one run of the network; by default as many as the machine has cores. Where
        as many processes run as there are cores, 1 is the quickest.
    load_session : callable, optional
        Loads a model; native onnxruntime by default. To be pickled, it must be a function that
        can be imported.

    Examples
    --------
    >>> import offcut
    >>> remover = offcut.Remover(offcut.OffcutOptions(quality="fast"), threads=1)
    >>> remover("photo.jpg").save("photo-cutout.png")  # doctest: +SKIP
    """

    def __init__(
        self,
        options: OffcutOptions | None = None,
        *,
        background_picture: AnyPicture | SourceImage | None = None,
        strokes: Sequence[Correction] = (),
        threads: int | None = None,
        load_session: LoadSession | None = None,
    ) -> None:
        self.options = options or OffcutOptions()
        self._background_picture = (
            None if background_picture is None else to_picture(background_picture, self.options)
        )
        self._strokes = tuple(strokes)
        self.threads = threads
        self._load_session = load_session
        self._chosen: Automatic | None = None

    @property
    def models(self) -> list[ModelSpec]:
        """The models of the first result, the first of which is asked always; none is loaded."""
        return self._automatic().models

    def load(self) -> None:
        """Load the network now and not with the first picture.

        Raises
        ------
        OffcutError
            If there is no such model, or it cannot be loaded.
        """
        self._automatic().load()

    def __call__(
        self, picture: AnyPicture | SourceImage, progress: Progress | None = None
    ) -> Cutout:
        """Cut the subject out of a picture; see `offcut.remove_background`, also for errors."""
        models = self._automatic()
        models.load()
        return run_pipeline(
            to_picture(picture, self.options),
            models,
            models.models,
            self.options,
            progress,
            background_picture=self._background_picture,
            strokes=self._strokes,
            better=models.better,
        )

    def __getstate__(self) -> dict[str, Any]:
        """Leave the loaded network behind."""
        return {**self.__dict__, "_chosen": None}

    def _automatic(self) -> Automatic:
        if self._chosen is None:
            load = self._load_session or partial(native_session, threads=self.threads)
            self._chosen = Automatic(
                read_registry(), self.options, lambda spec: weights_path(spec) is not None, load
            )
        return self._chosen
