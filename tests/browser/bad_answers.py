"""Answers of a picture's server that are no picture, and the failure that each leads to."""

from __future__ import annotations

from dataclasses import dataclass

from picture_pages import picture
from site_proxy import Answer

HOST = "allowed.test"
CLOSED = "http://closed.test/elsewhere.png"
LOGIN = f"http://{HOST}/sign-in"
PRIVATE = "http://192.168.7.7/a.png"
MIB = 1 << 20
BODY = picture(160, 160)


@dataclass(frozen=True)
class BadAnswer:
    """What a server says, and what becomes of it."""

    name: str
    answer: Answer
    code: str
    values: tuple[str, ...] = (HOST,)
    """What the sentence names."""


def redirect(to: str) -> Answer:
    """Send on to another address."""
    return Answer(status=302, headers={"Location": to, "Cache-Control": "no-store"})


def png(body: bytes = BODY, **how: int) -> Answer:
    """Answer with something that is called a picture."""
    return Answer(body, "image/png", headers={"Cache-Control": "no-store"}, lies=how.get("lies"))


BAD_ANSWERS = (
    BadAnswer("401 or 403", Answer(b"no", status=403), "FETCH_REFUSED", (HOST, "403")),
    BadAnswer("404 or 410", Answer(b"no", status=404), "FETCH_NOT_FOUND", (HOST, "404")),
    BadAnswer("429 or 503", Answer(b"no", status=429), "FETCH_BUSY", (HOST, "429")),
    BadAnswer("another error", Answer(b"no", status=500), "FETCH_FAILED"),
    BadAnswer("no bytes", png(b""), "FETCH_EMPTY"),
    BadAnswer("a page that is called a picture", png(b"<!DOCTYPE html><p>Log in"), "FETCH_PAGE"),
    BadAnswer("a redirect to a login page", redirect(LOGIN), "FETCH_PAGE"),
    BadAnswer("a redirect to a host that lets nobody read", redirect(CLOSED), "FETCH_REDIRECTED"),
    BadAnswer(
        "a redirect into the user's network",
        redirect(PRIVATE),
        "PRIVATE_ADDRESS",
        ("192.168.7.7",),
    ),
    BadAnswer(
        "bytes without end",
        Answer(b"\x89PNG" + bytes(MIB), "image/png", endless=True),
        "FETCH_ENDLESS",
        (HOST, "268"),
    ),
    BadAnswer("fewer bytes than announced", png(lies=10 * len(BODY)), "FETCH_FAILED"),
    BadAnswer(
        "more bytes announced than we take", png(lies=1 << 33), "IMAGE_TOO_LARGE", ("8590", "268")
    ),
)
