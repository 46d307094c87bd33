/**
 * @file Whether a job was edited.
 *
 * Decides: that an editor which was only looked at has changed nothing.
 */

import { OPTIONS } from '../messages/facts.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */

/**
 * Whether a person may have changed anything: an editor that was only looked at leaves an edit as well.
 *
 * @param {Pick<JobSnapshot, 'edit' | 'options' | 'quality'>} snapshot
 */
export function isEdited({ edit, options: asked = {}, quality }) {
    if (!edit) return false;
    // An editor shows what "auto" came to.
    const options = asked.quality === 'auto' && quality ? { ...asked, quality } : asked;
    const defaults = new Map(Object.entries(OPTIONS).map(([name, each]) => [name, each.default]));
    const isOther = (/** @type {[string, unknown]} */ [name, value]) =>
        value !== (options[name] ?? defaults.get(name));
    return edit.strokes.length > 0 || Object.entries(edit.options).some(isOther);
}
