/**
 * @file Models that answer clicks, in pairs of an encoder and a decoder, and give no matte by
 * themselves. py/offcut/network/prompted_models.py follows the same rules.
 *
 * Decides: which two models are a pair.
 */

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */

/**
 * Whether a model makes a matte of a picture; others answer clicks, in pairs.
 *
 * @param {ModelEntry} entry
 */
export function givesMatte({ prompted }) {
    return !prompted;
}

/**
 * A pair of models that answers clicks: the first decoder whose encoder is there as well.
 *
 * @param {readonly ModelEntry[]} installed
 * @returns {ModelEntry[]}  The encoder and the decoder, or none.
 */
export function findPrompted(installed) {
    for (const decoder of installed) {
        const { part, encoder: id } = decoder.prompted ?? {};
        const encoder = installed.find((entry) => entry.id === id);
        if (part === 'decoder' && encoder?.prompted?.part === 'encoder') return [encoder, decoder];
    }
    return [];
}
