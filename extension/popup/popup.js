/**
 * @file The toolbar popup: a picture by file, drop or paste begins a job in a tab of its own.
 *
 * The popup may be closed at any moment; the engine has the picture by then.
 */

import { api } from '../platform/browser.js';
import { pictureName } from '../settings/file_name.js';
import { byId } from '../ui/dom.js';
import { localizePage, text } from '../ui/i18n.js';
import { resultAddress, startJob } from '../ui/start_job.js';

const dropZone = byId('drop-zone', HTMLElement);
const fileInput = byId('file-input', HTMLInputElement);
const problem = byId('problem', HTMLElement);

localizePage();

byId('choose', HTMLButtonElement).addEventListener('click', () => fileInput.click());
fileInput.addEventListener('change', async () => {
    await startAll(Array.from(fileInput.files ?? []));
    fileInput.value = ''; // so that the same file may be chosen again
});

document.addEventListener('dragover', (event) => {
    event.preventDefault();
    dropZone.toggleAttribute('data-over', true);
});
document.addEventListener('dragleave', () => dropZone.toggleAttribute('data-over', false));
document.addEventListener('drop', (event) => {
    event.preventDefault();
    dropZone.toggleAttribute('data-over', false);
    startAll(Array.from(event.dataTransfer?.files ?? []));
});
document.addEventListener('paste', (event) => {
    startAll(Array.from(event.clipboardData?.files ?? []));
});

/** @param {File[]} files */
async function startAll(files) {
    problem.hidden = files.length > 0;
    if (files.length === 0) problem.textContent = text('popup_no_picture');
    try {
        for (const file of files) await start(file);
    } catch (error) {
        problem.hidden = false;
        problem.textContent = text('popup_cannot_start');
        console.error(error);
    }
}

/** @param {File} file */
async function start(file) {
    // The bytes, not the file: what the engine holds must not depend on a file that the
    // user may move, nor on this page.
    const blob = new Blob([await file.arrayBuffer()], { type: file.type });
    const jobId = await startJob(pictureName(file.name), { kind: 'blob', blob });
    await api.tabs.create({ url: resultAddress(jobId) });
}
