"""Fixtures of the tests of the command line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from bucket import files_of
from command import photo_in


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture of a disc, in a folder of its own."""
    return photo_in(tmp_path)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty bucket on an S3 server of this machine."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 (it takes a second)

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    files = files_of("s3")
    files.mkdir("pictures")
    yield "s3://pictures"
    files.clear_instance_cache()
    # What it keeps is the process's, not the server's.
    urlopen(Request(f"http://{host}:{port}/moto-api/reset", method="POST")).close()
    server.stop()
