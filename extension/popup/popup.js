/**
 * @file The toolbar popup: a picture by file, drop or paste begins a job in a tab of its own.
 *
 * The service worker opens the tab, so the job does not depend on the popup's life.
 */

import { request } from '../messages/request.js';
import { pictureName } from '../settings/file_name.js';
import { byId } from '../ui/dom.js';
import { localizePage, text } from '../ui/i18n.js';

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

/**
 * All files are read before the first job begins: its tab takes the focus, and that closes
 * the popup.
 *
 * @param {File[]} files
 */
async function startAll(files) {
    problem.hidden = true;
    if (files.length === 0) say(text('popup_no_picture'));
    const read = await Promise.allSettled(files.map(readFile));
    for (const [index, { status }] of read.entries()) {
        if (status === 'rejected') say(text('popup_cannot_read', files[index]?.name ?? ''));
    }
    const pictures = read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    try {
        await Promise.all(
            pictures.map((picture) => request('background', 'picture.start', picture)),
        );
    } catch (error) {
        say(text('popup_cannot_start'));
        console.error(error);
    }
}

/**
 * The bytes, not the file: what the engine holds must not depend on a file that the user
 * may move, nor on this page.
 *
 * @param {File} file
 */
async function readFile(file) {
    const blob = new Blob([await file.arrayBuffer()], { type: file.type });
    return { name: pictureName(file.name), blob };
}

/** @param {string} sentence */
function say(sentence) {
    problem.hidden = false;
    problem.textContent = sentence;
}
