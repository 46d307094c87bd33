/**
 * @file Detects failures of WebGPU during a run of a model.
 *
 * Decides: how long one run may take on the graphics card, and what counts as lost: the device, its
 * memory, an error.
 *
 * WebGPU reports a lost device, a full memory or an invalid command by events, not by the calls
 * that cause them. Without this guard onnxruntime would wait for ever, or return zeros as if
 * they were a matte.
 */

/** Longest time of one run; the test run that chose WebGPU was much shorter. */
const MOST_MS = 30_000;

export class GpuGuard {
    #device;
    /** @type {PromiseWithResolvers<never>} Rejected at the first error, after which the device is of no use. */
    #broken = Promise.withResolvers();

    /**
     * @param {GPUDevice | undefined} device  The session's device.
     * @throws {Error}  If there is none, so that the session does not run on WebGPU.
     */
    constructor(device) {
        if (!device) throw new Error('there is no WebGPU device');
        this.#device = device;
        const { promise, reject } = this.#broken;
        promise.catch(() => undefined); // the next run reports it, if there is one
        device.lost.then(({ reason, message }) => {
            reject(new Error(`the WebGPU device was lost (${reason}): ${message}`));
        });
        device.addEventListener('uncapturederror', ({ error }) => {
            reject(new Error(`WebGPU: ${error.message}`));
        });
    }

    /**
     * @template T
     * @param {() => Promise<T>} run
     * @returns {Promise<T>}
     * @throws {Error}  If the device was lost, has reported an error, or does not answer.
     */
    async watch(run) {
        const late = Promise.withResolvers();
        const timer = setTimeout(() => {
            late.reject(new Error(`WebGPU gave no answer in ${MOST_MS / 1000} s`));
        }, MOST_MS);
        try {
            return await Promise.race([this.#broken.promise, late.promise, this.#finish(run)]);
        } finally {
            clearTimeout(timer);
        }
    }

    /**
     * @template T
     * @param {() => Promise<T>} run
     */
    async #finish(run) {
        const answer = await run();
        // Errors of commands submitted before are reported before this promise resolves.
        await this.#device.queue.onSubmittedWorkDone();
        return answer;
    }
}
