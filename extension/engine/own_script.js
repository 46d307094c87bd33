/**
 * @file The scripts that the engine starts workers from. Its policy takes them from here only.
 *
 * Decides: that they are of our own package.
 */

import { OWN_ORIGIN } from '../platform/browser.js';

/** @typedef {{ createScriptURL: (url: string) => any }} Policy */

/** @type {Policy | undefined} A second one of this name cannot be made. */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('offcut-workers', {
    createScriptURL: (/** @type {string} */ url) => {
        if (!url.startsWith(OWN_ORIGIN)) throw new TypeError('a worker of a stranger');
        return url;
    },
});

/**
 * @param {URL} script
 * @returns {any}  What `new Worker` takes.
 */
export function ownScript(script) {
    return policy ? policy.createScriptURL(script.href) : script;
}
