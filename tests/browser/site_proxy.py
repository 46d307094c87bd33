"""A small internet: every host name that the browser asks for is answered, or refused, here.

The browser is started with this as its proxy, loopback included, so that nothing that it
sends can miss the log, and so that pictures can lie on hosts with real names.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """What a server says: status, body, headers; `delay` is waited for before the body."""

    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])
    hold: threading.Event | None = None
    """Set by the test when the body may be sent."""


@dataclass(frozen=True)
class Request:
    """One request that reached the proxy."""

    method: str
    url: str
    headers: dict[str, str]


class QuietServer(ThreadingHTTPServer):
    """Does not print that a browser has hung up, which browsers do."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Raise nothing for a connection that is gone; everything else is a bug of a test."""
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError):
            super().handle_error(request, client_address)  # pyright: ignore[reportArgumentType]


class Site:
    """The proxy, its pages and its log."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.log: list[Request] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site._answer(self)

            def do_CONNECT(self) -> None:
                site.log.append(Request("CONNECT", self.path, dict(self.headers)))
                self.send_error(403)

            do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                """Keep quiet; `log` has it all."""

        self._server = QuietServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Host and port of the proxy."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def put(self, url: str, answer: Answer) -> str:
        """Serve something under an address; gives the address back."""
        self.answers[url] = answer
        return url

    def page(self, url: str, body: str) -> str:
        """Serve an HTML page."""
        html = f"<!doctype html><meta charset=utf-8><title>test</title><body>{body}"
        return self.put(url, Answer(html.encode()))

    def requested(self, wanted: Callable[[Request], bool] = lambda _: True) -> list[str]:
        """Addresses in the order in which they were asked for."""
        return [request.url for request in self.log if wanted(request)]

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.log.append(Request(handler.command, handler.path, dict(handler.headers)))
        answer = self.answers.get(handler.path) or Answer(b"not here", status=404)
        handler.send_response(answer.status)
        handler.send_header("Content-Type", answer.type)
        handler.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        if answer.hold:
            answer.hold.wait(60)
        try:
            handler.wfile.write(answer.body)
        except ConnectionError:
            return  # the browser has gone away, as some tests want it to
