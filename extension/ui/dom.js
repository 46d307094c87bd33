/**
 * @file Finding elements, with their type checked once.
 */

/**
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
    const element = document.getElementById(id);
    if (!(element instanceof kind)) throw new Error(`no ${kind.name} has the id ${id}`);
    return element;
}
