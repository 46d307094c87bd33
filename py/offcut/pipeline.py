"""The stages in their order: from the bytes of a picture to the bytes of its cutout.

Decides: the order of the steps, which of them logos skip, that a faint subject is unsure and one
that the backdrop has completed is not, when a result that could not be encoded is refused, what a
better result takes over from the quick one. Composing and encoding are in cutout.py.

The pipeline is a generator: it yields an `InferenceRequest` where it needs the network
and is sent the network's output. So one flow serves a caller who can block
(`run_pipeline`, natively) and one who must await (`runtime/browser.py`, in Pyodide).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from offcut.composing.backdrop import require_picture
from offcut.cutout import Cutout, render
from offcut.decoding.decode import decode_steps
from offcut.decoding.host_jpeg import DecodeRequest
from offcut.decoding.read_animation import choose_frame, read_animation
from offcut.editing.strokes import Correction
from offcut.encoding.file_formats import require_encodable
from offcut.errors import InferenceError
from offcut.flat_graphics.backdrop_evidence import add_missed_parts
from offcut.flat_graphics.flat_background import cut_flat_background
from offcut.kernels.interface import Kernels
from offcut.kernels.numpy_kernels import NumpyKernels
from offcut.matting.color_evidence import weigh_colors
from offcut.matting.doubt import is_unsure
from offcut.matting.foreground import estimate_layers
from offcut.matting.own_alpha import apply_own_alpha, own_matte
from offcut.matting.own_alpha import is_cut_out as find_cut_out
from offcut.matting.proxy import WorkingPicture
from offcut.matting.refine import refine_alpha
from offcut.moving_cutout import may_move as options_may_move
from offcut.moving_cutout import render_moving
from offcut.moving_subject import MovingSubject, moving_steps
from offcut.network.best_guess import best_guess
from offcut.network.ensemble import InferencePass, are_of_one_network, join_passes
from offcut.network.inference import InferenceRequest, Session
from offcut.network.models import ModelSpec
from offcut.network.passes import Better, look_again, run_passes
from offcut.network.postprocess import has_subject, no_subject
from offcut.network.veils import decide_veils
from offcut.options.lengths import parse_size
from offcut.options.options import OffcutOptions
from offcut.progress import Progress
from offcut.source_image import SourceImage
from offcut.stages import DECODE, FOREGROUND, POSTPROCESS, REFINE
from offcut.subject import Subject

Picture = bytes | memoryview | SourceImage
"""A picture file, or what another decoder made of one."""

Request = InferenceRequest | DecodeRequest
Answer = NDArray[np.float32] | NDArray[np.uint8] | None
CutoutSteps = Generator[Request, Answer, Cutout]

Models = ModelSpec | Sequence[ModelSpec]
"""The model to ask, or several: the first one always, the others for the quality "best"."""


def cutout_steps(  # noqa: PLR0913 (two of them by keyword)
    picture: Picture,
    models: Models,
    options: OffcutOptions,
    progress: Progress,
    kernels: Kernels,
    *,
    background_picture: Picture | None = None,
    strokes: Sequence[Correction] = (),
    better: Better | None = None,
) -> CutoutSteps:
    """Remove the background of one picture, step by step.

    Parameters
    ----------
    picture : bytes, memoryview or SourceImage
    models : ModelSpec or sequence of ModelSpec
        The model to ask; with the quality "best", all of them.
    options : OffcutOptions
        Without `better`, the quality "auto" is "fast".
    progress : Progress
        Follows the stages; may stop the job between any two of them.
    kernels : Kernels
        By which everything is computed, also what is made of the cutout later.
    background_picture : bytes, memoryview, SourceImage or None
        For the background "picture".
    strokes : sequence of Stroke or Region
        By which a person corrects what is found.
    better : callable, optional
        Asked when the quick pass is over: the models of a better result, or None if that would
        take too long. If it fails, the quick one is the result.

    Yields
    ------
    InferenceRequest
        To be answered (`send`) with the network's output, float32 NCHW.
    DecodeRequest
        To be answered with the JPEG's pixels, uint8 (H, W, 4), the fourth byte unused, or with
        None to leave it to Pillow.

    Returns
    -------
    Cutout

    Raises
    ------
    OffcutError
        Any of its kinds; nothing else on any input.
    """
    require_picture(options, background_picture)
    behind = None
    if options.background == "picture" and background_picture is not None:
        with progress.stage(DECODE):
            behind = yield from decode_steps(background_picture, options.max_megapixels)
    found = yield from found_steps(
        picture, models, options, progress, kernels, may_move=not strokes, better=better
    )
    if isinstance(found, MovingSubject):
        return render_moving(found, options, progress, behind)
    return render(found, options, progress, behind, strokes=strokes)


def found_steps(  # noqa: PLR0913 (three of them by keyword)
    picture: Picture,
    models: Models,
    options: OffcutOptions,
    progress: Progress,
    kernels: Kernels,
    *,
    may_move: bool = True,
    allow_empty: bool = False,
    better: Better | None = None,
) -> Generator[Request, Answer, Subject | MovingSubject]:
    """Find the subject of a picture, or of all its frames if it moves and the options let it.

    See `cutout_steps`, of which this is all that needs the network. Each frame is cut out as a
    picture is, but for the quality "auto", which is "fast" for it. With `allow_empty`, a picture in
    which no subject is found gives an empty one, for a person to mark it by strokes.
    """
    with progress.stage(DECODE):
        source = yield from decode_steps(picture, options.max_megapixels)
        _require_encodable(source, options)
        animation = None
        if not isinstance(picture, SourceImage):
            source = choose_frame(picture, source, options)
            if may_move and options_may_move(options):
                animation = read_animation(picture, source, options.max_megapixels)
    if animation is None or len(animation.frames) == 1:
        how = (models, options, progress, kernels)
        single = source if animation is None else animation.frames[0]
        return (yield from _find(single, *how, allow_empty=allow_empty, better=better))

    def find(frame: SourceImage, is_cut_out: bool) -> Generator[Request, Answer, Subject]:
        how = (models, options, progress, kernels)
        return _find(frame, *how, allow_empty=True, is_cut_out=is_cut_out)

    return (yield from moving_steps(animation, find, progress, kernels))


def better_steps(  # noqa: PLR0913 (one of them by keyword)
    quick: Subject,
    models: Models,
    options: OffcutOptions,
    progress: Progress,
    kernels: Kernels,
    *,
    allow_empty: bool = False,
) -> Generator[Request, Answer, Subject]:
    """Find a better subject in the source of a quick one, without decoding or asking twice.

    With the quality "best" the outcome is that of `found_steps` with the same arguments.
    """
    found = _find(
        quick.source,
        models,
        options,
        progress,
        kernels,
        allow_empty=allow_empty,
        first=quick.first_pass,
    )
    return (yield from found)


def _find(  # noqa: PLR0913 (three of them by keyword)
    source: SourceImage,
    models: Models,
    options: OffcutOptions,
    progress: Progress,
    kernels: Kernels,
    *,
    allow_empty: bool = False,
    first: InferencePass | None = None,
    better: Better | None = None,
    is_cut_out: bool | None = None,
) -> Generator[Request, Answer, Subject]:
    """Find the subject; `is_cut_out` says of a frame whether its own alpha is the matte."""
    working = WorkingPicture(source)
    if find_cut_out(source) if is_cut_out is None else is_cut_out:
        with progress.stage(FOREGROUND):  # no network is asked about what a person has decided
            alpha = own_matte(source)
            layers = estimate_layers(source, alpha, kernels, working.proxy)
        return Subject(source, alpha, layers, kernels, is_best=True)
    asked = [models] if isinstance(models, ModelSpec) else models
    quality, prepare = options.quality, working.prepare
    looks = run_passes(source, asked, quality, progress, prepare, first=first, better=better)
    passes, is_best = yield from looks
    first = passes[0]
    with progress.stage(POSTPROCESS):
        coarse = join_passes(source.size, passes)
        flat = cut_flat_background(source, coarse)
        is_guess = flat is None and not has_subject(coarse)
        if is_guess:
            yield from look_again(source, asked[0], passes, progress)
            coarse = join_passes(source.size, passes)
        guess = best_guess(coarse) if is_guess else coarse
        if guess is None and not allow_empty:
            raise no_subject(coarse, source.size)
    is_doubtful = False
    with progress.stage(REFINE):
        proxy = working.proxy
        if flat is not None and flat.is_drawn:
            alpha = flat.alpha
        elif guess is None:
            alpha = np.zeros(source.size, np.uint8)
        else:
            whole = guess if flat is not None else add_missed_parts(proxy, guess)
            weighed = weigh_colors(proxy, whole)
            weighed = decide_veils(weighed) if are_of_one_network(passes) else weighed
            alpha = refine_alpha(source, proxy, weighed, kernels)
            is_doubtful = is_guess or (flat is None and whole is guess and is_unsure(passes, alpha))
            alpha = apply_own_alpha(alpha if flat is None else flat.join(alpha), source)
    with progress.stage(FOREGROUND):
        layers = estimate_layers(source, alpha, kernels, proxy)
        if flat is not None:
            layers = flat.with_known_background(layers)
    return Subject(source, alpha, layers, kernels, is_doubtful, is_best, None if is_best else first)


def run_pipeline(  # noqa: PLR0913 (all but three have defaults)
    picture: Picture,
    session: Session | Mapping[str, Session],
    models: Models,
    options: OffcutOptions | None = None,
    progress: Progress | None = None,
    *,
    background_picture: Picture | None = None,
    strokes: Sequence[Correction] = (),
    kernels: Kernels | None = None,
    better: Better | None = None,
) -> Cutout:
    """Remove the background of one picture, with a session that answers at once.

    See `cutout_steps` for the parameters and errors. Of several models, `session` holds one
    session each, by the model's id. Without `kernels`, numpy computes.
    """
    steps = cutout_steps(
        picture,
        models,
        options or OffcutOptions(),
        progress or Progress(),
        kernels or NumpyKernels(),
        background_picture=background_picture,
        strokes=strokes,
        better=better,
    )
    try:
        request = next(steps)
        while True:
            if isinstance(request, InferenceRequest):
                request = _answer(steps, request, session)
            else:
                request = steps.send(None)  # here Pillow gives the usual pixels
    except StopIteration as end:
        return end.value


def _answer(
    steps: CutoutSteps, request: InferenceRequest, session: Session | Mapping[str, Session]
) -> Request:
    """Run the network; a failure is told to who has asked, who may do without."""
    try:
        owner = session[request.model_id] if isinstance(session, Mapping) else session
        answer = owner.run(request.feeds, request.fetch)
    except InferenceError as error:
        return steps.throw(error)
    return steps.send(answer)


def _require_encodable(source: SourceImage, options: OffcutOptions) -> None:
    """Refuse at once what could not be written at the end, where its size is known by now."""
    if options.canvas is not None:
        require_encodable(parse_size(options.canvas), options.format)
    elif not options.crop:
        require_encodable(source.size, options.format)
