/**
 * @file The models that there are: those of the package, those that the user has added, those
 * that can be had. Knows the state of each and tells whoever watches.
 *
 * Decides: which models are here, paused or absent, what damaged weights lead to, how often the
 * settings page is told.
 */

import { offcutError, toFailure } from '../messages/failure.js';
import { chooseBetter, chooseModels } from './choose_models.js';
import { ModelStore } from './model_store.js';
import { ModelTransfers } from './model_transfers.js';
import { findPrompted, givesMatte } from './prompted_models.js';
import { findModel, readRegistry } from './registry.js';
import { prepare, readBundled, requireIntact } from './weights.js';

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('../messages/model_types.js').ModelState} ModelState */
/** @typedef {import('../messages/model_types.js').StoredFile} StoredFile */

/** Watching pages are told at most this often. */
const SNAPSHOT_INTERVAL_MS = 150;

export class Models {
    #times;
    #gpu;
    #transfers = new ModelTransfers(() => this.#tellSoon());
    #store = new ModelStore((progress) => this.#transfers.noteProgress(progress));
    /** @type {Set<chrome.runtime.Port>} */
    #watchers = new Set();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #pending;
    /** @type {(modelId: string) => void}  Told when a model's weights are gone. */
    onGone = () => undefined;

    /**
     * @param {import('./run_times.js').RunTimes} times
     * @param {import('./gpu.js').Gpu} gpu
     */
    constructor(times, gpu) {
        this.#times = times;
        times.onChange = () => this.#tellSoon();
        this.#gpu = gpu;
        gpu.onChange = () => this.#tellSoon();
    }

    /**
     * Choose the models of a job.
     *
     * @param {import('../messages/job_types.js').JobOptions} options
     * @param {ReadonlySet<ModelEntry>} without  Models that have failed in this job.
     */
    async choose(options, without) {
        const [usable, registry] = await Promise.all([this.#usable(without), readRegistry()]);
        const chosen = chooseModels(options, usable, registry, this.#times.all);
        if (without.size > 0) chosen.choice.why = 'others_failed';
        return chosen;
    }

    /**
     * Choose the models of a better result in place of a quick one; null if it takes too long.
     *
     * @param {import('../messages/job_types.js').JobOptions} options
     * @param {ReadonlySet<ModelEntry>} [without]
     */
    async chooseBetter(options, without = new Set()) {
        const [usable, registry] = await Promise.all([this.#usable(without), readRegistry()]);
        return chooseBetter(options, usable, registry, this.#times.all);
    }

    /** The encoder and the decoder of a network that answers clicks; none if there is no pair. */
    async prompted() {
        return findPrompted(await this.#here());
    }

    /** @param {ReadonlySet<ModelEntry>} without */
    async #usable(without) {
        const failed = new Set([...without].map(({ id }) => id));
        return (await this.#here()).filter((entry) => givesMatte(entry) && !failed.has(entry.id));
    }

    async #here() {
        const here = (await this.states()).filter(({ status }) => status === 'here');
        return here.map(({ entry }) => entry);
    }

    /** @returns {Promise<ModelState[]>}  Of every model, those of the package first. */
    async states() {
        const { models } = await readRegistry();
        const { files, described } = await this.#store.list();
        const known = new Set(models.map(({ sha256 }) => sha256));
        const own = described.filter(({ sha256 }) => !known.has(sha256));
        const stored = new Map(files.map((file) => [file.sha256, file]));
        const all = [...models, ...own];
        const reports = await Promise.all(all.map((entry) => this.#gpu.reportOf(entry)));
        return all.map((entry, index) => {
            const gpu = reports[index];
            return { ...this.#state(entry, stored.get(entry.sha256)), ...(gpu && { gpu }) };
        });
    }

    /** @param {string} modelId */
    async find(modelId) {
        const entries = (await this.states()).map(({ entry }) => entry);
        return findModel(entries, modelId);
    }

    /**
     * Read the weights of a model that is here. What is damaged is thrown away.
     *
     * @param {ModelEntry} entry
     * @returns {Promise<ArrayBuffer>}  Verified and prepared.
     */
    async open(entry) {
        if (entry.bundled) return readBundled(entry);
        const weights = await this.#store.read(entry);
        if (!weights) {
            this.#tellSoon();
            throw offcutError('UNKNOWN_MODEL', 'load_model', `${entry.id} is gone.`, {
                model: entry.id,
            });
        }
        try {
            await requireIntact(entry, weights);
        } catch (error) {
            await this.remove(entry.id);
            const { code, stage, message, detail } = toFailure(error, 'load_model');
            const found = offcutError(code, stage, message, { ...detail, kind: 'stored' });
            this.#transfers.noteFailure(entry, found);
            throw found;
        }
        return prepare(entry, weights);
    }

    /**
     * Download a model, or go on with it. Replies at once; watchers see how it goes.
     *
     * @param {string} modelId
     */
    async fetch(modelId) {
        const entry = await this.find(modelId);
        if (this.#transfers.isRunning(entry)) return;
        this.#transfers.run(entry, () => this.#store.fetch(entry)).catch(() => undefined);
    }

    /**
     * Add a model out of a file.
     *
     * @param {ModelEntry} entry
     * @param {Blob} file
     */
    add(entry, file) {
        return this.#transfers.run(entry, () => this.#store.import(entry, file));
    }

    /** @param {string} modelId */
    async pause(modelId) {
        await this.#store.stop(await this.find(modelId));
    }

    /**
     * Stop what is under way and throw away what is here.
     *
     * @param {string} modelId
     */
    async remove(modelId) {
        const entry = await this.find(modelId);
        this.#transfers.forgetFailure(entry);
        await this.#store.remove(entry);
        this.onGone(modelId);
        this.#times.forget(modelId);
        this.#tellSoon();
    }

    /** @param {chrome.runtime.Port} port */
    watch(port) {
        this.#watchers.add(port);
        port.onDisconnect.addListener(() => this.#watchers.delete(port));
        this.#tellSoon();
    }

    /** Tell the watching pages soon. */
    #tellSoon() {
        this.#pending ??= setTimeout(async () => {
            this.#pending = undefined;
            if (this.#watchers.size === 0) return;
            const states = await this.states();
            for (const port of this.#watchers) port.postMessage({ states });
        }, SNAPSHOT_INTERVAL_MS);
    }

    /**
     * @param {ModelEntry} entry
     * @param {StoredFile | undefined} file
     * @returns {ModelState}
     */
    #state(entry, file) {
        const isHere = entry.bundled || (file?.isWhole ?? false);
        const resting = isHere ? 'here' : file ? 'paused' : 'absent';
        const nothing = { received: file?.bytes ?? 0, host: '', waiting: false, bytesPerSecond: 0 };
        return {
            entry,
            status: this.#transfers.isRunning(entry) ? 'running' : resting,
            ...(this.#transfers.progressOf(entry) ?? nothing),
            kept: entry.bundled ? 'package' : (file?.kept ?? 'disk'),
            storedAt: file?.storedAt ?? 0,
            milliseconds: this.#times.all.get(entry.id) ?? 0,
            lastRuns: this.#times.lastOf(entry.id),
            failure: this.#transfers.failureOf(entry),
        };
    }
}
