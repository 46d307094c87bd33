"""Edit sessions: subjects that are kept after their job, to be previewed and saved anew.

Decides: how many finished pictures the editor can come back to without the network (by their
pixels), which is let go first, for how many of them a proxy stays that shows each change at once,
one background picture for each job.

For a long-lived process such as the extension's worker. Memory is limited, so a subject may be
gone when an edit asks for it: `MissingResource` names what the caller has to bring again.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import Any, Final, NamedTuple

from offcut.editing.preview import Preview, Previewer
from offcut.editing.strokes import Correction, strokes_from_json
from offcut.options.options import OffcutOptions
from offcut.source_image import SourceImage
from offcut.subject import Subject

MOST_PIXELS: Final = 30_000_000
"""Of all kept subjects together; the newest is kept whatever its size."""
MOST_PROXY_PIXELS: Final = 6_000_000
"""Of the proxies of all previews together, at some forty bytes each: three open editors of large
pictures. A proxy that is let go is made anew when its editor is turned to again."""


class MissingResource(Exception):  # noqa: N818 (the caller answers it; it is no failure)
    """Something that an edit needs is not kept: "subject" or "background"."""


class Edit(NamedTuple):
    """Everything that the file of an edit is rendered from."""

    subject: Subject
    options: OffcutOptions
    strokes: tuple[Correction, ...]
    background_picture: SourceImage | None


class _Session:
    """A subject, and what an editor has made of it."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.is_edited = False
        self.previewer: Previewer | None = None

    @property
    def proxy_pixels(self) -> int:
        return 0 if self.previewer is None else self.previewer.proxy_pixels


class EditSessions:
    """Everything that is kept for editing, by the engine's keys.

    A key names a job and what its subject depends on: ``"<job>/<quality>/<model>"``.
    """

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, _Session] = OrderedDict()
        self._pictures: dict[str, SourceImage] = {}

    def make_room(self) -> None:
        """Let go of subjects that nobody has edited, before another job."""
        for key in [key for key, session in self._sessions.items() if not session.is_edited]:
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

    def subject(self, key: str) -> Subject:
        """Give a kept subject.

        Raises
        ------
        MissingResource
        """
        if key not in self._sessions:
            raise MissingResource("subject")
        return self._sessions[key].subject

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
            session.is_edited = True
            self._limit_proxies(session)
        options = OffcutOptions.from_json(request["options"])
        return session.previewer.preview(options, strokes_from_json(request["strokes"]), picture)

    def _limit_proxies(self, newest: _Session) -> None:
        """Let go of the proxies that were looked at longest ago, where there are too many."""
        for session in self._sessions.values():  # the newest is the last one
            total = sum(each.proxy_pixels for each in self._sessions.values())
            if total <= MOST_PROXY_PIXELS or session is newest:
                return
            session.previewer = None

    def find_edit(self, key: str, request: dict[str, Any]) -> Edit:
        """Give what the full-size file of ``{"options", "strokes", "background"?}`` is made of.

        Raises
        ------
        MissingResource
        OffcutError
            BAD_OPTION.
        """
        session, picture = self._find(key, request)
        options = OffcutOptions.from_json(request["options"])
        return Edit(session.subject, options, strokes_from_json(request["strokes"]), picture)

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
