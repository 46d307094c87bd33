/**
 * @file The content script: brings it into the clicked frame, and asks it.
 *
 * Decides: which scripts are injected into a page and in which order, how long the browser's
 * "Cannot access contents" is waited out, and PAGE_FORBIDDEN and PICTURE_GONE.
 */

import { OffcutError, offcutError } from '../messages/failure.js';
import { requestFrame } from '../messages/request.js';
import { api } from '../platform/browser.js';

/** In their order: the last one uses all the others, and begins to answer. */
const FILES = [
    'platform/ask_network.js',
    'platform/bounded_fetch.js',
    'content/note_request.js',
    'content/content_state.js',
    'content/built_in.js',
    'content/pointer.js',
    'content/elements_at.js',
    'content/srcset.js',
    'content/css_pictures.js',
    'content/element_pictures.js',
    'content/find_pictures.js',
    'content/list_pictures.js',
    'content/drawing_copy.js',
    'content/serialize_svg.js',
    'content/picture_pixels.js',
    'content/read_picture.js',
    'content/same_picture.js',
    'content/clicked_spot.js',
    'content/panel_style.js',
    'content/panel_place.js',
    'content/page_panel.js',
    'content/page_question.js',
    'content/choose_picture.js',
    'content/choose_many.js',
    'content/choose_region.js',
    'content/change_element.js',
    'content/put_in_place.js',
    'content/replace_picture.js',
    'content/copy_cutout.js',
    'content/picture_box.js',
    'content/picture_mark.js',
    'content/main.js',
];

/** A click's right to its tab reaches the tab's process a little later than the click us. */
const GRANT_MS = 400;
const RETRY_MS = 20;
/** A page that answers nothing for so long has hung; longer than any reading may take. */
export const ANSWER_MS = 150_000;
/** A person may take longer; see `answeringMs` in content/page_question.js. */
export const CHOICE_MS = 610_000;
/** Questions that a person answers. */
const BY_A_PERSON = new Set(['picture.choose', 'pictures.choose', 'region.choose']);

/**
 * @param {number} tabId
 * @param {number | null} frameId  null for every frame that we may enter.
 * @returns {Promise<number[]>}  The frames.
 * @throws {OffcutError}  PAGE_FORBIDDEN.
 */
export async function enterFrames(tabId, frameId) {
    const frames = frameId === null ? { allFrames: true } : { frameIds: [frameId] };
    const deadline = performance.now() + GRANT_MS;
    for (;;) {
        try {
            const entered = await api.scripting.executeScript({
                target: { tabId, ...frames },
                files: FILES,
            });
            return entered.map((each) => each.frameId);
        } catch (error) {
            const isLate = /Cannot access contents/.test(String(error));
            if (!isLate || performance.now() > deadline) {
                throw offcutError('PAGE_FORBIDDEN', 'fetch', String(error));
            }
            await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        }
    }
}

/** @type {Set<{ tabId: number, frameId: number }>} Frames that have not answered yet. */
const asked = new Set();

/** Have nothing read in pages any more: the person erases everything. */
export async function dropReading() {
    const frames = [...asked];
    await Promise.allSettled(
        frames.map(({ tabId, frameId }) => requestFrame(tabId, frameId, 'reading.drop', {})),
    );
}

/**
 * @param {{ tabId: number, frameId: number }} frame
 * @param {string} type
 * @param {unknown} [body]
 * @returns {Promise<any>}
 * @throws {OffcutError}  What the content script failed with; PICTURE_GONE when its page is gone
 *     or answers nothing.
 */
export async function askFrame(frame, type, body = {}) {
    const { tabId, frameId } = frame;
    const question = { tabId, frameId };
    asked.add(question);
    const awake = setInterval(() => api.runtime.getPlatformInfo(), 20_000);
    const patience = BY_A_PERSON.has(type) ? CHOICE_MS : ANSWER_MS;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer in ${patience} ms`)), patience);
    });
    try {
        return await Promise.race([requestFrame(tabId, frameId, type, body), late]);
    } catch (error) {
        if (error instanceof OffcutError && error.failure.code !== 'ENGINE_LOST') throw error;
        throw offcutError('PICTURE_GONE', 'fetch', String(error));
    } finally {
        clearTimeout(timer);
        asked.delete(question);
        clearInterval(awake); // it kept the browser from ending us while a person chooses
    }
}
