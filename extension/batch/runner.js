/**
 * @file Runs the batch: at any time the engine has the picture that it cuts out and the one
 * after it, never more. So the memory needed does not depend on the size of the batch.
 *
 * Decides: how many pictures are in the engine at once, pause and stop, what happens after the
 * engine died (tried again once), results of settings that have changed meanwhile.
 */

import { addressSource } from '../messages/address_source.js';
import { toFailure } from '../messages/failure.js';
import { isStorageFull } from '../platform/batch_files.js';
import { pictureName } from '../settings/file_name.js';
import { jobOptions } from '../settings/output_settings.js';
import { makeEdit } from './edit_run.js';
import { JobRun } from './job_run.js';

/** @typedef {import('./item.js').Item} Item */
/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */

const JOBS_AT_ONCE = 2;
/** If the engine dies this often during the same picture, the picture counts as the cause. */
const MOST_LOSSES = 2;

export class Runner {
    /** @type {Map<Item, JobRun>} */
    #runs = new Map();
    #queue;
    #store;
    #onProgress;
    #onMade;

    /**
     * @param {import('./queue.js').Queue} queue
     * @param {import('./batch_store.js').BatchStore} store
     * @param {(item: Item, snapshot: JobSnapshot) => void} onProgress
     * @param {(item: Item) => Promise<void>} onMade  Its result is in storage.
     */
    constructor(queue, store, onProgress, onMade) {
        this.#queue = queue;
        this.#store = store;
        this.#onProgress = onProgress;
        this.#onMade = onMade;
    }

    /** Start waiting pictures, as many as the engine may have at once. */
    startWaiting() {
        while (!this.#queue.isPaused && this.#runs.size < JOBS_AT_ONCE) {
            const item = this.#queue.next();
            if (!item) return;
            this.#run(item).catch((error) => this.#giveUp(item, error));
        }
    }

    /** Start nothing new; the picture at work is finished. */
    pause() {
        this.#queue.isPaused = true;
        for (const [item, run] of this.#runs) {
            if (run.isQueued) this.stop(item, 'waiting');
        }
    }

    resume() {
        this.#queue.isPaused = false;
        this.startWaiting();
    }

    /**
     * Take a picture out of the engine, if it is there.
     *
     * @param {Item} item
     * @param {import('./item.js').ItemState} state  The item's state from now on.
     */
    stop(item, state) {
        const run = this.#runs.get(item);
        this.#runs.delete(item);
        run?.stop();
        this.#queue.change(item, { state });
        this.startWaiting();
    }

    /** @param {Item} item */
    async #run(item) {
        const run = new JobRun(() => run.last && this.#onProgress(item, run.last));
        const isStopped = () => this.#runs.get(item) !== run;
        this.#runs.set(item, run);
        this.#queue.change(item, { state: 'running', failure: null });
        const { making } = item;
        let outcome = await this.#waitForOutcome(item, run, isStopped);
        if (isStopped()) return;
        if (outcome.state === 'done' && item.making === making) {
            // The user may close the page on seeing it done, so it is written down first.
            Object.assign(item, outcome);
            await this.#store.save();
            if (isStopped()) return;
        }
        this.#runs.delete(item);
        run.stop(); // the engine need not keep the result any longer
        // Other settings were applied meanwhile, so this is not the wanted result.
        if (item.making !== making && outcome.state === 'done') outcome = { state: 'waiting' };
        this.#queue.change(item, outcome);
        if (outcome.state === 'done') await this.#onMade(item);
        this.startWaiting();
    }

    /**
     * One picture never keeps the others waiting, whatever went wrong with it.
     *
     * @param {Item} item
     * @param {unknown} error
     */
    #giveUp(item, error) {
        console.error(error);
        this.#runs.delete(item);
        this.#queue.change(item, { state: 'failed', failure: batchFailure(error) });
        this.startWaiting();
    }

    /**
     * @param {Item} item
     * @param {JobRun} run
     * @param {() => boolean} isStopped
     * @returns {Promise<Partial<Item>>}  What changes of the item; nothing if it was stopped.
     */
    async #waitForOutcome(item, run, isStopped) {
        try {
            const end = await this.#runToEnd(item, run);
            if (isStopped()) return {};
            if (end?.cutout && item.editDue) return await this.#keepEdit(item, run, isStopped);
            return await this.#keepResult(item, end);
        } catch (error) {
            return { state: 'failed', failure: batchFailure(error) };
        }
    }

    /**
     * @param {Item} item
     * @param {JobRun} run
     */
    async #runToEnd(item, run) {
        const source = await this.#sourceOf(item);
        const behind = this.#queue.count('waiting');
        const options = (item.editDue && item.edit?.options) || jobOptions(item.making);
        // An edit marks the subject itself.
        const allowEmpty = item.editDue;
        const wishes = { options, behind, allowEmpty, passing: true, isPatient: true };
        await run.start(pictureName(item.fileName), source, wishes);
        const end = await run.end;
        if (source.kind === 'url' && run.picture) await this.#keepOriginal(item, run.picture);
        return end;
    }

    /**
     * @param {Item} item
     * @returns {Promise<import('../messages/page_types.js').ImageSource>}
     */
    async #sourceOf(item) {
        const blob = await this.#store.original(item);
        if (blob) return { kind: 'blob', blob };
        if (!item.address) throw new Error('The original is no longer in storage.');
        return addressSource(item.address);
    }

    /**
     * What was fetched is kept like any file, so that it is fetched once.
     *
     * @param {Item} item
     * @param {Blob} picture
     */
    async #keepOriginal(item, picture) {
        const { type, size: bytes } = picture;
        Object.assign(item, { type, bytes });
        await this.#store.putOriginal(item, new File([picture], item.fileName, { type }));
    }

    /**
     * @param {Item} item
     * @param {JobSnapshot | null} end
     * @returns {Promise<Partial<Item>>}
     */
    async #keepResult(item, end) {
        if (!end) return stateAfterLoss(item);
        if (end.state === 'cancelled') return { state: 'cancelled' };
        if (!end.cutout) return { state: 'failed', failure: end.failure ?? null };
        await this.#store.putMade(item, 'out', end.cutout.blob);
        const made = { ...factsOf(end.cutout), quality: end.quality };
        return { state: 'done', made, saved: false };
    }

    /**
     * Make the file of an edit whose editor is closed.
     *
     * @param {Item} item
     * @param {JobRun} run  Of a job that is done.
     * @param {() => boolean} isStopped
     * @returns {Promise<Partial<Item>>}
     */
    async #keepEdit(item, run, isStopped) {
        const edit = /** @type {import('../messages/edit_types.js').Edit} */ (item.edit);
        const background = edit.background ? await this.#store.background(item) : null;
        const cutout = await makeEdit(run, edit, background);
        if (!cutout) return stateAfterLoss(item);
        if (isStopped()) return {};
        await this.#store.putMade(item, 'edited', cutout.blob);
        return { state: 'done', edited: factsOf(cutout), editDue: false, saved: false };
    }
}

/**
 * @param {import('../messages/job_types.js').Cutout} cutout
 * @returns {import('./item.js').Result}
 */
function factsOf({ blob, width, height, frames, notices, checks = [] }) {
    const isUnsure = notices.includes('UNSURE');
    const unmet = checks.filter(({ met }) => !met).map(({ name }) => name);
    return { mediaType: blob.type, width, height, bytes: blob.size, frames, isUnsure, unmet };
}

/**
 * The engine died during this picture: try again, but not for ever.
 *
 * @param {Item} item
 * @returns {Partial<Item>}
 */
function stateAfterLoss({ losses }) {
    if (losses + 1 < MOST_LOSSES) return { state: 'waiting', losses: losses + 1 };
    /** @type {import('../messages/failure.js').Failure} */
    const failure = {
        code: 'ENGINE_LOST',
        stage: 'engine',
        message: 'The engine went away again and again.',
        detail: {},
    };
    return { state: 'failed', failure };
}

/**
 * @param {unknown} error
 * @returns {import('../messages/failure.js').Failure}
 */
function batchFailure(error) {
    if (!isStorageFull(error)) return toFailure(error, 'batch');
    return { code: 'STORAGE_FULL', stage: 'batch', message: String(error), detail: {} };
}
