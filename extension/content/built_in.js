/**
 * @file The DOM's own members. A page may name its elements like members of `document` or of a
 * form (`<img name="querySelectorAll">`, `<input name="getAttribute">`); the browser then gives
 * these elements in the members' place, to content scripts too.
 */

/**
 * @template {Node} T
 * @template {keyof T} Name
 * @param {T} node
 * @param {Name} name
 * @returns {T[Name]}  A function is bound to its node.
 */
function builtIn(node, name) {
    const value = Reflect.get(Object.getPrototypeOf(node), name, node);
    return typeof value === 'function' ? value.bind(node) : value;
}

/** @returns {Element} */
function pageRoot() {
    return builtIn(document, 'documentElement');
}

/** @param {Element} element */
function boxOf(element) {
    return builtIn(element, 'getBoundingClientRect')();
}
