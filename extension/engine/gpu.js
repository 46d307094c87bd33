/**
 * @file Which models run on the graphics card (WebGPU): those whose test on this machine has
 * shown that they give the matte of WebAssembly there, and sooner.
 *
 * Decides: how many faults turn it off, when a test counts no more (other browser, card or
 * version), what the settings page says.
 *
 * The outcome of a test holds for one file, this browser and this graphics card. It is kept in
 * `localStorage`, see run_times.js.
 */

import { api } from '../platform/browser.js';

const KEY = 'gpu-tests';
/** A graphics card that has failed in so many jobs is not asked again by itself. */
const MOST_FAULTS = 3;
/** Tests that are kept; the oldest are of former browsers or of models that are gone. */
const MOST_TESTS = 100;

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('../messages/model_types.js').GpuTest} GpuTest */
/** @typedef {import('../messages/model_types.js').Backend} Backend */

export class Gpu {
    #isAllowed = true;
    /** @type {GpuTest[]} */
    #tests = read();
    /** @type {Set<string>} Files that have failed there since the engine was started. */
    #failed = new Set();
    /** @type {Promise<string> | undefined} */
    #asked;
    /** @type {() => void}  Told when another backend may be chosen from now on. */
    onChange = () => undefined;

    /** @param {import('../messages/job_types.js').EngineSettings} settings */
    configure({ webgpu }) {
        if (this.#isAllowed === webgpu) return;
        this.#isAllowed = webgpu;
        this.onChange();
    }

    /** Whether the model worker will probably need WebGPU. */
    get isLikely() {
        return this.#isAllowed && this.#tests.some(isGood);
    }

    /**
     * @param {ModelEntry} entry
     * @returns {Promise<Backend>}
     */
    async backendOf(entry) {
        if (!this.isLikely || !entry.backends.includes('webgpu')) return 'wasm';
        const test = await this.testOf(entry);
        return test && isGood(test) && !this.#failed.has(entry.sha256) ? 'webgpu' : 'wasm';
    }

    /**
     * @param {ModelEntry} entry
     * @returns {Promise<boolean>}  Whether it may run on WebGPU, but has not been tested there.
     */
    async isOpen(entry) {
        if (!this.#isAllowed || !entry.backends.includes('webgpu')) return false;
        return (await this.#here()) !== '' && !(await this.testOf(entry));
    }

    /**
     * @param {ModelEntry} entry
     * @returns {Promise<GpuTest | undefined>}  Of this model, in this browser, on this card.
     */
    async testOf({ sha256 }) {
        if (!this.#isAllowed || !this.#tests.some((test) => test.sha256 === sha256)) return;
        const here = await this.#here();
        return this.#tests.find((test) => test.sha256 === sha256 && test.here === here);
    }

    /**
     * What the settings page says of a model.
     *
     * @param {ModelEntry} entry
     * @returns {Promise<GpuTest | undefined>}
     */
    async reportOf(entry) {
        const test = await this.testOf(entry);
        return test && this.#failed.has(entry.sha256) ? { ...test, outcome: 'failed' } : test;
    }

    /**
     * @param {ModelEntry} entry
     * @param {import('../messages/model_types.js').GpuFinding} finding
     */
    async note(entry, finding) {
        await this.forget(entry);
        const { sha256 } = entry;
        const test = { faults: 0, reason: '', ...finding, sha256, here: await this.#here() };
        this.#keep([...this.#tests, test].slice(-MOST_TESTS));
    }

    /**
     * The graphics card has failed in a job: this model does without it while this engine lives,
     * and for good when that happens again and again.
     *
     * @param {ModelEntry} entry
     * @param {string} reason
     */
    async fail(entry, reason) {
        console.warn(`${entry.id} goes on without WebGPU:`, reason);
        this.#failed.add(entry.sha256);
        const test = await this.testOf(entry);
        if (!test) return;
        test.faults += 1;
        test.reason = reason;
        if (test.faults >= MOST_FAULTS) test.outcome = 'failed';
        this.#keep(this.#tests);
    }

    /**
     * Know nothing of a model any more, so that it is tested again.
     *
     * @param {ModelEntry} entry
     */
    async forget(entry) {
        this.#failed.delete(entry.sha256);
        const test = await this.testOf(entry);
        if (test) this.#keep(this.#tests.filter((each) => each !== test));
    }

    /** @param {GpuTest[]} tests */
    #keep(tests) {
        this.#tests = tests;
        localStorage.setItem(KEY, JSON.stringify(tests));
        this.onChange();
    }

    /** @returns {Promise<string>}  Browser and graphics card; empty without WebGPU. */
    #here() {
        this.#asked ??= nameHere();
        return this.#asked;
    }
}

/** @param {GpuTest} test */
function isGood({ outcome }) {
    return outcome === 'faster';
}

/** @returns {GpuTest[]} */
function read() {
    try {
        return JSON.parse(localStorage.getItem(KEY) ?? '[]');
    } catch {
        return []; // whoever wrote that, it was not us
    }
}

/** @returns {Promise<string>} */
async function nameHere() {
    const adapter = await navigator.gpu?.requestAdapter();
    if (!adapter) return '';
    const { vendor, architecture, device, description } = adapter.info;
    const card = [vendor, architecture, device, description].filter(Boolean).join(' ');
    // The kernels are those of our package.
    const manifest = await fetch(api.runtime.getURL('manifest.json'));
    const { version } = await manifest.json();
    return [card, await nameBrowser(), `Offcut ${version}`].join(', ');
}

async function nameBrowser() {
    // Not in Firefox, nor in the compiler's description of the browser.
    const { userAgentData } = /** @type {any} */ (navigator);
    const { uaFullVersion } = (await userAgentData?.getHighEntropyValues(['uaFullVersion'])) ?? {};
    return uaFullVersion ?? navigator.userAgent;
}
