/**
 * @file Failures as they travel between contexts.
 *
 * Decides: which failure codes only the extension has, what a failure contains, what an unknown
 * error becomes (INTERNAL), CANCELLED. Its text: ui/failure_text.js.
 *
 * A failure is plain data, never an Error: structured clone drops an Error's own fields.
 * It becomes an Error again at the last moment, in the context that will show or log it.
 */

/** Codes that only the extension has; those of the Python package are in facts.js. */
export const EXTENSION_CODES = /** @type {const} */ ([
    'INTERNAL',
    'FETCH_FAILED',
    'FETCH_BLOCKED',
    'FETCH_REFUSED',
    'FETCH_NOT_FOUND',
    'FETCH_BUSY',
    'FETCH_PAGE',
    'FETCH_REDIRECTED',
    'FETCH_EMPTY',
    'FETCH_SLOW',
    'FETCH_ENDLESS',
    'PRIVATE_ADDRESS',
    'PERMISSION_REFUSED',
    'FRAME_CLOSED',
    'NO_PICTURE_HERE',
    'PICTURE_BLANK',
    'SCREEN_FAILED',
    'COPY_FORBIDDEN',
    'PERMISSION_NEEDED',
    'PAGE_FORBIDDEN',
    'PICTURE_GONE',
    'ENGINE_LOST',
    'JOB_GONE',
    'TIMED_OUT',
    'STORAGE_FULL',
]);

/** @typedef {typeof import('./facts.js').CODES} PackageCodes  By the class that has them. */
/** @typedef {PackageCodes[keyof PackageCodes][number]} PackageCode */
/** @typedef {PackageCode | typeof EXTENSION_CODES[number]} FailureCode */

/**
 * @typedef {object} Failure
 * @property {FailureCode} code  Stable; names the text `failure_<code>`.
 * @property {string} stage      The stage that failed, e.g. `decode`.
 * @property {string} message    English, for logs and bug reports only.
 * @property {Readonly<Record<string, string | number>>} detail  Measured facts.
 */

/** An Error that carries a Failure inside one context. */
export class OffcutError extends Error {
    /** @param {Failure} failure */
    constructor(failure) {
        super(failure.message);
        this.name = 'OffcutError';
        this.failure = failure;
    }
}

/**
 * Make an error of a known kind.
 *
 * @param {FailureCode} code
 * @param {string} stage
 * @param {string} message
 * @param {Record<string, string | number>} [detail]
 */
export function offcutError(code, stage, message, detail = {}) {
    return new OffcutError({ code, stage, message, detail });
}

/**
 * Describe anything thrown as a Failure.
 *
 * @param {unknown} thrown
 * @param {string} stage  Used when `thrown` does not name its own stage.
 * @returns {Failure}
 */
export function toFailure(thrown, stage) {
    if (thrown instanceof OffcutError) return thrown.failure;
    if (thrown instanceof DOMException && thrown.name === 'AbortError') {
        return { code: 'CANCELLED', stage, message: thrown.message, detail: {} };
    }
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { code: 'INTERNAL', stage, message, detail: {} };
}
