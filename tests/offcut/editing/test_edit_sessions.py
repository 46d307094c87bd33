"""What an edit needs is kept between its previews and its file, or named when it is gone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from offcut.editing import edit_sessions
from offcut.editing.edit_sessions import EditSessions, MissingResource, read_request
from offcut.subject import Subject
from subjects import disc, photo_of, source_of, subject_of

KEY = "job/fast/u2netp"
REQUEST = '{"options": {"feather": 3}, "maxPixels": 1000000}'


@pytest.fixture
def subject() -> Subject:
    truth = disc(40, 50, radius=12, softness=2)
    return subject_of(truth, photo_of(truth))


@pytest.fixture
def sessions(subject: Subject) -> EditSessions:
    sessions = EditSessions()
    sessions.keep(KEY, subject)
    return sessions


def with_background(name: str) -> dict[str, Any]:
    return read_request('{"options": {"background": "picture"}}') | {"background": name}


def test_the_file_is_made_of_the_subject_that_was_previewed(
    sessions: EditSessions, subject: Subject
) -> None:
    assert sessions.preview(KEY, read_request(REQUEST)).source_size == subject.source.size
    edit = sessions.find_edit(KEY, read_request(REQUEST))
    assert edit.subject is subject
    assert (edit.options.feather, edit.strokes, edit.background_picture) == (3, (), None)


def test_a_subject_that_is_gone_is_named(sessions: EditSessions) -> None:
    sessions.forget("job")
    with pytest.raises(MissingResource, match="subject"):
        sessions.find_edit(KEY, read_request(REQUEST))


def test_only_the_newest_background_of_a_job_is_kept(sessions: EditSessions) -> None:
    truth = disc(20, 20, radius=5)
    old, new = source_of(photo_of(truth)), source_of(np.zeros((20, 20, 3), np.uint8))
    sessions.keep_picture("job", "old", old)
    sessions.keep_picture("job", "new", new)
    assert sessions.find_edit(KEY, with_background("new")).background_picture is new
    with pytest.raises(MissingResource, match="background"):
        sessions.find_edit(KEY, with_background("old"))


def test_the_oldest_subject_makes_room_for_the_newest(
    sessions: EditSessions, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edit_sessions, "MOST_PIXELS", subject.alpha.size)
    sessions.keep("other/fast/u2netp", subject)
    with pytest.raises(MissingResource, match="subject"):
        sessions.find_edit(KEY, read_request(REQUEST))
    assert sessions.find_edit("other/fast/u2netp", read_request(REQUEST)).subject is subject


def test_a_subject_that_nobody_edits_makes_room_for_a_job(sessions: EditSessions) -> None:
    sessions.make_room()
    with pytest.raises(MissingResource, match="subject"):
        sessions.preview(KEY, read_request(REQUEST))


def test_a_subject_that_is_edited_stays_when_a_job_begins(sessions: EditSessions) -> None:
    sessions.preview(KEY, read_request(REQUEST))
    sessions.make_room()
    assert sessions.preview(KEY, read_request(REQUEST))


def test_only_the_newest_proxies_are_kept_and_an_older_one_is_made_anew(
    sessions: EditSessions, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edit_sessions, "MOST_PROXY_PIXELS", 2 * subject.alpha.size)
    made: list[Subject] = []

    class Counted(edit_sessions.Previewer):
        def __init__(self, subject: Subject, max_pixels: int) -> None:
            made.append(subject)
            super().__init__(subject, max_pixels)

    monkeypatch.setattr(edit_sessions, "Previewer", Counted)
    keys = [f"job{number}/fast/u2netp" for number in range(3)]
    for key in keys:
        sessions.keep(key, subject)
        sessions.preview(key, read_request(REQUEST))
    for key in keys[1:]:
        sessions.preview(key, read_request(REQUEST))
    assert len(made) == len(keys)
    sessions.make_room()  # all of them are edited
    assert sessions.preview(keys[0], read_request(REQUEST)).source_size == subject.source.size
    assert len(made) == len(keys) + 1
