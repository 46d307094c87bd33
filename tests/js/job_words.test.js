/**
 * @file What the popup says of a job.
 */

import assert from 'node:assert/strict';
import test from 'node:test';

globalThis.chrome = /** @type {any} */ ({
    runtime: { getURL: () => '' },
    i18n: {
        getMessage: (/** @type {string} */ key, /** @type {string[]} */ values = []) =>
            key === 'language' ? 'en' : [key, ...values].join(' '),
    },
});
const { describeJob } = await import('../../extension/popup/job_words.js');

const STAGES = { fetch: 1, start_python: 1, load_model: 1, find_subject: 0, refine: 0, save: 0 };
const FRAME = /** @type {[number, number]} */ ([3, 12]);

/** @param {object} facts */
function said(facts) {
    const stages = STAGES;
    return describeJob(/** @type {any} */ ({ state: 'running', stages, ...facts }), false);
}

test('of a picture that moves the frame is named while its subject is looked for', () => {
    assert.equal(said({ frame: FRAME }), 'stage_frame 3 12');
    assert.equal(said({}), 'stage_find_subject');
    const later = { ...STAGES, find_subject: 1 };
    assert.equal(said({ frame: FRAME, stages: later }), 'stage_refine');
});

test('of a cut-out that moves the number of its frames is told', () => {
    const cutout = { width: 40, height: 30 };
    const moving = { ...cutout, frames: 12 };
    assert.equal(said({ state: 'done', cutout }), 'popup_facts 40 30');
    assert.equal(said({ state: 'done', cutout: moving }), 'popup_moving_facts 40 30 12');
});
