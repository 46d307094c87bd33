/**
 * @file Records between the editor and the engine, and between the engine and Python for the
 * editor. No code.
 *
 * Decides: what an edit, a stroke and a preview are made of.
 */

/** @typedef {import('./job_types.js').JobOptions} JobOptions */
/** @typedef {import('./failure.js').Failure} Failure */
/** @typedef {import('./job_types.js').Timings} Timings */
/** @typedef {import('./worker_types.js').CutoutReply} CutoutReply */

/**
 * One movement of a brush over a picture, in pixels of the upright source: a scribble whose edge
 * is found in the picture (keep, remove), or a retouching stroke with a hard edge (paint, erase);
 * see py/offcut/editing/strokes.py.
 *
 * @typedef {object} Stroke
 * @property {typeof import('./facts.js').STROKE_KINDS[number]} kind
 * @property {number} radius
 * @property {number[][]} points  x to the right, y down.
 */

/**
 * A part of the picture that a tap adds or takes: a mask of the whole picture, as run lengths row
 * by row, outside first; see py/offcut/editing/regions.py.
 *
 * @typedef {object} Region
 * @property {'add' | 'take'} kind
 * @property {number[]} size  Height and width of the mask.
 * @property {number[]} runs
 */

/**
 * A click on something that is missing or too much, in pixels of the upright source. Without a
 * kind it adds where nothing is held, and takes where something is.
 *
 * @typedef {{ x: number, y: number, kind?: Region['kind'] }} Tap
 */

/**
 * What a user has made of a finished job.
 *
 * @typedef {object} Edit
 * @property {JobOptions} options
 * @property {(Stroke | Region)[]} strokes    In the order in which they count.
 * @property {string} [background] Id of a picture given by `edit.background`, for the
 *     background "picture".
 */

/**
 * What a preview shall show. The original (`isOriginal`), all of it painted back, is no edit.
 *
 * @typedef {{ edit: Edit, maxPixels: number, isOriginal?: boolean }} PreviewOf
 */

/**
 * What a page asks of its finished job, over its port; the page chooses the `id`. A preview
 * interrupts the making of a file. If the file was only made ahead of time (`isIdle`), it fails
 * with CANCELLED; any other file is started again after the preview. A file that is made beside the
 * result (`isAside`) is not what the person has made of the picture. A tap comes with those before
 * it; if the pointer only hovers there (`isHover`), it is answered at once, without the network, and
 * interrupts no file that somebody waits for. Of a click in the page (`isClick`), which need not have
 * meant it, only what is surely missing is given. Ahead of any tap (`isAhead`) the network looks around
 * a place, so that a hover there knows more; nothing is given. A better cut-out (`edit.better`) is made
 * when nothing else is to be done.
 *
 * @typedef {{ type: 'edit.preview', id: number, body: PreviewOf }
 *     | { type: 'edit.save', id: number, body: { edit: Edit, isIdle?: boolean, isAside?: boolean } }
 *     | { type: 'edit.tap', id: number, body: { edit: Edit, tap: Tap, taps: Tap[],
 *         isHover?: boolean, isClick?: boolean, isAhead?: boolean } }
 *     | { type: 'edit.better', id: number, body: {} }
 *     | { type: 'edit.background', id: number, body: { background: string, blob: Blob } }
 * } EditRequest
 */

/**
 * The body is an `EditPreview`, a `Cutout`, `TapGuesses`, `{ better: Cutout or null }`, or nothing
 * for a background.
 *
 * @typedef {{ type: 'edit.replied', id: number } & ({ ok: true, body: any }
 *     | { ok: false, failure: Failure })} EditReplied
 */

/** @typedef {{ width: number, height: number }} Size  Pixels. */

/**
 * The finished picture at a reduced size.
 *
 * @typedef {object} EditPreview
 * @property {Uint8ClampedArray<ArrayBuffer>} pixels  RGBA, not premultiplied; a matte is grey and opaque.
 * @property {number} width    Of the preview.
 * @property {number} height
 * @property {Size} size       Of the picture that `edit.save` would give. It may be off by a few
 *     pixels if the picture is larger than the preview and cropped to its subject.
 * @property {Size} source     Of the upright source, in whose pixels strokes and `frame` are given.
 * @property {{ left: number, top: number, width: number, height: number }} frame  The finished
 *     picture in the source; may reach beyond it.
 * @property {Size} space      Source pixels that `aspect` or `canvas` leave around the subject;
 *     `position` distributes them.
 * @property {boolean} isEmpty The preview shows nothing of the subject.
 */

/**
 * What a tap may mean, the likeliest first.
 *
 * @typedef {object} TapGuesses
 * @property {Region[]} guesses
 * @property {boolean} isPlain  Models that answer clicks are here, and have failed.
 */

/** @typedef {{ ok: true, timings: Timings } | { ok: false, failure: Failure }} FindReply */
/**
 * What Python no longer has and the engine must bring.
 *
 * @typedef {{ ok: true, needs: 'subject' | 'background' }} MissingResource
 */
/**
 * @typedef {MissingResource | ({ ok: true, needs: undefined } & EditPreview)
 *     | { ok: false, failure: Failure }} PreviewReply
 */
/** @typedef {{ ok: true, needs: undefined, isGone: true }} FramesGone  Of a picture that moves. */
/** @typedef {MissingResource | FramesGone | CutoutReply} SaveReply */
/**
 * @typedef {MissingResource | ({ ok: true, needs: undefined } & TapGuesses)
 *     | { ok: false, failure: Failure }} TapReply
 */

export {};
