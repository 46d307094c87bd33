/**
 * @file Saves a setting, and says so in the page's status line.
 *
 * Decides: when "saved" and when "not saved" is said.
 */

import { writeSettings } from '../settings/settings.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';

let newest = 0;

/**
 * What is said is of the newest change: "saved" is true only when nothing is under way.
 *
 * @param {Partial<import('../settings/settings.js').Settings>} changes
 */
export async function save(changes) {
    const number = ++newest;
    say('');
    try {
        await writeSettings(changes);
        if (number === newest) say(text('options_saved'));
    } catch (error) {
        console.error(error);
        say(text('options_not_saved'));
    }
}

/** @param {string} sentence  For the page's status line, which screen readers speak. */
export function say(sentence) {
    byId('saved', HTMLElement).textContent = sentence;
}
