"""The demo page: freely licensed pictures, served on this machine only.

Decides: which pictures the demo page shows.
"""

import html
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template

from dev.free_pictures import free_picture

PAGE = Path(__file__).with_name("demo")
MEDIA_TYPES = {".css": "text/css", ".html": "text/html", ".jpg": "image/jpeg", ".png": "image/png"}


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """A picture inside scikit-image's wheel, with what its documentation says of it."""

    file: str
    title: str
    credit: str
    licence: str


PICTURES = (
    DemoPicture("astronaut.png", "Eileen Collins", "NASA", "Public domain"),
    DemoPicture("chelsea.png", "Chelsea the cat", "Stefan van der Walt", "CC0"),
    DemoPicture(
        "coffee.png", "Coffee cup", "Rachel Michetti, courtesy of Pikolo Espresso Bar", "CC0"
    ),
    DemoPicture("rocket.jpg", "Falcon 9 with DSCOVR", "SpaceX", "Public domain"),
    DemoPicture("camera.png", "Photographer", "Lav Varshney", "CC0"),
)


def demo_pictures() -> list[Path]:
    """Where the pictures are.

    Raises
    ------
    SetupError
        If scikit-image is not installed.
    """
    return [free_picture(picture.file) for picture in PICTURES]


def demo_page() -> str:
    """Write the page's HTML, each picture with its credit and licence."""
    figures = "\n".join(
        f'<figure><img src="{html.escape(picture.file)}" alt="{html.escape(picture.title)}" />'
        f"<figcaption>{html.escape(picture.title)}"
        f"<small>{html.escape(picture.credit)} · {html.escape(picture.licence)}</small>"
        "</figcaption></figure>"
        for picture in PICTURES
    )
    return Template((PAGE / "page.html").read_text(encoding="utf-8")).substitute(figures=figures)


@contextmanager
def serve_demo() -> Generator[str]:
    """Serve the page on a free port of this machine; gives its address."""
    files = {f"/{path.name}": path for path in [*demo_pictures(), PAGE / "page.css"]}

    class Handler(BaseHTTPRequestHandler):
        """Answers with the page, its style sheet or one of its pictures."""

        def do_GET(self) -> None:
            if self.path == "/":
                self._answer(demo_page().encode(), ".html")
            elif self.path in files:
                self._answer(files[self.path].read_bytes(), files[self.path].suffix)
            else:
                self.send_error(HTTPStatus.NOT_FOUND)

        def _answer(self, content: bytes, suffix: str) -> None:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", MEDIA_TYPES[suffix])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the terminal belongs to the demo's instructions."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
