"""Every kind of picture that a click may mean: its page, and what is expected of it."""

from __future__ import annotations

from dataclasses import dataclass

from picture_pages import OPEN, OTHER


@dataclass(frozen=True)
class Kind:
    """One kind of picture: its page, and what Offcut shall get of it."""

    name: str
    html: str
    target: str = "#target"
    """What the pointer is over."""
    file: str = ""
    """Address whose bytes are expected; empty when the pixels have to come from the page."""
    size: tuple[int, int] | None = None
    """Width and height that are expected where there is no file."""
    frame: str = ""
    """Selector of the frame that the target is in."""
    way: str = "the page's own reading"
    resolution: str = "the file's own bytes"
    on_failure: str = "PERMISSION_NEEDED"
    """Code of the failure where its server or its page lets nobody read it."""


SVG = '<svg id="target" width="160" height="160" viewBox="0 0 16 16" aria-label="Drawn">'
DRAW = """<script>
    const canvas = document.getElementById('target');
    const context = canvas.getContext('2d');
    context.fillStyle = '#c33';
    context.fillRect(40, 40, 80, 80);
</script>"""
WEBGL = """<script>
    const gl = document.getElementById('target').getContext('webgl');
    gl.clearColor(0.8, 0.2, 0.2, 1);
    const draw = () => { gl.clear(gl.COLOR_BUFFER_BIT); requestAnimationFrame(draw); };
    draw();
</script>"""
SHADOW = """<div id="host" style="width:160px"></div><script>
    const root = host.attachShadow({{ mode: '{mode}' }});
    root.innerHTML = '<img src="/a.png" width=160 height=160>';
</script>"""
VIDEO = """<video id="target" width=160 height=160 muted></video><script>
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 160;
    const context = canvas.getContext('2d');
    setInterval(() => {
        context.fillStyle = '#39c';
        context.fillRect(0, 0, 160, 160);
        context.fillStyle = '#c33';
        context.fillRect(40, 40, 80, 80);
    }, 30);
    const video = document.getElementById('target');
    video.srcObject = canvas.captureStream();
    video.play();
</script>"""
BOX = "width:160px;height:160px"


def styled(style: str, inner: str = "") -> str:
    """Make a box whose style shows a picture."""
    return f'<div id="target" style="{BOX};{style}">{inner}</div>'


PIXELS = "the element's own pixels"
BLOCKED = "FETCH_BLOCKED"

KINDS = (
    Kind("img", '<img id="target" src="/a.png">', file="a.png"),
    Kind("img of an open server", f'<img id="target" src="{OPEN}a.png">', file="a.png"),
    Kind(
        "img with srcset",
        '<img id="target" src="/small.png" width=80 '
        'srcset="/small.png 80w, /large.png 320w, /a.png 160w" sizes="80px">',
        file="large.png",
        resolution="the largest file that is offered",
    ),
    Kind(
        "img in picture",
        "<picture><source media='(max-width: 1px)' srcset='/b.png 4x'>"
        "<source srcset='/small.png 1x, /large.png 4x'>"
        "<img id=target src='/a.png' width=80 height=80></picture>",
        file="large.png",
        resolution="the largest file of the source that is shown",
    ),
    Kind(
        "img loaded late",
        '<img id="target" data-src="/b.png" src="/small.png" width=160 height=160>'
        "<script>document.getElementById('target').src = '/b.png'</script>",
        file="b.png",
    ),
    Kind(
        "img with a map",
        '<img src="/a.png" usemap="#m" width=160 height=160 id="target"><map name="m">'
        '<area shape="rect" coords="0,0,160,160" href="#"></map>',
        file="a.png",
    ),
    Kind("input", '<input id="target" type="image" src="/a.png">', file="a.png"),
    Kind(
        "object",
        f'<object id="target" data="/a.png" type="image/png" style="{BOX}"></object>',
        file="a.png",
    ),
    Kind("embed", f'<embed id="target" src="/a.png" type="image/png" style="{BOX}">', file="a.png"),
    Kind(
        "svg",
        f'<style>.s {{ fill: #c33 }}</style>{SVG}<circle class="s" cx=8 cy=8 r=5 /></svg>',
        size=(2048, 2048),
        way="the drawing, with its computed styles",
        on_failure="PICTURE_GONE",
        resolution="drawn with 2048 pixels on its longer side",
    ),
    Kind(
        "svg image",
        f'{SVG}<image id="inner" href="/a.png" width="16" height="16" /></svg>',
        target="#inner",
        file="a.png",
    ),
    Kind(
        "canvas",
        f'<canvas id="target" width=160 height=160></canvas>{DRAW}',
        size=(160, 160),
        way=PIXELS,
        resolution="the canvas's own",
        on_failure=BLOCKED,
    ),
    Kind(
        "canvas with WebGL",
        f'<canvas id="target" width=160 height=160></canvas>{WEBGL}',
        size=(160, 160),
        way=PIXELS,
        resolution="the canvas's own",
        on_failure=BLOCKED,
    ),
    Kind(
        "video",
        VIDEO,
        size=(160, 160),
        way=PIXELS,
        resolution="the video's own, of the frame that is shown",
        on_failure=BLOCKED,
    ),
    Kind(
        "poster of a video",
        '<video id="target" width=160 height=160 poster="/poster.png"></video>',
        file="poster.png",
    ),
    Kind("background-image", styled("background:url(/a.png)"), file="a.png"),
    Kind(
        "background-image of a set",
        styled("background-image:image-set(url(/small.png) 1x, url(/large.png) 2x)"),
        file="large.png",
        resolution="the sharpest file of the set",
    ),
    Kind(
        "border-image",
        styled("box-sizing:border-box;border:40px solid;border-image:url(/a.png) 30"),
        file="a.png",
    ),
    Kind("mask-image", styled("background:#c33;mask-image:url(/a.png)"), file="a.png"),
    Kind(
        "list-style-image",
        '<ul style="padding:60px"><li id="target" '
        'style="width:160px;list-style-image:url(/a.png)">text</li></ul>',
        file="a.png",
    ),
    Kind("content", styled("content:url(/a.png)"), file="a.png"),
    Kind(
        "content of ::before",
        "<style>#target::before { content: url(/a.png) }</style>" + styled(""),
        file="a.png",
    ),
    Kind(
        "background of ::after",
        "<style>#target::after { content: ''; display: block; width: 100%; height: 100%; "
        "background: url(/a.png) }</style>" + styled(""),
        file="a.png",
    ),
    Kind(
        "under an overlay",
        f'<div style="position:relative;{BOX}"><img src="/a.png" width=160 height=160>'
        '<div id="target" style="position:absolute;inset:0"></div></div>',
        file="a.png",
    ),
    Kind(
        "img that lets clicks through",
        f'<div id="target" style="{BOX}">'
        '<img src="/a.png" width=160 height=160 style="pointer-events:none"></div>',
        file="a.png",
    ),
    Kind("in an open shadow root", SHADOW.format(mode="open"), target="#host", file="a.png"),
    Kind("in a closed shadow root", SHADOW.format(mode="closed"), target="#host", file="a.png"),
    Kind(
        "in a frame of the same site",
        '<iframe id="f" src="/frame.html" width=200 height=200></iframe>',
        frame="#f",
        file="a.png",
    ),
    Kind(
        "in a frame of another site that is allowed",
        f'<iframe id="f" src="{OTHER}frame.html" width=200 height=200></iframe>',
        frame="#f",
        file="a.png",
        on_failure="FRAME_CLOSED",
    ),
    Kind(
        "data: address",
        '<img id="target" width=160 height=160 src="data:image/svg+xml,'
        "%3Csvg xmlns='http://www.w3.org/2000/svg' width='99' height='77'%3E%3C/svg%3E\">",
        size=(99, 77),
        on_failure=BLOCKED,
    ),
)
