"""Plays the hosts of weights, good and bad: the browser has it for its proxy."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from site_proxy import QuietServer
from waiting import DEADLINE

PIECE = 1 << 16


@dataclass
class Served:
    """How one address behaves.

    Attributes
    ----------
    body : bytes
    status : int
        Sent instead of the body if it is no success.
    ranges : bool
        Whether it serves parts.
    cut_after : list of int
        Bytes after which the next requests are cut, one number for each.
    wrong_at : list of int
        Positions of a wrong byte in what the next requests get, one for each; the last
        number stays in force if it is repeated by `is_always_wrong`.
    is_always_wrong : bool
    hold_after : int or None
        Position in the body after which nothing comes until `release` is called.
    go_on : threading.Event
    """

    body: bytes = b""
    status: int = 200
    ranges: bool = True
    cut_after: list[int] = field(default_factory=list[int])
    wrong_at: list[int] = field(default_factory=list[int])
    is_always_wrong: bool = False
    hold_after: int | None = None
    go_on: threading.Event = field(default_factory=threading.Event)

    def release(self) -> None:
        """Hold nothing any more."""
        self.hold_after = None
        self.go_on.set()


class WeightsServer:
    """The server, what it serves by address, and the log of (address, first byte)."""

    def __init__(self) -> None:
        self.served: dict[str, Served] = {}
        self.log: list[tuple[str, int]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                server._answer(self)

            def do_CONNECT(self) -> None:
                self.send_error(403)

            do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                """Keep quiet; `log` has it all."""

        self._server = QuietServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Host and port, as of a proxy."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def put(self, url: str, served: Served) -> None:
        """Serve something."""
        self.served[url] = served

    def starts(self, url: str) -> list[int]:
        """First bytes of all requests for an address."""
        return [start for asked, start in self.log if asked == url]

    def close(self) -> None:
        """Stop."""
        for served in self.served.values():
            served.release()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        served = self.served.get(handler.path) or Served(status=404)
        asked = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
        start = int(asked[1]) if asked and served.ranges else 0
        self.log.append((handler.path, int(asked[1]) if asked else 0))
        if served.status != 200:
            handler.send_error(served.status)
            return
        body = bytearray(served.body)
        if served.wrong_at:
            at = served.wrong_at[0] if served.is_always_wrong else served.wrong_at.pop(0)
            body[at] ^= 0xFF
        content = bytes(body[start:])
        cut = served.cut_after.pop(0) if served.cut_after else len(content)
        handler.send_response(206 if start else 200)
        if start:
            last = len(body) - 1
            handler.send_header("Content-Range", f"bytes {start}-{last}/{len(body)}")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        self._send(handler, content[:cut], start, served)
        if cut < len(content):
            handler.close_connection = True  # what was sent still arrives

    def _send(
        self, handler: BaseHTTPRequestHandler, content: bytes, start: int, served: Served
    ) -> None:
        try:
            for at in range(0, len(content), PIECE):
                piece = content[at : at + PIECE]
                handler.wfile.write(piece)
                hold = served.hold_after
                if hold is not None and start + at + len(piece) >= hold:
                    served.go_on.wait(DEADLINE)
        except OSError:
            return  # paused, cancelled, killed
