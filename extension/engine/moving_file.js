/**
 * @file Whether a picture file moves, found out in its first bytes and without decoding it.
 *
 * Decides: that a picture that moves gets no better cut-out by itself: each of its frames would take
 * seconds. Python has the last word on whether it moves: py/offcut/decoding/read_animation.py.
 */

import { OPTIONS } from '../messages/facts.js';
import { MOVING_FORMATS } from '../settings/file_formats.js';

/** The signs stand before the first pixels of a PNG or WebP. */
const HEAD_BYTES = 1 << 16;
const WEBP_FLAGS = 20;
const WEBP_MOVES = 0x02;

/**
 * Tell whether all frames of a job's picture are asked for, and it may have several.
 *
 * @param {Blob} picture
 * @param {import('../messages/job_types.js').JobOptions} options
 */
export async function mayMove(picture, { format = OPTIONS.format.default, frame }) {
    const keeps = MOVING_FORMATS.some((moving) => moving === format);
    if (!keeps || typeof frame === 'number') return false;
    const head = new Uint8Array(await picture.slice(0, HEAD_BYTES).arrayBuffer());
    const kind = latin1(head.subarray(0, 16));
    if (kind.startsWith('GIF8')) return true;
    if (kind.startsWith('RIFF') && kind.endsWith('VP8X')) {
        return ((head[WEBP_FLAGS] ?? 0) & WEBP_MOVES) !== 0;
    }
    return kind.startsWith('\x89PNG') && latin1(head).includes('acTL');
}

/** @param {Uint8Array} bytes */
function latin1(bytes) {
    return new TextDecoder('latin1').decode(bytes);
}
