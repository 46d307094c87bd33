"""Edit sessions: subjects that are kept after their job, previewed and saved anew.

For a long-lived process such as the extension's worker. A resource that an edit needs and
that is not here is named by an exception, so that the caller can bring it: it may have been
dropped to make room for others.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import Any, Final

from offcut.cutout import Cutout, render
from offcut.editing.preview import Preview, Previewer
from offcut.editing.strokes import strokes_from_json
from offcut.encoding.png_stream import BandPacker
from offcut.options.options import OffcutOptions
from offcut.progress import Progress
from offcut.source_image import SourceImage
from offcut.subject import Subject

MOST_PIXELS: Final = 30_000_000
"""Of all kept subjects together; the newest is kept whatever its size."""


class MissingResource(Exception):  # noqa: N818 (a question, not an error)
    """What an edit needs and is not here: "subject" or "background"."""


class _Session:
    """A subject, and what an editor has made of it."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.previewer: Previewer | None = None


class EditSessions:
    """Everything that is kept for editing, by the engine's keys.

    A key names a job and what its subject depends on: ``"<job>/<quality>/<model>"``.

    Parameters
    ----------
    band_packer : BandPacker or None
        Other threads that help to write a PNG.
    """

    def __init__(self, band_packer: BandPacker | None) -> None:
        self._band_packer = band_packer
        self._sessions: OrderedDict[str, _Session] = OrderedDict()
        self._pictures: dict[str, SourceImage] = {}

    def make_room(self) -> None:
        """Let go of subjects that nobody has edited, before another job."""
        for key in [key for key, session in self._sessions.items() if session.previewer is None]:
            del self._sessions[key]

    def keep(self, key: str, subject: Subject) -> None:
        """Keep a subject, and let go of the oldest where there are too many."""
        self._sessions.pop(key, None)
        self._sessions[key] = _Session(subject)
        sizes = [session.subject.alpha.size for session in self._sessions.values()]
        while len(sizes) > 1 and sum(sizes) > MOST_PIXELS:
            self._sessions.popitem(last=False)
            del sizes[0]

    def keep_picture(self, job_id: str, name: str, picture: SourceImage) -> None:
        """Keep a background until its job is forgotten; of each job the newest one only."""
        for key in [key for key in self._pictures if key.startswith(f"{job_id}/")]:
            del self._pictures[key]
        self._pictures[f"{job_id}/{name}"] = picture

    def forget(self, job_id: str) -> None:
        """Let go of everything that belongs to a job."""
        for store in (self._sessions, self._pictures):
            for key in [key for key in store if key.startswith(f"{job_id}/")]:
                del store[key]

    def preview(self, key: str, request: dict[str, Any]) -> Preview:
        """Paint a preview of ``{"options", "strokes", "background"?, "maxPixels"}``.

        Raises
        ------
        MissingResource
        OptionsError
            BAD_OPTION.
        """
        session, picture = self._find(key, request)
        max_pixels = max(1, int(request["maxPixels"]))
        if session.previewer is None or session.previewer.max_pixels != max_pixels:
            session.previewer = Previewer(session.subject, max_pixels)
        options = OffcutOptions.from_json(request["options"])
        return session.previewer.preview(options, strokes_from_json(request["strokes"]), picture)

    def save(self, key: str, request: dict[str, Any], progress: Progress) -> Cutout:
        """Make the file of ``{"options", "strokes", "background"?}`` at full size.

        Raises
        ------
        MissingResource
        OffcutError
            As `render`.
        """
        session, picture = self._find(key, request)
        options = OffcutOptions.from_json(request["options"])
        strokes = strokes_from_json(request["strokes"])
        return render(
            session.subject,
            options,
            progress,
            picture,
            strokes=strokes,
            band_packer=self._band_packer,
        )

    def _find(self, key: str, request: dict[str, Any]) -> tuple[_Session, SourceImage | None]:
        session = self._sessions.get(key)
        if session is None:
            raise MissingResource("subject")
        self._sessions.move_to_end(key)
        name = request.get("background")
        if not name or request["options"].get("background") != "picture":
            return session, None
        picture = self._pictures.get(f"{key.partition('/')[0]}/{name}")
        if picture is None:
            raise MissingResource("background")
        return session, picture


def read_request(request_json: str) -> dict[str, Any]:
    """Read an edit, of which strokes may be absent."""
    return {"strokes": []} | json.loads(request_json)
