"""Records Python's memory, ready for the first picture, in a headless browser.

Decides: which sources make a recording stale, so that it is made anew (`RECORDED_BY`, its key), and
how long a recording may take.

See `extension/python/start_pyodide.js` for what it is good for. The image depends on
nothing but the sources, so it is made again only when one of them has changed.
"""

import hashlib
import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, urlsplit

from dev.builder.memory_image.sparse import sparse
from dev.chromium_arguments import QUIET, sandbox_arguments
from dev.environment import BROWSER_PROGRAMS, ensure_programs
from dev.paths import BUILD
from dev.terminal import SetupError, say

HERE = Path(__file__).parent
KEPT = BUILD / "memory_image"
TIMEOUT_S = 300
# Two of each recording.
MOST_FILES = 8
MEDIA_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".wasm": "application/wasm",
}

RECORDED_BY = {
    PurePosixPath("python/start_pyodide.js"),
    PurePosixPath("python/memory_image.js"),
    PurePosixPath("python/site_packages.js"),
    PurePosixPath("models/registry.json"),
}

Files = Mapping[PurePosixPath, Path | bytes]


def memory_image(files: Files) -> tuple[bytes, bytes]:
    """Give the memory image of the extension whose files these are.

    Parameters
    ----------
    files : mapping of PurePosixPath to Path or bytes
        The built extension: place, and content or where it is.

    Returns
    -------
    tuple of bytes
        The image, and the JSON that describes it; see `sparse`.

    Raises
    ------
    SetupError
        If there is no browser, or Python did not start in it; says what it said.
    """
    needed = {path: content for path, content in files.items() if _is_needed(path)}
    # Without the folder of bytecode that Python may have put there.
    for path in (path for path in HERE.iterdir() if path.is_file()):
        needed[PurePosixPath(path.name)] = path
    key = _key(needed)
    image, about = KEPT / f"{key}.bin", KEPT / f"{key}.json"
    if not (image.is_file() and about.is_file()):
        say("Recording Python's memory in a headless browser (about ten seconds) ...")
        ensure_programs(BROWSER_PROGRAMS)
        parts, index = sparse(*_record(needed))
        KEPT.mkdir(parents=True, exist_ok=True)
        image.write_bytes(parts)
        about.write_text(json.dumps(index), encoding="utf-8")
        _remove_old()
    return image.read_bytes(), about.read_bytes()


def _remove_old() -> None:
    """Keep the newest recordings: each browser's build has one."""
    kept = sorted(KEPT.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in kept[MOST_FILES:]:
        old.unlink()


def _is_needed(path: PurePosixPath) -> bool:
    folder = path.parts[0]
    return path in RECORDED_BY or folder == "py" or path.parts[:2] == ("vendor", "pyodide")


def _key(files: Files) -> str:
    whole = hashlib.sha256()
    for path in sorted(files):
        content = _read(files[path])
        whole.update(f"{path}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()[:32]


def _read(content: Path | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def _record(files: Files) -> tuple[bytes, int]:
    answers: queue.Queue[tuple[str, bytes]] = queue.Queue()
    with _served(files, answers) as address, _browser(f"{address}record.html") as browser:
        for _ in range(TIMEOUT_S):
            try:
                path, body = answers.get(timeout=1)
                break
            except queue.Empty:
                if browser.poll() is not None:
                    raise SetupError("Chromium ended while Python's memory was recorded.") from None
        else:
            raise SetupError(f"Python did not start in Chromium within {TIMEOUT_S} s.")
    if not path.startswith("/memory"):
        raise SetupError(f"Python's memory could not be recorded:\n{body.decode()}")
    return body, int(parse_qs(urlsplit(path).query)["table"][0])


@contextmanager
def _browser(address: str) -> Generator[subprocess.Popen[bytes]]:
    with tempfile.TemporaryDirectory(
        prefix="offcut-record-", ignore_cleanup_errors=True
    ) as profile:
        command = [shutil.which("chromium") or "chromium", *QUIET, *sandbox_arguments()]
        command += ["--headless=new", f"--user-data-dir={profile}", address]
        # Python's memory has the names of the time zone: those of one place, wherever it is made.
        environment = os.environ | {"TZ": "UTC"}
        browser = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
        try:
            yield browser
        finally:
            browser.terminate()
            browser.wait()


@contextmanager
def _served(files: Files, answers: queue.Queue[tuple[str, bytes]]) -> Generator[str]:
    """Serve the files on this machine; what is posted goes into `answers`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = files.get(PurePosixPath(urlsplit(self.path).path.lstrip("/")))
            if content is None:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            self._answer(_read(content), MEDIA_TYPES.get(Path(self.path).suffix, ""))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(b"", "")
            answers.put((self.path, body))

        def _answer(self, content: bytes, media_type: str) -> None:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", media_type or "application/octet-stream")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the terminal belongs to the command."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
