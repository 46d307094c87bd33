/**
 * @file Notices when the graphics card has not done what it was asked.
 *
 * WebGPU reports a lost device, a full memory and a refused command beside the calls, not from
 * them: onnxruntime would wait without end, or hand out zeros as if they were a matte.
 */

/** Longest time of one run. What takes longer than that is not what the test has seen. */
const PATIENCE_MS = 30_000;

export class GpuGuard {
    #device;
    /** @type {PromiseWithResolvers<never>} Rejected at the first error; it is of no use then. */
    #broken = Promise.withResolvers();

    /**
     * @param {GPUDevice | undefined} device  Of the session; without one it is none on WebGPU.
     * @throws {Error}
     */
    constructor(device) {
        if (!device) throw new Error('there is no WebGPU device');
        this.#device = device;
        const { promise, reject } = this.#broken;
        promise.catch(() => undefined); // that of the next run, if there is one
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
     * @throws {Error}  If the device was lost, reported an error, or does not answer.
     */
    async watch(run) {
        const late = Promise.withResolvers();
        const timer = setTimeout(() => {
            late.reject(new Error(`WebGPU gave no answer in ${PATIENCE_MS / 1000} s`));
        }, PATIENCE_MS);
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
        // Errors of what was submitted before are reported before this is.
        await this.#device.queue.onSubmittedWorkDone();
        return answer;
    }
}
