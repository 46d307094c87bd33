"""Drawings that hold what loads, runs or listens: a click asks for and tells them nothing."""

from __future__ import annotations

from clicks import collected, raise_click, right_click, show
from ledger import begin, faults
from offcut_browser import OffcutBrowser
from picture_pages import PAGE, picture
from site_proxy import Answer, Site
from waiting import until

NO_STORE = {"Cache-Control": "no-store"}
# A copy of any of these, made in the page's own document, loads, runs or is heard of.
SPIES = """<style>foreignObject * { width: .1px; height: .1px; display: block }</style>
<svg id="target" width="160" height="160" viewBox="0 0 16 16" aria-label="Drawn">
    <circle cx="8" cy="8" r="5" fill="#c33" />
    <image href="/spy.png?image" width="2" height="2" onload="heard('an image')" />
    <foreignObject width="4" height="4">
        <img src="/spy.png?img" onload="heard('an img')" onerror="heard('an img')">
        <video src="/spy.png?video" onerror="heard('a video')" autoplay></video>
        <input type="image" src="/spy.png?input" onload="heard('an input')">
        <a-spy a="1"></a-spy>
        <form><input name="style"><input name="removeAttribute"><input name="attributes"></form>
        <div id="shadow"></div><div id="scoped"></div>
    </foreignObject>
    <use href="#elsewhere" />
</svg>
<svg width="0" height="0"><g id="elsewhere"><rect width="3" height="3" fill="#00f" />
    <foreignObject width="4" height="4"><a-spy></a-spy><img src="/spy.png?used"
        onload="heard('a used img')"></foreignObject></g></svg>
<script>
    var all = []; // which the driver of every browser sees
    function heard(of) { all.push(of); }
    class Spy extends HTMLElement {
        static observedAttributes = ['a', 'style', 'class'];
        constructor() { super(); heard('the making of an element'); }
        adoptedCallback() { heard('an adoption'); }
        attributeChangedCallback() { heard('an attribute'); }
    }
    customElements.define('a-spy', class extends Spy {});
    const cloned = shadow.attachShadow({ mode: 'open', clonable: true });
    cloned.innerHTML = '<a-spy></a-spy><img src="/spy.png?shadow">';
    try {
        const registry = new CustomElementRegistry();
        registry.define('b-spy', class extends Spy {});
        const inside = scoped.attachShadow({
            mode: 'open', clonable: true, customElementRegistry: registry });
        inside.innerHTML = '<b-spy></b-spy>';
    } catch {} // no registries of their own in this browser
    document.querySelector('svg').insertAdjacentHTML('beforeend',
        '<g @click="x" a:b="1" onclick="heard(1)"><rect width="1" height="1" fill="#0f0" /></g>');
    for (const name of ['implementation', 'createElementNS', 'getElementById']) {
        const image = document.createElement('img');
        image.name = name;
        document.body.append(image);
    }
</script>"""
QUIET = """return [...document.querySelectorAll('img[src], foreignObject img')]
    .every((each) => each.complete)"""


def test_a_drawing_with_all_that_loads_and_listens_is_read_without_a_sign(
    acting: OffcutBrowser, site: Site
) -> None:
    kinds = ("image", "img", "input", "used", "shadow")
    for kind in kinds:
        site.put(f"{PAGE}spy.png?{kind}", Answer(picture(16, 16), "image/png", headers=NO_STORE))
    show(acting, site, SPIES)
    driver = acting.driver
    until(lambda: driver.execute_script(QUIET), "the page's own pictures")
    asked = {f"{PAGE}spy.png?{kind}" for kind in (*kinds, "video")}
    until(lambda: asked <= set(site.requested()), "all that the page itself asks for")
    driver.execute_script("all.length = 0")
    right_click(acting, "#target", 10)
    begin(acting, site)
    before = acting.result_tabs()
    raise_click(acting)
    acting.new_results(before)
    got = collected(acting)
    acting.wait_over()
    driver.switch_to.window(acting.home)
    assert driver.execute_script("return all") == []
    assert faults(acting, site) == {}
    assert got.type == "image/svg+xml"
    assert all(colour in got.data for colour in (b"204, 51, 51", b"0, 255, 0"))
    assert b'id="elsewhere"' in got.data
    assert not any(spy in got.data for spy in (b"a-spy", b"<img", b"heard", b"@click"))
    acting.close_results()
