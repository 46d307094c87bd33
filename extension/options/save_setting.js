/**
 * @file Saves a setting, and says so in the page's status line.
 *
 * Decides: when "saved", when "not saved" and when "kept" is said: of what was typed and cannot be.
 */

import { writeSettings } from '../settings/settings.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';

let newest = 0;
/** What was kept in place of what was typed; '' if nothing was. */
let kept = '';

document.addEventListener('corrected', (event) => {
    kept = /** @type {CustomEvent} */ (event).detail;
});
// What is half typed is not what was saved.
document.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.validity.valid) return;
    newest += 1; // nor is what is still being saved
    say('');
});

/**
 * What is said is of the newest change: "saved" is true only when nothing is under way.
 *
 * @param {Partial<import('../settings/settings.js').Settings>} changes
 */
export async function save(changes) {
    const number = ++newest;
    const sentence = kept ? text('options_kept', kept) : text('options_saved');
    kept = '';
    say('');
    try {
        await writeSettings(changes);
        if (number === newest) say(sentence);
    } catch (error) {
        console.error(error);
        say(text('options_not_saved'));
    }
}

/** @param {string} sentence  For the page's status line, which screen readers speak. */
export function say(sentence) {
    byId('saved', HTMLElement).textContent = sentence;
}
