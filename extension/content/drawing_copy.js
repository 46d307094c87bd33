/**
 * @file A copy of a drawing that is not alive: nothing in it loads, runs or is heard of by the page.
 *
 * Decides: which elements and attributes of a drawing are copied (no scripts, foreignObject, HTML or
 * handlers), and in which document.
 *
 * Element by element, not by cloneNode or importNode: they bring shadow trees and custom elements
 * with registries of their own, which the page hears of in any document.
 */

/** A document without a window. */
function inertDocument() {
    return builtIn(document, 'implementation').createDocument(null, null);
}

/**
 * @param {Element} original  Of a drawing.
 * @param {Document} inert
 * @returns {Map<Element, SVGElement>}  The copies by their originals, the outermost first.
 */
function copyDrawing(original, inert) {
    const copies = new Map([[original, copyAlone(original, inert)]]);
    // A map that grows is walked to its end.
    for (const [parent, copy] of copies) {
        for (const child of parent.childNodes) {
            if (child instanceof Text) copy.append(inert.createTextNode(child.data));
            if (!(child instanceof SVGElement) || isLeftOut(child)) continue;
            const inside = copyAlone(child, inert);
            copies.set(child, inside);
            copy.append(inside);
        }
    }
    return copies;
}

/** @param {Element} element */
function isLeftOut(element) {
    return element instanceof SVGScriptElement || element instanceof SVGForeignObjectElement;
}

/**
 * @param {Element} original
 * @param {Document} inert
 */
function copyAlone(original, inert) {
    const copy = inert.createElementNS('http://www.w3.org/2000/svg', original.localName);
    for (const { namespaceURI, name, value } of original.attributes) {
        if (isCopied(namespaceURI, name)) copy.setAttributeNS(namespaceURI, name, value);
    }
    return /** @type {SVGElement} */ (copy);
}

/**
 * Templates leave names such as `@click` or `a:b` that no file of its own may have.
 *
 * @param {string | null} namespace
 * @param {string} name
 */
function isCopied(namespace, name) {
    const known = ['http://www.w3.org/1999/xlink', 'http://www.w3.org/XML/1998/namespace'];
    if (namespace) return known.includes(namespace);
    return /^[a-z_][\w.-]*$/i.test(name) && !/^(on|xmlns$)/i.test(name);
}
