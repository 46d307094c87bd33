/**
 * @file The pages that show jobs: a port `job:<id>` for one job, a port `jobs` for all. The service
 * worker follows a job that no page shows, `follow:<id>`, and has a port `life` as long as it lives.
 *
 * Decides: what a page may ask (cancel, forget, settle, edit), what closing it starts, what an unknown job
 * is answered (JOB_GONE). How long a job then lives: job_register.js.
 */

/** @typedef {import('./job.js').Job} Job */
/** @typedef {import('./job_register.js').JobRegister} JobRegister */
/** @typedef {import('../messages/edit_types.js').EditRequest} EditRequest */
/** @typedef {import('../messages/edit_types.js').EditReplied} EditReplied */

/**
 * @typedef {object} PortParts
 * @property {(job: Job | undefined, request: EditRequest, page: AbortSignal)
 *     => Promise<EditReplied>} answerEdit
 * @property {Pick<import('../platform/message_channel.js').PageChannels, 'post' | 'close'>}
 *     channels
 * @property {import('./job_list_ports.js').JobListPorts} list
 * @property {() => void} onUnwatched  Called when a page does not show its job any more.
 * @property {() => void} onUnfollowed  The same of the service worker, which may have been ended.
 * @property {() => void} onSilence     A service worker has ended.
 */

export class JobPorts {
    #register;
    #parts;

    /**
     * @param {JobRegister} register
     * @param {PortParts} parts
     */
    constructor(register, parts) {
        this.#register = register;
        this.#parts = parts;
    }

    /**
     * @param {chrome.runtime.Port} port  Named `job:<id>`, `job:<id>:<channel>`, `follow:<id>`,
     *     `jobs` or `life`.
     */
    connect(port) {
        const [kind, jobId = '', channel = ''] = port.name.split(':');
        if (kind === 'job' || kind === 'follow') this.#watch(port, jobId, channel);
        if (kind === 'follow') port.onDisconnect.addListener(this.#parts.onUnfollowed);
        if (kind === 'life') port.onDisconnect.addListener(this.#parts.onSilence);
        if (kind === 'jobs') this.#watchAll(port);
    }

    /**
     * A page shows a job. It hears of every change, and the job lives while the page is there.
     *
     * @param {chrome.runtime.Port} port
     * @param {string} jobId
     * @param {string} channel  For what is large; none if ''.
     */
    #watch(port, jobId, channel) {
        const page = new AbortController();
        port.onDisconnect.addListener(() => {
            page.abort();
            if (channel) this.#parts.channels.close(channel);
            const job = this.#register.get(jobId);
            if (job) this.#register.unwatch(job, port);
            this.#parts.onUnwatched();
        });
        port.onMessage.addListener((message) => {
            const job = this.#register.get(jobId);
            if (message.type === 'job.forget') job?.watchers.delete(port);
            if (message.type.startsWith('edit.')) this.#edit(job, message, port, channel, page);
            else this.#obey(job, message.type);
        });
        const job = this.#register.get(jobId);
        if (job) this.#register.watch(job, port);
        else port.postMessage(unknownJob(jobId));
    }

    /**
     * A page shows all jobs, and may cancel and forget any.
     *
     * @param {chrome.runtime.Port} port
     */
    #watchAll(port) {
        port.onMessage.addListener(({ type, jobId }) => {
            this.#obey(this.#register.get(jobId), type);
        });
        this.#parts.list.add(port);
    }

    /**
     * @param {Job | undefined} job
     * @param {string} type
     */
    #obey(job, type) {
        if (type === 'job.cancel') job?.cancel();
        if (type === 'job.settle') job?.settled.abort();
        if (type === 'job.forget' && job) this.#register.forget(job);
    }

    /**
     * @param {Job | undefined} job
     * @param {EditRequest} request
     * @param {chrome.runtime.Port} port
     * @param {string} channel
     * @param {AbortController} page
     */
    async #edit(job, request, port, channel, page) {
        const answer = await this.#parts.answerEdit(job, request, page.signal);
        if (page.signal.aborted) return;
        const pixels = answer.ok ? answer.body.pixels : undefined;
        const transfer = pixels ? [pixels.buffer] : [];
        if (!this.#parts.channels.post(channel, answer, transfer)) port.postMessage(answer);
    }
}

/** @param {string} jobId */
function unknownJob(jobId) {
    const failure = {
        code: 'JOB_GONE',
        stage: 'engine',
        message: 'The engine does not know this job.',
        detail: {},
    };
    return { jobId, name: '', state: 'failed', ahead: 0, stages: {}, timings: {}, failure };
}
