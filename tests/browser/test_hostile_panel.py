"""Pages that want to see, steer or stop what is ours over them: none gets anything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from clicks import collected, raise_click, show
from offcut_browser import OffcutBrowser
from page_panels import OURS, panels, press_in_panel
from picture_pages import TWO, picture
from site_proxy import Site
from waiting import until


@pytest.fixture(autouse=True)
def _no_tabs_left(acting: OffcutBrowser) -> Iterator[None]:
    yield
    acting.close_results()


DEFINES = """<script>
    window.got = [];
    class Spy extends HTMLElement {
        constructor() {
            super();
            got.push(this.localName);
            try { this.attachShadow({ mode: 'open' }).innerHTML = 'mine'; } catch {}
        }
        connectedCallback() { this.attachInternals(); this.style.display = 'none'; }
    }
    for (const name of ['panel', 'mark', 'host', 'dialog', 'status']) {
        customElements.define(`offcut-${name}`, class extends Spy {});
    }
    customElements.define('offcut-div', class extends HTMLDivElement {
        constructor() { super(); got.push('div'); }
    }, { extends: 'div' });
</script>"""
IMPORTANT = """<style>
    div:not([style]), div:not([style]) * { display: none !important; visibility: hidden !important;
        opacity: 0 !important; pointer-events: none !important; transition: all 9999s !important }
    dialog, [popover] { display: none !important } ::backdrop { display: none !important }
</style>"""
MARKED = """<script>new MutationObserver(() => {
    for (const each of document.querySelectorAll(':root > div:not([inert])')) {
        each.inert = true;
        each.hidden = true;
        each.style.cssText = 'display:none !important';
    }
}).observe(document, { subtree: true, childList: true });</script>"""
MOVED = """<iframe id="frame" width=10 height=10></iframe><script>
    const once = new MutationObserver(() => {
        const ours = document.querySelector(':root > div');
        if (!ours) return;
        once.disconnect();
        frame.contentDocument.body.append(ours);
    });
    once.observe(document, { subtree: true, childList: true });</script>"""
WRITTEN = """<script>const once = new MutationObserver(() => {
        const ours = document.querySelector(':root > div');
        if (!ours) return;
        once.disconnect();
        for (const way of ['replaceChildren', 'append', 'prepend']) ours[way]('mine');
        ours.innerHTML = '<b>mine</b><slot></slot>';
        ours.remove();
    });
    once.observe(document, { subtree: true, childList: true });</script>"""
AGAINST_THE_PANEL = {
    "defines elements of our names": DEFINES,
    "has rules that hide everything": IMPORTANT,
    "marks ours as inert and hidden": MARKED,
    "moves ours into a frame": MOVED,
    "writes into ours and removes it": WRITTEN,
}


@pytest.mark.parametrize("what", AGAINST_THE_PANEL)
def test_a_person_can_choose_on_a_page_that(acting: OffcutBrowser, site: Site, what: str) -> None:
    show(acting, site, TWO + AGAINST_THE_PANEL[what])
    before = acting.result_tabs()
    raise_click(acting)
    until(lambda: panels(acting) == 1, "the chooser")
    press_in_panel(acting, "The first")
    acting.new_results(before)
    assert collected(acting).data == picture(160, 160, 1)
    acting.driver.switch_to.window(acting.home)
    assert acting.driver.execute_script("return window.got ?? []") == []


FORBIDS = {
    "removes ours again and again": """<script>new MutationObserver(() => {
        for (const each of document.querySelectorAll(':root > div')) each.remove();
    }).observe(document, { subtree: true, childList: true });</script>""",
    "hides itself as soon as ours is there": """<script>new MutationObserver(() => {
        if (document.querySelector(':root > div')) document.documentElement.hidden = true;
    }).observe(document, { subtree: true, childList: true });</script>
    <style>[hidden] { display: none !important }</style>""",
}


@pytest.mark.parametrize("what", FORBIDS)
def test_a_click_gets_what_it_was_on_from_a_page_that(
    acting: OffcutBrowser, site: Site, what: str
) -> None:
    show(acting, site, TWO + FORBIDS[what])
    before = acting.result_tabs()
    raise_click(acting)
    acting.new_results(before)
    assert collected(acting).data == picture(160, 160, 1)


LOOKS = """const ours = [...document.querySelectorAll(arguments[0])];
    const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    const moving = document.getAnimations().map(({ effect }) => effect?.target);
    const inside = [];
    for (const each of ours) {
        try { inside.push(each.attachInternals().shadowRoot); } catch {}
        try { inside.push(each.attachShadow({ mode: 'open' })); } catch {}
    }
    const found = [document.activeElement, middle, ...moving];
    return {
        hosts: ours.length,
        roots: ours.map((each) => each.shadowRoot),
        words: ours.map((each) => each.textContent + each.innerText
            + each.getHTML({ serializableShadowRoots: true })).join(''),
        inside: inside.length,
        foreign: found.filter((each) => each && each.getRootNode() !== document).length,
        selected: String(getSelection()),
    };"""


def test_a_page_sees_an_empty_element_and_nothing_in_it(acting: OffcutBrowser, site: Site) -> None:
    show(acting, site, TWO)
    raise_click(acting)
    until(lambda: panels(acting) == 1, "the chooser")
    assert acting.driver.execute_script(LOOKS, OURS) == {
        "hosts": 1, "roots": [None], "words": "", "inside": 0, "foreign": 0, "selected": "",
    }  # fmt: skip
    press_in_panel(acting, "Cancel")
    until(lambda: panels(acting) == 0, "the chooser to go")


CLICKS = """const ours = document.querySelector(arguments[0]);
    for (const target of [ours, document, window, document.activeElement]) {
        for (const type of ['click', 'pointerdown', 'pointerup', 'mousedown', 'mouseup']) {
            for (let each = 0; each < 50; each++) {
                target.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true,
                    clientX: innerWidth / 2, clientY: innerHeight / 2 }));
            }
        }
        for (const type of ['cancel', 'close', 'toggle', 'submit', 'fullscreenchange']) {
            for (let each = 0; each < 50; each++) target.dispatchEvent(new Event(type));
        }
        for (const key of ['Enter', 'Escape', ' ']) {
            const kind = { key, bubbles: true, composed: true };
            target.dispatchEvent(new KeyboardEvent('keydown', kind));
        }
    }
    ours.click();
    document.activeElement.click();"""


def test_a_flood_of_clicks_that_a_page_makes_chooses_nothing(
    acting: OffcutBrowser, site: Site
) -> None:
    show(acting, site, TWO)
    before = acting.result_tabs()
    raise_click(acting)
    until(lambda: panels(acting) == 1, "the chooser")
    acting.driver.execute_script(CLICKS, OURS)
    assert panels(acting) == 1
    press_in_panel(acting, "b.png")
    acting.new_results(before)
    assert collected(acting).data == picture(160, 160, 2)
