"""Serves the bench's pages on this machine, cross-origin isolated as imgly wants to be."""

import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

MEDIA_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "max-age=3600",
}


@contextmanager
def serve(folders: Mapping[str, Path]) -> Generator[str]:
    """Serve folders.

    Parameters
    ----------
    folders : mapping of str to Path
        By the first part of the address; "" for what is at the top.

    Yields
    ------
    str
        The address, with a trailing slash.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            file = _find(folders, PurePosixPath(urlsplit(self.path).path.lstrip("/")))
            if file is None:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            content = file.read_bytes()
            self.send_response(HTTPStatus.OK)
            media_type = MEDIA_TYPES.get(file.suffix, "application/octet-stream")
            for name, value in {**HEADERS, "Content-Type": media_type}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def _find(folders: Mapping[str, Path], path: PurePosixPath) -> Path | None:
    top = path.parts[0] if path.parts else ""
    inside = PurePosixPath(*path.parts[1:]) if top in folders else path
    folder = folders.get(top, folders[""])
    file = folder / inside
    return file if ".." not in path.parts and file.is_file() else None
