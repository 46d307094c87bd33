/**
 * @file The one place where modules name the browser's extension API.
 *
 * Decides: `api`, for Chromium and Firefox. Content scripts are the exception: classic scripts
 * cannot import, so those in content/ name `chrome` themselves.
 *
 * Chromium's `chrome` and Firefox's `browser` both return promises under Manifest V3, so
 * the rest of the code uses `api` and tests for capabilities, never for a browser.
 */

/** @type {typeof chrome} */
export const api =
    /** @type {{ browser?: typeof chrome }} */ (globalThis).browser ?? globalThis.chrome;

/** Our own origin with a trailing slash, e.g. `chrome-extension://…/`. */
export const OWN_ORIGIN = api.runtime.getURL('');
