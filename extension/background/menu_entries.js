/**
 * @file The entries of the context menu. The browser keeps them, so they carry in their ids
 * what a click must know at once, before any setting could be read.
 *
 * Decides: which entries the right-click menu has and on what they show: pictures and videos only,
 * or everywhere; the submenu, and the names of its entries; that all pictures of the page are offered
 * on the toolbar icon, since a second entry on a picture would put both into a submenu.
 */

import { api } from '../platform/browser.js';
import { readSettings } from '../settings/settings.js';
import { replacedPages } from './replaced_pictures.js';

/** @typedef {import('../settings/settings.js').ClickAction} ClickAction */
/** @typedef {ClickAction | 'restore' | 'gather'} EntryAction */

/** Where the browser says that a picture was clicked. */
const ON_PICTURES = /** @type {const} */ (['image', 'video']);
/** Where there may be one all the same. Chromium 156 has no narrower word that names a canvas. */
const ANYWHERE = /** @type {const} */ (['all']);
const TITLES = Object.freeze({
    open: 'menu_open',
    download: 'menu_download',
    copy: 'menu_copy',
    replace: 'menu_replace',
    gather: 'gather_open',
    restore: 'menu_restore',
});

const RESTORE = ['restore ask sub', 'restore need sub'];

let created = Promise.resolve();

/** Create the entries as the settings want them, one call after the other. */
export function createMenu() {
    created = created.then(create);
    return created;
}

async function create() {
    const { clickAction, submenu, pageEntry, askInClick } = await readSettings();
    await api.contextMenus.removeAll();
    const contexts = /** @type {any} */ (pageEntry ? [...ANYWHERE] : [...ON_PICTURES]);
    const title = pageEntry ? 'menu_remove_background_here' : 'menu_remove_background';
    const id = entryId(clickAction, askInClick);
    api.contextMenus.create({ id, title: api.i18n.getMessage(title), contexts });
    const gather = entryId('gather', false);
    const onIcon = /** @type {any} */ (['action']);
    api.contextMenus.create({
        id: `${gather} icon`,
        title: api.i18n.getMessage('gather_open'),
        contexts: onIcon,
    });
    if (!submenu) return;
    for (const [action, key] of Object.entries(TITLES)) {
        api.contextMenus.create({
            id: `${entryId(/** @type {EntryAction} */ (action), askInClick)} sub`,
            parentId: id,
            title: api.i18n.getMessage(key),
            contexts,
            visible: action !== 'restore',
        });
    }
    await offerRestore();
}

/** Offer to put a picture back on the pages where one was replaced, and on no others. */
export function showRestore() {
    created = created.then(offerRestore);
    return created;
}

async function offerRestore() {
    const documentUrlPatterns = await replacedPages();
    const visible = documentUrlPatterns.length > 0;
    for (const id of RESTORE) {
        await api.contextMenus
            .update(id, visible ? { visible, documentUrlPatterns } : { visible })
            .catch(() => undefined); // only one of them is in the menu, if any
    }
}

/**
 * @param {EntryAction} action
 * @param {boolean} asks
 */
function entryId(action, asks) {
    return `${action} ${asks ? 'ask' : 'need'}`;
}

/**
 * @param {string | number} id  Of a clicked entry.
 * @returns {{ action: EntryAction, asks: boolean }}
 */
export function readEntry(id) {
    const [action, asks] = String(id).split(' ');
    return { action: /** @type {EntryAction} */ (action), asks: asks === 'ask' };
}
