/**
 * @file The line below the models: what was done with a file, or why it could not be.
 *
 * Decides: that a failure is told from everything else by `data-failure`, its code.
 */

import { byId } from '../ui/dom.js';

const said = byId('models-said', HTMLElement);

/**
 * @param {string} sentence
 * @param {string} [failure]  Its code, if the sentence tells of one.
 */
export function sayOfModels(sentence, failure) {
    said.textContent = sentence;
    if (failure) said.dataset.failure = failure;
    else delete said.dataset.failure;
}
