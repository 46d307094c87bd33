/**
 * @file One picture of a batch, as plain data: it is written to storage as it is.
 *
 * Decides: what is remembered of a picture: name, folder, state, output settings, failure, whether
 * saved, how often the engine died; which picture can be edited.
 */

import { mayHelpToRetry } from '../ui/failure_text.js';

/** @typedef {'waiting' | 'running' | 'done' | 'failed' | 'cancelled'} ItemState */

/**
 * @typedef {object} Result
 * @property {string} mediaType
 * @property {number} width   Pixels.
 * @property {number} height  Pixels.
 * @property {number} bytes
 * @property {number} [frames]   More than one if it moves.
 * @property {'fast' | 'best'} [quality]  How it was made; "auto" comes to either.
 * @property {boolean} [isUnsure]  It may be the wrong thing: a person should look at it.
 * @property {string[]} [unmet]  Names of what its market place asks for and it is not.
 */

/**
 * @typedef {object} Item
 * @property {string} id
 * @property {number} number   Position in the order in which the pictures were added.
 * @property {string[]} folder Names of the folders that contain it, the outermost first.
 * @property {string} fileName With its suffix.
 * @property {string} type     Media type, as far as the browser knows it.
 * @property {number} bytes    0 until the picture is here.
 * @property {string} [address] Where it is fetched from, of one that was no file.
 * @property {ItemState} state
 * @property {import('../settings/output_settings.js').OutputSettings} making  How it shall be made.
 * @property {import('../messages/failure.js').Failure | null} failure
 * @property {Result | null} made  As the batch made it.
 * @property {import('../messages/edit_types.js').Edit | null} edit  What the user made of it in the editor.
 * @property {Result | null} edited  The file of some edit; it counts instead of the one made.
 * @property {boolean} editDue  The file of the newest edit is not made yet.
 * @property {Undone | null} [undone]  The edit that the user has undone last, with its file.
 * @property {import('../messages/failure.js').Failure | null} [unmade]  Why the batch had no result of
 *     its own for what was edited: no subject was found.
 * @property {string} editJob  Job of the editor that shows it, or did last.
 * @property {number} [editStep]  Number of the step of that editor that was taken last.
 * @property {boolean} saved   The user has saved its result.
 * @property {boolean} inFolder  The chosen folder has the result as it is now.
 * @property {boolean} [freed]  Storage was full, so only the folder still has the result.
 * @property {Record<string, string>} [sums]  Digests of its stored results, by their endings.
 * @property {number} losses   How often the engine died during its job.
 */

/** @typedef {Pick<Item, 'edit' | 'edited' | 'editDue'>} Undone */

/**
 * A file, or what stands for one that is still to be fetched from its address.
 *
 * @typedef {object} FoundPicture
 * @property {Pick<File, 'name' | 'type' | 'size'>} file
 * @property {string[]} folder
 * @property {string} [address]
 */

/**
 * @param {FoundPicture} found
 * @param {number} number
 * @param {import('../settings/output_settings.js').OutputSettings} making
 * @returns {Item}
 */
export function newItem({ file, address, folder }, number, making) {
    return {
        id: crypto.randomUUID(),
        number,
        folder,
        fileName: file.name,
        type: file.type,
        bytes: file.size,
        state: 'waiting',
        making,
        failure: null,
        ...(address && { address }),
        made: null,
        edit: null,
        edited: null,
        editDue: false,
        editJob: '',
        saved: false,
        inFolder: false,
        losses: 0,
    };
}

/**
 * What the user gets of an item: the file of the edit, if there is one.
 *
 * @param {Item} item
 */
export function resultOf({ edited, made }) {
    return edited ?? made;
}

/**
 * Whether another try may give a result: of nothing none does.
 *
 * @param {Item} item
 */
export function mayRetry({ state, failure, bytes, address }) {
    const isSomewhere = bytes > 0 || address !== undefined;
    const mayHelp = state === 'failed' && mayHelpToRetry(failure?.code ?? '');
    return isSomewhere && (state === 'cancelled' || mayHelp);
}

/**
 * Whether its server has to be allowed first, also where that was refused once.
 *
 * @param {Item} item
 */
export function needsRight({ state, failure, address }) {
    const isClosed =
        failure?.code === 'PERMISSION_NEEDED' || failure?.code === 'PERMISSION_REFUSED';
    return state === 'failed' && isClosed && address !== undefined;
}

/**
 * Whether there is something for the editor: a cut-out, or a picture whose subject a person can mark.
 *
 * @param {Item} item
 */
export function canEdit({ state, failure }) {
    return state === 'done' || (state === 'failed' && failure?.code === 'NO_SUBJECT');
}

/** @param {Item} item */
export function isUnfinished({ state }) {
    return state === 'waiting' || state === 'running';
}

/**
 * Whether every result is saved and nothing is left to do: what was cancelled may still be wanted.
 *
 * @param {readonly Item[]} items
 */
export function isAllSaved(items) {
    return items.every((item) => (item.state === 'done' ? item.saved : isOver(item)));
}

/** @param {Item} item */
function isOver(item) {
    return !isUnfinished(item) && !mayRetry(item);
}
