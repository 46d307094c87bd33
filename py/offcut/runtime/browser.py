"""The pipeline inside Pyodide: called by `extension/python/`, answered by `extension/model/`.

Decides: which part of the pipeline a job, a preview and a saved edit run in the browser, what is
kept for the editor, and when the network works for the next job.
"""

from __future__ import annotations

import json
from collections.abc import Coroutine
from typing import Any

from offcut.cutout import render
from offcut.decoding.decode import decode
from offcut.editing.edit_sessions import EditSessions, read_request
from offcut.kernels.wasm_kernels import WasmKernels
from offcut.kernels.wasm_module import WasmModule
from offcut.moving_cutout import render_moving
from offcut.moving_subject import MovingSubject
from offcut.network.models import spec_from_entry
from offcut.network.prompted_models import prompted_from_entries
from offcut.options.options import OffcutOptions
from offcut.pipeline import better_steps, found_steps
from offcut.progress import Progress
from offcut.runtime.browser_ahead import Ahead, NextJob, Steps, follow, limit_ahead
from offcut.runtime.browser_data import (
    JsBuffer,
    answer,
    describe_cutout,
    describe_size,
    read_source,
)
from offcut.runtime.browser_host import Begun, JsHost, drive
from offcut.runtime.browser_png import JsPngPacker, WorkerBandPacker
from offcut.source_image import SourceImage
from offcut.subject import Subject
from offcut.tapping.tap_json import tap_from_json
from offcut.tapping.tap_sessions import TapSessions


class BrowserRuntime:
    """The pipeline with the means of a browser, and the subjects that it keeps for the editor.

    Made by `extension/python/python.js` once Python has started: a recorded memory holds no
    JavaScript objects.

    Parameters
    ----------
    kernels : WasmModule
    png_packer : JsPngPacker or None
    """

    def __init__(self, kernels: WasmModule, png_packer: JsPngPacker | None) -> None:
        self._kernels = WasmKernels(kernels)
        self._band_packer = None if png_packer is None else WorkerBandPacker(png_packer)
        self._sessions = EditSessions()
        self._taps = TapSessions()
        self._moving: tuple[str, MovingSubject] | None = None
        self._next = NextJob()

    def prepare(self, host: JsHost, picture: JsBuffer, request_json: str) -> None:
        """Begin the job that comes next, while the network works for the one before it.

        The network is asked when it is through with all passes of that. `cut_out` goes on from
        there if it is asked for just this job. What fails here is met again in its turn.
        """
        request = json.loads(request_json)
        progress = follow(host, self._next.start)
        options = limit_ahead(OffcutOptions.from_json(request["options"]))
        steps = self._found_steps(picture, request, options, progress, may_move=True)
        self._next.put(Ahead(request_json, host, progress, steps))

    def cut_out(
        self, host: JsHost, picture: JsBuffer | None, request_json: str
    ) -> Coroutine[Any, Any, Any]:
        """Run one job, and keep its subject for the editor.

        Parameters
        ----------
        host : JsHost
        picture : JsBuffer
            The file's bytes, or straight RGBA pixels if the request has `pixels`; None if it has
            `quick`.
        request_json : str
            ``{"options": {...}, "models": [entries of the registry, the base model first],
            "pixels": see `DecodedPixels`, or absent, "key": see `EditSessions`,
            "quick": the key of a quick result of the same picture, to go on from, or absent,
            "allowEmpty": true where a person will mark the subject if none is found}``.

        Returns
        -------
        JavaScript object
            ``{ok: true, cutout: Uint8Array, mediaType, width, height, timings, notices, checks,
            isBest}``,
            ``{ok: true, needs: "subject"}`` if the quick result is gone, or
            ``{ok: false, failure}``.
        """
        # Now, not when the coroutine begins: by then the job after this one may have been begun.
        ahead = self._next.take()

        async def work() -> dict[str, Any]:
            nonlocal ahead
            request = json.loads(request_json)
            options = OffcutOptions.from_json(request["options"])
            begun = await ahead.reach(request_json) if ahead else None
            if ahead and begun:
                progress = ahead.progress
                found = await self._found(host, ahead.steps, request, begun, may_move=True)
            else:
                ahead = None  # and the memory that it took
                progress = follow(host, self._next.start)
                found = await self._find(host, picture, request, progress, may_move=True)
            packer = self._band_packer
            if isinstance(found, MovingSubject):
                return describe_cutout(render_moving(found, options, progress, band_packer=packer))
            return describe_cutout(render(found, options, progress, band_packer=packer))

        return answer(work)

    async def find_subject(self, host: JsHost, picture: JsBuffer | None, request_json: str) -> Any:
        """Do what `cut_out` does but for the file: ``{ok: true, timings}`` or a failure."""

        async def work() -> dict[str, Any]:
            progress = Progress(host.report, host.isCancelled, host.reportFrame)
            await self._find(host, picture, json.loads(request_json), progress)
            return {"timings": progress.timings}

        return await answer(work)

    async def preview(self, key: str, request_json: str) -> Any:
        """Paint a preview of a kept subject; see `EditSessions.preview` for the request.

        Returns
        -------
        JavaScript object
            ``{ok: true, pixels: Uint8Array, width, height, size, source, frame, space,
            isEmpty}``, ``{ok: true, needs: "subject" or "background"}`` or
            ``{ok: false, failure}``.
        """

        async def work() -> dict[str, Any]:
            made = self._sessions.preview(key, read_request(request_json))
            left, top, right, bottom = made.box
            return {
                "pixels": made.pixels.ravel(),
                **describe_size(made.pixels.shape),
                "size": describe_size(made.size),
                "source": describe_size(made.source_size),
                "frame": {"left": left, "top": top, "width": right - left, "height": bottom - top},
                "space": describe_size(made.space),
                "isEmpty": made.is_empty,
            }

        return await answer(work)

    async def save(self, host: JsHost, key: str, request_json: str) -> Any:
        """Make the file of an edit: as `cut_out`, or ``{ok: true, needs}``.

        With ``"isMoving": true`` in the request, that of all frames, without strokes; ``{ok: true,
        isGone: true}`` if they are not kept any more: another picture that moves has come.
        """

        async def work() -> dict[str, Any]:
            progress = Progress(host.report, host.isCancelled, host.reportFrame)
            request = read_request(request_json)
            if request.get("isMoving"):
                return self._save_moving(key, request, progress)
            edit = self._sessions.find_edit(key, request)
            cutout = render(
                edit.subject,
                edit.options,
                progress,
                edit.background_picture,
                strokes=edit.strokes,
                band_packer=self._band_packer,
            )
            return describe_cutout(cutout)

        return await answer(work)

    def _save_moving(self, key: str, request: dict[str, Any], progress: Progress) -> dict[str, Any]:
        if self._moving is None or self._moving[0] != key:
            return {"isGone": True}
        options = OffcutOptions.from_json(request["options"])
        packer = self._band_packer
        return describe_cutout(
            render_moving(self._moving[1], options, progress, band_packer=packer)
        )

    async def tap(self, host: JsHost, key: str, request_json: str) -> Any:
        """Find what a tap on a kept subject may mean.

        Parameters
        ----------
        host : JsHost
        key : str
        request_json : str
            ``{"options", "strokes", "tap": {"x", "y", "kind"?}, "taps": [earlier],
            "models": [an entry of the registry], "prompted"?: [entries of an encoder and its
            decoder], "way"}``; see `Tapper.tap_steps`.

        Returns
        -------
        JavaScript object
            ``{ok: true, guesses: [{kind, size, runs}, ...], isPlain}``, the likeliest first, plain
            where the networks of `prompted` have failed; or ``{ok: true, needs}`` or
            ``{ok: false, failure}``.
        """

        async def work() -> dict[str, Any]:
            request = read_request(request_json)
            edit = self._sessions.find_edit(key, request)
            tapper = self._taps.tapper(key, edit.subject)
            steps = tapper.tap_steps(
                tap_from_json(request["tap"]),
                edit.strokes,
                [tap_from_json(each) for each in request["taps"]],
                spec_from_entry(request["models"][0]),
                prompted=prompted_from_entries(request.get("prompted", [])),
                way=request.get("way", "tap"),
            )
            guesses = await drive(host, steps)
            answers = [guess.to_json() for guess in guesses]
            return {"guesses": answers, "isPlain": tapper.prompts.failure is not None}

        return await answer(work)

    async def keep_background(
        self, job_id: str, name: str, picture: JsBuffer, request_json: str
    ) -> Any:
        """Keep a picture for the background; ``{"pixels"?}`` as for `cut_out`."""

        async def work() -> dict[str, Any]:
            source = read_source(picture, json.loads(request_json).get("pixels"))
            decoded = source if isinstance(source, SourceImage) else decode(source)
            self._sessions.keep_picture(job_id, name, decoded)
            return {}

        return await answer(work)

    def forget(self, job_id: str) -> None:
        """Let go of all that was kept of a job."""
        self._sessions.forget(job_id)
        self._taps.forget(job_id)
        if self._moving and self._moving[0].startswith(f"{job_id}/"):
            self._moving = None
        self._next.forget(job_id)

    async def _find(
        self,
        host: JsHost,
        picture: JsBuffer | None,
        request: dict[str, Any],
        progress: Progress,
        *,
        may_move: bool = False,
    ) -> Subject | MovingSubject:
        """Find a picture's subject and keep it; if it moves, that of one frame for the editor."""
        options = OffcutOptions.from_json(request["options"])
        steps = self._found_steps(picture, request, options, progress, may_move=may_move)
        return await self._found(host, steps, request, may_move=may_move)

    def _found_steps(
        self,
        picture: JsBuffer | None,
        request: dict[str, Any],
        options: OffcutOptions,
        progress: Progress,
        *,
        may_move: bool,
    ) -> Steps:
        models = [spec_from_entry(entry) for entry in request["models"]]
        allow_empty = bool(request.get("allowEmpty"))
        how = (models, options, progress, self._kernels)
        if picture is None:
            quick = self._sessions.subject(request["quick"])
            return better_steps(quick, *how, allow_empty=allow_empty)
        source = read_source(picture, request.get("pixels"))
        return found_steps(source, *how, may_move=may_move, allow_empty=allow_empty)

    async def _found(
        self,
        host: JsHost,
        steps: Steps,
        request: dict[str, Any],
        begun: Begun | None = None,
        *,
        may_move: bool,
    ) -> Subject | MovingSubject:
        """Follow the steps to their end, and keep what they find."""
        self._sessions.make_room()
        self._taps.make_room()
        if may_move:
            self._moving = None
        found = await drive(host, steps, begun)
        is_moving = isinstance(found, MovingSubject)
        if is_moving:
            self._moving = (request["key"], found)
        self._sessions.keep(request["key"], found.still if is_moving else found)
        return found
