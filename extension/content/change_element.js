/**
 * @file Changes an element so that it can be undone, whatever the page has done to it meanwhile.
 */

/**
 * @param {Element} element
 * @param {Record<string, string | null>} values  null removes the attribute.
 * @returns {() => void}  Undoes it.
 */
function setAttributes(element, values) {
    const names = Object.keys(values);
    const before = Object.fromEntries(
        names.map((name) => [name, builtIn(element, 'getAttribute')(name)]),
    );
    applyAttributes(element, values);
    return () => applyAttributes(element, before);
}

/**
 * @param {Element} element
 * @param {Record<string, string | null>} values
 */
function applyAttributes(element, values) {
    for (const [name, value] of Object.entries(values)) {
        if (value !== null) builtIn(element, 'setAttribute')(name, value);
        // Asking first writes out what was set through `style`: else Chromium 156 leaves an
        // empty attribute behind.
        else if (builtIn(element, 'hasAttribute')(name)) builtIn(element, 'removeAttribute')(name);
    }
}

/**
 * @param {HTMLElement} element
 * @param {Record<string, string>} values
 * @returns {() => void}  Undoes it: what the page has set since stays.
 */
function setProperties(element, values) {
    const style = builtIn(element, 'style');
    const readText = () => builtIn(element, 'getAttribute')('style');
    const names = Object.keys(values);
    const text = readText();
    const before = names.map((name) => readProperty(style, name));
    for (const name of names) style.setProperty(name, values[name] ?? '', 'important');
    const ours = names.map((name) => readProperty(style, name));
    const changed = readText();
    return () => {
        if (readText() === changed) {
            applyAttributes(element, { style: text });
            return;
        }
        for (const [index, name] of names.entries()) {
            if (readProperty(style, name).value !== ours[index]?.value) continue;
            const { value = '', priority = '' } = before[index] ?? {};
            style.setProperty(name, value, priority);
        }
    };
}

/**
 * @param {CSSStyleDeclaration} style
 * @param {string} name
 */
function readProperty(style, name) {
    return { value: style.getPropertyValue(name), priority: style.getPropertyPriority(name) };
}
