/*
 * Puts the words of a job's page into its first paint: the modules, which put in all others, are only
 * just being loaded then. So it is a classic script, behind the part of the page that it is about.
 *
 * Decides: nothing of its own: see ui/i18n.js.
 */
(() => {
    const { i18n } = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;
    for (const element of document.querySelectorAll('#job [data-i18n]')) {
        element.textContent = i18n.getMessage(/** @type {HTMLElement} */ (element).dataset.i18n);
    }
})();
