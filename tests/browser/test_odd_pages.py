"""Pages that are odd, or mean harm: a click ends all the same, and means what was clicked."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from clicks import collected, raise_click, right_click, show, worker
from offcut_browser import OffcutBrowser
from page_panels import nodes, panels, said
from picture_pages import OWN, PAGE, SIDE_BY_SIDE, TWO, picture
from PIL import Image
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from site_proxy import Site
from waiting import until


@pytest.fixture(autouse=True)
def _no_tabs_left(acting: OffcutBrowser) -> Iterator[None]:
    yield
    acting.close_results()


COUNT_QUESTIONS = """(() => {
    const send = chrome.tabs.sendMessage;
    self.open = 0;
    chrome.tabs.sendMessage = (...message) => {
        self.open++;
        return send.apply(chrome.tabs, message).finally(() => { self.open--; });
    };
})()"""


@pytest.mark.fault("the clicked page", "its picture is chosen", "the click ends")
def test_a_click_ends_when_another_page_takes_the_place_of_the_chooser(
    acting: OffcutBrowser, site: Site
) -> None:
    show(acting, site, TWO)
    before = acting.result_tabs()
    acting.devtools.evaluate(worker(acting), COUNT_QUESTIONS)
    raise_click(acting)
    until(lambda: panels(acting) == 1, "the chooser")
    acting.driver.execute_script("location.href = '/frame.html'")
    # Nothing is asked any more, so nothing keeps the service worker awake.
    until(lambda: acting.devtools.evaluate(worker(acting), "self.open === 0"), "the click's end")
    assert acting.result_tabs() == before


def test_thousands_of_pictures_at_one_place_give_a_few_choices_and_say_so(
    acting: OffcutBrowser, site: Site
) -> None:
    show(
        acting,
        site,
        """<div id="target" style="width:160px;height:160px;position:relative"></div><script>
        for (let number = 0; number < 2000; number++) {
            const image = new Image();
            image.src = `/a.png?${number}`;
            image.style = 'position:absolute;inset:0;width:160px;height:160px';
            target.append(image);
        }</script>""",
    )
    raise_click(acting)
    until(lambda: panels(acting) == 1, "the chooser")
    choices = [node for node in nodes(acting) if node["nodeName"] == "LI"]
    assert len(choices) == 12
    assert "More pictures" in said(acting)
    ActionChains(acting.driver).send_keys(Keys.ESCAPE).perform()


def test_a_click_that_a_script_makes_up_does_not_count(acting: OffcutBrowser, site: Site) -> None:
    show(acting, site, SIDE_BY_SIDE)
    before = acting.result_tabs()
    right_click(acting, "#target", 80)
    raise_click(acting)  # from now on the page's clicks are followed
    until(lambda: panels(acting) == 1, "the chooser")
    ActionChains(acting.driver).send_keys(Keys.ESCAPE).perform()
    until(lambda: panels(acting) == 0, "the chooser to go")
    right_click(acting, "#target", 80)
    acting.driver.execute_script(
        """const { x, y } = target.getBoundingClientRect();
        target.dispatchEvent(new MouseEvent('contextmenu',
            { bubbles: true, clientX: x + 20, clientY: y + 80 }));"""
    )
    raise_click(acting)
    acting.new_results(before)
    assert collected(acting).data == picture(160, 160, 2)


LARGE = """<canvas id="target" width=8192 height=8192 style="width:160px;height:160px"></canvas>
    <script>
    const context = target.getContext('2d');
    for (let x = 0; x < 8192; x += 64) {
        context.fillStyle = `hsl(${x % 360} 60% 50%)`;
        context.fillRect(x, x / 2, 4096, 48);
    }</script>"""


def test_a_huge_canvas_comes_smaller_and_says_so(acting: OffcutBrowser, site: Site) -> None:
    show(acting, site, LARGE)
    before = acting.result_tabs()
    raise_click(acting)
    acting.new_results(before)
    got = collected(acting)
    with Image.open(io.BytesIO(got.data)) as image:
        assert image.size == (4000, 4000)


CLOBBERED = {
    "document": "".join(
        f'<img name="{name}" src="/c.png" width=1 height=1>'
        for name in (
            "querySelectorAll",
            "elementsFromPoint",
            "documentElement",
            "body",
            "images",
            "createElement",
            "adoptedStyleSheets",
            "activeElement",
            "baseURI",
            "__proto__",
            "constructor",
        )
    )
    + '<img id="target" src="/a.png">',
    "a form": '<form style="width:160px">'
    + "".join(
        f'<input type=hidden name="{name}">'
        for name in (
            "getAttribute",
            "getRootNode",
            "getBoundingClientRect",
            "contains",
            "style",
            "isConnected",
            "shadowRoot",
            "matches",
            "__proto__",
            "append",
        )
    )
    + '<div id="target" style="width:160px;height:160px"></div>'
    "<style>form { background: url(/a.png) }</style></form>",
    "the page's prototypes": """<img id="target" src="/a.png"><script>
        Document.prototype.elementsFromPoint = () => [];
        Element.prototype.getBoundingClientRect = () => new DOMRect();
        Element.prototype.attachShadow = () => { throw new Error('mine'); };
        Node.prototype.append = () => {};
        Object.defineProperty(HTMLImageElement.prototype, 'currentSrc', { get: () => '/b.png' });
        window.fetch = () => Promise.reject(new Error('mine'));
        Promise.prototype.then = null;</script>""",
}


@pytest.mark.parametrize("what", CLOBBERED)
def test_names_and_functions_of_the_page_do_not_get_in_the_way_of_ours_in(
    acting: OffcutBrowser, site: Site, what: str
) -> None:
    site.page(PAGE, CLOBBERED[what])
    acting.open(PAGE)
    # Without looking for it in the page: that is what the page is in the way of.
    place = {"type": "mouseMoved", "x": 90, "y": 90}
    acting.driver.execute_cdp_cmd("Input.dispatchMouseEvent", place)
    before = acting.result_tabs()
    raise_click(acting)
    acting.new_results(before)
    assert collected(acting).data == picture(160, 160, 1)


GONE = {
    "a background": '<div id="target" style="width:160px;height:160px"></div>',
    "a picture in a drawing": '<svg width="160" height="160" viewBox="0 0 16 16">'
    '<image id="target" width="16" height="16"/></svg>',
    "a pseudo-element": '<style id="sheet"></style>'
    '<div id="target" style="width:160px;height:160px"></div>',
    "a poster": '<video id="target" width="160" height="160"></video>',
}
REVOKE = """<script>
    fetch('/a.png', OWN).then((answer) => answer.blob()).then(async (blob) => {
        const url = URL.createObjectURL(blob);
        const sheet = document.getElementById('sheet');
        if (sheet) sheet.textContent = `#target::before { content: url("${url}") }`;
        else if (target.localName === 'image') target.setAttribute('href', url);
        else if (target.localName === 'video') target.poster = url;
        else target.style.backgroundImage = `url("${url}")`;
        const image = new Image();
        image.src = url;
        await image.decode();
        requestAnimationFrame(() => requestAnimationFrame(() => {
            URL.revokeObjectURL(url);
            document.title = 'revoked';
        }));
    });</script>""".replace("OWN", OWN)


@pytest.mark.parametrize("what", GONE)
def test_a_picture_whose_address_is_dead_is_offered_from_the_screen(
    acting: OffcutBrowser, site: Site, what: str
) -> None:
    show(acting, site, GONE[what] + REVOKE)
    until(lambda: acting.driver.title == "revoked", "the address to be revoked")
    before = acting.result_tabs()
    raise_click(acting)
    acting.new_results(before)
    got = collected(acting)
    assert got.failure is not None
    assert got.failure["code"] == "FETCH_BLOCKED"
    acting.wait_over()
    assert acting.element("take-screen").is_displayed()
