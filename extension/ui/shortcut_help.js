/**
 * @file The key "?" shows which keys there are, on pages where one works with pictures.
 *
 * Decides: which keys are listed, and when "?" is typed text instead. What the keys of the stage do is in
 * result/editor/stage_keys.js, undo in editor_controls.js there; the browser knows the first two.
 */

import { api } from '../platform/browser.js';
import { make } from './dom.js';
import { text } from './i18n.js';

/** @type {readonly (readonly [keys: string, text: string])[]} */
const EDITOR_KEYS = [
    ['T', 'edit_tool_tap'],
    ['H', 'edit_tool_hand'],
    ['K', 'edit_tool_keep'],
    ['R', 'edit_tool_remove'],
    ['P', 'edit_tool_paint'],
    ['E', 'edit_tool_erase'],
    ['[ ]', 'edit_brush_size'],
    ['+ −', 'edit_zoom'],
    ['0', 'edit_fit'],
    ['1 2', 'keys_zoom'],
    ['O', 'result_original'],
    ['Ctrl+Z', 'edit_undo'],
    ['Ctrl+Y', 'edit_redo'],
];
const TYPED_INTO =
    'textarea, input:is([type="text"], [type="number"], [type="search"], :not([type]))';

/** @param {{ hasEditor: boolean }} page */
export function wireShortcutHelp({ hasEditor }) {
    document.addEventListener('keydown', (event) => {
        if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey) return;
        const { target } = event;
        if (target instanceof Element && target.matches(TYPED_INTO)) return;
        if (document.querySelector('dialog[open]')) return;
        event.preventDefault();
        showHelp(hasEditor).catch((error) => console.error(error));
    });
}

/** @param {boolean} hasEditor */
async function showHelp(hasEditor) {
    const list = make('dl', { className: 'keys' });
    for (const [keys, meaning] of [...(await browserKeys()), ...(hasEditor ? EDITOR_KEYS : [])]) {
        list.append(
            make('dt', {}, make('kbd', { textContent: keys })),
            make('dd', { textContent: text(meaning) }),
        );
    }
    const heading = make('h2', { id: 'keys-title', textContent: text('keys_title') });
    const close = make('button', { type: 'submit', textContent: text('replaced_close') });
    const note = make('p', { className: 'quiet', textContent: text('keys_focus') });
    note.hidden = !hasEditor;
    const dialog = make('dialog', { id: 'keys' }, heading, list, note);
    dialog.setAttribute('aria-labelledby', heading.id);
    dialog.append(make('form', { method: 'dialog', className: 'buttons' }, close));
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
}

/** @returns {Promise<[string, string][]>}  Those that are set: a person can change them. */
async function browserKeys() {
    const set = new Map((await api.commands.getAll()).map((each) => [each.name, each.shortcut]));
    const all = /** @type {[string, string][]} */ ([
        [set.get('remove_background') ?? '', 'keys_click'],
        [set.get('_execute_action') ?? '', 'keys_popup'],
    ]);
    return all.filter(([keys]) => keys);
}
