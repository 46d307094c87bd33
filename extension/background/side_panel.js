/**
 * @file The browser's side panel, in which results gather without taking the focus. It shows the
 * popup's page, as the manifest says.
 */

import { api } from '../platform/browser.js';

/**
 * Open the side panel. It has to be called in the click itself.
 *
 * @param {chrome.tabs.Tab | undefined} tab  In whose window.
 */
export function openPanel(tab) {
    const inFirefox = /** @type {{ sidebarAction?: { open: () => Promise<void> } }} */ (api);
    const opened = api.sidePanel
        ? api.sidePanel.open({ windowId: tab?.windowId ?? api.windows.WINDOW_ID_CURRENT })
        : inFirefox.sidebarAction?.open();
    // A click that is too long ago: the popup lists the same.
    opened?.catch((error) => console.info('the side panel stays shut:', error));
}
