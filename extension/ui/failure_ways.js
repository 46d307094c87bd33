/**
 * @file What a person can do about each failure, the best first. There is always something: where
 * nothing else is possible, another picture.
 */

/** @typedef {import('../messages/failure.js').FailureCode} FailureCode */

/**
 * `allow` asks for the right to the picture's server, `screen` takes the picture from the screen,
 * `again` tries the same once more, `hand` opens the editor for brushes, `best` tries the better
 * quality, `models` and `settings` open these, `page` shows the clicked page, `picture` opens the
 * picture's address in a tab, `own` takes another picture.
 *
 * @typedef {'allow' | 'screen' | 'again' | 'hand' | 'best' | 'models' | 'settings' | 'page'
 *     | 'picture' | 'own'} Way
 */

/** @type {Readonly<Record<FailureCode, readonly Way[]>>} */
const WAYS = Object.freeze({
    UNSUPPORTED_FORMAT: ['own'],
    CORRUPT_IMAGE: ['own'],
    IMAGE_TOO_LARGE: ['own'],
    EMPTY_FILE: ['own'],
    UNKNOWN_MODEL: ['models', 'again'],
    WEIGHTS_MISMATCH: ['models', 'again'],
    DOWNLOAD_FAILED: ['again', 'models'],
    NOT_A_MODEL: ['models'],
    MODEL_UNFIT: ['models'],
    SESSION_FAILED: ['again', 'models'],
    OUT_OF_MEMORY: ['again', 'own'],
    OUTPUT_MISMATCH: ['again', 'models', 'own'],
    NO_SUBJECT: ['hand', 'best', 'models', 'own'],
    ENCODE_FAILED: ['again', 'own'],
    BAD_OPTION: ['settings', 'again'],
    CANCELLED: ['again', 'own'],
    INTERNAL: ['again', 'own'],
    FETCH_FAILED: ['again', 'screen', 'page'],
    FETCH_BLOCKED: ['screen', 'again', 'own'],
    FETCH_REFUSED: ['picture', 'screen', 'again'],
    FETCH_NOT_FOUND: ['again', 'screen', 'page'],
    FETCH_BUSY: ['again', 'screen'],
    FETCH_PAGE: ['picture', 'screen', 'again'],
    FETCH_REDIRECTED: ['picture', 'screen'],
    FETCH_EMPTY: ['again', 'screen', 'page'],
    FETCH_SLOW: ['again', 'screen'],
    FETCH_ENDLESS: ['own', 'screen'],
    PRIVATE_ADDRESS: ['own', 'screen'],
    PERMISSION_NEEDED: ['allow', 'screen'],
    PERMISSION_REFUSED: ['screen', 'allow', 'own'],
    FRAME_CLOSED: ['allow', 'page', 'own'],
    NO_PICTURE_HERE: ['page', 'own'],
    PICTURE_BLANK: ['screen', 'again'],
    SCREEN_FAILED: ['own', 'page'],
    COPY_FORBIDDEN: ['page', 'own'],
    PAGE_FORBIDDEN: ['own'],
    PICTURE_GONE: ['again', 'page', 'own'],
    ENGINE_LOST: ['again', 'own'],
    JOB_GONE: ['own'],
    TIMED_OUT: ['again', 'own'],
    STORAGE_FULL: ['again', 'own'],
});

/**
 * What there is for a way to work with.
 *
 * @typedef {object} Means
 * @property {boolean} hasPicture  The page has the picture's bytes.
 * @property {string} quality      That was asked for.
 * @property {Readonly<Record<string, string | number>>} detail  Of the failure.
 */

/** @type {Readonly<Partial<Record<Way, (means: Means) => boolean>>>} When a way is open. */
const IS_OPEN = Object.freeze({
    allow: ({ detail }) => detail.url !== undefined,
    screen: ({ detail }) => detail.number !== undefined,
    again: ({ hasPicture, detail }) =>
        hasPicture || detail.clicked !== undefined || detail.source !== undefined,
    hand: ({ hasPicture }) => hasPicture,
    best: ({ hasPicture, quality }) => hasPicture && quality !== 'best',
    models: ({ quality, detail }) => quality === 'best' || detail.strongest === undefined,
    page: ({ detail }) => detail.tabId !== undefined,
    picture: ({ detail }) => /^https?:/.test(String(detail.url ?? '')),
});

/**
 * @param {string} code
 * @param {Means} means
 * @returns {Way[]}  At least one.
 */
export function waysOn(code, means) {
    const known = WAYS[/** @type {FailureCode} */ (code)] ?? WAYS.INTERNAL;
    const open = known.filter((way) => IS_OPEN[way]?.(means) ?? true);
    return open.length > 0 ? open : ['own'];
}
