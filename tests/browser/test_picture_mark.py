"""The mark on a picture while its cut-out is made and no page of ours shows that."""

from __future__ import annotations

from pathlib import Path

from clicks import raise_click, show, stop_worker
from held_jobs import held
from offcut_browser import OffcutBrowser
from page_panels import MARK, nodes, said
from picture_pages import PAGE
from site_proxy import Answer, Site
from waiting import until

IMG = """<img id="target" src="/portrait.jpg" width=200 height=200>
    <script>onload = () => { document.title = 'ready'; }</script>"""


def test_the_mark_takes_no_room_and_no_clicks_and_says_when_its_work_has_died(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    assert acting.cut_out(photos["small"]) == "done"
    acting.close_results()
    site.put(f"{PAGE}portrait.jpg", Answer(photos["small"].read_bytes(), "image/jpeg"))
    layout = """const box = target.getBoundingClientRect();
        return [box.x, box.y, document.documentElement.scrollHeight, innerHeight,
            document.elementFromPoint(box.x + 12, box.y + 12) === target]"""
    show(acting, site, IMG)
    until(lambda: acting.driver.title == "ready", "the picture")
    before = acting.driver.execute_script(layout)
    with held(acting.devtools):
        raise_click(acting, "copy need", srcUrl=f"{PAGE}portrait.jpg", mediaType="image")
        until(lambda: "Removing the background" in said(acting, MARK), "the mark")
        assert acting.driver.execute_script(layout) == before
        stop_worker(acting)
    until(lambda: "interrupted" in said(acting, MARK), "the word that it was interrupted")
    until(lambda: not nodes(acting, MARK), "the mark to go")
