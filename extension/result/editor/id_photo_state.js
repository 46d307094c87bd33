/**
 * @file The photo for an office in the editor's state, and in the options of an edit.
 *
 * Decides: where the marks are before anybody has placed them, what choosing a format brings along, how
 * finely a mark's place is written.
 */

import { OPTIONS } from '../../messages/facts.js';
import { ID_PHOTOS } from '../../messages/id_photos.js';

/** @typedef {import('../../messages/job_types.js').JobOptions} JobOptions */
/** @typedef {import('./edit_state.js').EditState} EditState */
/** @typedef {keyof typeof ID_PHOTOS} IdFormat */

/** Of a head in the middle of a portrait; per cent of the picture. */
const FIRST = Object.freeze({ idMiddle: 50, idCrown: 12, idEyes: 32, idChin: 52 });

/** @param {EditState} state  Whether nobody has placed the marks yet. */
export function isUnmarked(state) {
    return Object.entries(FIRST).every(
        ([field, place]) => state[/** @type {keyof typeof FIRST} */ (field)] === place,
    );
}

/** @param {JobOptions} options */
export function idPhotoFrom({ id_photo, crown, chin, eyes, id_size, id_head, dpi }) {
    const [idMiddle = FIRST.idMiddle, idCrown = FIRST.idCrown] = percents(crown);
    const [, idChin = FIRST.idChin] = percents(chin);
    const [idEyes = FIRST.idEyes] = percents(eyes);
    const [idWidth = 35, idHeight = 45] = String(id_size).split('x').map(Number);
    return {
        idPhoto: typeof id_photo === 'string' ? id_photo : 'none',
        ...{ idMiddle, idCrown, idEyes, idChin, idWidth, idHeight },
        idHead: Number(id_head),
        dpi: Number(dpi),
    };
}

/** @param {EditState} state */
export function idPhotoOptions(state) {
    const { idMiddle, idWidth, idHeight, idHead } = state;
    const own = { id_size: `${idWidth}x${idHeight}`, id_head: idHead };
    return {
        id_photo: state.idPhoto,
        crown: `${percent(idMiddle)} ${percent(state.idCrown)}`,
        chin: `${percent(idMiddle)} ${percent(state.idChin)}`,
        eyes: percent(state.idEyes),
        dpi: state.dpi,
        ...(state.idPhoto === 'own' ? own : {}),
    };
}

/**
 * What changes in the state when a format is chosen.
 *
 * @param {string} idPhoto
 * @returns {Partial<EditState>}
 */
export function fieldsForIdPhoto(idPhoto) {
    if (idPhoto === 'none') return { idPhoto };
    const form = ID_PHOTOS[/** @type {IdFormat} */ (idPhoto)];
    const { background, dpi } = form ?? { background: '#ffffff', dpi: OPTIONS.dpi.default };
    return {
        ...{ idPhoto, dpi, backgroundKind: 'color', backgroundColor: background },
        ...{ output: 'cutout', outline: 0, shadow: false, format: 'jpeg' },
    };
}

/** @param {unknown} text */
function percents(text) {
    return typeof text === 'string' && text.includes('%')
        ? text.split(/[\s,]+/).map(Number.parseFloat)
        : [];
}

/** The notation of the options has at most four decimals. */
const percent = (/** @type {number} */ value) => `${Math.round(value * 1000) / 1000}%`;
