"""Pages that put another picture into the place of the clicked one, and how each does it."""

from __future__ import annotations

from picture_pages import OWN

BOX = "width:200px;height:200px"
DRAWN = """<canvas id="target" width=400 height=400></canvas><script>
    const image = new Image();
    image.onload = () => {
        target.getContext('2d').drawImage(image, 0, 0, 400, 400);
        document.title = 'ready';
    };
    image.src = '/portrait.jpg';</script>"""
BLOB = """<img id="target" width=200 height=200><script>
    fetch('/portrait.jpg', OWN).then((answer) => answer.blob()).then((blob) => {
        target.addEventListener('load', () => { document.title = 'ready'; }, { once: true });
        target.src = URL.createObjectURL(blob);
    });</script>""".replace("OWN", OWN)
READY = "<script>onload = () => { document.title = 'ready'; }</script>"
IMG = f'<img id="target" src="/portrait.jpg" width=200 height=200>{READY}'
SWAPPED = ".then(() => target.decode()).then(() => { document.title = 'swapped'; })"
"""Of a page that has to fetch the other picture before."""
SWAPS = {
    "src": (IMG, "target.src = '/b.png'"),
    "another element in its place": (IMG, "target.outerHTML = '<img id=target src=/b.png>'"),
    # Firefox has what a page has shown before at hand, but for a request of another kind.
    "the same address": (
        IMG.replace("portrait", "again"),
        f"document.cookie = 'new=1'; target.removeAttribute('src'); fetch('/again.jpg', {OWN})"
        ".then(() => { target.crossOrigin = 'anonymous'; target.src = '/again.jpg'; })" + SWAPPED,
    ),
    "srcset": (
        '<img id="target" srcset="/portrait.jpg 1x" width=200 height=200>' + READY,
        "target.srcset = '/b.png 1x'",
    ),
    "source": (
        '<picture><source id="source" srcset="/portrait.jpg"><img id="target" width=200 '
        f"height=200></picture>{READY}",
        "document.getElementById('source').srcset = '/b.png'",
    ),
    "blob": (
        BLOB,
        f"fetch('/b.png', {OWN}).then((a) => a.blob()).then((blob) => {{"
        " target.src = URL.createObjectURL(blob); })" + SWAPPED,
    ),
    "background-image": (
        f'<div id="target" style="{BOX};background-image:url(/portrait.jpg)"></div>{READY}',
        "target.style.backgroundImage = 'url(/b.png)'",
    ),
    "class": (
        "<style>.a { background: url(/portrait.jpg) } .b { background: url(/b.png) }</style>"
        f'<div id="target" class="a" style="{BOX}"></div>{READY}',
        "target.className = 'b'",
    ),
    "svg image": (
        f'<svg style="{BOX}" viewBox="0 0 9 9"><image id="target" href="/portrait.jpg" width=9 '
        f"height=9 /></svg>{READY}",
        "target.setAttribute('href', '/b.png')",
    ),
    "canvas": (
        DRAWN,
        "const c = target.getContext('2d'); c.fillStyle = '#27a'; c.fillRect(0, 0, 400, 300)",
    ),
}
