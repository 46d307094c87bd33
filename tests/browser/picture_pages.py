"""The pictures and hosts of the pages that the tests click on.

The pages are served as `page.test`; the pictures by several hosts that differ in what they
let be read: `page.test` itself, `open.test` (CORS), `closed.test` (none).
"""

from __future__ import annotations

import io
from functools import cache

import numpy as np
from PIL import Image
from site_proxy import Answer, Site

PAGE = "http://page.test/"
OPEN = "http://open.test/"
CLOSED = "http://closed.test/"
OTHER = "http://other.test/"
# For a `fetch` of a page: without an Accept of its own it counts as ours, see accounts.py.
OWN = "{ headers: { Accept: 'image/*' } }"
OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*"}
# Two pictures at one place: one behind the other, and side by side under something.
TWO = (
    '<div style="width:160px;height:160px;background:url(/b.png)">'
    '<img id="target" src="/a.png" width=160 height=160 alt="The first"></div>'
)
SIDE_BY_SIDE = (
    '<div style="position:relative;width:320px;height:160px;display:flex">'
    '<img src="/a.png" width=160 height=160><img src="/b.png" width=160 height=160>'
    '<div id="target" style="position:absolute;inset:0"></div></div>'
)


@cache
def picture(width: int, height: int, seed: int = 1) -> bytes:
    """Encode a subject on a plain ground, different for every seed, as a PNG."""
    rows, columns = np.mgrid[0:height, 0:width]
    inside = np.hypot(columns - width / 2, rows - height / 2) < min(width, height) / 3
    pixels = np.where(inside[..., None], (200, 40 + seed, 60), (90, 150 + seed, 220))
    file = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(file, "PNG")
    return file.getvalue()


def serve_pictures(site: Site) -> None:
    """Put the pictures and the nested pages that the kinds use into the small internet."""
    for number, name in enumerate(("a", "b", "c", "large", "small", "poster"), start=1):
        side = {"large": 320, "small": 80}.get(name, 160)
        body = picture(side, side, number)
        no_store = {"Cache-Control": "no-store"}
        site.put(f"{PAGE}{name}.png", Answer(body, "image/png"))
        site.put(f"{OPEN}{name}.png", Answer(body, "image/png", headers=OPEN_TO_ALL))
        site.put(f"{CLOSED}{name}.png", Answer(body, "image/png", headers=no_store))
    site.page(f"{PAGE}frame.html", '<img id="target" src="/a.png" width=160 height=160>')
    site.put(f"{OTHER}a.png", Answer(picture(160, 160, 1), "image/png"))
    site.page(f"{OTHER}frame.html", '<img id="target" src="/a.png" width=160 height=160>')
