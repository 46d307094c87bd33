/**
 * @file Whether this page stays when the person clicks elsewhere: in a tab or in the side panel, and
 * not in the bubble at the toolbar.
 */

import { api } from '../platform/browser.js';

/** In the address of the page in the side panel. */
const IN_PANEL = '?panel';

/** @returns {Promise<boolean>} */
export async function isLasting() {
    return location.search === IN_PANEL || Boolean(await api.tabs.getCurrent());
}
