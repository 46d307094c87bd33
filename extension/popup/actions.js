/**
 * @file All that the popup does: it takes pictures from files, drops, pastes, addresses or the
 * visible tab or a region of it, all pictures of its page, and lists all jobs.
 *
 * Decides: what starts a job there, and what is said when one cannot start. The single steps are in
 * picture_input.js, choosing.js, capture_tab.js, look_into_page.js and job_list.js.
 *
 * Nothing here waits for the engine, since the browser closes the popup at any click elsewhere.
 * The service worker starts the jobs, and the engine keeps them.
 */

import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { takePictures } from '../ui/take_pictures.js';
import { followTheme } from '../ui/theme.js';
import { captureTab } from './capture_tab.js';
import { wireChoosing } from './choosing.js';
import { JobList } from './job_list.js';
import { isLasting } from './lasting.js';
import { lookIntoPage } from './look_into_page.js';
import { wirePictureInput } from './picture_input.js';
import { wireWorkbench } from './workbench_link.js';

/** @typedef {import('../ui/picture_transfer.js').PictureInput} PictureInput */

/** @type {readonly [button: string, type: Parameters<typeof lookIntoPage>[0]][]} */
const PAGE_BUTTONS = [
    ['region', 'region.capture'],
    ['gather', 'pictures.gather'],
];
const problem = byId('problem', HTMLElement);
const list = new JobList(byId('jobs', HTMLElement), say);

wirePictureInput((input) => start(input));
wireChoosing((files, isShown) => start({ files }, !isShown));
wireWorkbench(byId('workbench', HTMLAnchorElement));
byId('capture', HTMLButtonElement).addEventListener('click', () => start(captureTab()));
for (const [id, type] of PAGE_BUTTONS) {
    byId(id, HTMLButtonElement).addEventListener('click', () => lookIntoPage(type, say));
}
followTheme();
hidePageButtons();
document.documentElement.dataset.state = 'ready';

/** In a tab there is no page before us; in the side panel no click gave the right to look at one. */
async function hidePageButtons() {
    const isHidden = await isLasting();
    const ids = ['capture', ...PAGE_BUTTONS.map(([id]) => id)];
    for (const id of ids) byId(id, HTMLButtonElement).hidden = isHidden;
}

/**
 * Hand over what the user gave, at once: a click elsewhere may close the popup before anything of a
 * file could be read here.
 *
 * @param {PictureInput | Promise<PictureInput>} input
 * @param {boolean} isPatient  See `takePictures`.
 * @returns {Promise<string[] | null>}  The jobs; null if not all of it is on its way.
 */
async function start(input, isPatient = true) {
    say('');
    /** @type {string[]} */
    let begun = [];
    try {
        const { jobIds, sentence } = await takePictures(await input, isPatient);
        begun = jobIds;
        if (sentence) say(sentence);
        list.connect(); // there is an engine now
    } catch (error) {
        say(text('popup_cannot_start'));
        console.error(error);
    }
    return problem.hidden ? begun : null;
}

/** @param {string} sentence */
function say(sentence) {
    problem.hidden = !sentence;
    problem.textContent = sentence;
}
