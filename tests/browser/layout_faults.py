"""Faults of a page's layout: text that is cut off, hangs over, or lies on other text."""

from __future__ import annotations

from typing import cast

from offcut_browser import OffcutBrowser

FIND_FAULTS = """
    const faults = [];
    const name = (element) => `${element.tagName}#${element.id}.${element.className}`
        + ` “${element.textContent.trim().slice(0, 40)}”`;
    const styles = new Map();
    const styleOf = (element) => {
        if (!styles.has(element)) styles.set(element, getComputedStyle(element));
        return styles.get(element);
    };
    const parents = (element) => {
        const all = [];
        for (let each = element; each && each !== document.body; each = each.parentElement)
            all.push(each);
        return all;
    };
    // Names of pictures may be longer than any line, and say the rest when pointed at.
    const mayBeCut = (element) => styleOf(element).textOverflow === 'ellipsis';
    const floating = (element) =>
        parents(element).find((each) => ['sticky', 'fixed'].includes(styleOf(each).position));

    /** The lines of an element's own text, as far as they are in the view of what scrolls. */
    function linesOf(element) {
        const lines = [];
        if (mayBeCut(element)) return [element.getBoundingClientRect()];
        for (const node of element.childNodes) {
            if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
            const range = document.createRange();
            range.selectNodeContents(node);
            lines.push(...range.getClientRects());
        }
        const views = parents(element)
            .filter((each) => /auto|scroll/.test(styleOf(each).overflowY))
            .map((each) => each.getBoundingClientRect());
        return lines.filter((line) => line.width > 1 && views.every((view) =>
            line.top >= view.top - 1 && line.bottom <= view.bottom + 1));
    }

    const texts = [...document.body.querySelectorAll('*')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true })
            && !element.closest('.visually-hidden, option, svg'))
        .map((element) => ({ element, lines: linesOf(element), over: floating(element) }))
        .filter(({ lines }) => lines.length > 0);

    for (const { element, lines } of texts) {
        // What is fixed to the window lies in no box around it.
        const around = parents(element);
        const fixed = around.findIndex((each) => styleOf(each).position === 'fixed');
        const boxes = around.slice(0, fixed < 0 ? around.length : fixed + 1)
            .filter((each) => !['inline', 'contents'].includes(styleOf(each).display));
        for (const box of boxes) {
            const { left, right, top, bottom } = box.getBoundingClientRect();
            const scrolls = /auto|scroll/.test(styleOf(box).overflowY);
            const hangs = lines.some((line) => line.left < left - 1 || line.right > right + 1
                || (!scrolls && (line.top < top - 2 || line.bottom > bottom + 2)));
            if (hangs) {
                faults.push(`${name(element)} hangs over ${name(box)}`);
                break;
            }
        }
    }
    for (const [index, one] of texts.entries()) {
        for (const other of texts.slice(index + 1)) {
            if (one.over !== other.over || one.element.contains(other.element)) continue;
            // Words of one line stand beside each other without a gap.
            const isOneLine = one.element.parentElement === other.element.parentElement
                && [one, other].every((each) => styleOf(each.element).display.startsWith('inline'));
            const least = isOneLine ? 1 : -1;
            const isOn = one.lines.some((a) => other.lines.some((b) =>
                Math.min(a.right, b.right) - Math.max(a.left, b.left) > least
                && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3));
            if (isOn) faults.push(`${name(one.element)} touches ${name(other.element)}`);
        }
    }
    // No word of a heading or of a button is broken in two, but for names from elsewhere.
    for (const { element } of texts) {
        if (!element.matches('[data-i18n]:is(h1, h2, button)')) continue;
        for (const node of element.childNodes) {
            for (const { 0: word, index } of node.textContent.matchAll(/[\\p{L}\\p{N}]+/gu)) {
                const isScript = /[\\p{scx=Han}\\p{scx=Kana}]/u.test(word);
                const range = document.createRange();
                range.setStart(node, index);
                range.setEnd(node, index + word.length);
                const rows = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
                if (rows.size > 1 && !isScript) faults.push(`${name(element)} breaks “${word}”`);
            }
        }
    }
    // Keys of one choice stand in rows of equal length: none is alone in the last one.
    for (const choice of document.querySelectorAll('.choice')) {
        const rows = new Map();
        for (const label of choice.querySelectorAll('label')) {
            if (!label.checkVisibility()) continue;
            const top = Math.round(label.getBoundingClientRect().top);
            rows.set(top, (rows.get(top) ?? 0) + 1);
        }
        if (new Set(rows.values()).size > 1) faults.push(`${name(choice)} has uneven rows`);
    }
    return faults;"""


def layout_faults(browser: OffcutBrowser) -> list[str]:
    """All faults of the page that is looked at, as sentences."""
    return cast("list[str]", browser.driver.execute_script(FIND_FAULTS))
