"""Replacing a picture in its page: the clicked one and no other, and back again wherever it is."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from clicks import raise_click, show
from held_jobs import held
from offcut_browser import OffcutBrowser
from page_panels import MARK, OURS, nodes, panels, press_in_panel, said
from picture_pages import PAGE, picture
from picture_swaps import BOX, DRAWN, IMG, READY, SWAPPED, SWAPS
from site_proxy import Answer, Request, Server, Site
from waiting import until


@pytest.fixture(autouse=True, scope="module")
def _warm(acting: OffcutBrowser, photos: dict[str, Path]) -> None:
    """There is an engine, whose jobs can be held."""
    assert acting.cut_out(photos["small"]) == "done"


@pytest.fixture(autouse=True)
def _no_tabs_left(acting: OffcutBrowser) -> Iterator[None]:
    acting.close_results()
    yield
    acting.close_results()


@pytest.fixture(scope="module")
def portrait(site: Site, photos: dict[str, Path]) -> str:
    """Serve a real photo, in which there is a subject."""
    body = photos["small"].read_bytes()
    site.put(f"{PAGE}again.jpg", changing(body))
    for name in ("portrait", "twin"):
        site.put(f"{PAGE}{name}.jpg", Answer(body, "image/jpeg"))
    return f"{PAGE}portrait.jpg"


def changing(first: bytes) -> Server:
    """Another picture under the same address, from the time on that the page asks for it."""

    def answer(request: Request) -> Answer:
        is_new = "new" in request.headers.get("Cookie", "")
        body = picture(512, 512, 2) if is_new else first
        return Answer(body, "image/png", headers={"Cache-Control": "no-store"})

    return answer


@contextmanager
def begun(browser: OffcutBrowser, site: Site, html: str) -> Generator[list[str]]:
    """Click "Replace" on the target, whose picture is being cut out meanwhile; gives the tabs."""
    browser.driver.delete_all_cookies()
    show(browser, site, html)
    until(lambda: browser.driver.title == "ready", "the picture")
    tabs = browser.result_tabs()
    with held(browser.devtools) as await_held:
        raise_click(browser, "replace need")
        await_held()
        until(lambda: nodes(browser, MARK), "the mark on the picture")
        yield tabs


def replace(browser: OffcutBrowser, site: Site, html: str) -> None:
    """Click "Replace" on the target, and wait until that is done."""
    with begun(browser, site, html):
        pass
    until(lambda: panels(browser) == 1, "the word that it is done")


SHOWN = """const target = document.getElementById('target');
    const { backgroundImage } = getComputedStyle(target);
    return [target.currentSrc, target.getAttribute('href'), backgroundImage, target.tagName]
        .join(' ')"""


@pytest.mark.usefixtures("portrait")
@pytest.mark.parametrize("swap", SWAPS)
def test_a_picture_that_its_page_has_swapped_meanwhile_is_left_alone(
    acting: OffcutBrowser, site: Site, swap: str
) -> None:
    html, change = SWAPS[swap]
    with begun(acting, site, html) as tabs:
        acting.driver.execute_script(change)
        if SWAPPED in change:
            until(lambda: acting.driver.title == "swapped", "the other picture")
    acting.new_results(tabs)
    assert acting.wait_over() == "done"
    until(lambda: "no longer" in acting.text("said"), "the word about it")
    acting.driver.switch_to.window(acting.home)
    assert panels(acting) == 0
    shown = str(acting.driver.execute_script(SHOWN))
    assert f"blob:{PAGE}" not in shown or swap == "blob"
    assert "CANVAS" in shown or swap != "canvas"
    until(lambda: not nodes(acting, MARK), "the mark's end")


STAYS = {
    "moved in the page": (
        IMG,
        "const moved = target; moved.remove(); document.body.prepend('text', moved)",
    ),
    "another class": (IMG, "target.className = 'seen'"),
    "a larger file of the same": (
        '<img id="target" srcset="/twin.jpg 200w, /portrait.jpg 512w" sizes="200px" width=200 '
        f"height=200>{READY}",
        "target.sizes = '512px'",
    ),
    "a canvas that draws the same again": (
        DRAWN,
        "const c = target.getContext('2d'); c.drawImage(target, 0, 0)",
    ),
}


@pytest.mark.usefixtures("portrait")
@pytest.mark.parametrize("change", STAYS)
def test_a_picture_that_is_still_there_is_replaced(
    acting: OffcutBrowser, site: Site, change: str
) -> None:
    html, script = STAYS[change]
    with begun(acting, site, html):
        acting.driver.execute_script(script)
    until(lambda: panels(acting) == 1, "the word that it is done")
    pictures = "return [...document.images].map((each) => each.src).join()"
    assert f"blob:{PAGE}" in acting.driver.execute_script(pictures)
    until(lambda: not nodes(acting, MARK), "the mark to go")


@pytest.mark.usefixtures("portrait")
def test_a_page_can_read_the_cut_out_that_was_put_into_it(
    acting: OffcutBrowser, site: Site
) -> None:
    """The privacy policy says so: what is in a page is that page's as well."""
    replace(acting, site, IMG)
    read = """fetch(target.src).then((answer) => answer.blob())
        .then(({ type }) => arguments[0](type))"""
    assert acting.driver.execute_async_script(read) == "image/png"


@pytest.mark.usefixtures("portrait")
def test_what_the_page_shows_after_the_replacement_is_not_touched(
    acting: OffcutBrowser, site: Site
) -> None:
    replace(acting, site, '<img id="target" srcset="/portrait.jpg 1x">' + READY)
    acting.driver.execute_script("target.src = '/b.png'")
    size = "return [target.width, target.height, target.currentSrc]"
    # The next picture has its own size, and undoing does not bring the first one over it.
    until(
        lambda: acting.driver.execute_script(size) == [160, 160, f"{PAGE}b.png"],
        "the next picture in its own size",
    )
    press_in_panel(acting, "Undo")
    until(lambda: panels(acting) == 0, "the panel to go")
    assert acting.driver.execute_script(size) == [160, 160, f"{PAGE}b.png"]


@pytest.mark.usefixtures("portrait")
def test_what_lies_over_and_under_a_background_stays(acting: OffcutBrowser, site: Site) -> None:
    layers = "linear-gradient(rgba(0, 0, 0, 0.1), rgba(0, 0, 0, 0.1)), url(/portrait.jpg)"
    replace(acting, site, f'<div id="target" style="{BOX};background-image:{layers}"></div>{READY}')
    shown = "return getComputedStyle(target).backgroundImage"
    assert acting.driver.execute_script(shown).startswith("linear-gradient(")
    assert "blob:" in acting.driver.execute_script(shown)


OVER = f'<img id="target" src="/portrait.jpg" style="{BOX}">'
PLACES = {
    "a plain page": (OVER, ""),
    "a modal dialogue": (f"<dialog id=a>{OVER}</dialog>", "a.showModal()"),
    "a dialogue in a grid": (
        f"<style>dialog[open] {{ display: grid; gap: 20px }}</style><dialog id=a>{OVER}</dialog>",
        "a.showModal()",
    ),
    "nested dialogues": (
        f"<dialog id=a><p>one</p><dialog id=b>{OVER}</dialog></dialog>",
        "a.showModal(); b.showModal()",
    ),
    "a later dialogue that is earlier in the page": (
        f"<dialog id=b>{OVER}</dialog><dialog id=a><p>one</p></dialog>",
        "a.showModal(); b.showModal()",
    ),
    "a popover": (f"<div popover id=a>{OVER}</div>", "a.showPopover()"),
    "a popover in a dialogue": (
        f"<dialog id=a><div popover id=b>{OVER}</div></dialog>",
        "a.showModal(); b.showPopover()",
    ),
    "fullscreen": (f"<div id=a>{OVER}</div>", "a.requestFullscreen()"),
    "a picture in fullscreen": (OVER, "target.requestFullscreen()"),
    "a dialogue in a shadow root": (
        '<div id="host"></div><img src="/b.png" style="display:none">',
        f"const root = host.attachShadow({{ mode: 'open' }}); root.innerHTML = '<dialog>{OVER}"
        "</dialog>'; root.firstChild.showModal()",
    ),
    "an inert page": (f"<div inert>text</div>{OVER}", "document.body.inert = true"),
    "an inert document": (OVER, "document.documentElement.inert = true"),
}
ONLY_MODAL = ("an inert document", "a picture in fullscreen")
"""Places in which nothing but a modal dialogue of our own can be clicked."""


@pytest.mark.usefixtures("portrait")
@pytest.mark.parametrize("place", PLACES)
def test_undo_can_be_clicked_in(acting: OffcutBrowser, site: Site, place: str) -> None:
    html, opening = PLACES[place]
    url = f"{PAGE}portrait.jpg"
    site.page(PAGE, html + READY)
    acting.open(PAGE)
    until(lambda: acting.driver.title == "ready", "the page")
    # A person has clicked into the page: fullscreen wants that.
    acting.driver.execute_cdp_cmd(
        "Runtime.evaluate", {"expression": opening, "userGesture": True, "awaitPromise": True}
    )
    deep = """(document.getElementById('target') ??
        document.getElementById('host').shadowRoot.getElementById('target'))"""
    until(lambda: acting.driver.execute_script(f"return {deep}.complete"), "the picture")
    box = f"return JSON.stringify({deep}.getBoundingClientRect())"
    before = acting.driver.execute_script(box)
    at = json.loads(before)
    middle = {"x": at["x"] + at["width"] / 2, "y": at["y"] + at["height"] / 2}
    acting.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", **middle})
    raise_click(acting, "replace need", srcUrl=url, mediaType="image")
    shown = f"return {deep}.currentSrc"
    # Inside an inert page nothing is found by its place; the browser has named it.
    until(lambda: acting.driver.execute_script(shown).startswith("blob:"), "the cut-out")
    until(lambda: "Undo" in said(acting), "the panel")
    assert acting.driver.execute_script(box) == before, "nothing moves"
    if place not in ONLY_MODAL:
        focused = f"return document.activeElement?.matches('{OURS}')"
        assert not acting.driver.execute_script(focused), "the keyboard is the page's"
    press_in_panel(acting, "Undo")
    until(lambda: acting.driver.execute_script(shown) == url, "the former picture")
    until(lambda: panels(acting) == 0, "the panel to go")
    acting.driver.execute_script("if (document.fullscreenElement) return document.exitFullscreen()")


@pytest.mark.usefixtures("portrait")
def test_undo_stays_when_the_dialogue_around_it_closes_or_another_one_opens(
    acting: OffcutBrowser, site: Site
) -> None:
    show(acting, site, f"<dialog id=a><p>text</p></dialog>{OVER}")
    raise_click(acting, "replace need", srcUrl=f"{PAGE}portrait.jpg", mediaType="image")
    until(lambda: "Undo" in said(acting), "the panel")
    acting.driver.execute_script("a.showModal()")
    hit = f"return document.elementFromPoint(innerWidth - 40, innerHeight - 40)?.matches('{OURS}')"
    until(lambda: acting.driver.execute_script(hit), "the panel in the dialogue")
    acting.driver.execute_script("a.close()")
    until(lambda: acting.driver.execute_script(hit), "the panel outside of it")
    # A page that tidies up does not take the way back from anybody.
    acting.driver.execute_script(f"document.querySelector('{OURS}').remove()")
    until(lambda: acting.driver.execute_script(hit), "the panel again")
    press_in_panel(acting, "Undo")
    shown = "return target.currentSrc"
    until(lambda: acting.driver.execute_script(shown).endswith("portrait.jpg"), "the picture")
