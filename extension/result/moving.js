/**
 * @file The cut-out of a picture that moves, shown as it plays, in place of the editor.
 *
 * Decides: its formats and buttons; that another format is made of the frames that are kept, or anew
 * if they are gone; that the editor opens with one frame, in a job of its own, so that what moves
 * is never lost by a stroke of the brush.
 */

import { MOVING_FORMATS } from '../settings/file_formats.js';
import { outputFileName } from '../settings/file_name.js';
import { jobOptions } from '../settings/output_settings.js';
import { readSettings } from '../settings/settings.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { copyPicture, saveFile, saveProblem } from '../ui/save.js';
import { resultAddress, startJob } from '../ui/start_job.js';
import { isOfBatch } from './batch_row.js';
import { formatBytes } from './editor/file_bar.js';
import { fillMovingPanel } from './moving_panel.js';

/** @typedef {import('../messages/job_types.js').Cutout} Cutout */
/** @typedef {import('../messages/job_types.js').JobOptions} JobOptions */
/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */
/** @typedef {import('./editor/edit_link.js').EditLink} EditLink */

/** In the file's own order of frames; in the options 0 is the first one that shows something. */
const FIRST = 1;
const ANY = 0;

export class MovingResult {
    #link;
    #port;
    #say;
    /** @type {Cutout | null} */
    #cutout = null;
    /** @type {JobOptions} */
    #options = {};
    #name = '';
    #url = '';

    /**
     * @param {EditLink} link
     * @param {import('./job_port.js').JobPort} port
     * @param {(sentence: string) => void} say
     */
    constructor(link, port, say) {
        this.#link = link;
        this.#port = port;
        this.#say = say;
    }

    /** Whether it is shown. */
    get isOpen() {
        return this.#cutout !== null;
    }

    /**
     * Show a cut-out that moves.
     *
     * @param {JobSnapshot} snapshot
     */
    async open({ jobId, cutout, name, options }) {
        if (this.isOpen || !cutout) return;
        this.#name = name;
        this.#options = options ?? jobOptions(await readSettings());
        this.#link.connect((request) => this.#port.post(request));
        await this.#show(cutout);
        byId('moving-in-batch', HTMLElement).hidden = !(await isOfBatch(jobId));
        byId('moving', HTMLElement).hidden = false;
    }

    /**
     * @param {(id: string, act: () => unknown) => void} on  Wires a button.
     * @param {() => Blob | undefined} picture  The original.
     */
    wire(on, picture) {
        fillMovingPanel();
        on('moving-download', () => this.#download());
        on('moving-copy', async () => {
            if (this.#cutout) await copyPicture(this.#cutout.blob);
            this.#say(text('moving_copied'));
        });
        on('moving-still', () => this.#restart(picture(), { frame: this.#chosenFrame }));
        for (const input of this.#inputs) {
            input.addEventListener('change', () => this.#change(input.value, picture()));
        }
    }

    get #inputs() {
        return MOVING_FORMATS.map((format) => byId(`moving-${format}`, HTMLInputElement));
    }

    get #chosenFrame() {
        const field = byId('moving-frame', HTMLInputElement);
        return field.valueAsNumber > FIRST ? Math.min(field.valueAsNumber, Number(field.max)) : ANY;
    }

    /** @param {Cutout} cutout */
    async #show(cutout) {
        this.#cutout = cutout;
        const { blob, width, height, frames = 1, notices } = cutout;
        URL.revokeObjectURL(this.#url);
        this.#url = URL.createObjectURL(blob);
        const image = byId('moving-cutout', HTMLImageElement);
        image.src = this.#url;
        image.alt = text('result_cutout');
        const words = [String(frames), `${width} × ${height}`, formatBytes(blob.size)];
        byId('moving-facts', HTMLElement).textContent = text('moving_facts', ...words);
        byId('moving-frame', HTMLInputElement).max = String(frames);
        const sentences = notices.map((code) => text(`notice_${code}`)).filter(Boolean);
        byId('moving-notices', HTMLElement).textContent = sentences.join(' ');
        for (const input of this.#inputs) input.checked = blob.type === `image/${input.value}`;
        byId('moving-png-hint', HTMLElement).hidden = blob.type !== 'image/png';
        await image.decode().catch(() => undefined);
    }

    /**
     * @param {string} format
     * @param {Blob | undefined} picture
     */
    async #change(format, picture) {
        const { max_kilobytes, ...others } = this.#options;
        const kept = format === 'webp' && max_kilobytes ? { max_kilobytes } : {};
        const options = { ...others, ...kept, format };
        const place = byId('moving', HTMLElement);
        place.ariaBusy = 'true';
        for (const input of this.#inputs) input.disabled = true;
        try {
            const edit = { options, strokes: [] };
            const asked = { edit, isMoving: true, isAside: true };
            await this.#show(await this.#link.ask('edit.save', asked));
        } catch (error) {
            console.warn('the frames are gone:', error);
            await this.#restart(picture, options);
        } finally {
            for (const input of this.#inputs) input.disabled = false;
            place.ariaBusy = 'false';
        }
    }

    /**
     * Cut the picture out anew, with other options, in a page that takes the place of this one.
     *
     * @param {Blob | undefined} picture
     * @param {JobOptions} options
     */
    async #restart(picture, options) {
        if (!picture) return;
        const source = { kind: /** @type {const} */ ('blob'), blob: picture };
        const wishes = { options: { ...this.#options, ...options } };
        location.assign(resultAddress(await startJob(this.#name, source, wishes)));
    }

    async #download() {
        if (!this.#cutout) return;
        const { blob, width, height } = this.#cutout;
        const { fileNamePattern } = await readSettings();
        const facts = { name: this.#name, mediaType: blob.type, width, height };
        this.#say(saveProblem(await saveFile(blob, outputFileName(fileNamePattern, facts))));
    }
}
