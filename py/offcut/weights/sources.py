"""Reads the pieces of a file from one source on the network.

Decides: how long a silent server is waited for, which HTTP statuses pass by themselves, ranges,
that the system's proxies and certificates hold.

The same rules as in `extension/model_store/sources.js`.
"""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedRandom
from typing import Any, Final

STEP: Final = 1 << 20
SILENCE_S: Final = 30
"""No byte for so long, and the connection counts as dead."""
PASSING: Final = (408, 425, 429, 500, 502, 503, 504)
"""Statuses that may be otherwise soon."""

Tell = Callable[[int, str], None]
"""Told how many bytes are here and which host they come from."""


class SourceError(Exception):
    """A source that will not do; another one may."""


class WrongBytesError(Exception):
    """Bytes came that are not the file's."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Where bytes `start` to `end` of the file are."""

    url: str
    start: int
    end: int


def find_segments(source: dict[str, Any], size: int) -> list[Segment]:
    """Find out where the pieces of a file of `size` bytes are.

    Parameters
    ----------
    source : dict
        Of a registry entry: its `url`; with a `key`, that is a list of pieces.
    size : int

    Raises
    ------
    SourceError
        If the list does not make up the file, or the source refuses.
    OSError, http.client.HTTPException
        If the connection fails.
    """
    url: str = source["url"]
    if "key" not in source:
        return [Segment(url, 0, size)]
    with _open(url, 0) as response:
        chunks = json.load(response).get(source["key"], {}).get("chunks", [])
    segments = [
        Segment(urllib.parse.urljoin(url, chunk.get("hash") or chunk["name"]), *chunk["offsets"])
        for chunk in chunks
    ]
    ends = [0, *(segment.end for segment in segments)]
    if [segment.start for segment in segments] != ends[:-1] or ends[-1] != size:
        raise SourceError(f"its list does not make up a file of {size} bytes")
    return segments


def read_segment(segment: Segment, file: BufferedRandom, tell: Tell) -> None:
    """Append the bytes of a segment that the file does not have yet.

    Raises
    ------
    WrongBytesError
        If more bytes come than the segment has.
    SourceError
        If the source refuses.
    OSError, http.client.HTTPException
        If the connection fails; what has come is kept.
    """
    have = file_size(file)
    if segment.end <= have:
        return
    with _open(segment.url, have - segment.start) as response:
        # A server without ranges sends all from the start.
        skip = 0 if response.status == http.HTTPStatus.PARTIAL_CONTENT else have - segment.start
        for bytes_ in _read_steps(response, skip):
            if file_size(file) + len(bytes_) > segment.end:
                raise WrongBytesError("the file there is longer")
            file.write(bytes_)
            file.flush()
            tell(file_size(file), host_of(segment.url))
    if file_size(file) < segment.end:
        raise ConnectionError("the connection was cut")


def _read_steps(response: http.client.HTTPResponse, skip: int) -> Iterator[bytes]:
    while skip > 0:
        gone = len(response.read(min(skip, STEP)))
        if not gone:
            return
        skip -= gone
    while step := response.read(STEP):
        yield step


def _open(url: str, start: int) -> http.client.HTTPResponse:
    request = urllib.request.Request(url, headers={"Range": f"bytes={start}-"} if start else {})
    try:
        return urllib.request.urlopen(request, timeout=SILENCE_S)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in PASSING:
            raise ConnectionError(f"status {error.code}") from None
        raise SourceError(f"status {error.code}") from None


def file_size(file: BufferedRandom) -> int:
    """Give a file's length, and move to its end."""
    return file.seek(0, 2)


def host_of(url: str) -> str:
    """Give the host that a person is told of."""
    return urllib.parse.urlsplit(url).netloc
