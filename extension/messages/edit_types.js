/**
 * @file What the editor and the engine say to each other, and the engine to Python for it. No
 * code.
 */

/** @typedef {import('./types.js').JobOptions} JobOptions */
/** @typedef {import('./types.js').Failure} Failure */
/** @typedef {import('./types.js').Timings} Timings */
/** @typedef {import('./types.js').CutoutReply} CutoutReply */

/**
 * One movement of a brush over a picture, in pixels of the upright source: a hint whose edge is
 * found in the picture (keep, remove) or hard (paint, erase); see py/offcut/editing/strokes.py.
 *
 * @typedef {object} Stroke
 * @property {typeof import('./facts.js').STROKE_KINDS[number]} kind
 * @property {number} radius
 * @property {number[][]} points  x to the right, y down.
 */

/**
 * What a person has made of a finished job.
 *
 * @typedef {object} Edit
 * @property {JobOptions} options
 * @property {Stroke[]} strokes    In the order in which they count.
 * @property {string} [background] Id of a picture given by `edit.background`, for the
 *     background "picture".
 */

/**
 * What a page asks of its finished job, over its port; `id` is the page's own. A file makes way
 * for every preview; one that is made while nothing else is to be done (`isIdle`) then fails with
 * CANCELLED, any other one is begun anew.
 *
 * @typedef {{ type: 'edit.preview', id: number, body: { edit: Edit, maxPixels: number } }
 *     | { type: 'edit.save', id: number, body: { edit: Edit, isIdle?: boolean } }
 *     | { type: 'edit.background', id: number, body: { background: string, blob: Blob } }
 * } EditRequest
 */

/**
 * The body is an `EditPreview`, a `Cutout`, or nothing for a background.
 *
 * @typedef {{ type: 'edit.replied', id: number } & ({ ok: true, body: any }
 *     | { ok: false, failure: Failure })} EditReplied
 */

/** @typedef {{ width: number, height: number }} Size  Pixels. */

/**
 * The finished picture in small.
 *
 * @typedef {object} EditPreview
 * @property {Uint8ClampedArray<ArrayBuffer>} pixels  Straight RGBA; a matte is grey and opaque.
 * @property {number} width    Of the preview.
 * @property {number} height
 * @property {Size} size       Of the picture that `edit.save` would give. Of a picture larger
 *     than the preview, cropped to its subject, it may be off by a few pixels.
 * @property {Size} source     Of the upright source: where strokes and `frame` are measured.
 * @property {{ left: number, top: number, width: number, height: number }} frame  The finished
 *     picture in the source; may reach beyond it.
 * @property {Size} space      Source pixels that `aspect` or `canvas` leave around the subject,
 *     which `position` shares out.
 * @property {boolean} isEmpty Nothing of the subject is to be seen.
 */

/** @typedef {{ ok: true, timings: Timings } | { ok: false, failure: Failure }} FindReply */
/** @typedef {{ ok: true, needs: 'subject' | 'background' }} Needs  What is not there any more. */
/** @typedef {Needs | ({ ok: true, needs: undefined } & EditPreview)
 *     | { ok: false, failure: Failure }} PreviewReply */
/** @typedef {Needs | CutoutReply} SaveReply */

export {};
