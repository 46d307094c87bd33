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

# What a browser itself asks the internet for, whatever extension is installed.
BROWSERS_OWN = (
    *("google.com", "googleapis.com", "gvt1.com", "duckduckgo.com", "debian.org"),
    *("mozilla.com", "mozilla.net", "mozilla.org", "firefox.com"),
)


SIGN_OF_A_TAB = "/favicon.ico"


@dataclass(frozen=True)
class Answer:
    """What a server says: status, body, headers."""

    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])
    endless: bool = False
    """The body again and again, until the browser hangs up."""
    lies: int | None = None
    """The length that the header names, whatever the body has."""


@dataclass(frozen=True)
class Request:
    """One request that reached the proxy."""

    method: str
    url: str
    headers: dict[str, str]

    @property
    def host(self) -> str:
        """Name of the server, without a port."""
        return self.url.removeprefix("http://").split("/")[0].split(":")[0]


class QuietServer(ThreadingHTTPServer):
    """Does not print that a browser has hung up, which browsers do."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Raise nothing for a connection that is gone; everything else is a bug of a test."""
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError):
            super().handle_error(request, client_address)  # pyright: ignore[reportArgumentType]


Server = Callable[[Request], Answer]
"""Answers by what it is asked: by the Referer or the cookies for one."""


class Site:
    """The proxy, its pages and its log."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Server] = {}
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

    def put(self, url: str, answer: Answer | Server) -> str:
        """Serve something under an address; gives the address back."""
        self.answers[url] = answer
        return url

    def page(self, url: str, body: str, doctype: str = "<!doctype html>") -> str:
        """Serve an HTML page."""
        html = f"{doctype}<meta charset=utf-8><title>test</title><body>{body}"
        return self.put(url, Answer(html.encode()))

    def requested(self, wanted: Callable[[Request], bool] = lambda _: True) -> list[str]:
        """Addresses in the order in which they were asked for."""
        return [request.url for request in self.log if wanted(request)]

    def asked(self) -> list[Request]:
        """All requests but the browser's own, which it makes without any extension too.

        It asks for the small picture of a page's tab when it likes, long after the page is there.
        """
        others = [request for request in self.log if not request.host.endswith(BROWSERS_OWN)]
        return [request for request in others if not request.url.endswith(SIGN_OF_A_TAB)]

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        headers = {name.title(): value for name, value in handler.headers.items()}
        # Else it would be taken for the begin of the next request, and that would be lost.
        handler.rfile.read(int(headers.get("Content-Length", 0)))
        request = Request(handler.command, handler.path, headers)
        self.log.append(request)
        answer = self.answers.get(handler.path) or Answer(b"not here", status=404)
        if not isinstance(answer, Answer):
            answer = answer(request)
        handler.send_response(answer.status)
        handler.send_header("Content-Type", answer.type)
        if answer.endless or answer.lies is not None:
            handler.close_connection = True
        if not answer.endless:
            length = len(answer.body) if answer.lies is None else answer.lies
            handler.send_header("Content-Length", str(length))
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        try:
            handler.wfile.write(answer.body)
            while answer.endless:
                handler.wfile.write(answer.body)
        except ConnectionError:
            return  # the browser has gone away, as some tests want it to
