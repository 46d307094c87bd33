/**
 * @file The place in the picture that was clicked in its page, as the first tap.
 *
 * Decides: when that place is known in the file too, and that nobody hears of it if it fails.
 */

/** @typedef {import('../../messages/edit_types.js').TapGuesses} TapGuesses */

/** The most that the sides' relation may differ between the page's picture and its file. */
const SAME_FORM = 0.03;

/**
 * @param {import('./view_geometry.js').Size | undefined} source  Of the upright picture.
 * @param {import('../../messages/page_types.js').ClickedSpot} spot
 * @returns {import('./view_geometry.js').Point | null}  Source pixels; null if the file shows
 *     another cut of the picture than the page.
 */
export function placeIn(source, { x, y, aspect }) {
    if (!source) return null;
    const { width, height } = source;
    const isAlike = Math.abs(Math.log(width / height / aspect)) < SAME_FORM;
    return isAlike ? { x: x * width, y: y * height } : null;
}

/**
 * What is surely missing there. Nobody has asked for it in so many words, so a failure is theirs only
 * who look into the console.
 *
 * @param {(body: object) => Promise<TapGuesses>} ask
 * @param {import('./tap_answers.js').Question} question
 * @returns {Promise<readonly import('../../messages/edit_types.js').Region[]>}
 */
export async function askAboutClick(ask, { edit, tap }) {
    try {
        const { guesses } = await ask({
            edit,
            tap: { ...tap, kind: 'add' },
            taps: [],
            isClick: true,
        });
        return guesses;
    } catch (error) {
        console.warn('no look at the clicked place:', error);
        return [];
    }
}
