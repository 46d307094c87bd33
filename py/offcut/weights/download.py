"""Brings weights to the user's folder: in pieces, verified, from one source after the other.

Decides: how often and after which waits a download is tried, when it goes to the next source, what
stays after a stop.

The same registry, hashes and rules as in the extension: a file has its own name only when
every byte was verified, until then it ends in `.part` and the next try goes on from there.
"""

from __future__ import annotations

import http.client
import time
from io import BufferedRandom
from pathlib import Path
from typing import Any, Final

from offcut.errors import ModelError
from offcut.weights.sources import (
    SourceError,
    Tell,
    WrongBytesError,
    file_size,
    find_segments,
    host_of,
    read_segment,
)
from offcut.weights.verify import Entry, is_whole, keep_right

BACK_OFF_S: Final = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Waits between tries that brought nothing new; as many as there are, then the next source."""
MAX_WRONG: Final = 2
"""A source that gives wrong bytes so often is left alone."""


def fetch_weights(entry: Entry, target: Path, tell: Tell = lambda _received, _host: None) -> None:
    """Download what is missing of a model's weights.

    Parameters
    ----------
    entry : dict
        The model's entry in the registry.
    target : Path
        Where the weights shall lie.
    tell : callable

    Raises
    ------
    ModelError
        DOWNLOAD_FAILED or WEIGHTS_MISMATCH; what has come and can be right is kept.
    OSError
        If the folder can't be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    reasons: list[str] = []
    is_wrong = False
    with part.open("ab+") as file:
        for source in entry["sources"]:
            try:
                _fetch_from(source, entry, file, tell)
                break
            except (SourceError, WrongBytesError) as error:
                is_wrong = isinstance(error, WrongBytesError)
                reasons.append(f"{host_of(source['url'])}: {error}")
        else:
            code = "WEIGHTS_MISMATCH" if is_wrong else "DOWNLOAD_FAILED"
            raise ModelError(
                code,
                f"{entry['title']} can't be had: {'; '.join(reasons) or 'it has no source'}.",
                detail={"model": entry["id"]},
            )
    part.replace(target)


def _fetch_from(source: dict[str, Any], entry: Entry, file: BufferedRandom, tell: Tell) -> None:
    wrong = tries = 0
    while not is_whole(file, entry):
        before = keep_right(file, entry)
        try:
            for segment in find_segments(source, entry["bytes"]):
                read_segment(segment, file, tell)
            if not is_whole(file, entry):
                raise WrongBytesError("the file there is another")
        except WrongBytesError:
            wrong += 1
            if wrong >= MAX_WRONG:
                raise
        except (OSError, http.client.HTTPException) as error:
            tries = 0 if file_size(file) > before else tries
            if tries >= len(BACK_OFF_S):
                raise SourceError(str(error)) from error
            time.sleep(BACK_OFF_S[tries])
            tries += 1
