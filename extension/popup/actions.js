/**
 * @file All that the popup does: pictures by file, drop, paste, address or from the visible
 * tab, and the list of all jobs.
 *
 * Nothing here waits for the engine. The browser closes the popup at any click elsewhere:
 * jobs are begun by the service worker and kept by the engine.
 */

import { request } from '../messages/request.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { followTheme } from '../ui/theme.js';
import { captureTab } from './capture.js';
import { wireHandOver } from './hand_over.js';
import { wireIntake } from './intake.js';
import { watchJobs } from './job_list.js';

/** @typedef {import('./intake.js').Taken} Taken */

const problem = byId('problem', HTMLElement);
const list = watchJobs(byId('jobs', HTMLElement), say);

wireIntake(start);
wireHandOver(byId('workbench', HTMLAnchorElement));
byId('capture', HTMLButtonElement).addEventListener('click', () => start(captureTab()));
followTheme();
document.documentElement.dataset.state = 'ready';

/**
 * Begin a job for each picture. All are read before the first begins.
 *
 * @param {Taken | Promise<Taken>} taking
 */
async function start(taking) {
    say('');
    try {
        const { pictures, address, sentence, isForWorkbench } = await taking;
        if (isForWorkbench) await request('background', 'workbench.open');
        if (sentence) say(sentence);
        for (const { name, blob } of pictures) {
            const source = { kind: 'blob', blob };
            await request('background', 'job.start', { name, source, kept: true });
        }
        if (address) await request('background', 'address.start', { url: address });
        list.connect(); // there is an engine now
    } catch (error) {
        say(text('popup_cannot_start'));
        console.error(error);
    }
}

/** @param {string} sentence */
function say(sentence) {
    problem.hidden = !sentence;
    problem.textContent = sentence;
}
