/**
 * @file Gives the file to the user: download, clipboard, sharing, and dragging to another program.
 *
 * Decides: the file's name and size as shown (KB, MB), the name of the matte's file, what is dragged
 * into other programs, when sharing is offered.
 */

import { hasLayers } from '../../settings/file_formats.js';
import { outputFileName } from '../../settings/file_name.js';
import { readSettings } from '../../settings/settings.js';
import { byId } from '../../ui/dom.js';
import { formatNumber, text } from '../../ui/i18n.js';
import { copyPicture, saveFile, saveProblem } from '../../ui/save.js';
import { checkSentence } from '../market_checks.js';

/** @typedef {import('../../messages/job_types.js').Cutout} Cutout */

/** Beside whatever the result is called. */
const PATTERNS = Object.freeze({ matte: '{name}-alpha', sheet: '{name}-sheet' });
const KILO = 1000;
const MEGA = 1e6;

export class FileBar {
    #image = byId('cutout', HTMLImageElement);
    /** @type {{ cutout: Cutout, fileName: string } | null} What the user can drag out of the page now. */
    #ready = null;
    /** Of the picture, without suffix. */
    #name = '';
    #pattern = '{name}';
    /** Of the newest file that was made. */
    #bytes = 0;
    /** Of that file, for other programs. */
    #url = '';

    constructor() {
        this.#image.addEventListener('dragstart', (event) => this.#fillDrag(event));
        const bar = byId('file-bar', HTMLElement);
        // The message of the page lies above the bar, whose height depends on the language.
        new ResizeObserver(() => {
            document.documentElement.style.setProperty('--file-bar', `${bar.offsetHeight}px`);
        }).observe(bar);
    }

    /** @param {string} name  Of the picture, without suffix. */
    async showName(name) {
        this.#name = name;
        this.#pattern = (await readSettings()).fileNamePattern;
    }

    /**
     * While there is no file of the newest edit, the former one stays and is called that, so that
     * nothing jumps; it cannot be dragged.
     *
     * @param {import('./output_file.js').Freshness} freshness
     * @param {Cutout | null} cutout
     */
    show(freshness, cutout) {
        byId('file-bar', HTMLElement).dataset.file = freshness;
        byId('file-size', HTMLElement).dataset.state = freshness;
        this.#image.draggable = cutout !== null;
        this.#ready = cutout ? { cutout, fileName: this.#fileName(cutout) } : null;
        if (cutout) this.#showFile(cutout);
        const amount = formatBytes(this.#bytes);
        const shown = cutout ? amount : text('edit_size_former', amount);
        byId('file-size', HTMLElement).textContent = shown;
    }

    /** @param {Cutout} cutout */
    #showFile(cutout) {
        this.#bytes = cutout.blob.size;
        this.showSize(cutout);
        URL.revokeObjectURL(this.#url);
        this.#url = URL.createObjectURL(cutout.blob);
        // No browser shows a file with layers: the picture before it stays.
        if (hasLayers(cutout.blob.type)) return;
        URL.revokeObjectURL(this.#image.src);
        this.#image.src = URL.createObjectURL(cutout.blob);
        this.#image.alt = text('result_cutout');
        for (const picture of document.querySelectorAll('#chats img')) {
            /** @type {HTMLImageElement} */ (picture).src = this.#image.src;
        }
    }

    /** Wait until the small picture can be seen, if ever. */
    async drawn() {
        await this.#image.decode().catch(() => undefined);
    }

    /** @param {{ width: number, height: number }} size  Of the file, in pixels. */
    showSize({ width, height }) {
        byId('facts', HTMLElement).textContent = text('edit_facts', width, height);
    }

    /**
     * @param {Cutout} cutout
     * @param {string} frame  As in EditState.
     * @returns {Promise<string>}  What went wrong, or what a market place says of the saved file;
     *     nothing if the person cancelled.
     */
    async download(cutout, frame) {
        const outcome = await saveFile(cutout.blob, this.#fileName(cutout));
        return outcome.state === 'saved'
            ? checkSentence(cutout.checks, frame)
            : saveProblem(outcome);
    }

    /**
     * Save a file that goes with the picture's own, under a name that says which it is.
     *
     * @param {Cutout} file
     * @param {'matte' | 'sheet'} kind
     * @returns {Promise<string>}  As of `download`.
     */
    async downloadBeside(file, kind) {
        return saveProblem(await saveFile(file.blob, this.#fileName(file, PATTERNS[kind])));
    }

    /** @param {Promise<Cutout>} cutout  A PNG; the clipboard waits for it. */
    async copy(cutout) {
        await copyPicture(cutout.then(({ blob }) => blob));
    }

    /** @param {Cutout} cutout */
    async share(cutout) {
        const { blob } = cutout;
        const file = new File([blob], this.#fileName(cutout), { type: blob.type });
        try {
            await navigator.share({ files: [file] });
        } catch (error) {
            if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
        }
    }

    /**
     * @param {Cutout} cutout
     * @param {string} pattern
     */
    #fileName({ blob, width, height }, pattern = this.#pattern) {
        const facts = { name: this.#name, mediaType: blob.type, width, height };
        return outputFileName(pattern, facts);
    }

    /**
     * Offer the file to other pages and programs in every form that one of them reads.
     *
     * @param {DragEvent} event
     */
    #fillDrag(event) {
        const { dataTransfer } = event;
        if (!dataTransfer || !this.#ready) return;
        const { cutout, fileName } = this.#ready;
        const { blob } = cutout;
        dataTransfer.clearData();
        dataTransfer.items.add(new File([blob], fileName, { type: blob.type }));
        dataTransfer.setData('DownloadURL', `${blob.type}:${fileName}:${this.#url}`);
        // Tells this page that what is dropped here is not a new background.
        dataTransfer.setData('text/x-offcut', fileName);
        dataTransfer.effectAllowed = 'copy';
    }
}

/** Whether this browser can share files at all. */
export function canShareFiles() {
    const sample = new File([new Uint8Array(1)], 'sample.png', { type: 'image/png' });
    return navigator.canShare?.({ files: [sample] }) ?? false;
}

/** @param {number} bytes */
export function formatBytes(bytes) {
    if (bytes < MEGA)
        return text('edit_kilobytes', formatNumber(Math.max(1, Math.round(bytes / KILO))));
    return text('edit_megabytes', formatNumber(bytes / MEGA));
}
