"""Pages that swap pictures, frame us, or give odd names: none gets anything, nothing breaks."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from clicks import collected, point_at, raise_click, right_click, show
from offcut_browser import OffcutBrowser
from picture_pages import PAGE, picture
from site_proxy import Answer, Request, Site
from waiting import DEADLINE, until

NO_STORE = {"Cache-Control": "no-store"}


@pytest.fixture(autouse=True)
def _no_tabs_left(acting: OffcutBrowser) -> Iterator[None]:
    yield
    acting.close_results()


def test_a_picture_that_is_swapped_while_it_is_read_is_not_taken_for_the_clicked_one(
    acting: OffcutBrowser, site: Site
) -> None:
    asked, swapped = threading.Event(), threading.Event()
    times = iter(range(100))

    def slow(_request: Request) -> Answer:
        if next(times) == 0:
            return Answer(picture(160, 160, 3), "image/png", headers=NO_STORE)
        asked.set()
        swapped.wait(DEADLINE)
        return Answer(b"no", status=500, headers=NO_STORE)

    url = site.put(f"{PAGE}swapped.png", slow)
    show(acting, site, f'<img id="target" src="{url}" width=160 height=160>')
    before = acting.result_tabs()
    right_click(acting, "#target", 10)
    raise_click(acting, srcUrl=url, mediaType="image")
    until(asked.is_set, "the page's own reading")
    acting.driver.switch_to.window(acting.home)
    acting.driver.execute_async_script(
        "target.src = '/b.png'; target.decode().then(() => arguments[0]())"
    )
    swapped.set()
    acting.new_results(before)
    got = collected(acting)
    assert got.data == b""
    assert got.failure is not None
    assert got.failure["code"] in {"FETCH_FAILED", "PICTURE_GONE"}
    acting.wait_over()
    assert not acting.driver.execute_script(
        "return document.getElementById('failure-text').textContent.includes('undefined')"
    )


FRAMES = """<div id="target" style="width:160px;height:160px"></div><script>
    window.opened = null;
    for (const page of ['popup/popup', 'result/result', 'options/options', 'engine/engine']) {
        const frame = document.createElement('iframe');
        frame.src = `ORIGIN/${page}.html`;
        document.body.append(frame);
    }
    const files = ['manifest.json', 'content/main.js', 'icons/offcut-48.png'];
    Promise.allSettled(files.map((file) => fetch(`ORIGIN/${file}`)))
        .then((all) => { window.read = all.map(({ status }) => status); });
</script>"""


def test_a_page_can_frame_and_read_nothing_of_ours(acting: OffcutBrowser, site: Site) -> None:
    show(acting, site, FRAMES.replace("ORIGIN", acting.origin))
    read = until(lambda: acting.driver.execute_script("return window.read"), "all to be refused")
    assert set(read) == {"rejected"}
    frames = acting.devtools.frames(acting.home)
    assert len(frames) == 4
    assert [address for address in frames if address.startswith(acting.origin)] == []


@pytest.mark.parametrize("name", ["__proto__", "constructor", "toString", "hasOwnProperty"])
def test_a_picture_may_be_called(acting: OffcutBrowser, site: Site, name: str) -> None:
    url = site.put(f"{PAGE}{name}.png", Answer(picture(160, 160, 1), "image/png"))
    html = f'<img id="{name}" class="{name}" name="{name}" alt="{name}" title="{name}" src="{url}">'
    site.page(PAGE, f'<div id="target">{html}</div>')
    acting.open(PAGE)
    point_at(acting, "img")
    before = acting.result_tabs()
    raise_click(acting, srcUrl=url, mediaType="image")
    acting.new_results(before)
    assert acting.wait_over() == "done"
    assert acting.download().name.startswith(name)
