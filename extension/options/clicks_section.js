/**
 * @file Settings: what a click on a picture in a web page does, and where the menu entry appears.
 *
 * Decides: the switches for click action, submenu, entry everywhere, asking at once, notifications,
 * all sites; what a switch that needs a permission does when it is refused or turned off; the
 * shortcut shown.
 */

import { api } from '../platform/browser.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { save, say } from './save_setting.js';

const ALL_SITES = { origins: ['http://*/*', 'https://*/*'] };
const NOTIFICATIONS = { permissions: /** @type {const} */ (['notifications']) };

/** @param {import('../settings/settings.js').Settings} settings */
export async function setUpClicks({ clickAction, submenu, pageEntry, askInClick, notify }) {
    const action = byId('click-action', HTMLSelectElement);
    action.value = clickAction;
    action.addEventListener('change', () =>
        save({ clickAction: /** @type {any} */ (action.value) }),
    );
    setUpSwitch('submenu', submenu, (isOn) => save({ submenu: isOn }));
    setUpSwitch('page-entry', pageEntry, (isOn) => save({ pageEntry: isOn }));
    setUpSwitch('ask-in-click', askInClick, (isOn) => save({ askInClick: isOn }));
    const mayNotify = await api.permissions.contains(/** @type {any} */ (NOTIFICATIONS));
    setUpRight('notify', notify && mayNotify, NOTIFICATIONS, (isOn) => save({ notify: isOn }));
    await setUpAllSites();
    await showShortcut();
}

/** The box shows the right itself, since the list of sites can revoke it too. */
async function setUpAllSites() {
    const showRight = async () => {
        byId('all-sites', HTMLInputElement).checked = await api.permissions.contains(ALL_SITES);
    };
    setUpRight('all-sites', false, ALL_SITES, () => undefined);
    api.permissions.onAdded.addListener(showRight);
    api.permissions.onRemoved.addListener(showRight);
    await showRight();
}

/**
 * @param {string} id
 * @param {boolean} isOn
 * @param {(isOn: boolean) => unknown} onChange
 */
function setUpSwitch(id, isOn, onChange) {
    const box = byId(id, HTMLInputElement);
    box.checked = isOn;
    box.addEventListener('change', () => onChange(box.checked));
}

/**
 * A switch that needs a right from the browser.
 *
 * @param {string} id
 * @param {boolean} isOn
 * @param {object} right  As `permissions.request` takes it.
 * @param {(isOn: boolean) => unknown} onChange
 */
function setUpRight(id, isOn, right, onChange) {
    setUpSwitch(id, isOn, async (isWanted) => {
        say('');
        if (isWanted && !(await api.permissions.request(right))) {
            byId(id, HTMLInputElement).checked = false;
            say(text('clicks_not_allowed'));
            return;
        }
        if (!isWanted) await api.permissions.remove(right);
        await onChange(isWanted);
    });
}

async function showShortcut() {
    const [command] = await api.commands.getAll().then((all) => all.filter(isOurs));
    byId('shortcut', HTMLElement).textContent = command?.shortcut
        ? text('clicks_shortcut', command.shortcut)
        : text('clicks_no_shortcut');
}

/** @param {chrome.commands.Command} command */
function isOurs({ name }) {
    return name === 'remove_background';
}
